import { eq } from 'drizzle-orm'
import { districts } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import { natureOf } from '@/lib/platform/nature.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { DistrictId } from '@/lib/rules/values/ids.ts'
import type { Issuer } from '../documents/facts.ts'

/** Who signs the district's papers, and the prefix of their numbers. */
export async function paperIssuer(
  tx: Tx,
  districtId: DistrictId,
  today: LocalDate,
): Promise<Issuer & { prefix: string }> {
  const district = one(await tx.select().from(districts).where(eq(districts.id, districtId)))
  const named = district.settings.bureauName
  return {
    district: district.name,
    bureau: typeof named === 'string' && named !== '' ? named : `${district.name}教育体育局`,
    nature: natureOf(district),
    prefix: district.documentPrefix,
    today,
  }
}
