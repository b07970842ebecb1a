import { expect, test } from '@playwright/test'
import { expectNothing } from '../../support/desk/pages.ts'
import type { Person } from '../../support/desk/person.ts'
import { bringsPolicyInForce, importsTheDrawer, opensAccounts, setsUp, staffsTheBureau } from './_parts/beginning.ts'
import { BUREAU_URL, personOf } from './_parts/bureau.ts'
import { downloadOf } from './_parts/downloads.ts'
import { as, complaints, confirms } from './_parts/people.ts'

/**
 * The main job as a bureau lives it: from an installation without a person in it, over its own workbooks, to teachers in
 * their schools. Told by the people who do it; the steps share one district and follow each other.
 */
// a busy machine tells the same story more slowly
test.describe.configure({ mode: 'serial', timeout: 300_000 })
test.use({ actionTimeout: 30_000, baseURL: BUREAU_URL })

const NOMINATED = { ...personOf('teacher1'), to: '第四小学' }
const APPLIED = { ...personOf('teacher3'), to: '第五小学' }
const HEADS = {
  [NOMINATED.school]: personOf('principal.s01').login,
  [APPLIED.school]: personOf('principal.s03').login,
  [NOMINATED.to]: personOf('principal.s04').login,
  [APPLIED.to]: personOf('principal.s05').login,
}
const headOf = (school: string) => HEADS[school] ?? ''

let round = ''
let effective = ''
const cases: Record<string, string> = {}

test('an empty installation gets its three administrators by the token of the console', async ({ browser }) => {
  await setsUp(browser)
})

test('accounts of personnel and reviewers are made by one and empowered by two others', async ({ browser }) => {
  await staffsTheBureau(browser)
})

test('HR imports schools, roster and registers after reading what each would do', async ({ browser }) => {
  await importsTheDrawer(browser)
})

test('principals and teachers get accounts and links, a school its clerk', async ({ browser }) => {
  await opensAccounts(browser)
})

test('the policy comes into force by two people', async ({ browser }) => {
  await bringsPolicyInForce(browser)
})

test('HR opens a round for the next school year and publishes the posts schools lack', async ({ browser }) => {
  await as(browser, 'hr1', async (hr) => {
    await hr.opens('/rotation')
    await hr.presses('新建轮次')
    const year = await hr.page.getByLabel(/^学年/).inputValue()
    effective = `${year}-09-01`
    await hr.chooses(/适用政策/, new RegExp(`^${year}`))
    await hr.presses('建立轮次')
    await hr.page.waitForURL(/\/rounds\//)
    round = new URL(hr.page.url()).pathname
    await hr.presses('启动本轮')
    await hr.presses('冻结名册并启动')
    await expect(hr.page.getByRole('link', { name: '从名册加入' })).toBeVisible({ timeout: 60_000 })
    await hr.reads(/还差 \d+ 人/)
    await hr.opens(`${round}/vacancies`)
    await hr.presses('按学科缺额建议岗位')
    await hr.reads(/按学科需求建议了 \d+ 个岗位/)
    await hr.presses(/^发布查询出的 \d+ 个岗位$/)
    await hr.presses(/^发布查询出的 \d+ 个岗位$/)
    await hr.finishes()
    await hr.chooses('学校', NOMINATED.to)
    await hr.presses('查询')
    await hr.page.waitForURL(/school=/)
    await expect(hr.row(NOMINATED.to, '数学')).toContainText('已发布')
  })
})

test('a school nominates a teacher, who reads where to and takes note', async ({ browser }) => {
  await as(browser, personOf('schoolhr.s01').login, async (clerk) => {
    await clerk.opens(`${round}/add`)
    await clerk.fills({ 姓名或工号: NOMINATED.name })
    await clerk.presses('查询')
    await clerk.page.waitForURL(/who=/)
    await clerk.presses('提名', clerk.row(NOMINATED.name))
    await clerk.chooses(/接收学校/, NOMINATED.to)
    await clerk.fills({ 选派理由: '学科结构需要' })
    await clerk.presses('提名')
    await expect(clerk.row(NOMINATED.name)).toHaveCount(0)
  })
  await as(browser, NOMINATED.login, async (teacher) => {
    await teacher.opens('/rotation/apply')
    await teacher.page.getByRole('link', { name: /第 \d+ 号申报/ }).click()
    await teacher.page.waitForURL(/\/cases\//)
    cases[NOMINATED.name] = new URL(teacher.page.url()).pathname
    await teacher.reads(`您将从${NOMINATED.school}到${NOMINATED.to}任教，自 ${effective} 起`)
    await teacher.field('我同意本次安排').check()
    await teacher.presses('我已知悉')
    await teacher.reads('您已确认知悉。')
  })
})

test('a teacher applies with two wishes in order', async ({ browser }) => {
  await as(browser, APPLIED.login, async (teacher) => {
    await teacher.opens('/rotation/apply')
    await teacher.chooses('第 1 志愿', APPLIED.to)
    await teacher.chooses('第 2 志愿', '第六小学')
    await teacher.field('服从调剂').check()
    await teacher.fills({ 申请理由: '愿到缺额学校任教' })
    await teacher.presses('提交申报')
    await teacher.page.getByRole('link', { name: /第 \d+ 号申报/ }).click()
    await teacher.page.waitForURL(/\/cases\//)
    cases[APPLIED.name] = new URL(teacher.page.url()).pathname
  })
})

test('HR adds a person from the roll', async ({ browser }) => {
  await as(browser, 'hr1', async (hr) => {
    await hr.opens(`${round}/add`)
    await hr.chooses('派出学校', '第二小学')
    await hr.presses('查询')
    await hr.page.waitForURL(/school=/)
    const row = hr.page.getByRole('row').nth(1)
    await hr.presses('加入', row)
    await hr.chooses(/接收学校/, '第四小学')
    await hr.presses('加入本轮')
    await hr.finishes()
    await hr.opens(round)
    await expect(hr.row('第二小学')).toBeVisible()
    await hr.reads('共 3 份申报')
  })
})

test('an origin principal on a phone is held by a shortage until the bureau accepts it', async ({ browser }) => {
  await as(
    browser,
    headOf(NOMINATED.school),
    async (head) => {
      await head.opens(cases[NOMINATED.name] ?? '')
      await head.reads(/还差 [\d.]+ 人/)
      await head.presses('同意调出')
      await head.reads(/将少于需求/)
    },
    true,
  )
  await as(browser, 'hr1', async (hr) => {
    for (const path of Object.values(cases)) {
      await hr.opens(path)
      const accept = hr.page.getByRole('button', { name: '接受学科缺口' })
      if (!(await accept.first().isVisible())) continue
      await hr.presses('接受学科缺口')
      await hr.fills({ 理由: '局里统筹补充' })
      await hr.presses('接受学科缺口')
      await expect(hr.page.getByRole('listitem').filter({ hasText: '接受学科缺口' })).toBeVisible()
    }
  })
})

test('both principals consent on their phones, knowing the effect on their school', async ({ browser }) => {
  for (const [login, name] of [
    [headOf(NOMINATED.school), NOMINATED.name],
    [headOf(APPLIED.school), APPLIED.name],
  ] as const)
    await as(browser, login, (head) => consents(head, name, '同意调出', '派出校同意'), true)
  await as(browser, 'hr1', async (hr) => {
    await hr.opens(cases[APPLIED.name] ?? '')
    await hr.presses('指定接收学校')
    await hr.chooses(/接收学校/, APPLIED.to)
    await hr.presses('指定')
    await expect(hr.page.getByText(`${APPLIED.school} → ${APPLIED.to}`, { exact: true })).toBeVisible()
  })
  for (const [login, name] of [
    [headOf(NOMINATED.to), NOMINATED.name],
    [headOf(APPLIED.to), APPLIED.name],
  ] as const)
    await as(browser, login, (head) => consents(head, name, '同意接收', '接收校同意'), true)
})

async function consents(head: Person, name: string, button: string, state: string): Promise<void> {
  await head.opens('/inbox')
  await head.page.getByRole('link', { name: new RegExp(name) }).click()
  await head.page.waitForURL(/\/cases\//)
  await head.reads(/→ [\d.]+ 人（需/)
  await head.presses(button)
  await head.reads(`${name} 的申报将变为“${state}”。`)
  await head.presses(button)
  await expect(head.page.getByRole('heading', { level: 1 })).toContainText(state)
}

test('SD-5 who is related to the teacher stands aside until the security administrator has verified that it is over', async ({
  browser,
}) => {
  let number = ''
  await as(browser, 'hr2', async (hr) => {
    await hr.opens(cases[NOMINATED.name] ?? '')
    await expect(hr.page.getByRole('button', { name: '初审通过' })).toBeVisible()
    await hr.page.locator('summary', { hasText: '申报回避' }).click()
    await hr.chooses(/^回避人/, '本人')
    await hr.chooses(/^该教师是回避人的/, '兄弟姐妹')
    await hr.presses('申报回避')
    await hr.reads('本步改由人事股其他人员办理。')
    number = /（兄弟姐妹，(\w+) 号）/.exec(await hr.page.locator('.warned').innerText())?.[1] ?? ''
    expect(number).not.toBe('')
    await expect(hr.page.getByRole('button', { name: '初审通过' })).toHaveCount(0)
    await hr.opens('/inbox?tab=recused')
    await expect(hr.row(NOMINATED.name, '本步改由人事股其他人员办理。')).toBeVisible()
  })
  await as(browser, 'security', async (security) => {
    await security.opens('/rotation/recusals')
    await expect(security.row(number, '兄弟姐妹')).toBeVisible()
    await expect(security.page.getByText(NOMINATED.name)).toHaveCount(0)
    await security.presses('解除回避', security.row(number))
    await security.fills({ 解除依据: '户籍材料核实，申报有误' })
    await security.presses('已核实，解除回避')
    await security.finishes()
    await security.opens('/rotation/recusals?tab=ended')
    await expect(security.row(number, '户籍材料核实，申报有误')).toBeVisible()
  })
  await as(browser, 'hr2', async (hr) => {
    await hr.opens(cases[NOMINATED.name] ?? '')
    await expect(hr.page.getByRole('button', { name: '初审通过' })).toBeVisible()
  })
})

test('who made a case does not check it; another HR person does', async ({ browser }) => {
  await as(browser, 'hr2', async (hr) => {
    await hr.opens(`${round}?state=destination_approved`)
    for (const box of await hr.page.getByRole('checkbox', { name: /^选择/ }).all()) await box.check()
    await hr.presses('初审通过')
    await hr.page.waitForURL(/bulk/)
    await hr.reads('共 2 份：2 份可以办理，0 份不符合规则。')
    await hr.presses('2 份初审通过')
    await expect(hr.page.getByText('已办').first()).toBeVisible()
  })
})

test('the last batch is refused below the quota, and let through by two reviewers', async ({ browser }) => {
  await as(browser, 'reviewer1', async (reviewer) => {
    await reviewer.opens(`${round}/decide`)
    const form = (button: string | RegExp) =>
      reviewer.page.locator('form').filter({ has: reviewer.page.getByRole('button', { name: button }) })
    const sign = form(/^审定 2 份/)
    await sign.getByLabel(/纪要编号/).fill('2026-31')
    await sign.getByLabel(/最后一批/).check()
    await reviewer.presses(/^审定 2 份/)
    await reviewer.reads(/不能审定：交流 \d+\/\d+，还差 \d+ 人/)
    const overrule = form('提请另一人确认放行')
    await overrule.getByLabel(/纪要编号/).fill('2026-31')
    await overrule.getByLabel(/放行理由/).fill('首批先行，其余下一批补足')
    await reviewer.presses('提请另一人确认放行')
    await expect(reviewer.page.getByText(/已提请/).first()).toBeVisible()
    // not by the same person
    await reviewer.opens('/two-person')
    await expect(reviewer.page.getByRole('button', { name: '确认并执行' })).toHaveCount(0)
  })
  await confirms(browser, 'reviewer2', /仍审定 2 份申报/)
})

test('the notice is posted by two people and masks what it must', async ({ browser, page }) => {
  await as(browser, 'hr2', async (hr) => {
    await hr.opens('/rotation/notices')
    await hr.fills({ 监督电话: '0477-0000000', 电子邮箱: 'jiandu@example.cn' })
    await hr.presses('拟公示')
    await hr.page.waitForURL(/\/notices\/0/)
    await hr.presses('提请发布')
    await hr.reads(/已提请发布/)
  })
  await confirms(browser, 'reviewer2', /发布《.+》，共 2 人/)
  await page.goto('/notices')
  await expect(page.getByText(NOMINATED.name).first()).toBeVisible()
  expect(await page.locator('body').innerText()).not.toMatch(/\d{17}[\dX]|1[3-9]\d{9}/)
})

test('after the notice the orders are numbered, issued by two people and printed', async ({ browser }) => {
  await as(browser, 'hr2', async (hr) => {
    await clockTo(hr, 21)
    await expect(async () => {
      await hr.opens('/rotation/orders')
      await expect(hr.page.getByRole('button', { name: '编号' })).toBeVisible({ timeout: 1000 })
    }).toPass({ timeout: 60_000 })
    await hr.presses('编号')
    await hr.page.waitForURL(/\/orders\/0/)
    await hr.presses('提请签发')
    await hr.reads(/已提请签发 2 份/)
    await confirms(browser, 'reviewer2', /签发 2 份/)
    await hr.page.reload()
    for (const [set, file] of [
      ['set=all', /\.zip$/],
      ['set=orders', /\.docx$/],
      ['set=summaryXlsx', /\.xlsx$/],
    ] as const) {
      const { name, start } = await downloadOf(hr.page, set)
      expect(name).toMatch(file)
      expect(start).toBe('PK')
    }
  })
})

async function clockTo(hr: Person, days: number): Promise<void> {
  await hr.opens('/settings/clock')
  await hr.fills({ 提前天数: String(days) })
  await hr.presses('推进到这一天')
  await hr.reads(/日期已推进到/)
}

test('on its day the move takes effect, the school reports in, and the teacher reads it', async ({ browser }) => {
  await as(browser, 'hr2', async (hr) => {
    await hr.opens('/settings/clock')
    const today = /当前日期为 ([\d-]+)，比实际提前 (\d+) 天/.exec(await hr.page.locator('main').innerText())
    const left = (Date.parse(effective) - Date.parse(today?.[1] ?? '')) / 86_400_000
    await clockTo(hr, Number(today?.[2]) + left)
  })
  await as(
    browser,
    headOf(NOMINATED.to),
    async (head) => {
      await head.opens('/rotation/orders')
      await head.presses('填写报到')
      await head.reads(`${NOMINATED.name}报到`)
      await head.presses('确认已报到')
      await expect(head.page.getByText('填写报到').filter({ visible: true })).toHaveCount(0)
    },
    true,
  )
  await as(browser, NOMINATED.login, async (teacher) => {
    await expect(async () => {
      await teacher.opens('/my')
      await expect(teacher.page.getByText(NOMINATED.to).first()).toBeVisible({ timeout: 1000 })
    }).toPass({ timeout: 120_000, intervals: [2000] })
    await teacher.opens(cases[NOMINATED.name] ?? '')
    await expect(teacher.page.getByRole('heading', { level: 1 })).toContainText('在岗交流')
  })
})

test('the trail of the case names who did what, in which role', async ({ browser }) => {
  await as(browser, 'auditor', async (auditor) => {
    await auditor.opens(`/audit/cases/${cases[NOMINATED.name]?.split('/').pop()}`)
    const trail = await auditor.page.locator('main').innerText()
    for (const role of ['学校人事干事', '教师', '校长', '人事股']) expect(trail).toContain(role)
  })
  expectNothing(complaints)
})
