import { eq } from 'drizzle-orm'
import { districts } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { defaultReserveSettings, type ReserveSettings, reserveSettingsSchema } from '@/lib/rules/reserve/settings.ts'
import type { DistrictId } from '@/lib/rules/values/ids.ts'

/** The district's parameters of the reserve; what it has not set is the default of domain.md §6.2. */
export async function reserveSettings(tx: Tx, districtId: DistrictId): Promise<ReserveSettings> {
  const [row] = await tx.select({ settings: districts.settings }).from(districts).where(eq(districts.id, districtId))
  const own = row?.settings.reserve
  return reserveSettingsSchema.parse({ ...defaultReserveSettings, ...(own && typeof own === 'object' ? own : {}) })
}
