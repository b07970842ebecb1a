import { DISCIPLINE_FIELDS, LEAVE_FIELDS, ROTATION_FIELDS } from '../register-columns.ts'
import { RESERVE_FIELDS } from '../reserve-columns.ts'
import { ROSTER_FIELDS } from '../roster-columns.ts'
import { SCHOOL_FIELDS } from '../school-columns.ts'
import { STUDIO_FIELDS } from '../studio-columns.ts'
import type { ImportKind } from './entries.ts'

const FIELDS: Record<ImportKind, readonly { field: string }[]> = {
  schools: SCHOOL_FIELDS,
  roster: ROSTER_FIELDS,
  registers: [...ROTATION_FIELDS, ...LEAVE_FIELDS, ...DISCIPLINE_FIELDS],
  studios: STUDIO_FIELDS,
  reserve: RESERVE_FIELDS,
}

/** Fields a column of this kind of workbook can be said to mean. */
export const columnChoices = (kind: ImportKind): string[] => [...new Set(FIELDS[kind].map(({ field }) => field))]
