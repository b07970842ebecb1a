import type { PlainCell } from '../../platform/workbook/sheet.ts'
import { dayOfSerial } from '../../platform/workbook/xlsx-styles.ts'
import { dayOf, type LocalDate, monthOf, type YearMonth } from '../../rules/values/dates.ts'
import { halfWidth } from './read-text.ts'

export type MonthRead = { month: YearMonth; ambiguous: boolean } | null
export type DayRead = { day: LocalDate; monthOnly: boolean } | null

const month = (year: number, number: number): YearMonth | null => {
  const first = dayOf(year, number, 1)
  return first === null || year < 1900 || year > 2200 ? null : monthOf(first)
}
const sure = (value: YearMonth | null): MonthRead => (value === null ? null : { month: value, ambiguous: false })

// A day behind the month must exist too: 2019-02-31 is no date, and no February either
const FULL = /^(\d{4})\s*(?:[-./]|年)\s*(\d{1,2})\s*(?:[-./]|月)\s*(\d{1,2})\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?$/
const YEAR_MONTH = /^(\d{4})\s*(?:[-./]|年)\s*(\d{1,2})\s*月?$/

/** Serial numbers of 1927 to 2119; 198503 and 1985 lie outside. */
const isSerial = (value: number): boolean => Number.isInteger(value) && value >= 10_000 && value < 80_500

function monthOfText(raw: string): MonthRead {
  const text = halfWidth(raw).text.trim().replaceAll('。', '.')
  const full = FULL.exec(text)
  if (full)
    return dayOf(Number(full[1]), Number(full[2]), Number(full[3]))
      ? sure(month(Number(full[1]), Number(full[2])))
      : null
  const pair = YEAR_MONTH.exec(text)
  if (pair) return sure(month(Number(pair[1]), Number(pair[2])))
  const packed = /^(\d{4})(\d{2})(\d{2})?$/.exec(text)
  if (!packed) return null
  const [, year, number, day] = packed
  if (day !== undefined && !dayOf(Number(year), Number(number), Number(day))) return null
  return sure(month(Number(year), Number(number)))
}

/**
 * Reads a year and month as clerks write it: `1985.3`, 1985.3, `198503`, `1985年3月`, `1985-03`, a day, a serial number.
 * A number 2012.1 has lost its zero or never had one: January is taken and the reading is marked ambiguous.
 */
export function readMonth(cell: PlainCell): MonthRead {
  if (typeof cell === 'string') return monthOfText(cell)
  if (typeof cell === 'boolean') return null
  if (typeof cell === 'object') {
    if (cell.kind === 'date') return sure(monthOf(cell.day))
    // Shown with two decimals, 2012.10 is October and January would stand as 2012.01
    return cell.kind === 'decimal'
      ? cell.decimals >= 2
        ? monthOfText(cell.value.toFixed(2))
        : readMonth(cell.value)
      : null
  }
  if (isSerial(cell)) {
    const day = dayOfSerial(cell)
    return day === null ? null : sure(monthOf(day))
  }
  // 1985.3 may come as 1985.3000000000002
  const text = String(Math.round(cell * 10_000) / 10_000)
  const read = monthOfText(text)
  return read && /^\d{4}\.1$/.test(text) ? { ...read, ambiguous: true } : read
}

/** Reads a day; of a month alone its first day, marked. */
export function readDay(cell: PlainCell): DayRead {
  if (typeof cell === 'object' && cell.kind === 'date') return { day: cell.day, monthOnly: false }
  if (typeof cell === 'number' && isSerial(cell)) {
    const day = dayOfSerial(cell)
    return day === null ? null : { day, monthOnly: false }
  }
  const text = typeof cell === 'string' ? halfWidth(cell).text.trim() : typeof cell === 'number' ? String(cell) : ''
  const parts = FULL.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (parts) {
    const day = dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3]))
    return day === null ? null : { day, monthOnly: false }
  }
  const read = readMonth(cell)
  return read === null || read.ambiguous ? null : { day: `${read.month}-01` as LocalDate, monthOnly: true }
}
