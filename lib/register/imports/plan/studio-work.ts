import type { ParsedRow } from '../parsed.ts'
import type { StudioPerson, StudioRecord } from '../studios.ts'
import type { NamedPerson } from './named-people.ts'
import { type RowPlan, rowFinding } from './row-plan.ts'

export type StudioEntry = ParsedRow<StudioRecord>

/** A row on its way to a plan. */
export interface Work {
  entry: StudioEntry
  plan: RowPlan
  people: { said: StudioPerson; person: NamedPerson }[]
}

/** The row is told and left out. */
export function refuse(work: Work, code: string, values: Record<string, string | number>, field: string): void {
  work.plan.outcome = 'refused'
  work.plan.changes = []
  work.plan.findings.push(rowFinding(work.plan, code, 'error', values, field))
}

export const isOpen = ({ plan }: Work): boolean => plan.outcome !== 'refused'
