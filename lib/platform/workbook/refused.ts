import type { Refusal } from '../../rules/values/outcome.ts'

/** Codes a file can be refused with; each has a sentence `import.refusal.<code>` in every language. */
export type FileRefusalCode =
  | 'tooLarge'
  | 'empty'
  | 'unknownType'
  | 'renamed'
  | 'macroType'
  | 'truncated'
  | 'badZip'
  | 'prefixBytes'
  | 'unsafeName'
  | 'duplicateEntry'
  | 'headerMismatch'
  | 'symlink'
  | 'tooManyEntries'
  | 'encrypted'
  | 'zipBomb'
  | 'externalEntity'
  | 'macro'
  | 'externalLink'
  | 'embedded'
  | 'activeX'
  | 'dde'
  | 'tooManyColumns'
  | 'tooManyRows'
  | 'cellTooLong'
  | 'unreadable'
  | 'encoding'
  | 'noSheet'
  | 'tooMuchMemory'
  | 'tooSlow'

/** Thrown inside the parsers only, and turned into a Refusal where reading begins. */
export class WorkbookRefused extends Error {
  readonly reason: FileRefusalCode
  readonly values: Record<string, string | number>

  constructor(reason: FileRefusalCode, values: Record<string, string | number> = {}) {
    super(reason)
    this.name = 'WorkbookRefused'
    this.reason = reason
    this.values = values
  }

  toRefusal(): Refusal {
    return { code: `import.refusal.${this.reason}`, values: this.values, field: 'file', rule: 'SEC-T7' }
  }
}
