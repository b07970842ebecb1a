import type { Finding } from '../../../platform/workbook/finding.ts'
import type { Period } from '../../../rules/values/dates.ts'
import type { TeacherId } from '../../../rules/values/ids.ts'

/** Tables of the register that an import may touch, by their names in the database. */
export const IMPORT_TABLES = [
  'schools',
  'school_years',
  'education_groups',
  'group_memberships',
  'school_pairings',
  'teachers',
  'teacher_secrets',
  'employments',
  'appointments',
  'titles',
  'post_grades',
  'honours',
  'certificates',
  'annual_assessments',
  'principalships',
  'postings',
  'leaves',
  'disciplinary_periods',
  'studios',
  'studio_memberships',
  'reserve_candidates',
  'candidate_events',
  'reserve_placements',
] as const
export type ImportTable = (typeof IMPORT_TABLES)[number]

/** A row as the table has it, by the property names of the schema. */
export type StoredRow = Record<string, unknown>

/** One write of the plan; `row` of an update is the whole row as it was, so that the old value is kept. */
export type RowOp =
  | { do: 'insert'; table: ImportTable; row: StoredRow }
  | { do: 'update'; table: ImportTable; row: StoredRow; set: StoredRow }
  | { do: 'delete'; table: ImportTable; row: StoredRow }

export type RowOutcome = 'new' | 'changed' | 'unchanged' | 'refused' | 'conflict' | 'missing'

/** One cell that would change: the field as the columns call it, old and new as codes and plain text. */
export interface CellChange {
  field: string
  old: unknown
  new: unknown
  /** Changed in the system since the workbook was written; kept as in the system unless chosen. */
  conflict?: true
  /** Of class f1 or f2: the values are in the sealed part only. */
  sensitive?: true
}

/** What one row of the workbook would do. */
export interface RowPlan {
  sheet: string
  row: number
  outcome: RowOutcome
  label: string
  schoolName: string | null
  teacherId: TeacherId | null
  changes: CellChange[]
  /** What comparing with the register found, beside what reading found. */
  findings: Finding[]
  ops: RowOp[]
}

/** A finding of the comparison, at a row rather than a cell. */
export const rowFinding = (
  at: { sheet: string; row: number },
  code: string,
  severity: Finding['severity'],
  values: Finding['values'] = {},
  field: string | null = null,
): Finding => ({
  sheet: at.sheet,
  row: at.row,
  column: null,
  field,
  code,
  severity,
  values,
  original: '',
  mended: null,
})

/** Outcome of a known row by what would change in it. */
export function outcomeOf(changes: readonly CellChange[]): RowOutcome {
  if (changes.some(({ conflict }) => conflict)) return 'conflict'
  return changes.length > 0 ? 'changed' : 'unchanged'
}

export type Dated = { id: string; during: Period }
