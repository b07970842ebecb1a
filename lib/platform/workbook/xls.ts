import type { WorkBook, WorkSheet } from '@e965/xlsx'
import type { WorkbookLimits } from './limits.ts'
import { RowGuard } from './package-check.ts'
import { WorkbookRefused } from './refused.ts'
import type { Cell, PlainCell, SheetSink } from './sheet.ts'
import { dayOfSerial, lookOfFormat } from './xlsx-styles.ts'

export const OLE_MAGIC = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/** Names in the directory of an OLE file, following its sector chain; broken chains are refused. */
export function oleNames(bytes: Buffer): string[] {
  if (bytes.length < 1536) throw new WorkbookRefused('truncated')
  const shift = bytes.readUInt16LE(30)
  if (shift !== 9 && shift !== 12) throw new WorkbookRefused('unreadable')
  const size = 1 << shift
  const sector = (n: number): Buffer => {
    const from = (n + 1) * size
    if (n < 0 || from + size > bytes.length + size - 1) throw new WorkbookRefused('truncated')
    return bytes.subarray(from, from + size)
  }
  const fatSectors = tableSectors(bytes, sector, size)
  const next = (n: number): number => {
    const table = fatSectors[Math.floor((n * 4) / size)]
    const at = (n * 4) % size
    if (table === undefined || at + 4 > sector(table).length) throw new WorkbookRefused('truncated')
    return sector(table).readInt32LE(at)
  }
  const names: string[] = []
  const seen = new Set<number>()
  for (let n = bytes.readInt32LE(48); n >= 0; n = next(n)) {
    if (seen.has(n) || seen.size > 5000) throw new WorkbookRefused('unreadable')
    seen.add(n)
    const block = sector(n)
    for (let at = 0; at + 128 <= block.length; at += 128) {
      const length = Math.min(block.readUInt16LE(at + 64), 64)
      if (length > 2) names.push(block.subarray(at, at + length - 2).toString('utf16le'))
    }
  }
  return names
}

function tableSectors(bytes: Buffer, sector: (n: number) => Buffer, size: number): number[] {
  const found: number[] = []
  for (let at = 76; at < 512; at += 4) if (bytes.readInt32LE(at) >= 0) found.push(bytes.readInt32LE(at))
  let more = bytes.readInt32LE(68)
  for (let i = 0; more >= 0; i++) {
    if (i > 1000) throw new WorkbookRefused('unreadable')
    const block = sector(more)
    for (let at = 0; at < size - 4; at += 4) if (block.readInt32LE(at) >= 0) found.push(block.readInt32LE(at))
    more = block.readInt32LE(size - 4)
  }
  return found
}

/** Refuses macros, embedded objects and passwords of an old workbook before its parser sees it. */
export function checkOle(bytes: Buffer, extension: string): void {
  const names = oleNames(bytes)
  if (names.some((name) => /^(EncryptedPackage|EncryptionInfo|.DataSpaces)$/.test(name)))
    throw new WorkbookRefused('encrypted')
  if (extension !== '.xls') throw new WorkbookRefused('renamed', { type: extension })
  if (names.some((name) => /^(_VBA_PROJECT|_VBA_PROJECT_CUR|VBA|PROJECT)$/i.test(name)))
    throw new WorkbookRefused('macro')
  if (names.some((name) => /^(MBD[0-9A-F]{8}|.Ole10Native|ObjectPool)$/i.test(name)))
    throw new WorkbookRefused('embedded')
  if (!names.some((name) => /^(Workbook|Book)$/.test(name))) throw new WorkbookRefused('renamed', { type: extension })
}

/** Reads an old .xls with the kept library; the format itself ends at 65,536 rows and 256 columns. */
export async function readXls(bytes: Buffer, limits: WorkbookLimits, sink: SheetSink): Promise<void> {
  const XLSX = await import('@e965/xlsx')
  let book: WorkBook
  try {
    book = XLSX.read(bytes, {
      type: 'buffer',
      dense: true,
      cellNF: true,
      cellFormula: true,
      cellText: false,
      cellHTML: false,
      bookVBA: true,
    })
  } catch (error) {
    throw new WorkbookRefused(/password|encrypt/i.test(String(error)) ? 'encrypted' : 'unreadable')
  }
  if (book.vbaraw) throw new WorkbookRefused('macro')
  if (book.SheetNames.length === 0) throw new WorkbookRefused('noSheet')
  const guard = new RowGuard(limits)
  const from1904 = book.Workbook?.WBProps?.date1904 === true
  for (const [index, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name]!
    sink.startSheet(name, (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) > 0)
    await passRows(sheet, { guard, sink, from1904 })
    sink.endSheet(
      (sheet['!merges'] ?? []).map(({ s, e }) => ({ top: s.r + 1, left: s.c, bottom: e.r + 1, right: e.c })),
    )
  }
}

async function passRows(sheet: WorkSheet, to: { guard: RowGuard; sink: SheetSink; from1904: boolean }): Promise<void> {
  const data = (sheet['!data'] ?? []) as (
    | { t: string; v?: unknown; f?: string; z?: unknown; w?: string }
    | undefined
  )[][]
  for (let r = 0; r < data.length; r++) {
    const cells: (Cell | undefined)[] = []
    for (const [c, found] of (data[r] ?? []).entries()) {
      if (!found) continue
      if (found.f !== undefined) to.guard.formula(found.f)
      const plain = plainCell(found, to.from1904)
      const cell: Cell = found.f === undefined ? plain : { kind: 'formula', formula: found.f, value: plain }
      if (cell === null || cell === '') continue
      to.guard.column(c)
      if (typeof cell === 'string') to.guard.text(cell)
      while (cells.length < c) cells.push(null)
      cells[c] = cell
    }
    if (cells.length === 0) continue
    to.guard.row()
    to.sink.row({ number: r + 1, hidden: sheet['!rows']?.[r]?.hidden === true, cells })
    if (r % 2000 === 0) await to.sink.drain?.()
  }
}

const ERRORS: Record<number, string> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
}

function plainCell(cell: { t: string; v?: unknown; z?: unknown }, from1904: boolean): PlainCell | null {
  const { v } = cell
  if (cell.t === 'e') return { kind: 'error', text: ERRORS[Number(v)] ?? '#ERROR!' }
  if (typeof v === 'string' || typeof v === 'boolean') return v
  if (typeof v !== 'number') return null
  const look = typeof cell.z === 'string' ? lookOfFormat(cell.z) : null
  if (typeof look === 'number') return { kind: 'decimal', value: v, decimals: look }
  const day = look === 'date' ? dayOfSerial(v, from1904) : null
  return day === null ? v : { kind: 'date', day, serial: v }
}
