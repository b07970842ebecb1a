import { readWorkbookInChild } from '../../../platform/workbook/read-in-child.ts'
import type { SheetData } from '../../../platform/workbook/sheet.ts'
import { readSheetMarks } from '../../../platform/workbook/write-sheet.ts'
import { addDays, type LocalDate, parseDay } from '../../../rules/values/dates.ts'
import { done, type Outcome, refuse } from '../../../rules/values/outcome.ts'
import { detectDay, detectKind } from './detect.ts'
import type { ImportKind } from './entries.ts'

export interface Source {
  kind: ImportKind
  on: LocalDate
  sheets: SheetData[]
}

/** Opens a workbook in a process of its own and says what it is; the day is the one it names, else today. */
export async function readSource(
  file: string,
  filename: string,
  asked: { kind: ImportKind | null; on: LocalDate | null; today: LocalDate },
): Promise<Outcome<Source>> {
  const opened = await readWorkbookInChild(file, filename)
  if (!opened.ok) return opened
  const sheets = opened.value
  const kind = asked.kind ?? detectKind(sheets)
  if (kind === null) return refuse('import.refusal.unknownKind')
  const on = asked.on ?? detectDay(sheets) ?? writtenOn(sheets, asked.today) ?? asked.today
  return done({ kind, on, sheets })
}

/** The day our workbook was written; by the clock of the world it may still have been the day before it was here. */
function writtenOn(sheets: readonly SheetData[], today: LocalDate): LocalDate | null {
  const at = readSheetMarks(sheets)?.writtenAt
  const day = at === undefined ? null : parseDay(at.slice(0, 10))
  return day !== null && addDays(day, 1) === today ? today : day
}
