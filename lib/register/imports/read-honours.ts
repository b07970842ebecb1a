import type { PlainCell } from '../../platform/workbook/sheet.ts'
import type { HonourRecord } from '../../rules/register/records.ts'
import type { HonourKind, HonourLevel } from '../../rules/register/vocabulary.ts'
import type { YearMonth } from '../../rules/values/dates.ts'
import { readMonth } from './read-dates.ts'
import { HONOUR_KIND_WORDS, HONOUR_LEVEL_WORDS } from './words.ts'

export interface HonoursRead {
  honours: HonourRecord[]
  /** Parts of the cell without a level, or of no kind in the list. */
  withoutLevel: string[]
  unknown: string[]
  /** Honours whose date is missing or unreadable. */
  withoutDate: string[]
}

const SEPARATORS = /[、；;，,\n/]+/
const DATE_INSIDE = /[（(]?\s*(\d{4}(?:[-./年]\d{1,2}月?|\d{2}))\s*[）)]?(?:获得?)?/
const LEVEL =
  /^(国家级|全国|国家|部级|自治区级|自治区|省级|省|盟市级|盟市|地市级|盟级|市级|市|旗县级|旗县区级|旗区级|县区级|区县级|区级|县级|旗级|区|县|旗|校级|学校|校)(?=.{2,})/

function split(text: string): string[] {
  return text
    .split(SEPARATORS)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function readOne(part: string): { kind: HonourKind | null; level: HonourLevel | null; awarded: YearMonth | null } {
  const date = DATE_INSIDE.exec(part)
  const words = (date ? part.replace(date[0], '') : part).replace(/[\s（）()“”"]/g, '')
  const levelText = LEVEL.exec(words)?.[0] ?? ''
  const kind = HONOUR_KIND_WORDS.read(words.slice(levelText.length))?.value ?? null
  const level = levelText === '' ? null : (HONOUR_LEVEL_WORDS.read(levelText)?.value ?? null)
  return { kind, level, awarded: date ? (readMonth(date[1]!)?.month ?? null) : null }
}

/** 特级教师 is a national title given by the region: it needs no level before it (domain.md §1.4). */
const levelOf = (kind: HonourKind, level: HonourLevel | null): HonourLevel | null =>
  level ?? (kind === 'special_grade' ? 'region' : null)

/**
 * Reads several honours of one cell with their dates of the next cell, in the same order (R-HON-1). What has no level
 * or is of no known kind is told, and not kept: nobody can say later what it counts for.
 */
export function readHonours(text: string, dates: PlainCell | null): HonoursRead {
  const read: HonoursRead = { honours: [], withoutLevel: [], unknown: [], withoutDate: [] }
  if (/^(无|没有|—|-|\/)$/.test(text)) return read
  const parts = split(text)
  const given = dates === null ? [] : typeof dates === 'string' ? split(dates) : [dates]
  for (const [i, part] of parts.entries()) {
    const { kind, level, awarded } = readOne(part)
    if (kind === null) {
      read.unknown.push(part)
      continue
    }
    const known = levelOf(kind, level)
    if (known === null) {
      read.withoutLevel.push(part)
      continue
    }
    const own = given[i]
    const month = awarded ?? (own === undefined ? null : (readMonth(own)?.month ?? null))
    if (month === null) read.withoutDate.push(part)
    read.honours.push({ kind, level: known, awarded: month })
  }
  return read
}
