import type { Tx } from '@/db/scope.ts'
import { schoolUnits } from '@/lib/register/queries/units.ts'
import { roundYearOf } from '@/lib/rules/calendar/school-year.ts'
import { movedInYear } from '@/lib/rules/rotation/counted-moves.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import { type MovedPerson, type QuotaFigures, quotaFigures, type RollPerson } from '@/lib/rules/rotation/quota.ts'
import { type QuotaTarget, schoolTargets } from '@/lib/rules/rotation/targets.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { type RollLine, rollPeople } from './roll.ts'

/** Quota figures with the ids behind each, and the targets of the schools. */
export interface QuotaView {
  figures: QuotaFigures
  targets: QuotaTarget[]
}

/** Figures of a school year as the register has its postings (R-QUOTA-1…4): moves begun for it and continuing in it. */
export async function registerQuota(
  tx: Tx,
  roll: readonly RollLine[],
  snapshot: LocalDate,
  policy: Policy,
): Promise<QuotaView> {
  const year = roundYearOf(snapshot)
  const people = rollPeople(roll)
  const moves = roll.flatMap(({ facts }, index): MovedPerson[] => {
    const moved = movedInYear(facts.postings, year, policy.quota)
    return moved ? [{ ...people[index]!, kind: moved.kind }] : []
  })
  return quotaView(tx, people, moves, snapshot, policy)
}

/** Puts roll and moves together: figures, and targets by largest remainder over the open schools (R-QUOTA-3). */
export async function quotaView(
  tx: Tx,
  people: readonly RollPerson[],
  moves: readonly MovedPerson[],
  snapshot: LocalDate,
  policy: Policy,
): Promise<QuotaView> {
  const figures = quotaFigures(people, moves, policy.quota)
  const eligible = new Set(figures.eligible)
  const bySchool = new Map<string, number>()
  for (const { id, schoolId } of people) if (eligible.has(id)) bySchool.set(schoolId, (bySchool.get(schoolId) ?? 0) + 1)
  const bases = (await schoolUnits(tx, snapshot)).map(({ id, zone }) => ({
    schoolId: id,
    zone,
    eligible: bySchool.get(id) ?? 0,
  }))
  return { figures, targets: schoolTargets(bases, policy.quota.rateTotal, policy.quota.minSchoolBase) }
}
