import type { Keyring } from '../../../platform/crypto.ts'
import type { LocalDate } from '../../../rules/values/dates.ts'
import type { BatchId, DistrictId, SchoolId, UserId } from '../../../rules/values/ids.ts'
import type { PeopleByDigest } from './read-people.ts'

/** What planning the rows of a workbook needs to know beside the rows. */
export interface PlanContext {
  districtId: DistrictId
  batchId: BatchId
  at: string
  /** Day the workbook speaks of: values are compared as of it, and hold from it where they have no date of their own. */
  on: LocalDate
  keys: Keyring
  /** People of the register read before their rows are compared. */
  ahead?: PeopleByDigest
  /** In whose name it is written; only where it is written. */
  by?: { userId: UserId | null; name: string }
  schoolIdOf: (name: string) => SchoolId
  nameOf: (id: SchoolId) => string | null
}
