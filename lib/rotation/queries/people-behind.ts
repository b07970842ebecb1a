import { and, eq, inArray } from 'drizzle-orm'
import { rollEntries, schools, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Subject } from '@/lib/rules/register/vocabulary.ts'
import type { RoundId, TeacherId } from '@/lib/rules/values/ids.ts'
import { roundQuota } from './round-quota.ts'

/** Numbers of the meter that open a list. */
export const PEOPLE_PARTS = ['moved', 'new', 'continuing', 'movedBackbone', 'eligible', 'eligibleBackbone'] as const
export type PeoplePart = (typeof PEOPLE_PARTS)[number]

export interface PersonBehind {
  id: TeacherId
  name: string
  staffNo: string
  school: string
  subject: Subject | null
  isBackbone: boolean
}

/** The people behind one number of a round's quota, by staff number: the same function as the meter's. */
export async function peopleBehind(tx: Tx, roundId: RoundId, part: PeoplePart): Promise<PersonBehind[]> {
  const quota = await roundQuota(tx, roundId)
  if (!quota) return []
  const { figures } = quota
  const ids = {
    moved: figures.moved,
    new: figures.new,
    continuing: figures.continuing,
    movedBackbone: figures.movedBackbone,
    eligible: [...figures.eligible, ...figures.added],
    eligibleBackbone: [...figures.eligibleBackbone, ...figures.addedBackbone],
  }[part] as TeacherId[]
  const found: PersonBehind[] = []
  for (let start = 0; start < ids.length; start += 2000)
    found.push(
      ...(await tx
        .select({
          id: teachers.id,
          name: teachers.name,
          staffNo: teachers.staffNo,
          school: schools.name,
          subject: rollEntries.subject,
          isBackbone: rollEntries.isBackbone,
        })
        .from(rollEntries)
        .innerJoin(
          teachers,
          and(eq(teachers.districtId, rollEntries.districtId), eq(teachers.id, rollEntries.teacherId)),
        )
        .innerJoin(schools, and(eq(schools.districtId, rollEntries.districtId), eq(schools.id, rollEntries.schoolId)))
        .where(
          and(eq(rollEntries.rollId, quota.rollId), inArray(rollEntries.teacherId, ids.slice(start, start + 2000))),
        )),
    )
  return found.sort((a, b) => (a.staffNo < b.staffNo ? -1 : 1))
}
