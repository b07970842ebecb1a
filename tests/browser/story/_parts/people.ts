import { type Browser, expect } from '@playwright/test'
import { Person } from '../../../support/desk/person.ts'

/** Everybody of the story chose the same one. */
const PASSWORD = 'Peixun-2026-ceshi'

/** What browsers complained about while people worked; the story ends by looking at it. */
export const complaints: string[] = []

/** One-time links by login, as the administrator has handed them out. */
const links = new Map<string, string>()

/** Keeps the links that the page shows once, as whoever copies them does. @returns how many */
export async function takeLinks(person: Person): Promise<number> {
  const sheet = person.page.getByRole('region', { name: '一次性链接' })
  await expect(sheet).toBeVisible({ timeout: 30_000 })
  const rows = await sheet
    .locator('tbody tr')
    .evaluateAll((lines) =>
      lines.map((line) => [...line.querySelectorAll('code')].map((code) => code.textContent ?? '')),
    )
  for (const [login, link] of rows) if (login && link) links.set(login, link)
  return rows.length
}

/** Somebody comes, does it, and goes. Whoever comes for the first time opens their link, chooses a password and reads the notice. */
export async function as<T>(
  browser: Browser,
  login: string,
  act: (person: Person) => Promise<T>,
  phone = false,
): Promise<T> {
  const link = links.get(login)
  const person = link
    ? await arrivesFirst(browser, login, link, phone)
    : await Person.arrives(browser, login, { phone, password: PASSWORD })
  links.delete(login)
  const done = await act(person)
  complaints.push(...person.said)
  await person.leaves()
  return done
}

async function arrivesFirst(browser: Browser, login: string, link: string, phone: boolean): Promise<Person> {
  const person = await Person.comes(browser, login, { phone })
  await person.opens(link)
  await person.reads(`账号：${login}`)
  await person.page.getByLabel(/^新密码/).fill(PASSWORD)
  await person.page.getByLabel(/^再输入一次/).fill(PASSWORD)
  await person.presses('设置密码')
  await person.reads('密码已设置，请登录。')
  await person.fills({ 账号: login, 密码: PASSWORD })
  await person.presses('登录')
  await person.presses('已阅读，开始使用')
  await expect(person.page.getByRole('region', { name: '欢迎使用。' })).toBeVisible()
  return person
}

/** The second person of a two-person step says yes; nothing else waits for them. */
export async function confirms(browser: Browser, login: string, ...summaries: RegExp[]): Promise<void> {
  await as(browser, login, async (second) => {
    await second.opens('/two-person')
    for (const summary of summaries) {
      await second.reads(summary)
      await second.presses('确认并执行', second.page.locator('.card').filter({ hasText: summary }).first())
      await expect(second.page.locator('.card').filter({ hasText: summary })).toHaveCount(0)
    }
    await second.reads('没有等待您确认的事项')
  })
}
