import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

interface Account {
  login: string
  password: string
}

/** A demo account of the server under test, by its login (hr1, principal.s01, teacher1 …). */
export function accountOf(login: string): Account {
  const file = join(process.env.JUNHENG_TEST_DATA ?? '.data', 'demo-accounts.json')
  const account = (JSON.parse(readFileSync(file, 'utf8')) as Account[]).find((one) => one.login === login)
  if (!account) throw new Error(`no demo account ${login} in ${file}`)
  return account
}

/** Sign in as a person would; the home page is open afterwards. */
export async function signIn(page: Page, login: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码').fill(accountOf(login).password)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}
