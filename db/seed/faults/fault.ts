/** What a planted fault is, and the few ways of planting one. */

import type { StaffRecord } from '../../../lib/rules/register/records.ts'
import { positionOf } from '../roster-layout.ts'
import type { Cell } from '../spelling.ts'

export type Severity = 'error' | 'warning' | 'mended'

/** A clean row to spoil. */
export interface Target {
  person: StaffRecord
  cells: Cell[]
  /** Row of the sheet. */
  row: number
}

export interface Fault {
  kind: string
  severity: Severity
  /** Column the finding points at. */
  column: string
  count: number
  /** Which rows can show it. */
  fits?: (person: StaffRecord) => boolean
  /** Spoils the row's cells; says why it is a fault, in the words a clerk would want. */
  plant: (target: Target, nth: number) => string
}

/** Overwrites one cell of the row. */
export const set = (target: Target, column: string, value: Cell) => {
  target.cells[positionOf(column)] = value
}
/** A cell as text; empty when blank. */
export const text = (target: Target, column: string) => String(target.cells[positionOf(column)] ?? '')

/** One fault, in the order a finding is read: how bad, what, where, how often, how. */
export const fault = (
  severity: Severity,
  kind: string,
  column: string,
  count: number,
  plant: Fault['plant'],
  fits?: Fault['fits'],
): Fault => ({ kind, severity, column, count, plant, ...(fits ? { fits } : {}) })

/** Puts one value into the column and gives the reason. */
export const put =
  (
    column: string,
    value: (target: Target, nth: number) => Cell,
    reason: string | ((target: Target) => string),
  ): Fault['plant'] =>
  (target, nth) => {
    const why = typeof reason === 'string' ? reason : reason(target)
    set(target, column, value(target, nth))
    return why
  }

/** 专任教师. */
export const isTeacher = (p: StaffRecord) => p.category === 'teacher'
/** A 专任教师 with a title. */
export const titled = (p: StaffRecord) => isTeacher(p) && p.title !== 'none'
