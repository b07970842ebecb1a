import { describe, expect, test } from 'vitest'
import builtIds from './built-ids.json' with { type: 'json' }
import { sourcesUnder } from './sources.ts'

/** Titles of tests and of groups; in a table of `test.each` the id stands in the group's title. */
const TITLE = /\b(?:describe|test|it)(?:\.\w+(?:\([^)]*\))?)*\(\s*(['"`])((?:(?!\1).)*)\1/gs

const titles = sourcesUnder(['tests'], ['.test.ts', '.spec.ts']).flatMap(({ text }) =>
  [...text.matchAll(TITLE)].map((match) => match[2] ?? ''),
)
const opens = (title: string, id: string) => title === id || title.startsWith(`${id} `) || title.startsWith(`${id}:`)

describe('every id in the list of what is built has a test', () => {
  test('the list is sorted, each id once', () => {
    expect(builtIds).toEqual([...new Set(builtIds)].sort())
  })

  test.each(builtIds)('%s', (id) => {
    expect(titles.some((title) => opens(title, id))).toBe(true)
  })

  test('an id that no test names is found out', () => {
    expect(titles.some((title) => opens(title, 'SEC-NONE-1'))).toBe(false)
  })
})
