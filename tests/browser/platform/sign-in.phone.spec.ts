import { expect, test } from '@playwright/test'
import { signIn } from '../../support/sign-in.ts'

test('a principal signs in on a phone, and nothing is wider than it', async ({ page }) => {
  await page.goto('/sign-in')
  const isWide = () => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect(await isWide()).toBe(false)
  await signIn(page, 'principal.s01')
  expect(await isWide()).toBe(false)
})
