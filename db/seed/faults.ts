/** Faults that real rosters hold, each with how it is planted: with pairs, hidden and merged rows 48 kinds. */
import { DATE_FAULTS } from './faults/dates.ts'
import type { Fault } from './faults/fault.ts'
import { ID_FAULTS, RETIRED_FAULTS } from './faults/identity.ts'
import { HONOUR_FAULTS, PERSON_FAULTS } from './faults/persons.ts'
import { POST_FAULTS } from './faults/posts.ts'

/** Faults of a single row; those with few fitting rows first. Pairs, hidden and merged rows are planted by the workbook. */
export const FAULTS: readonly Fault[] = [
  ...RETIRED_FAULTS,
  ...POST_FAULTS,
  ...HONOUR_FAULTS,
  ...ID_FAULTS,
  ...DATE_FAULTS,
  ...PERSON_FAULTS,
]
