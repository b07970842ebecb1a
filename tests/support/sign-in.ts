import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

interface Account {
  login: string
  password: string
}

/** A demo account of the server under test, by its login. All share one password, also the schools' that are not listed. */
export function accountOf(login: string): Account {
  const file = join(process.env.JUNHENG_TEST_DATA ?? '.data', 'demo-accounts.json')
  const listed = JSON.parse(readFileSync(file, 'utf8')) as Account[]
  const [first] = listed
  if (!first) throw new Error(`no demo account in ${file}`)
  return listed.find((one) => one.login === login) ?? { login, password: first.password }
}

/** Sign in as a person would; the home page is open afterwards. */
export async function signIn(page: Page, login: string, password = accountOf(login).password): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}
