import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Addresses of the desk without a parameter, from the files that are its pages. */
export function deskPages(): string[] {
  const root = join(import.meta.dirname, '../../../app/(desk)')
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|[/\\])page\.tsx$/.test(file) && !file.includes('['))
    .map((file) => `/${file.replaceAll('\\', '/').replace(/\/?page\.tsx$/, '')}`)
    .sort()
}

const ID = /[0-9a-f]{8}-[0-9a-f-]{27}/g
/** The page an address is of: ids and queries left out. */
export const patternOf = (href: string) => href.replace(/[?#].*/, '').replace(ID, ':id')

/** One address for each further page that links of this one lead to. */
export async function linkedPages(page: Page): Promise<string[]> {
  const hrefs = await page
    .locator('a[href^="/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  return hrefs.filter((href) => !/^\/api\/|download|export|certificate|paper\/|files\//.test(href))
}

const RAW_KEY = /(?<![\w./@-])[a-z][a-zA-Z]*(\.[a-z][a-zA-Z_]+){2,}(?![\w/@-])/g
const NOTHING = /\bundefined\b|\[object Object\]|\bNaN\b|\bnull\b/

/** What a page must never show: a key in place of a sentence, a value nobody wrote, a serious barrier (axe). */
export async function faultsOf(page: Page): Promise<string[]> {
  const at = new URL(page.url()).pathname
  const text = await page.locator('body').innerText()
  // codes that are shown on purpose stand in <code>
  const codes = (await page.locator('code').allInnerTexts()).join(' ')
  const keys = [...new Set(text.match(RAW_KEY) ?? [])].filter((key) => !codes.includes(key))
  const { violations } = await new AxeBuilder({ page })
    // rows of a long list are alike: the first of them are looked at
    .exclude('tbody tr:nth-child(n+16)')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze()
  return [
    ...keys.map((key) => `${at}: shows the key ${key}`),
    ...(NOTHING.test(text) ? [`${at}: shows ${text.match(NOTHING)?.[0]}`] : []),
    ...violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${at}: ${id} at ${nodes
            .slice(0, 3)
            .map(({ target }) => target.join(' '))
            .join(' | ')}`,
      ),
  ]
}

/** Opens every page this person may have, and one of each kind those lead to. @returns the pages seen and what is wrong on them */
export async function walkPages(
  page: Page,
  starts: string[],
  { most = 60, also }: { most?: number; also?: (page: Page) => Promise<string[]> } = {},
): Promise<{ seen: string[]; refused: string[]; faults: string[] }> {
  const waiting = [...starts]
  const known = new Set(starts.map(patternOf))
  const [seen, refused, faults]: [string[], string[], string[]] = [[], [], []]
  while (waiting.length > 0 && seen.length < most) {
    const path = waiting.shift() ?? '/'
    const answer = await page.goto(path)
    const status = answer?.status() ?? 0
    if (status === 404 || patternOf(new URL(page.url()).pathname) !== patternOf(path)) {
      refused.push(patternOf(path))
      continue
    }
    if (status !== 200) faults.push(`${path}: answered ${status}`)
    seen.push(patternOf(path))
    faults.push(...(await faultsOf(page)), ...((await also?.(page)) ?? []))
    for (const href of await linkedPages(page)) {
      if (known.has(patternOf(href))) continue
      known.add(patternOf(href))
      waiting.push(href)
    }
  }
  return { seen, refused, faults }
}

/** Nothing is wider than the window. */
export const tooWide = async (page: Page): Promise<string[]> =>
  (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth))
    ? [`${new URL(page.url()).pathname}: wider than the phone`]
    : []

export const expectNothing = (found: string[]) => expect(found).toEqual([])
