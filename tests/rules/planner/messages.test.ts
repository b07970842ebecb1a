import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import en from '@/lib/i18n/messages/en/planner.json' with { type: 'json' }
import zh from '@/lib/i18n/messages/zh-CN/planner.json' with { type: 'json' }

const root = join(import.meta.dirname, '..', '..', '..')
const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))
const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort()

test('both languages have the same keys and placeholders', () => {
  type Tree = Record<string, Record<string, string>>
  const [chinese, english] = [zh as Tree, en as Tree]
  expect(Object.keys(english)).toEqual(Object.keys(chinese))
  for (const part of Object.keys(chinese)) {
    expect(Object.keys(english[part]!)).toEqual(Object.keys(chinese[part]!))
    for (const [key, text] of Object.entries(chinese[part]!))
      expect(placeholders(english[part]![key]!), `${part}.${key}`).toEqual(placeholders(text))
  }
})

test('every code of a refusal or finding has a sentence', () => {
  const text = [
    ...sources('lib/rules/planner'),
    ...sources('lib/planner'),
    readFileSync(join(root, 'lib/cli/plan.ts'), 'utf8'),
  ].join('\n')
  const refusals = [...text.matchAll(/planner\.refusal\.(\w+)|refusal\('(\w+)'|message: '(\w+)'/g)].map(
    (m) => m[1] ?? m[2] ?? m[3]!,
  )
  const checks = [...text.matchAll(/finding\(\s*[^,]+,\s*[^,]+(?:\([^)]*\))?,\s*[^,]+(?:\([^)]*\))?,\s*'(\w+)'/g)].map(
    (m) => m[1]!,
  )
  expect(refusals.length).toBeGreaterThan(20)
  expect(checks.length).toBeGreaterThan(25)
  for (const code of new Set(refusals)) expect(zh.refusal, code).toHaveProperty(code)
  for (const code of new Set(checks)) expect(zh.check, code).toHaveProperty(code)
})
