import type { Tx } from '@/db/scope.ts'
import { districtOnDay } from '@/lib/register/queries/school-figures.ts'
import type { SchoolUnit } from '@/lib/register/queries/units.ts'
import { policyFor } from '@/lib/rotation/queries/policy-for.ts'
import { type LocalDate, schoolYearOf } from '@/lib/rules/values/dates.ts'
import { type EquityFigures, equityFigures } from './equity-figures.ts'

export interface EquityBoard {
  on: LocalDate
  schools: SchoolUnit[]
  relation: EquityFigures
  workplace: EquityFigures
}

/** Both bases of a day, side by side (R-BAL-4): by personnel relation is official, by place of work is what pupils have. */
export async function equityBoard(tx: Tx, on: LocalDate): Promise<EquityBoard> {
  const { policy } = await policyFor(tx, schoolYearOf(on))
  const day = await districtOnDay(tx, on, policy)
  return {
    on,
    schools: day.schools,
    relation: equityFigures(day, 'relation'),
    workplace: equityFigures(day, 'workplace'),
  }
}
