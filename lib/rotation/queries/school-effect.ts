import { and, eq, inArray, notInArray, sql } from 'drizzle-orm'
import { rollEntries, rotationCases, schools, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { Cover } from '@/lib/rules/rotation/case-facts.ts'
import { type CaseState, ENDED_STATES } from '@/lib/rules/rotation/case-states.ts'
import type { CaseId, SchoolId } from '@/lib/rules/values/ids.ts'
import { caseActor } from '../cases/facts.ts'
import type { CaseRow } from '../cases/lock.ts'
import { coverKey, type SubjectCover, subjectCover } from './cover.ts'
import { latestRoll } from './round-quota.ts'

/** What a move does to one school: the subject before and after against its need, its backbone, who comes instead. */
export interface SchoolEffect {
  schoolId: SchoolId
  school: string
  side: 'origin' | 'destination'
  subject: { before: Cover; after: Cover; staysCovered: boolean } | null
  backbone: { before: number; after: number }
  /** Others of the round coming to (origin) or leaving (destination) the school in any subject. */
  others: { name: string; subject: string | null; state: CaseState; caseId: CaseId }[]
}

/** The effect on each end the actor may see (ux.md §4): computed as if nobody had agreed to this case yet. */
export async function effectsOf(
  tx: Tx,
  actor: Actor,
  row: CaseRow,
  policy: Parameters<typeof subjectCover>[3],
): Promise<SchoolEffect[]> {
  const sides = caseActor(actor, row).sides
  const all = sides.includes('district') || actor.kind === 'system'
  const ends = [
    ...(all || sides.includes('origin') ? [{ schoolId: row.fromSchoolId, side: 'origin' as const }] : []),
    ...(row.toSchoolId && (all || sides.includes('destination'))
      ? [{ schoolId: row.toSchoolId, side: 'destination' as const }]
      : []),
  ]
  if (ends.length === 0) return []
  const ids = ends.map(({ schoolId }) => schoolId)
  const covers = await subjectCover(tx, ids, actor.today, policy, row.roundId)
  const names = await tx.select({ id: schools.id, name: schools.name }).from(schools).where(inArray(schools.id, ids))
  const school = new Map(names.map((one) => [one.id, one.name]))
  const backbone = await backboneAt(tx, row, ids)
  const others = await othersAt(tx, row)
  return ends.map(({ schoolId, side }): SchoolEffect => {
    const key = coverKey(schoolId, side === 'origin' ? (row.teacherStage ?? row.stage) : row.stage, row.subject)
    const before = backbone.get(schoolId) ?? 0
    const change = row.isBackbone ? (side === 'origin' ? -1 : 1) : 0
    return {
      schoolId,
      school: school.get(schoolId) ?? '',
      side,
      subject: subjectEffect(covers.get(key), row, side),
      backbone: { before, after: before + change },
      others: others
        .filter((other) => (side === 'origin' ? other.to === schoolId : other.from === schoolId))
        .map(({ name, subject, state, caseId }) => ({ name, subject, state, caseId })),
    }
  })
}

function subjectEffect(cover: SubjectCover | undefined, row: CaseRow, side: 'origin' | 'destination') {
  if (!cover || cover.needTenths === 0) return null
  const counted: readonly CaseState[] =
    side === 'origin'
      ? [
          'origin_approved',
          'destination_approved',
          'checked',
          'decided',
          'on_notice',
          'objection_open',
          'ready',
          'ordered',
          'reported',
        ]
      : ['destination_approved', 'checked', 'decided', 'on_notice', 'objection_open', 'ready', 'ordered', 'reported']
  const sign = side === 'origin' ? -10 : 10
  // Where this very case is counted as agreed already, take it out again first.
  const have = cover.haveTenths - (counted.includes(row.state) ? sign : 0)
  const before = { haveTenths: have, needTenths: cover.needTenths }
  const after = { haveTenths: have + sign, needTenths: cover.needTenths }
  return { before, after, staysCovered: after.haveTenths >= after.needTenths }
}

/** Backbone by work place as the frozen roll and the agreed moves have it. */
async function backboneAt(tx: Tx, row: CaseRow, ids: SchoolId[]): Promise<Map<SchoolId, number>> {
  const roll = await latestRoll(tx, row.roundId)
  if (!roll) return new Map()
  const rows = await tx
    .select({ schoolId: rollEntries.schoolId, count: sql<number>`count(*)::int` })
    .from(rollEntries)
    .where(and(eq(rollEntries.rollId, roll.id), eq(rollEntries.isBackbone, true), inArray(rollEntries.schoolId, ids)))
    .groupBy(rollEntries.schoolId)
  const counts = new Map(rows.map(({ schoolId, count }) => [schoolId, count]))
  const moves = await tx
    .select({ from: rotationCases.fromSchoolId, to: rotationCases.toSchoolId, id: rotationCases.id })
    .from(rotationCases)
    .where(
      and(
        eq(rotationCases.roundId, row.roundId),
        eq(rotationCases.isBackbone, true),
        notInArray(rotationCases.state, [...ENDED_STATES, 'draft', 'submitted']),
      ),
    )
  for (const move of moves) {
    if (move.id === row.id) continue
    if (counts.has(move.from)) counts.set(move.from, counts.get(move.from)! - 1)
    if (move.to && ids.includes(move.to)) counts.set(move.to, (counts.get(move.to) ?? 0) + 1)
  }
  return counts
}

async function othersAt(tx: Tx, row: CaseRow) {
  return tx
    .select({
      caseId: rotationCases.id,
      name: sql<string>`coalesce(${teachers.name}, '')`,
      subject: rotationCases.subject,
      state: rotationCases.state,
      from: rotationCases.fromSchoolId,
      to: rotationCases.toSchoolId,
    })
    .from(rotationCases)
    .leftJoin(
      teachers,
      and(eq(teachers.districtId, rotationCases.districtId), eq(teachers.id, rotationCases.teacherId)),
    )
    .where(
      and(
        eq(rotationCases.roundId, row.roundId),
        sql`${rotationCases.id} <> ${row.id}`,
        notInArray(rotationCases.state, [...ENDED_STATES, 'draft']),
        sql`(${rotationCases.toSchoolId} = ${row.fromSchoolId} OR ${rotationCases.fromSchoolId} = ${row.toSchoolId})`,
      ),
    )
}
