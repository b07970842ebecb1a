import { districts, workingDays } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { STATE_COUNCIL_CALENDAR } from '@/lib/rules/calendar/state-council.ts'
import type { DistrictId } from '@/lib/rules/values/ids.ts'
import { now } from './clock.ts'
import { createDataKeys } from './crypto.ts'

export interface NewDistrict {
  id: DistrictId
  code: string
  name: string
  documentPrefix: string
  demo: boolean
  /** 演练: a bureau's own data with a movable day, marked everywhere. */
  exercise?: boolean
}

/** A district with its keys and the calendar the State Council has published. Whether it is a demo or an exercise never changes after. */
export async function createDistrict(tx: Tx, district: NewDistrict): Promise<void> {
  await tx.insert(districts).values({ ...district, createdAt: now() })
  await createDataKeys(tx, district.id)
  await tx.insert(workingDays).values({
    districtId: district.id,
    year: 2026,
    off: [...STATE_COUNCIL_CALENDAR.off],
    working: [...STATE_COUNCIL_CALENDAR.workingWeekends],
    source: '国务院办公厅 2025-11-04',
    changedAt: now(),
  })
}
