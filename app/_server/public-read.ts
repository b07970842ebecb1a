import 'server-only'
import { type DistrictEntry, listDistricts, type Tx, withScope } from '@/db/scope.ts'
import { dayIn } from '@/lib/platform/clock.ts'
import type { DistrictId } from '@/lib/rules/values/ids.ts'

/** Reads as nobody in particular, district by district: what anyone may see without signing in. */
export async function readPublicly<T>(read: (tx: Tx) => Promise<T>): Promise<{ district: DistrictEntry; found: T }[]> {
  const districts = await listDistricts()
  return Promise.all(
    districts.map(async (district) => ({
      district,
      found: await withScope(
        { kind: 'anonymous', districtId: district.id as DistrictId, today: dayIn(district.timeZone) },
        read,
        { readOnly: true },
      ),
    })),
  )
}
