import { type Browser, expect } from '@playwright/test'
import { Person } from '../../../support/desk/person.ts'
import { district, personOf, setUpToken, writeWorkbooks } from './bureau.ts'
import { as, confirms, takeLinks } from './people.ts'

/** The console's token makes the three administrators; their links are handed out. */
export async function setsUp(browser: Browser): Promise<void> {
  const visitor = await Person.comes(browser, 'console')
  await visitor.opens('/')
  await visitor.reads('初始设置：三员账号')
  await visitor.fills({ 设置口令: setUpToken() })
  for (const [role, login] of [
    ['系统管理员', 'admin'],
    ['安全管理员', 'security'],
    ['审计管理员', 'auditor'],
  ] as const) {
    const group = visitor.page.getByRole('group', { name: role })
    await group.getByLabel('姓名').fill(role)
    await group.getByLabel('账号').fill(login)
  }
  await visitor.presses('建立三员账号')
  expect(await takeLinks(visitor)).toBe(3)
  // it is done once: no form is left to fill in again
  await expect(visitor.page.getByRole('button', { name: '建立三员账号' })).toHaveCount(0)
  await visitor.leaves()
}

const BUREAU = [
  ['hr1', '韩干事', '人事股'],
  ['hr2', '田干事', '人事股'],
  ['reviewer1', '高局长', '分管局长'],
  ['reviewer2', '严局长', '分管局长'],
] as const

/** The administrator makes the bureau's accounts, the security administrator says what they may do, two people each. */
export async function staffsTheBureau(browser: Browser): Promise<void> {
  await as(browser, 'admin', async (admin) => {
    await admin.follows('为人事股和分管局长建立账号', /\/accounts\/new/)
    for (const [login, name] of BUREAU) {
      await admin.fills({ 账号: login, 姓名: name })
      await admin.presses('建立账号')
      await admin.reads(`已建立${name}的账号`)
      expect(await takeLinks(admin)).toBe(1)
    }
  })
  await as(browser, 'security', async (security) => {
    for (const [login, name, role] of BUREAU) {
      await security.opens('/')
      await security.follows('为新账号授予身份', /\/accounts\?/)
      await security.follows(login, /\/accounts\/0/)
      await security.chooses('身份', `${role}（须两人）`)
      await security.fills({ 理由: '岗位职责' })
      await security.presses('授予身份')
      await security.reads('已提请，另一人在“待办”中确认后生效。')
      await security.page.reload()
      await security.reads(new RegExp(`待另一人确认：授予${name}`))
    }
  })
  await confirms(browser, 'admin', ...BUREAU.map(([login]) => new RegExp(`（${login}）`)))
}

const figures = (numbers: Record<string, number>) =>
  Object.entries(numbers).map(([label, count]) => new RegExp(`^${count.toLocaleString('en')}\\s*${label}$`))

/** HR drops a workbook, sees what it would do and lets it happen. */
async function imports(
  hr: Person,
  file: string,
  { expects, unit }: { expects: RegExp[]; unit: string },
): Promise<void> {
  await hr.opens('/imports')
  await hr.page.locator('input[type=file]').setInputFiles(file)
  await hr.page.waitForURL(/\/imports\/0/)
  const button = hr.page.getByRole('button', { name: `导入 ${unit}`, exact: true })
  await expect(button).toBeVisible({ timeout: 120_000 })
  for (const figure of expects) await expect(hr.page.locator('.stat').filter({ hasText: figure })).toBeVisible()
  await button.click()
  await expect(hr.page.getByText(/^已导入 .* 行/)).toBeVisible({ timeout: 120_000 })
}

/** The drawer of workbooks becomes the register: a roster before its schools is told so, then each in its order. */
export async function importsTheDrawer(browser: Browser): Promise<void> {
  const books = await writeWorkbooks()
  const { schools, staff, rotations, leaves, disciplines } = district
  await as(browser, 'hr1', async (hr) => {
    await hr.follows('导入学校基本情况', /\/imports/)
    await hr.page.locator('input[type=file]').setInputFiles(books.registers)
    await hr.page.waitForURL(/\/imports\/0/)
    await hr.reads(/本区还没有登记学校/)
    await hr.presses('放弃这一批')
    await imports(hr, books.schools, {
      expects: figures({ 新增: schools.length, 不能导入: 0 }),
      unit: `${schools.length} 所学校`,
    })
    await hr.reads('下一步：导入教职工花名册')
    await imports(hr, books.roster, {
      expects: figures({ 新增: staff.length, 变更: 0, 不能导入: 0 }),
      unit: `${staff.length.toLocaleString('en')} 人`,
    })
    const entries = rotations.length + leaves.length + disciplines.length
    await imports(hr, books.registers, {
      expects: figures({ 新增: entries, 不能导入: 0 }),
      unit: `${entries} 条登记`,
    })
    await hr.follows('下一步：看谁符合交流条件', /\/rotation\/roll/)
    await hr.reads('符合条件')
    await hr.opens('/teachers')
    await hr.reads(new RegExp(`共 ${staff.length.toLocaleString('en')} 人`))
    await hr.opens('/')
    await hr.reads(/人正在外校任教，来自 \d+ 所学校/)
  })
}

/** Accounts of everybody in the register; principals get their links, two schools the sheets of their teachers. */
export async function opensAccounts(browser: Browser): Promise<void> {
  await as(browser, 'admin', async (admin) => {
    await admin.follows('按名册为校长和教师建账号', /\/accounts\/bulk/)
    await admin.presses('开始建立')
    await expect(admin.page.getByText('已完成')).toBeVisible({ timeout: 60_000 })
    await admin.chooses('谁的链接', /^各校校长/)
    await admin.presses('生成链接')
    await admin.reads(/已为 50 位校长生成链接/)
    expect(await takeLinks(admin)).toBe(50)
  })
  // the principal proposes who does the school's personnel work, and the security administrator agrees
  const clerk = personOf('schoolhr.s01')
  await as(browser, personOf('principal.s01').login, async (head) => {
    await head.opens('/account')
    await head.chooses('本校人员', new RegExp(clerk.name))
    await head.fills({ 理由: '负责本校人事' })
    await head.presses('提名')
    await head.reads('已提请，另一人在“待办”中确认后生效。')
  })
  await confirms(browser, 'security', new RegExp(clerk.name))
  await as(browser, 'admin', async (admin) => {
    await admin.opens('/accounts/bulk')
    for (const school of ['第一小学', '第三小学']) {
      await admin.chooses('谁的链接', new RegExp(`^${school}（`))
      await admin.presses('生成链接')
      await admin.reads(new RegExp(`已为${school}生成 \\d+ 条链接`))
      expect(await takeLinks(admin)).toBeGreaterThan(80)
    }
  })
}

/** A policy is drafted by one and decided by another; without it no round can be made. */
export async function bringsPolicyInForce(browser: Browser): Promise<void> {
  await as(browser, 'hr1', async (hr) => {
    await hr.opens('/rotation')
    await hr.presses('新建轮次')
    await hr.follows('去拟政策', /\/policies$/)
    await hr.presses('拟新版本')
    await hr.presses('拟草稿')
    await hr.page.waitForURL(/\/policies\/0/)
    await hr.presses('报请审定')
    await hr.fills({ 文号: '东教发〔2026〕61号' })
    await hr.presses('报请审定')
    await hr.finishes()
  })
  await as(browser, 'reviewer1', async (reviewer) => {
    await reviewer.follows('审定交流政策', /\/policies$/)
    await reviewer.follows(/教师交流轮岗实施方案/, /\/policies\/0/)
    await reviewer.presses('审定生效')
    await reviewer.presses('审定生效')
    await reviewer.finishes()
    await reviewer.reads('生效')
  })
}
