/** error: the row waits · warning: read all the same · mended: put right, and said. */
export type Severity = 'error' | 'warning' | 'mended'

/** Something to say about one cell of the person's own file. Its sentence is `import.finding.<code>`. */
export interface Finding {
  sheet: string
  /** As numbered in the file. */
  row: number
  /** Column letter as in the file; null when it concerns the row or a column that is not there. */
  column: string | null
  field: string | null
  code: string
  severity: Severity
  values: Record<string, string | number>
  /** What the cell held, cut to a readable length. */
  original: string
  /** What was read instead. */
  mended: string | null
}
