import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import en from '@/lib/i18n/messages/en/import.json' with { type: 'json' }
import zh from '@/lib/i18n/messages/zh-CN/import.json' with { type: 'json' }
import { placeholders } from '@/lib/i18n/placeholders.ts'
import { ROSTER_FIELDS } from '@/lib/register/imports/roster-columns.ts'
import { SCHOOL_FIELDS } from '@/lib/register/imports/school-columns.ts'
import { importSentences } from '@/lib/register/imports/sentences.ts'

const read = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
const sources = read('lib/register/imports') + readFileSync('lib/rules/register/id-number.ts', 'utf8')
const codes = [...new Set(sources.match(/'[EWM]-[A-Z0-9]+(?:-[A-Z0-9]+)*'/g)!.map((code) => code.slice(1, -1)))]
const refusals = [
  ...readFileSync('lib/platform/workbook/refused.ts', 'utf8').matchAll(/\| '(\w+)'/g),
  ...read('lib/register').matchAll(/'import\.refusal\.(\w+)'/g),
].map((match) => match[1]!)
describe('R-IMP-1 sentences', () => {
  test('every finding and refusal the code can give has one, and none is left over', () => {
    expect(Object.keys(zh.finding).sort()).toEqual(codes.sort())
    expect(Object.keys(zh.refusal).sort()).toEqual([...new Set(refusals)].sort())
    for (const { field } of [...ROSTER_FIELDS, ...SCHOOL_FIELDS]) expect(zh.field, field).toHaveProperty(field)
  })

  test('both languages have the same keys and placeholders', () => {
    for (const area of Object.keys(zh) as (keyof typeof zh)[]) {
      expect(Object.keys(en[area])).toEqual(Object.keys(zh[area]))
      for (const [key, text] of Object.entries(zh[area]))
        expect(placeholders((en[area] as Record<string, string>)[key]!), `${area}.${key}`).toEqual(placeholders(text))
    }
  })

  test('a finding is said with its values', () => {
    const finding = {
      sheet: '表',
      row: 9,
      column: 'F',
      field: 'idNumber',
      code: 'E-ID-CHECKSUM',
      severity: 'error' as const,
      values: { swapped: 'no', expected: '7' },
      original: '',
      mended: null,
    }
    expect(importSentences('zh-CN').finding(finding)).toBe('身份证号校验位不符，应为 7，请核对。')
    expect(importSentences('en').finding({ ...finding, code: 'E-REQUIRED' })).toBe(
      '“ID number” is required and must not be empty.',
    )
  })
})
