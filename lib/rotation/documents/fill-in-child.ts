import { workInChild } from '@/lib/platform/workbook/child.ts'
import { done, type Outcome } from '@/lib/rules/values/outcome.ts'
import type { ForeignSheet } from './fill-foreign.ts'
import type { ForeignRow } from './foreign-fields.ts'

/** Well under the time a transaction may wait, and room for a form of thousands of lines. */
const LIMITS = { seconds: 25, memoryMb: 600 }

/** What the child is given on its standard input. */
export interface FillWork {
  template: string
  table: ForeignSheet
  rows: readonly ForeignRow[]
}

/** Fills somebody else's form in a process of its own: the library that keeps merges and formulas reads the whole file. */
export async function fillInChild(
  template: Buffer,
  table: ForeignSheet,
  rows: readonly ForeignRow[],
): Promise<Outcome<Buffer>> {
  const pieces: Buffer[] = []
  const work: FillWork = { template: template.toString('base64'), table, rows }
  const filled = await workInChild({
    entry: 'lib/rotation/documents/fill-entry.ts',
    args: [],
    input: JSON.stringify(work),
    limits: LIMITS,
    take: (piece) => pieces.push(piece),
  })
  return filled.ok ? done(Buffer.concat(pieces)) : filled
}
