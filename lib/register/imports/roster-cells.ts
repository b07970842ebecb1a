import { cellText } from '../../platform/workbook/sheet.ts'
import type { StaffRecord } from '../../rules/register/records.ts'
import { readAssessments, yearsOfTitle } from './read-assessments.ts'
import { readHonours } from './read-honours.ts'
import { halfWidth } from './read-text.ts'
import type { RosterField } from './roster-columns.ts'
import type { RowReader } from './row-reader.ts'

type Reader = RowReader<RosterField>

/** 17 digits; another length warns, and digit 11 never refuses (domain.md §7.2). */
export function readCertificateNo(row: Reader): string | null {
  const text = row.text('certificateNo')
  if (text === null) return null
  const plain = halfWidth(text).text.replace(/\s/g, '')
  if (!/^\d{17}$/.test(plain)) row.report('certificateNo', 'W-CERT-NO', 'warning', { length: plain.length })
  return plain
}

/** 11 digits, without separators and the country code. */
export function readPhone(row: Reader): string | null {
  const text = row.text('phone')
  if (text === null) return null
  const plain = halfWidth(text)
    .text.replace(/[\s\-()]/g, '')
    .replace(/^\+?86(?=1\d{10}$)/, '')
  if (!/^\d{11}$/.test(plain)) row.report('phone', 'W-PHONE', 'warning', { length: plain.length })
  else if (plain !== text) row.report('phone', 'M-PHONE', 'mended', {}, plain)
  return plain
}

/** 荣誉称号及级别 with 获得时间 beside it. */
export function readHonourCells(row: Reader): StaffRecord['honours'] {
  const text = row.text('honours')
  const dates = row.value('honourDates')
  if (text === null) return []
  const read = readHonours(text, dates)
  for (const value of read.unknown) row.report('honours', 'W-HONOUR-KIND', 'warning', { value: value.slice(0, 40) })
  for (const value of read.withoutLevel)
    row.report('honours', 'W-HONOUR-LEVEL', 'warning', { value: value.slice(0, 40) })
  for (const value of read.withoutDate)
    row.report(row.has('honourDates') ? 'honourDates' : 'honours', 'W-HONOUR-DATE', 'warning', {
      value: value.slice(0, 40),
    })
  return read.honours
}

/** 年度考核 of the years its title names. */
export function readAssessmentCell(row: Reader, statisticsYear: number): StaffRecord['assessments'] {
  const text = row.text('assessments')
  if (text === null) return []
  const found = readAssessments(text, yearsOfTitle(row.title('assessments'), statisticsYear))
  if (found !== null && found.length > 0) return found
  row.said.delete('assessments')
  if (found === null) row.report('assessments', 'W-ASSESSMENT', 'warning', { value: cellText(text).slice(0, 40) })
  return []
}
