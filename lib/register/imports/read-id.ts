import { cellText, type PlainCell } from '../../platform/workbook/sheet.ts'
import { type IdNumber, type IdNumberRead, readIdNumber } from '../../rules/register/id-number.ts'
import { cleanText, halfWidth } from './read-text.ts'

export type IdCellRead =
  | { kind: 'number'; value: IdNumber; mended: string[] }
  /** A number cell keeps 15 digits: the last of an 18-digit number are gone, and no rule brings them back. */
  | { kind: 'lost' }
  | { kind: 'fault'; fault: Extract<IdNumberRead, { ok: false }>; text: string; mended: string[] }
  | { kind: 'empty' }

/** Text as a .csv keeps it of a number cell: 1.50699E+17. */
const SCIENTIFIC = /^\d(\.\d+)?e\+?1\d$/i

/** Reads an ID number as typed: spaces between its groups, full-width digits and a lower-case x are mended and told. */
export function readIdCell(cell: PlainCell): IdCellRead {
  if (typeof cell === 'number' || (typeof cell === 'object' && cell.kind !== 'error')) {
    const value = typeof cell === 'number' ? cell : cell.kind === 'date' ? cell.serial : cell.value
    // 15 digits and less are kept whole: the old number, or one too short
    if (value >= 1e15 || !Number.isSafeInteger(value)) return { kind: 'lost' }
    return judge(String(value), [])
  }
  const { text: clean, mended } = cleanText(cellText(cell))
  const codes: string[] = [...mended]
  if (clean === '') return { kind: 'empty' }
  const half = halfWidth(clean)
  if (half.changed) codes.push('M-FULLWIDTH')
  let text = half.text.replace(/^'/, '')
  if (SCIENTIFIC.test(text)) return { kind: 'lost' }
  if (/[\s-]/.test(text)) {
    text = text.replace(/[\s-]/g, '')
    codes.push('M-ID-SPACE')
  }
  if (/x$/.test(text)) codes.push('M-ID-X')
  return judge(text, codes)
}

function judge(text: string, mended: string[]): IdCellRead {
  const read = readIdNumber(text)
  return read.ok
    ? { kind: 'number', value: read.value, mended }
    : { kind: 'fault', fault: read, text: text.toUpperCase(), mended }
}
