import { describe, expect, test } from 'vitest'
import { impurities, literalChinese, openActions, strayClientImports } from './findings.ts'
import { type Source, sourcesUnder } from './sources.ts'

const planted = (text: string, path = 'planted.ts'): Source => ({ path, text })
const everywhere = (find: (source: Source) => string[], folders: string[], endings: string[]) =>
  sourcesUnder(folders, endings).flatMap(find)

describe('lib/rules has no clock, chance or machine', () => {
  test('nowhere in it', () => {
    expect(everywhere(impurities, ['lib/rules'], ['.ts'])).toEqual([])
  })

  test.each([
    'const now = new Date()',
    'export const today = () => Date.now()',
    'const roll = Math.random()',
    "const zone = process.env['TZ']",
    'const later = setTimeout(() => 0, 1)',
  ])('catches %s', (text) => {
    expect(impurities(planted(text))).toEqual(['planted.ts:1'])
  })

  test('lets the words stand as names', () => {
    expect(impurities(planted('interface A { process: string }\nexport const f = (a: A) => a.process'))).toEqual([])
  })
})

describe('SEC-ACT-2 a browser can ask for actions only', () => {
  test("every export of a 'use server' file is made by defineAction, and none is inline", () => {
    expect(everywhere(openActions, ['app', 'lib'], ['.ts', '.tsx'])).toEqual([])
  })

  test.each([
    ["'use server'\nexport async function decide() {}", 'planted.ts:2'],
    ["'use server'\nexport const decide = async () => {}", 'planted.ts:2'],
    ["'use server'\nexport { decide } from './decide.ts'", 'planted.ts:2'],
    ["'use server'\nexport default defineAction(decide)", 'planted.ts:2'],
    ["const save = async () => {\n  'use server'\n}", 'planted.ts:2'],
  ])('catches %j', (text, place) => {
    expect(openActions(planted(text))).toEqual([place])
  })

  test('lets an action pass', () => {
    expect(openActions(planted("'use server'\nexport const a = defineAction(b, { refresh: ['/'] })"))).toEqual([])
  })
})

describe('client parts draw no server code into the browser', () => {
  test('nowhere', () => {
    expect(everywhere(strayClientImports, ['app', 'lib'], ['.ts', '.tsx'])).toEqual([])
  })

  test.each(['@/lib/rotation/queries/cases.ts', '@/db/scope.ts', 'postgres', 'node:fs', 'next/headers'])(
    'catches an import of %s',
    (target) => {
      const [found] = strayClientImports(planted(`'use client'\nimport { x } from '${target}'`))
      expect(found).toBe(`planted.ts:2 ${target}`)
    },
  )

  test('lets actions, parts, rules and types pass', () => {
    const text = [
      "'use client'",
      "import { a } from '../actions.ts'",
      "import { b } from '@/app/_ui/field.tsx'",
      "import { c } from '@/lib/rules/values/dates.ts'",
      "import type { d } from '@/lib/rotation/queries/cases.ts'",
    ].join('\n')
    expect(strayClientImports(planted(text))).toEqual([])
  })
})

describe('words of a page are messages', () => {
  test('no Chinese literal in a page', () => {
    expect(everywhere(literalChinese, ['app'], ['.tsx'])).toEqual([])
  })

  test.each(['<b>教师</b>', "<b title='教师' />", '<b>{`共\u0024{n}人`}</b>'])('catches %s', (jsx) => {
    expect(literalChinese(planted(`export const a = (n: number) => ${jsx}`, 'planted.tsx'))).not.toEqual([])
  })

  test('lets a comment pass', () => {
    expect(literalChinese(planted('// 教师\nexport const a = <b>{t("x")}</b>', 'planted.tsx'))).toEqual([])
  })
})

describe('SEC-ACT-1 every page and download passes the gate', () => {
  const routes = sourcesUnder(['app'], ['page.tsx', 'route.ts']).filter(({ path }) => !path.startsWith('app/_server/'))

  test('a page is made by definePage, but those before sign-in', () => {
    const bare = routes.filter(
      ({ path, text }) => path.endsWith('page.tsx') && !/export default (await )?definePage\(/.test(text),
    )
    expect(bare.map(({ path }) => path).sort()).toEqual(
      [
        'app/(open)/activate/page.tsx',
        // Public by law (R-PUB): anonymous, by a scope that shows posted notices only
        'app/(open)/notices/page.tsx',
        'app/(open)/set-up/page.tsx',
        'app/(open)/sign-in/page.tsx',
      ].sort(),
    )
  })

  test('a download is made by defineRoute, but the sign-in itself', () => {
    const bare = routes.filter(
      ({ path, text }) => path.endsWith('route.ts') && !/= define(?:Route|Export|Upload)\(/.test(text),
    )
    expect(bare.map(({ path }) => path)).toEqual(['app/api/auth/[...nextauth]/route.ts'])
  })
})
