import type { Finding } from '../../../platform/workbook/finding.ts'
import { groupBy } from '../../../rules/values/group-by.ts'
import type { RefusedRow } from '../parsed.ts'
import type { CellChange, RowOutcome, RowPlan } from '../plan/row-plan.ts'
import type { MissingRow } from '../plan/whole-plan.ts'
import type { Entry } from './entries.ts'

/** A row as the dry run leaves it; `entry` is what was read, when it can be taken over. */
export interface PlannedRow {
  plan: RowPlan
  entry: Entry | null
  findings: Finding[]
}

export interface Counts {
  new: number
  changed: number
  unchanged: number
  refused: number
  conflicts: number
  missing: number
  warnings: number
  mended: number
  rows: number
}

/** Where the rows go while they are compared, piece by piece, so that a long workbook is never held twice. */
export interface DryRunSink {
  rows(rows: PlannedRow[]): Promise<void>
  /** Findings of rows that went before. */
  late(findings: Finding[]): Promise<void>
  progress(percent: number): Promise<void>
}

/** Rows compared at a time: each piece costs a dozen statements however small it is. */
const PIECE = 2000
/** Names the row on file that a workbook leaves out. */
export const onFile = (id: string): CellChange => ({ field: 'id', old: id, new: null })

/** Hands pieces on with their findings and counts them. */
export class Tally {
  readonly counts: Counts = {
    new: 0,
    changed: 0,
    unchanged: 0,
    refused: 0,
    conflicts: 0,
    missing: 0,
    warnings: 0,
    mended: 0,
    rows: 0,
  }
  readonly #sink: DryRunSink
  readonly #findings: Map<string, Finding[]>
  readonly #total: number
  readonly #letters: ReadonlyMap<string, string>

  constructor(sink: DryRunSink, findings: readonly Finding[], total: number, letters: ReadonlyMap<string, string>) {
    this.#letters = letters
    this.#sink = sink
    this.#total = total
    this.#findings = groupBy(findings, ({ sheet, row }) => `${sheet} ${row}`)
    this.#count(findings)
  }

  /** While a piece is compared, the database already reads the next. */
  async pieces<E extends Entry, F>(
    entries: E[],
    read: (piece: E[]) => Promise<F>,
    compare: (piece: E[], onFile: F) => RowPlan[],
  ): Promise<void> {
    const ahead = async () => {
      const piece = entries.splice(0, PIECE)
      return { piece, onFile: await read(piece) }
    }
    let next = entries.length > 0 ? await ahead() : null
    while (next) {
      const { piece, onFile } = next
      const reading = entries.length > 0 ? ahead() : null
      const keeping = Promise.resolve().then(() => this.take(compare(piece, onFile), piece))
      // Reading on and keeping fail together: neither is left behind unheard
      next = (await Promise.all([reading, keeping]))[0]
    }
  }

  async take(plans: readonly RowPlan[], entries: readonly Entry[]): Promise<void> {
    const rows = plans.map((plan, i): PlannedRow => {
      this.#outcome(plan.outcome)
      this.#count(plan.findings)
      // What comparing found has a field; the person knows its column
      for (const finding of plan.findings)
        finding.column ??= this.#letters.get(`${finding.sheet} ${finding.field}`) ?? null
      const entry = plan.outcome === 'refused' ? null : entries[i]!
      return { plan, entry, findings: [...this.#findingsOf(plan), ...plan.findings] }
    })
    const percent = Math.min(95, 40 + Math.round((this.counts.rows / Math.max(1, this.#total)) * 55))
    await Promise.all([this.#sink.rows(rows), this.#sink.progress(percent)])
  }

  async late(findings: Finding[]): Promise<void> {
    if (findings.length === 0) return
    this.#count(findings)
    await this.#sink.late(findings)
  }

  async refused(rows: readonly RefusedRow[]): Promise<void> {
    await this.#inPieces(rows, (row) => {
      this.#outcome('refused')
      const plan: RowPlan = {
        sheet: row.sheet,
        row: row.row,
        outcome: 'refused',
        label: row.name ?? '',
        schoolName: row.school || null,
        teacherId: null,
        changes: [],
        findings: [],
        ops: [],
      }
      return { plan, entry: null, findings: this.#findingsOf(row) }
    })
  }

  async #inPieces<T>(list: readonly T[], planned: (one: T, index: number) => PlannedRow): Promise<void> {
    for (let start = 0; start < list.length; start += PIECE)
      await this.#sink.rows(list.slice(start, start + PIECE).map((one, i) => planned(one, start + i)))
  }

  async missing(people: readonly MissingRow[]): Promise<void> {
    this.counts.missing = people.length
    await this.#inPieces(people, ({ id, ...one }, i) => ({
      // The row on file is kept with it, for the choice what has become of it
      plan: { ...one, sheet: '', row: i + 1, outcome: 'missing', changes: [onFile(id)], findings: [], ops: [] },
      entry: null,
      findings: [],
    }))
  }

  /** Findings at no row that was read. */
  notes = (): Finding[] => [...this.#findings.values()].flat()

  #findingsOf({ sheet, row }: { sheet: string; row: number }): Finding[] {
    const key = `${sheet} ${row}`
    const found = this.#findings.get(key) ?? []
    this.#findings.delete(key)
    return found
  }

  #outcome(outcome: RowOutcome): void {
    this.counts.rows += 1
    if (outcome === 'conflict') this.counts.conflicts += 1
    else if (outcome !== 'missing') this.counts[outcome] += 1
  }

  #count(findings: readonly Finding[]): void {
    for (const { severity } of findings) {
      if (severity === 'warning') this.counts.warnings += 1
      if (severity === 'mended') this.counts.mended += 1
    }
  }
}
