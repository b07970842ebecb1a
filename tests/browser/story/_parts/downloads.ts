import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'

/** Downloads what a link of the page leads to. @returns its name and the first two letters of the file */
export async function downloadOf(page: Page, href: string): Promise<{ name: string; start: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator(`a[href*="${href}"]`).first().click(),
  ])
  const path = await download.path()
  return { name: download.suggestedFilename(), start: readFileSync(path).subarray(0, 2).toString('latin1') }
}
