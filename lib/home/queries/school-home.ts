import type { Tx } from '@/db/scope.ts'
import { subjectCover } from '@/lib/rotation/queries/cover.ts'
import { policyFor } from '@/lib/rotation/queries/policy-for.ts'
import { openRounds } from '@/lib/rotation/queries/rounds.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { Subject } from '@/lib/rules/register/vocabulary.ts'
import { schoolYearOf } from '@/lib/rules/values/dates.ts'
import { type RunningPosting, runningPostings } from './flows.ts'

export interface SubjectGap {
  stage: 'P' | 'J'
  subject: Subject
  have: number
  need: number
  /** Agreed departures and arrivals that lie ahead. */
  leaving: number
  coming: number
}

/** A school's own: who is away, who has come, and each subject against its need, shortest first (R-SUB-1). */
export async function schoolHome(
  tx: Tx,
  actor: UserActor,
): Promise<{ out: RunningPosting[]; in: RunningPosting[]; gaps: SubjectGap[] }> {
  const mine: readonly string[] = actor.schoolIds
  const rows = await runningPostings(tx, actor.today)
  const { policy } = await policyFor(tx, schoolYearOf(actor.today))
  const round = (await openRounds(tx)).find(({ kind }) => kind === 'regular')
  const covers = await subjectCover(tx, actor.schoolIds, actor.today, policy, round?.id ?? null)
  const gaps = [...covers.values()]
    .filter(({ needTenths, nowTenths }) => needTenths > 0 || nowTenths > 0)
    .map(({ stage, subject, nowTenths, needTenths, leaving, coming }): SubjectGap => {
      return { stage, subject, have: nowTenths / 10, need: needTenths / 10, leaving, coming }
    })
    .sort((a, b) => a.have - a.need - (b.have - b.need))
  return {
    out: rows.filter((row) => mine.includes(row.fromSchoolId)),
    in: rows.filter((row) => mine.includes(row.toSchoolId)),
    gaps,
  }
}
