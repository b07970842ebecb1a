import { asc, desc, eq } from 'drizzle-orm'
import { districts, workingDays } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { DistrictId } from '@/lib/rules/values/ids.ts'
import { natureOf } from '../nature.ts'
import { limitsOf } from '../settings.ts'

export const listCalendars = (tx: Tx) => tx.select().from(workingDays).orderBy(desc(workingDays.year))

export async function findCalendar(tx: Tx, year: number) {
  const [row] = await tx.select().from(workingDays).where(eq(workingDays.year, year))
  return row ?? null
}

/** The district's limits and, for a demo or exercise district, how far its clock is ahead. */
export async function districtSettings(tx: Tx, districtId: DistrictId) {
  const [district] = await tx.select().from(districts).where(eq(districts.id, districtId)).orderBy(asc(districts.id))
  return district
    ? {
        limits: limitsOf(district.settings),
        nature: natureOf(district),
        demoDays: Number(district.settings.demoDays ?? 0),
      }
    : null
}
