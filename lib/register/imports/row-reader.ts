import type { Finding, Severity } from '../../platform/workbook/finding.ts'
import {
  type Cell,
  cellText,
  columnLetter,
  isBlank,
  type PlainCell,
  type SheetRow,
} from '../../platform/workbook/sheet.ts'
import { type LocalDate, monthOf, type YearMonth } from '../../rules/values/dates.ts'
import { readDay, readMonth } from './read-dates.ts'
import { bareNumber, type CleanText, cleanText, halfWidth, readYesNo } from './read-text.ts'
import type { Table } from './table.ts'
import type { Word, Words } from './words.ts'

const LONGEST_TEXT = 1000
const NOTHING = /^(—+|-+|\/|无|空)$/
const MENDED_AS_TERM = { short: 'M-TERM', old: 'M-OLD-TERM' } as const

export interface RowRules<F extends string> {
  required: ReadonlySet<F>
  /** Fields the system works out itself: a formula there only warns. */
  computed: ReadonlySet<F>
  statisticsDate: LocalDate
}

/** Reads the cells of one row by field, and keeps what there is to say about each. */
export class RowReader<F extends string> {
  readonly said = new Set<F>()
  /** Fields with an error of their own: no second one for the value they lack. */
  readonly failed = new Set<F>()
  readonly #table: Table<F>
  readonly #row: SheetRow
  readonly #rules: RowRules<F>
  readonly #findings: Finding[]

  constructor(table: Table<F>, row: SheetRow, rules: RowRules<F>, findings: Finding[]) {
    this.#table = table
    this.#row = row
    this.#rules = rules
    this.#findings = findings
    if (row.hidden) this.#push(table.header.columns[0]!.index, null, 'W-HIDDEN-ROW', 'warning', {}, null)
  }

  get refused(): boolean {
    return this.failed.size > 0
  }

  has(field: F): boolean {
    return this.#table.column.has(field)
  }

  /** Title of a field's column, as it stands in the file. */
  title(field: F): string {
    return this.#table.header.columns.find((match) => match.field === field)?.title ?? ''
  }

  report(
    field: F,
    code: string,
    severity: Severity,
    values: Finding['values'] = {},
    mended: string | null = null,
  ): void {
    if (severity === 'error') this.failed.add(field)
    this.#push(this.#table.column.get(field), field, code, severity, values, mended)
  }

  /** What a cell holds; null when it says nothing, also after an error that has been reported. */
  value(field: F): PlainCell | null {
    const cell = this.#cell(field)
    if (isBlank(cell)) return null
    const computed = this.#rules.computed.has(field)
    if (typeof cell === 'object' && cell !== null && cell.kind === 'formula') {
      if (computed) {
        this.report(field, 'W-FORMULA', 'warning', { formula: cell.formula.slice(0, 60) })
        return null
      }
      if (cell.value === null || cell.value === '') {
        const required = this.#rules.required.has(field)
        this.report(field, required ? 'E-FORMULA' : 'W-FORMULA-EMPTY', required ? 'error' : 'warning', {
          formula: cell.formula.slice(0, 60),
        })
        return null
      }
      return this.#checked(field, cell.value, computed)
    }
    return this.#checked(field, cell as PlainCell, computed)
  }

  /** A cell as cleaned text; null when it says nothing. */
  text(field: F, clean: (raw: string) => CleanText = cleanText): string | null {
    const value = this.value(field)
    if (value === null) return null
    const raw = cellText(value)
    const { text, mended } = clean(raw)
    if (text === '') return null
    for (const code of mended) this.report(field, code, 'mended', {}, text)
    if (text.length > LONGEST_TEXT) {
      this.report(field, 'E-TEXT-LONG', 'error', { length: text.length, max: LONGEST_TEXT })
      return null
    }
    this.said.add(field)
    return text
  }

  /** A term of a closed list; `unknown` says what is to become of a word that is not in it. */
  word<K extends string>(
    field: F,
    words: Words<K>,
    codes: { unknown: string; severity?: Severity; old?: string; short?: string },
  ): K | null {
    const text = this.text(field)
    if (text === null) return null
    const word: Word<K> | null = words.read(text)
    if (word === null) {
      this.said.delete(field)
      if (!NOTHING.test(text))
        this.report(field, codes.unknown, codes.severity ?? 'error', { value: text.slice(0, 40) })
      return null
    }
    if (word.form !== 'term') this.report(field, codes[word.form] ?? MENDED_AS_TERM[word.form], 'mended', {}, word.term)
    return word.value
  }

  /** A month, not after the statistics date unless it is planned. */
  month(field: F, options: { mayBeAhead?: boolean } = {}): YearMonth | null {
    const value = this.#dateValue(field)
    if (value === null) return null
    const read = readMonth(value)
    if (read === null) {
      this.report(field, 'E-DATE-IMPOSSIBLE', 'error', { value: cellText(value).slice(0, 40) })
      return null
    }
    if (read.ambiguous) this.report(field, 'W-DATE-AMBIGUOUS', 'warning', { value: cellText(value) }, read.month)
    if (!options.mayBeAhead && read.month > monthOf(this.#rules.statisticsDate)) {
      this.report(field, 'E-DATE-FUTURE', 'error', { value: read.month, date: this.#rules.statisticsDate })
      return null
    }
    this.said.add(field)
    return read.month
  }

  day(field: F): LocalDate | null {
    const value = this.#dateValue(field)
    if (value === null) return null
    const read = readDay(value)
    if (read === null) {
      this.report(field, 'E-DATE-IMPOSSIBLE', 'error', { value: cellText(value).slice(0, 40) })
      return null
    }
    if (read.monthOnly) this.report(field, 'W-DAY-MISSING', 'warning', { value: cellText(value) }, read.day)
    this.said.add(field)
    return read.day
  }

  /** A whole number from `min` to `max`. A count with a unit (12节, 1,900) is read too. */
  whole(field: F, min: number, max: number): number | null {
    const text = this.text(field)
    if (text === null) return null
    const plain = bareNumber(text)
    if (/^[-—/无]*$/.test(plain)) {
      this.said.delete(field)
      return null
    }
    const number = Number(plain)
    if (Number.isInteger(number) && number >= min && number <= max) return number
    this.said.delete(field)
    this.report(field, 'E-NUMBER', 'error', { value: text.slice(0, 40), min, max })
    return null
  }

  decimal(field: F): number | null {
    const text = this.text(field)
    if (text === null) return null
    const number = Number(text.normalize('NFKC'))
    if (Number.isFinite(number)) return number
    this.said.delete(field)
    this.report(field, 'E-NUMBER', 'error', { value: text.slice(0, 40), min: -1_000_000, max: 1_000_000 })
    return null
  }

  yesNo(field: F): boolean | null {
    const text = this.text(field)
    if (text === null) return null
    const read = readYesNo(text)
    if (read !== null) return read
    this.said.delete(field)
    this.report(field, 'W-YES-NO', 'warning', { value: text.slice(0, 40) })
    return null
  }

  /** Reports each required field that has a column, no value and no error yet. */
  requireAll(codes: Partial<Record<F, string>>, fields: Iterable<F>): void {
    for (const field of fields)
      if (!this.said.has(field) && !this.failed.has(field) && this.has(field))
        this.report(field, codes[field] ?? 'E-REQUIRED', 'error')
  }

  #cell(field: F): Cell | undefined {
    const column = this.#table.column.get(field)
    if (column === undefined) return null
    const own = this.#row.cells[column]
    if (!isBlank(own)) return own
    const merged = this.#table.merged.get(`${this.#row.number}:${column}`)
    if (!merged || isBlank(merged.cell)) return null
    this.report(field, 'W-MERGED', 'warning', { row: merged.from }, cellText(merged.cell).slice(0, 60))
    return merged.cell
  }

  #checked(field: F, value: PlainCell, computed: boolean): PlainCell | null {
    if (typeof value === 'object' && value.kind === 'error') {
      this.report(field, computed ? 'W-FORMULA' : 'E-EXCEL-ERROR', computed ? 'warning' : 'error', {
        value: value.text,
        formula: value.text,
      })
      return null
    }
    return value
  }

  #dateValue(field: F): PlainCell | null {
    const value = this.value(field)
    if (typeof value !== 'string') return value
    const { text, mended } = cleanText(value)
    if (text === '' || NOTHING.test(text)) return null
    for (const code of mended) this.report(field, code, 'mended', {}, text)
    const half = halfWidth(text)
    if (half.changed) this.report(field, 'M-FULLWIDTH', 'mended', {}, half.text)
    return half.text
  }

  #push(
    column: number | undefined,
    field: F | null,
    code: string,
    severity: Severity,
    values: Finding['values'],
    mended: string | null,
  ) {
    const own = column === undefined ? null : this.#row.cells[column]
    this.#findings.push({
      sheet: this.#table.sheet.name,
      row: this.#row.number,
      column: column === undefined ? null : columnLetter(column),
      field,
      code,
      severity,
      values,
      original: cellText(own).slice(0, 80),
      mended: mended === null ? null : mended.slice(0, 80),
    })
  }
}
