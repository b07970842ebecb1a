import { findHeader } from '../../../platform/workbook/header.ts'
import { cellText, type SheetData } from '../../../platform/workbook/sheet.ts'
import type { TitleIndex } from '../../../platform/workbook/titles.ts'
import { readSheetMarks } from '../../../platform/workbook/write-sheet.ts'
import { dayOf, type LocalDate } from '../../../rules/values/dates.ts'
import { registerKindOf } from '../registers.ts'
import { RESERVE_INDEX } from '../reserve-columns.ts'
import { ROSTER_INDEX } from '../roster-columns.ts'
import { SCHOOL_INDEX } from '../school-columns.ts'
import { STUDIO_INDEX } from '../studio-columns.ts'
import { IMPORT_KINDS, type ImportKind } from './entries.ts'

const TITLE_ROWS = 6
const DAY = /(统计时间|截至|截止|统计日期|基准日)[^\d]{0,6}(\d{4})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})/

/** Which list a workbook is, by the columns most of its sheets have; null when it is none that we know. */
export function detectKind(sheets: readonly SheetData[]): ImportKind | null {
  const own = readSheetMarks(sheets)?.kind
  const ours = own === 'teachers' ? 'roster' : IMPORT_KINDS.find((kind) => kind === own)
  if (ours) return ours
  const votes: Record<ImportKind, number> = { schools: 0, roster: 0, registers: 0, studios: 0, reserve: 0 }
  for (const sheet of sheets) {
    if (sheet.hidden || sheet.rows.length === 0) continue
    const fields = (index: Parameters<typeof findHeader<string>>[1]) =>
      findHeader(sheet, index)?.columns.filter(({ field }) => field !== null).length ?? 0
    const roster = fields(ROSTER_INDEX)
    const schools = fields(SCHOOL_INDEX)
    if (isStudioList(sheet) && roster < 12) votes.studios += sheet.rows.length
    else if (isReserveList(sheet) && roster < 12) votes.reserve += sheet.rows.length
    else if (registerKindOf(sheet) !== null && roster < 12) votes.registers += sheet.rows.length
    else if (schools > roster) votes.schools += sheet.rows.length
    else if (roster > 0) votes.roster += sheet.rows.length
  }
  const [best] = (Object.entries(votes) as [ImportKind, number][]).sort((a, b) => b[1] - a[1])
  return best && best[1] > 0 ? best[0] : null
}

/** A column only this list has, beside the one it cannot be without. */
const hasSome = <F extends string>(sheet: SheetData, index: TitleIndex<F>, key: F, fields: readonly F[]): boolean => {
  const found = new Set(findHeader(sheet, index)?.columns.map(({ field }) => field))
  return found.has(key) && fields.some((field) => found.has(field))
}
const isStudioList = (sheet: SheetData) =>
  hasSome(sheet, STUDIO_INDEX, 'studio', ['host', 'members', 'role', 'cycle', 'cycleFrom'])
const isReserveList = (sheet: SheetData) =>
  hasSome(sheet, RESERVE_INDEX, 'name', ['pooledOn', 'channel', 'poolUntil', 'placedSchool'])

/** The day the workbook says it speaks of, in a title above its table: 统计时间：2026年9月1日. */
export function detectDay(sheets: readonly SheetData[]): LocalDate | null {
  for (const sheet of sheets)
    for (const row of sheet.rows.slice(0, TITLE_ROWS))
      for (const cell of row.cells) {
        const match = DAY.exec(cellText(cell).normalize('NFKC'))
        const day = match ? dayOf(Number(match[2]), Number(match[3]), Number(match[4])) : null
        if (day) return day
      }
  return null
}
