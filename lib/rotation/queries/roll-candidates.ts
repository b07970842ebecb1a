import { and, asc, eq, notInArray, or, sql } from 'drizzle-orm'
import { rollEntries, rotationCases, schools, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { likeLiteral } from '@/lib/register/queries/teacher-conditions.ts'
import type { Subject } from '@/lib/rules/register/vocabulary.ts'
import { ENDED_STATES } from '@/lib/rules/rotation/case-states.ts'
import type { RoundId, SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { latestRoll } from './round-quota.ts'

export interface Candidate {
  teacherId: TeacherId
  name: string
  staffNo: string
  schoolId: SchoolId
  school: string
  subject: Subject | null
  tenureMonths: number
  isBackbone: boolean
}

/** Eligible people of the frozen roll who have no live case in the round, longest in their school first. */
export async function rollCandidates(
  tx: Tx,
  roundId: RoundId,
  query: { who?: string; schoolId?: SchoolId; subject?: Subject; backbone?: boolean; size: number; skip: number },
): Promise<{ rows: Candidate[]; total: number }> {
  const roll = await latestRoll(tx, roundId)
  if (!roll) return { rows: [], total: 0 }
  const who = query.who?.trim().toLowerCase()
  const busy = tx
    .select({ id: rotationCases.teacherId })
    .from(rotationCases)
    .where(and(eq(rotationCases.roundId, roundId), notInArray(rotationCases.state, [...ENDED_STATES])))
  const rows = await tx
    .select({
      teacherId: rollEntries.teacherId,
      name: teachers.name,
      staffNo: teachers.staffNo,
      schoolId: rollEntries.schoolId,
      school: schools.name,
      subject: rollEntries.subject,
      tenureMonths: rollEntries.tenureMonths,
      isBackbone: rollEntries.isBackbone,
      total: sql<number>`count(*) OVER ()::int`,
    })
    .from(rollEntries)
    .innerJoin(teachers, and(eq(teachers.districtId, rollEntries.districtId), eq(teachers.id, rollEntries.teacherId)))
    .innerJoin(schools, and(eq(schools.districtId, rollEntries.districtId), eq(schools.id, rollEntries.schoolId)))
    .where(
      and(
        eq(rollEntries.rollId, roll.id),
        eq(rollEntries.state, 'eligible'),
        query.schoolId ? eq(rollEntries.schoolId, query.schoolId) : undefined,
        query.subject ? eq(rollEntries.subject, query.subject) : undefined,
        query.backbone ? eq(rollEntries.isBackbone, true) : undefined,
        who
          ? or(
              sql`${teachers.name} LIKE ${`%${likeLiteral(who)}%`}`,
              sql`${teachers.pinyin} LIKE ${`${likeLiteral(who)}%`}`,
              sql`${teachers.initials} LIKE ${`${likeLiteral(who)}%`}`,
              sql`lower(${teachers.staffNo}) LIKE ${`%${likeLiteral(who)}`}`,
            )
          : undefined,
        sql`${rollEntries.teacherId} NOT IN ${busy}`,
      ),
    )
    .orderBy(sql`${rollEntries.tenureMonths} DESC`, asc(teachers.staffNo))
    .limit(query.size)
    .offset(query.skip)
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}
