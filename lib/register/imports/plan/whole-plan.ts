import type { Tx } from '@/db/scope.ts'
import type { LocalDate } from '../../../rules/values/dates.ts'
import type { TeacherId } from '../../../rules/values/ids.ts'
import type { RefusedRow } from '../parsed.ts'
import type { Entry } from '../run/entries.ts'
import type { RowOp, RowPlan } from './row-plan.ts'

/** How rows are planned: with their writes or only compared, and what a person chose of conflicting cells. */
export interface PlanOptions {
  withOps: boolean
  /** When the workbook left the system; null when it did not come from it. */
  writtenAt: string | null
  /** `sheet:row` → conflicting fields to take from the workbook. */
  chosen: ReadonlyMap<string, ReadonlySet<string>>
}

/** Something on file, within what the workbook speaks of, that it leaves out. */
export interface MissingRow {
  /** The row on file. */
  id: string
  label: string
  schoolName: string | null
  teacherId: TeacherId | null
}

/** A list whose rows concern each other: planned as one, however its rows are ordered. */
export interface WholePlanner<E = Entry> {
  plan(tx: Tx, rows: readonly E[]): Promise<RowPlan[]>
  /** After `plan`, of the same rows. */
  missing(tx: Tx, rows: readonly E[], refused: readonly RefusedRow[]): Promise<MissingRow[]>
  /** The writes that end a missing row on a day. */
  leave(tx: Tx, id: string, on: LocalDate): Promise<RowOp[]>
}

/** Whether a changed cell is to be written: no conflict, or chosen. */
export const isTaken = (
  { chosen }: PlanOptions,
  { sheet, row }: { sheet: string; row: number },
  { field, conflict }: { field: string; conflict?: true },
): boolean => !conflict || chosen.get(`${sheet}:${row}`)?.has(field) === true
