import type { Keyring } from '../../../platform/crypto.ts'
import type { LocalDate } from '../../../rules/values/dates.ts'
import type { BatchId, DistrictId, SchoolId } from '../../../rules/values/ids.ts'

/** What planning the rows of a workbook needs to know beside the rows. */
export interface PlanContext {
  districtId: DistrictId
  batchId: BatchId
  at: string
  /** Day the workbook speaks of: values are compared as of it, and hold from it where they have no date of their own. */
  on: LocalDate
  keys: Keyring
  schoolIdOf: (name: string) => SchoolId
  nameOf: (id: SchoolId) => string | null
}
