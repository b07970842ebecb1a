import { sql } from 'drizzle-orm'
import { equityReadings } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { districtOnDay } from '@/lib/register/queries/school-figures.ts'
import { policyFor } from '@/lib/rotation/queries/policy-for.ts'
import { INDICATOR_NUMBERS } from '@/lib/rules/equity/indicators.ts'
import { type LocalDate, schoolYearOf } from '@/lib/rules/values/dates.ts'
import type { DistrictId, SchoolId } from '@/lib/rules/values/ids.ts'
import { equityFigures } from '../queries/equity-figures.ts'
import { asNumber, schoolValues } from '../queries/school-values.ts'

type Reading = typeof equityReadings.$inferInsert

/** Replaces the readings by those of a day: both bases, both stages, seven indicators, district and every school. */
export async function writeReadings(tx: Tx, districtId: DistrictId, on: LocalDate): Promise<number> {
  const { policy } = await policyFor(tx, schoolYearOf(on))
  const day = await districtOnDay(tx, on, policy)
  const at = now()
  const rows: Reading[] = []
  for (const basis of ['relation', 'workplace'] as const) {
    const figures = equityFigures(day, basis)
    for (const stage of ['P', 'J'] as const)
      for (const indicator of INDICATOR_NUMBERS) {
        const side = figures.stages[stage]
        const whole = side.indicators.find(({ number }) => number === indicator)!
        const base = { districtId, onDay: on, basis, stage, indicator, units: side.units, computedAt: at }
        rows.push({
          ...base,
          id: newId<string>(),
          schoolId: null,
          pupils: side.pupils,
          amount: asNumber(whole.total),
          value: asNumber(whole.district),
          coefficient: whole.coefficient?.tenThousandths ?? null,
          passes: whole.passes,
        })
        const values = schoolValues(figures, day.schools, stage, indicator)
        const ranked = values.filter(({ value }) => value !== null)
        for (const school of values)
          rows.push({
            ...base,
            id: newId<string>(),
            schoolId: school.schoolId as SchoolId,
            pupils: school.pupils,
            amount: asNumber(school.amount),
            value: school.value,
            passes: school.value === null ? null : school.meets,
            rank: school.value === null ? null : ranked.length - ranked.indexOf(school),
          })
      }
  }
  await tx.delete(equityReadings).where(sql`true`)
  for (let start = 0; start < rows.length; start += 1000)
    await tx.insert(equityReadings).values(rows.slice(start, start + 1000))
  return rows.length
}
