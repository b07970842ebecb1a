import { and, desc, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { postings, rotationCases, rotationRounds, schools } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { CaseState } from '@/lib/rules/rotation/case-states.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { CaseId, TeacherId } from '@/lib/rules/values/ids.ts'

export interface MyCase {
  id: CaseId
  round: string
  state: CaseState
  from: string
  to: string | null
  startsOn: LocalDate
}

export interface MyPosting {
  id: string
  from: string
  to: string
  startsOn: LocalDate
  endsOn: LocalDate | null
}

const origin = alias(schools, 'origin')
const destination = alias(schools, 'destination')

/** A teacher's own cases, newest first. */
export const myCases = (tx: Tx, teacherId: TeacherId): Promise<MyCase[]> =>
  tx
    .select({
      id: rotationCases.id,
      round: rotationRounds.name,
      state: rotationCases.state,
      from: origin.name,
      to: destination.name,
      startsOn: rotationCases.startsOn,
    })
    .from(rotationCases)
    .innerJoin(
      rotationRounds,
      and(eq(rotationRounds.districtId, rotationCases.districtId), eq(rotationRounds.id, rotationCases.roundId)),
    )
    .innerJoin(origin, and(eq(origin.districtId, rotationCases.districtId), eq(origin.id, rotationCases.fromSchoolId)))
    .leftJoin(
      destination,
      and(eq(destination.districtId, rotationCases.districtId), eq(destination.id, rotationCases.toSchoolId)),
    )
    .where(eq(rotationCases.teacherId, teacherId))
    .orderBy(desc(rotationCases.startsOn), desc(rotationCases.changedAt))
    .limit(5)

/** A teacher's own postings, newest first. */
export const myPostings = (tx: Tx, teacherId: TeacherId): Promise<MyPosting[]> =>
  tx
    .select({
      id: postings.id,
      from: origin.name,
      to: destination.name,
      startsOn: postings.startsOn,
      endsOn: postings.endsOn,
    })
    .from(postings)
    .innerJoin(origin, and(eq(origin.districtId, postings.districtId), eq(origin.id, postings.fromSchoolId)))
    .innerJoin(
      destination,
      and(eq(destination.districtId, postings.districtId), eq(destination.id, postings.toSchoolId)),
    )
    .where(eq(postings.teacherId, teacherId))
    .orderBy(desc(postings.startsOn))
    .limit(5)
