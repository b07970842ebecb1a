import { DISCIPLINE_FIELDS, LEAVE_FIELDS, ROTATION_FIELDS } from '../register-columns.ts'
import { ROSTER_FIELDS } from '../roster-columns.ts'
import { SCHOOL_FIELDS } from '../school-columns.ts'
import type { ImportKind } from './entries.ts'

/** Fields a column of this kind of workbook can be said to mean. */
export function columnChoices(kind: ImportKind): string[] {
  const specs =
    kind === 'schools'
      ? SCHOOL_FIELDS
      : kind === 'roster'
        ? ROSTER_FIELDS
        : [...ROTATION_FIELDS, ...LEAVE_FIELDS, ...DISCIPLINE_FIELDS]
  return [...new Set(specs.map(({ field }) => field as string))]
}
