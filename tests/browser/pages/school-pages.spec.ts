import { expect, test } from '@playwright/test'
import { deskPages, expectNothing, walkPages } from '../../support/desk/pages.ts'
import { Person } from '../../support/desk/person.ts'

test.describe.configure({ mode: 'parallel' }) // everybody only looks: no walk disturbs another

const BUREAU_ONLY = [
  '/accounts',
  '/accounts/grants',
  '/audit',
  '/settings',
  '/settings/clock',
  '/rotation/notices',
  '/rotation/tables',
  '/rotation/closing',
  '/two-person',
  '/teachers/new',
  '/reserve/new',
  '/talent/new',
]

for (const [login, closed] of Object.entries({
  'principal.s06': [...BUREAU_ONLY, '/my', '/rotation/apply'],
  'schoolhr.s06': [...BUREAU_ONLY, '/my', '/rotation/apply', '/rotation/delegations'],
  teacher6: [
    ...BUREAU_ONLY,
    '/teachers',
    '/schools',
    '/rotation/roll',
    '/rotation/orders',
    '/rotation/service',
    '/policies',
    '/reserve',
    '/equity',
  ],
}))
  test(`SEC-ACT-1 ${login} meets no fault on the pages of the role, and no page of another`, async ({ browser }) => {
    test.setTimeout(360_000)
    const person = await Person.arrives(browser, login)
    const { seen, refused, faults } = await walkPages(person.page, deskPages())
    expectNothing(faults)
    expectNothing(closed.filter((path) => !refused.includes(path)))
    expect(seen).toContain('/')
    expectNothing(person.said.filter((text) => !/status of 404/.test(text)))
    await person.leaves()
  })

test('the desk speaks English when asked, and Chinese again', async ({ browser }) => {
  const person = await Person.arrives(browser, 'principal.s07')
  const { page } = person
  await page.getByText('校长 · 第七小学').click()
  await person.presses('English')
  await expect(page.getByRole('navigation', { name: 'Main pages' })).toBeVisible()
  for (const path of [
    '/',
    '/inbox',
    '/teachers',
    '/schools',
    '/rotation',
    '/equity',
    '/talent',
    '/reserve',
    '/policies',
  ]) {
    await person.opens(path)
    // names of people, schools and documents stay as they are; the frame and the headings are English
    expect(
      await page
        .locator('h1, h2, th, label, main button')
        .allInnerTexts()
        .then((texts) => texts.filter((text) => /^[\u4e00-\u9fff、，]+$/.test(text))),
    ).toEqual([])
  }
  await page.goto('/account')
  await page.locator('details.menu summary', { hasText: 'Principal' }).click()
  await page.getByRole('button', { name: /中文/ }).first().click()
  await expect(page.getByRole('navigation', { name: '主要页面' })).toBeVisible()
})
