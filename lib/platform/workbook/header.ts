import { type Cell, cellText, columnLetter, isBlank, type Merge, type SheetData, type SheetRow } from './sheet.ts'
import { normaliseTitle, type TitleIndex } from './titles.ts'

export interface ColumnMatch<F extends string> {
  index: number
  letter: string
  /** The title as it stands, upper and lower row joined. */
  title: string
  field: F | null
  /** 1 certain, 0 unmapped. */
  confidence: number
  /** Three values of an unmapped column, to recognise it by. */
  samples: string[]
}

export interface HeaderFound<F extends string> {
  sheet: string
  top: number
  bottom: number
  columns: ColumnMatch<F>[]
}

/** What a person corrected by hand or a district has settled before; it overrides what titles suggest. */
export interface MappingOverride {
  /** Normalised title → field, or null for "leave out". */
  byTitle?: Record<string, string | null>
  /** Sheet → column letter → field or null. */
  byColumn?: Record<string, Record<string, string | null>>
  /** Sheet → last row of its header. */
  headerRow?: Record<string, number>
}

const SEARCH_ROWS = 40
const SAMPLE_ROWS = 200

/** Quick access to the rows and merges of one sheet by their numbers. */
class Grid {
  readonly rows: SheetRow[]
  readonly #byNumber: Map<number, SheetRow>
  readonly #merges: Merge[]

  constructor(sheet: SheetData) {
    this.rows = sheet.rows.slice(0, SEARCH_ROWS + 4)
    this.#byNumber = new Map(this.rows.map((row) => [row.number, row]))
    const last = this.rows.at(-1)?.number ?? 0
    this.#merges = sheet.merges.filter((merge) => merge.top <= last)
  }

  /** Text of a header cell; a merged cell has the text of its first one. */
  title(row: number, column: number): string {
    const own = this.#byNumber.get(row)?.cells[column]
    if (!isBlank(own)) return cellText(own).trim()
    const merge = this.#merges.find((m) => m.top <= row && row <= m.bottom && m.left <= column && column <= m.right)
    return merge ? cellText(this.#byNumber.get(merge.top)?.cells[merge.left]).trim() : ''
  }

  filled(row: number): number {
    return this.#byNumber.get(row)?.cells.filter((cell) => !isBlank(cell)).length ?? 0
  }

  /** A caption written once and left blank to its right, as a .csv file of a merged header has it. */
  caption(row: number, column: number): string {
    if (this.filled(row) < 2) return ''
    for (let at = column; at >= 0; at--) {
      const text = this.title(row, at)
      if (text !== '') return text
    }
    return ''
  }
}

interface TitleParts {
  bottom: string
  upper: string[]
  caption: string
}

function partsOf(grid: Grid, bottom: number, depth: number, column: number): TitleParts {
  const upper: string[] = []
  for (let row = bottom - depth + 1; row < bottom; row++) {
    const text = grid.title(row, column)
    if (text !== '' && text !== upper.at(-1)) upper.push(text)
  }
  const own = grid.title(bottom, column)
  const caption = depth > 1 ? grid.caption(bottom - 1, column) : ''
  return own === ''
    ? { bottom: upper.pop() ?? '', upper, caption }
    : { bottom: own, upper: upper.filter((t) => t !== own), caption }
}

function meaning<F extends string>(index: TitleIndex<F>, { bottom, upper, caption }: TitleParts) {
  if (bottom === '') return null
  const joined = [...upper, bottom].join('')
  const tries = [joined, bottom, [bottom, ...upper].join(''), caption === '' ? '' : caption + bottom]
  let best: { field: F; confidence: number } | null = null
  for (const text of tries) {
    const found = text === '' ? null : index.find(text)
    if (found && found.confidence > (best?.confidence ?? 0)) best = found
  }
  return best
}

/** Finds the header row (one to three rows deep) of a sheet, under any title rows, and what each column means. */
export function findHeader<F extends string>(
  sheet: SheetData,
  index: TitleIndex<F>,
  override: MappingOverride = {},
): HeaderFound<F> | null {
  const grid = new Grid(sheet)
  const width = Math.max(0, ...grid.rows.map((row) => row.cells.length))
  const fixed = override.headerRow?.[sheet.name]
  const byColumn = override.byColumn?.[sheet.name] ?? {}
  let best: { bottom: number; depth: number; score: number } | null = null
  for (const { number: bottom } of grid.rows.slice(0, SEARCH_ROWS)) {
    if (fixed !== undefined && bottom !== fixed) continue
    for (let depth = 1; depth <= 3 && bottom - depth >= 0; depth++) {
      // A row that is one long title belongs to no column
      if (depth > 1 && grid.filled(bottom - depth + 1) < 2) break
      const fields = new Map<F, number>()
      for (let column = 0; column < width; column++) {
        const parts = partsOf(grid, bottom, depth, column)
        const settled = override.byTitle?.[normaliseTitle([...parts.upper, parts.bottom].join(''))]
        const found = settled ? { field: settled as F, confidence: 1 } : meaning(index, parts)
        if (found) fields.set(found.field, Math.max(found.confidence, fields.get(found.field) ?? 0))
      }
      const hasKey = [...fields.keys()].some((field) => index.isKey(field))
      const score = [...fields.values()].reduce((sum, n) => sum + n, 0) - depth * 0.01
      const enough = fixed !== undefined || (hasKey && fields.size >= 2)
      if (enough && score > (best?.score ?? 0)) best = { bottom, depth, score }
    }
  }
  if (!best && fixed !== undefined) best = { bottom: fixed, depth: 1, score: 0 }
  if (!best) return null
  const { bottom, depth } = best
  const columns = assignColumns({ grid, index, width, bottom, depth, byColumn, byTitle: override.byTitle ?? {} })
  addSamples(sheet, bottom, columns)
  return { sheet: sheet.name, top: bottom - depth + 1, bottom, columns }
}

interface Assignment<F extends string> {
  grid: Grid
  index: TitleIndex<F>
  width: number
  bottom: number
  depth: number
  byColumn: Record<string, string | null>
  byTitle: Record<string, string | null>
}

/** Each field gets one column: what a hand has set, then the surest title. */
function assignColumns<F extends string>({ grid, index, width, bottom, depth, byColumn, byTitle }: Assignment<F>) {
  const columns: ColumnMatch<F>[] = []
  for (let column = 0; column < width; column++) {
    const letter = columnLetter(column)
    const parts = partsOf(grid, bottom, depth, column)
    const title = [...parts.upper, parts.bottom].join(' / ')
    const key = normaliseTitle([...parts.upper, parts.bottom].join(''))
    const hand = byColumn[letter] !== undefined ? byColumn[letter] : key === '' ? undefined : byTitle[key]
    const found =
      hand === undefined ? meaning(index, parts) : hand === null ? null : { field: hand as F, confidence: 2 }
    columns.push({
      index: column,
      letter,
      title,
      field: found?.field ?? null,
      confidence: found?.confidence ?? 0,
      samples: [],
    })
  }
  const taken = new Set<F>()
  for (const match of [...columns].sort((a, b) => b.confidence - a.confidence || a.index - b.index)) {
    if (match.field === null) continue
    if (taken.has(match.field)) Object.assign(match, { field: null, confidence: 0 })
    else taken.add(match.field)
    match.confidence = Math.min(match.confidence, 1)
  }
  return columns.filter((match) => match.title !== '' || match.field !== null)
}

function addSamples<F extends string>(sheet: SheetData, bottom: number, columns: ColumnMatch<F>[]): void {
  for (const match of columns) {
    if (match.field !== null) continue
    const values = new Set<string>()
    let looked = 0
    for (const row of sheet.rows) {
      if (row.number <= bottom) continue
      if (looked++ > SAMPLE_ROWS || values.size === 3) break
      const cell: Cell | undefined = row.cells[match.index]
      if (!isBlank(cell)) values.add(cellText(cell).trim().slice(0, 60))
    }
    match.samples = [...values]
  }
}
