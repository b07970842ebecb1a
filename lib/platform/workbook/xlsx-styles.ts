import { dayOf, fromDayNumber, type LocalDate } from '../../rules/values/dates.ts'
import { readXml } from './xml.ts'
import type { ZipEntry } from './zip.ts'

/** How a cell's style shows a number: as a day, with fixed decimals, or plainly. */
export type NumberLook = 'date' | number | null

const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)

/** Reads a number format code: `yyyy"年"m"月"` shows a day, `0.00` two decimals. */
export function lookOfFormat(code: string): NumberLook {
  const bare = code
    .split(';')[0]!
    .replace(/\[[^\]]*\]/g, '')
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/[_*]./g, '')
  if (/general/i.test(bare)) return null
  if (/[yd年]|(^|[^h:])m/i.test(bare) && /[yd年月日e]/i.test(bare)) return 'date'
  const decimals = /^[#,?0]*0\.(0+)$/.exec(bare.trim())
  return decimals ? decimals[1]!.length : null
}

function lookOf(id: number, custom: Map<number, string>): NumberLook {
  if (isBuiltInDate(id)) return 'date'
  if (id === 2 || id === 4) return 2
  const code = custom.get(id)
  return code === undefined ? null : lookOfFormat(code)
}

/** The look of every cell style of a workbook, by its index. */
export async function readLooks(entry: ZipEntry | undefined): Promise<NumberLook[]> {
  if (!entry) return []
  const custom = new Map<number, string>()
  const ids: number[] = []
  let inCellStyles = false
  await readXml(entry, {
    open(name, attributes) {
      if (name === 'numFmt') custom.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      else if (name === 'cellXfs') inCellStyles = true
      else if (name === 'xf' && inCellStyles) ids.push(Number(attributes.numFmtId ?? 0))
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false
    },
  })
  return ids.map((id) => lookOf(id, custom))
}

/** Days between 1899-12-30 and 1970-01-01. Spreadsheet day 60 is a 29 February 1900 that never was. */
const EPOCH_1900 = 25569
const EPOCH_1904 = 24107

/** The day of a spreadsheet's serial number; null outside 1900–9999. */
export function dayOfSerial(serial: number, from1904 = false): LocalDate | null {
  const whole = Math.floor(serial)
  if (!(whole >= 1 && whole <= 2_958_465)) return null
  if (from1904) return fromDayNumber(whole - EPOCH_1904)
  if (whole === 60) return null
  return whole < 60
    ? dayOf(1900, whole > 31 ? 2 : 1, whole > 31 ? whole - 31 : whole)
    : fromDayNumber(whole - EPOCH_1900)
}
