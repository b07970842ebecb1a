import { type Browser, expect, test } from '@playwright/test'
import { expectNothing, faultsOf } from '../../support/desk/pages.ts'
import { Person } from '../../support/desk/person.ts'

/**
 * A plan from the opened round to the cases, told by those who make and decide it: HR solves, locks two people, solves
 * again, compares and submits; a reviewer approves, and every move is a case with its reason. The story has a round of its own.
 */
test.describe.configure({ mode: 'serial' })
test.use({ actionTimeout: 30_000 })

/** Longest a solve of the demo district may take here, with other tests at work beside it. */
const SOLVED_WITHIN = 300_000
const NAME = '方案演示轮次'
const [FIRST, SECOND] = ['初步方案', '锁定两人后']

let round = ''
let first = ''
let second = ''
let moves = 0
/** Two people of the first plan and where each is to go instead. */
const locked: { name: string; to: string }[] = []
const complaints: string[] = []

async function as<T>(browser: Browser, login: string, act: (person: Person) => Promise<T>): Promise<T> {
  const person = await Person.arrives(browser, login)
  const done = await act(person)
  complaints.push(...person.said, ...(await faultsOf(person.page)))
  await person.leaves()
  return done
}

/** The page follows the solver by itself until the plan is there, proven. */
const solves = (hr: Person) =>
  expect(hr.page.getByText('已求解，已证明最优').first()).toBeVisible({ timeout: SOLVED_WITHIN })

const pathOf = (hr: Person) => new URL(hr.page.url()).pathname

test('HR opens a round and the solver finds a plan that nothing beats', async ({ browser }) => {
  test.setTimeout(SOLVED_WITHIN + 120_000)
  await as(browser, 'hr1', async (hr) => {
    await hr.opens('/rotation')
    await hr.presses('新建轮次')
    await hr.fills({ 名称: NAME })
    await hr.presses('建立轮次')
    await hr.page.waitForURL(/\/rounds\/0/)
    round = pathOf(hr)
    await hr.presses('启动本轮')
    await hr.presses('冻结名册并启动')
    await expect(hr.page.getByRole('link', { name: '从名册加入' })).toBeVisible({ timeout: 60_000 })
    await hr.opens(`${round}/plan`)
    await hr.reads('本轮还没有方案')
    await hr.page.getByRole('link', { name: '新建方案' }).first().click()
    await hr.page.waitForURL(/plan\/new/)
    await hr.fills({ 方案名称: FIRST })
    await hr.presses('保存并求解')
    await hr.page.waitForURL(/plan\/0/)
    first = pathOf(hr)
    // Progress is on the page while the solver works, and the first plan long before the best.
    await hr.reads(/已用 \d+ 秒，上限 600 秒/)
    await hr.reads(/已有可用方案：交流 \d+ 人（第 [\d.]+ 秒得到）/)
    await solves(hr)
    await hr.reads('五个层级均已证明没有更好的方案；独立检验通过。')
    await hr.reads(/达标，应 \d+ 人/)
  })
})

test('each move says why, and who stays can be asked the price of', async ({ browser }) => {
  test.setTimeout(SOLVED_WITHIN)
  await as(browser, 'hr1', async (hr) => {
    await hr.opens(`${first}?tab=moves`)
    const row = hr.page.getByRole('row').nth(1)
    await row.locator('summary').click()
    await expect(row).toContainText(/本校任教 .+起），符合交流条件/)
    await expect(row).toContainText(/需 [\d.]+ 人、现有 \d+ 人/)
    await hr.opens(`${first}?tab=stay&code=NOT_CHOSEN`)
    const stays = hr.page.getByRole('row').nth(1)
    const name = (await stays.getByRole('link').first().innerText()).trim()
    await hr.presses('问代价', stays)
    await expect(async () => {
      await hr.opens(`${first}?tab=stay&code=NOT_CHOSEN&who=${encodeURIComponent(name)}`)
      await expect(hr.page.getByRole('row').nth(1)).toContainText(/去往.+（最合适）|去往最合适的学校：无方案/, {
        timeout: 1000,
      })
    }).toPass({ timeout: SOLVED_WITHIN - 30_000, intervals: [2000] })
  })
})

test('two people are locked to other schools; the solved plan stands, a draft takes the locks and is solved', async ({
  browser,
}) => {
  test.setTimeout(SOLVED_WITHIN + 60_000)
  await as(browser, 'hr1', async (hr) => {
    await hr.opens(`${first}?tab=moves`)
    const rows = await hr.page.getByRole('row').all()
    const people = []
    for (const row of rows.slice(1)) {
      const [, subject = '', way = ''] = await row.getByRole('cell').allInnerTexts()
      const name = (await row.getByRole('link').first().innerText()).trim()
      const [from = '', to = ''] = way
        .replace(/（.*/, '')
        .split('→')
        .map((part) => part.trim())
      people.push({ name, subject, from, to })
    }
    // Two of one subject take each other's destination, so that a plan there must be: the posts fill as before.
    const primary = people.filter(({ from, to }) => `${from}${to}`.match(/小学/g)?.length === 2)
    const pairs = primary.flatMap((one) => primary.map((other) => [one, other] as const))
    const [a, b] =
      pairs.find(
        ([one, other]) =>
          one.subject === other.subject &&
          one.from !== other.from &&
          one.to !== other.to &&
          one.from !== other.to &&
          other.from !== one.to,
      ) ?? []
    if (!a || !b) throw new Error('no two people of one subject on the first page')
    locked.push({ name: a.name, to: b.to }, { name: b.name, to: a.to })
    for (const [at, { name, to }] of locked.entries()) {
      await hr.opens(`${second || first}?tab=hand&who=${encodeURIComponent(name)}`)
      const box = hr.page.getByRole('checkbox', { name: new RegExp(`^${name}（`) }).first()
      await box.check()
      await hr.chooses(/^设定/, /锁定去往/)
      await hr.chooses(/^学校（/, to)
      await hr.presses('加入设定')
      await hr.page.waitForURL(/said=hand/)
      second = pathOf(hr)
      expect(second).not.toBe(first)
      await expect(hr.row(name)).toContainText(`锁定去往${to}`)
      await expect(hr.page.getByRole('row')).toHaveCount(at + 2)
    }
    await hr.opens(`${second}/policy`)
    await hr.fills({ 方案名称: SECOND })
    await hr.presses('保存并求解')
    await hr.page.waitForURL((url) => url.pathname === second)
    await solves(hr)
    await hr.opens(first)
    await hr.reads('已求解，已证明最优')
    for (const { name, to } of locked) {
      await hr.opens(`${second}?tab=moves&who=${encodeURIComponent(name)}`)
      await expect(hr.row(name).filter({ hasText: `→ ${to}` })).toBeVisible()
    }
  })
})

test('the two are compared figure by figure and person by person', async ({ browser }) => {
  await as(browser, 'hr1', async (hr) => {
    await hr.opens(`${round}/plan`)
    for (const name of [FIRST, SECOND]) await hr.page.getByRole('checkbox', { name: `选择${name}` }).check()
    await hr.presses('比较')
    await hr.page.waitForURL(/compare/)
    await hr.reads(/逐人差异（\d+ 人）/)
    await expect(hr.page.getByRole('columnheader', { name: FIRST }).first()).toBeVisible()
    await expect(hr.page.getByRole('columnheader', { name: SECOND }).first()).toBeVisible()
    for (const { name } of locked) await expect(hr.row(name)).toBeVisible()
  })
})

test('HR submits the plan, cannot approve it, a reviewer does: every move is a case with its reason', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  await as(browser, 'hr1', async (hr) => {
    await hr.opens(second)
    await hr.presses('提请采用')
    await hr.fills({ 提请理由: '缺口最小，两人按学校意见调整' })
    await hr.presses('提请分管局长批准')
    await hr.finishes()
    await hr.reads('等待分管局长批准。')
    await expect(hr.page.getByRole('button', { name: /批准采用/ })).toHaveCount(0)
  })
  await as(browser, 'reviewer1', async (reviewer) => {
    await reviewer.opens(second)
    await reviewer.reads('缺口最小，两人按学校意见调整')
    const button = await reviewer.page.getByRole('button', { name: /批准采用/ }).innerText()
    moves = Number(/\d+/.exec(button)?.[0])
    expect(moves).toBeGreaterThan(100)
    await reviewer.presses(/批准采用/)
    await expect(reviewer.page.getByText('已采用').first()).toBeVisible({ timeout: 60_000 })
  })
  await as(browser, 'hr2', async (hr) => {
    await hr.opens(round)
    await hr.reads(`共 ${moves} 份申报`)
    const [one] = locked
    await hr.opens(`${round}?who=${encodeURIComponent(one?.name ?? '')}`)
    await hr.page
      .getByRole('link', { name: new RegExp(one?.name ?? '') })
      .first()
      .click()
    await hr.page.waitForURL(/\/cases\//)
    await expect(hr.page.getByRole('heading', { level: 1 })).toContainText('草稿')
    await hr.reads(new RegExp(`→ ${one?.to}$`))
    await hr.reads(/需 [\d.]+ 人、现有 \d+ 人.+两校相距 [\d.]+ 公里/)
  })
  expectNothing(complaints)
})
