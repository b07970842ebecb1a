import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { placeholders } from '@/lib/i18n/placeholders.ts'
import { root } from '../../lib/cli/start/places.mjs'

const folder = join(root, 'lib/i18n/messages')
type Tree = { [key: string]: string | Tree }

/** `area.thing.aspect` → sentence. */
function flat(tree: Tree, prefix: string): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${prefix}.${key}`, value] as [string, string]] : flat(value, `${prefix}.${key}`),
  )
}

function messagesOf(language: string): Map<string, string> {
  const files = existsSync(join(folder, language)) ? readdirSync(join(folder, language)) : []
  return new Map(
    files
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => flat(JSON.parse(readFileSync(join(folder, language, name), 'utf8')), name.slice(0, -5))),
  )
}

describe('messages', () => {
  const chinese = messagesOf('zh-CN')
  const english = messagesOf('en')

  test('both languages have the same keys', () => {
    const missing = (from: Map<string, string>, to: Map<string, string>) =>
      [...from.keys()].filter((key) => !to.has(key))
    expect({ en: missing(chinese, english), 'zh-CN': missing(english, chinese) }).toEqual({ en: [], 'zh-CN': [] })
  })

  test('both languages fill the same places', () => {
    const different = [...chinese].filter(([key, sentence]) => {
      const other = english.get(key)
      return other !== undefined && placeholders(sentence).join() !== placeholders(other).join()
    })
    expect(different.map(([key]) => key)).toEqual([])
  })

  test('no sentence is empty, and none of the Chinese was left in the English', () => {
    const empty = [...chinese, ...english].filter(([, sentence]) => sentence.trim() === '').map(([key]) => key)
    expect(empty).toEqual([])
    const untranslated = [...english].filter(([, text]) =>
      /^\P{Script=Latin}*\p{Script=Han}\P{Script=Latin}*$/u.test(text),
    )
    expect(untranslated.map(([key]) => key)).toEqual([])
  })

  test.each([
    ['{by}已于{at}修改', ['at', 'by']],
    ['{n, plural, one {# case} other {# cases of {who}}}', ['n', 'who']],
    ['{kind, select, a {one} other {}}', ['kind']],
    ['see <link>{title}</link>', ['<link>', 'title']],
    ['nothing', []],
  ])('placeholders of %j', (sentence, names) => {
    expect(placeholders(sentence)).toEqual(names)
  })
})
