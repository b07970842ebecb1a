import { type Browser, expect, type Page, test } from '@playwright/test'
import { expectNothing } from '../../support/desk/pages.ts'
import { Person } from '../../support/desk/person.ts'

test.setTimeout(120_000) // with other walks beside it

const TASK = '周课时核对（演示）'
const complaints: string[] = []

async function as<T>(browser: Browser, login: string, act: (person: Person) => Promise<T>): Promise<T> {
  const person = await Person.arrives(browser, login)
  const done = await act(person)
  complaints.push(...person.said)
  await person.leaves()
  return done
}

/** Lets go of a file above the page, as a mouse does that has carried one there. */
async function drops(page: Page, name: string, text: string): Promise<void> {
  const carried = await page.evaluateHandle(
    ([file, content]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content ?? ''], file ?? '', { type: 'text/csv' }))
      return transfer
    },
    [name, text],
  )
  for (const event of ['dragenter', 'dragover', 'drop'])
    await page.locator('main').dispatchEvent(event, { dataTransfer: carried })
}

test('a file dropped anywhere on the list of teachers is read, and nothing is written before it is confirmed', async ({
  browser,
}) => {
  await as(browser, 'hr2', async (hr) => {
    await hr.opens('/teachers')
    await hr.page.waitForLoadState('networkidle')
    await drops(hr.page, '拖放名册.csv', '姓名,教职工号,学校\n查无此人,Z000001,第一小学\n')
    await hr.page.waitForURL(/\/imports\/0/)
    await expect(hr.page.getByRole('heading', { level: 1 })).toContainText('拖放名册.csv')
    await hr.reads(/工作表“.+”，表头第 1 行/)
    await hr.presses('放弃这一批')
    await hr.reads(/已放弃/)
  })
  expectNothing(complaints)
})

test('a school edits a cell of a 核对任务 on the page; its head sees what is confirmed, HR what to check', async ({
  browser,
}) => {
  const path = await as(browser, 'hr2', async (hr) => {
    await hr.opens('/collections/new')
    await hr.fills({ 名称: TASK })
    await hr.presses('发给学校')
    await hr.page.waitForURL(/\/collections\/0/)
    return new URL(hr.page.url()).pathname
  })
  const name = await as(browser, 'schoolhr.s09', async (clerk) => {
    await clerk.opens(path)
    const cell = clerk.page.getByRole('button', { name: /^修改.+的周课时（现为\d+）$/ }).first()
    const label = (await cell.getAttribute('aria-label')) ?? ''
    await cell.click()
    await clerk.fills({ 改为: '99', 依据或原因: '按课表' })
    await clerk.presses('保存')
    await clerk.reads('“99”应为 0 到 60 之间的数字。')
    await clerk.fills({ 改为: '13' })
    await clerk.presses('保存')
    await clerk.reads(/^已改 1 处/)
    await clerk.presses(/^已逐行核对 \d+ 人/)
    await clerk.reads('待校长确认')
    return /^修改(.+)的周课时/.exec(label)?.[1] ?? ''
  })
  await as(browser, 'principal.s09', async (head) => {
    await head.opens(path)
    await expect(head.page.getByRole('row').nth(1)).toContainText(name)
    await expect(head.page.getByRole('row').nth(1)).toContainText(/13 原为\d+ .+：按课表/)
    await head.presses(/^确认本校 \d+ 人已核对/)
    await head.reads('已核对')
  })
  await as(browser, 'hr2', async (hr) => {
    await hr.opens(path)
    await hr.reads('已核对 1/50 校')
    await hr.page.getByRole('link', { name: '网页修改：1 人' }).click()
    await hr.page.waitForURL(/\/imports\/0/)
    await expect(hr.row(name)).toContainText(/周课时：\d+ → 13/)
    await hr.opens(path)
    await hr.presses('结束任务')
  })
  expectNothing(complaints)
})
