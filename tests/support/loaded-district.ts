import { inject } from 'vitest'
import { closePools, withScope } from '@/db/scope.ts'
import { createDistrict } from '@/lib/platform/create-district.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { loadDistrict } from '@/lib/register/store/load-district.ts'
import type { SystemActor } from '@/lib/rules/access/actor.ts'
import type { DistrictRecords } from '@/lib/rules/register/records.ts'
import { day, type LocalDate } from '@/lib/rules/values/dates.ts'
import type { DistrictId, SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { aDatabase, type TestDatabase } from './database.ts'

export interface LoadedDistrict {
  db: TestDatabase
  districtId: DistrictId
  /** The system on a day of the district's calendar. */
  system: SystemActor
  schoolIds: Map<string, SchoolId>
  /** By ID number. */
  teacherIds: Map<string, TeacherId>
  close(): Promise<void>
}

/** A database of one's own that holds the records, with the product's environment set for this process. */
export async function aLoadedDistrict(
  records: DistrictRecords,
  today: LocalDate = day('2026-11-23'),
): Promise<LoadedDistrict> {
  const db = await aDatabase()
  process.env.JUNHENG_APP_URL = db.appUrl
  process.env.JUNHENG_WORKER_URL = db.workerUrl
  process.env.JUNHENG_MASTER_KEY ??= '0'.repeat(64)
  const districtId = newId<DistrictId>()
  const system: SystemActor = { kind: 'system', districtId, job: 'test', today }
  const loaded = await withScope(
    system,
    async (tx) => {
      await createDistrict(tx, {
        id: districtId,
        code: '150699',
        name: '东胜区',
        documentPrefix: '东教人调',
        demo: true,
      })
      return loadDistrict(tx, districtId, records)
    },
    { statementSeconds: 120 },
  )
  return {
    db,
    districtId,
    system,
    ...loaded,
    close: async () => {
      await closePools()
      await db.close()
    },
  }
}

/** Passwords of the test server's login roles, for a process that a test starts. */
export const rolePasswords = () => inject('postgres').passwords
