import { expect, test } from '@playwright/test'
import { expectNothing, tooWide, walkPages } from '../../support/desk/pages.ts'
import { Person } from '../../support/desk/person.ts'

test.describe.configure({ mode: 'parallel' }) // everybody only looks: no walk disturbs another

/** What is done on a phone (ux.md §4). */
for (const [login, paths] of Object.entries({
  'principal.s08': ['/', '/inbox', '/rotation', '/rotation/orders', '/rotation/service', '/account'],
  teacher8: ['/', '/inbox', '/my', '/my/papers', '/rotation/apply', '/account'],
}))
  test(`${login} finds nothing wider than the phone and no barrier`, async ({ browser }) => {
    const person = await Person.arrives(browser, login, { phone: true })
    const { seen, faults } = await walkPages(person.page, paths, { most: paths.length, also: tooWide })
    expect(seen).toEqual(paths)
    expectNothing(faults)
    expectNothing(person.said)
    await person.leaves()
  })
