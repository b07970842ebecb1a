import { expect, test } from '@playwright/test'
import { deskPages, expectNothing, walkPages } from '../../support/desk/pages.ts'
import { Person } from '../../support/desk/person.ts'

test.describe.configure({ mode: 'parallel' }) // everybody only looks: no walk disturbs another

/** Pages of others: whoever types their address finds nothing there (security.md §2.3). */
const CLOSED: Record<string, string[]> = {
  hr3: ['/audit', '/audit/heads', '/accounts', '/my', '/my/papers', '/rotation/apply'],
  reviewer1: ['/audit', '/accounts', '/my', '/settings/clock', '/rotation/tables', '/teachers/new', '/rotation/apply'],
  auditor: ['/teachers', '/schools', '/talent', '/reserve', '/equity', '/rotation/roll', '/rotation/exemptions', '/my'],
  admin: [
    '/teachers',
    '/rotation',
    '/rotation/recusals',
    '/rotation/roll',
    '/talent',
    '/reserve',
    '/policies',
    '/audit',
    '/equity',
    '/my',
  ],
  security: [
    '/teachers',
    '/rotation',
    '/talent',
    '/reserve',
    '/policies',
    '/audit',
    '/accounts/new',
    '/settings/clock',
  ],
  researcher1: [
    '/rotation',
    '/rotation/recusals',
    '/reserve',
    '/policies',
    '/accounts',
    '/audit',
    '/settings',
    '/equity',
    '/my',
    '/inbox',
  ],
}

for (const [login, closed] of Object.entries(CLOSED))
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
