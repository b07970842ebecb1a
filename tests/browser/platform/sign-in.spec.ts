import { expect, test } from '@playwright/test'
import { accountOf, signIn } from '../../support/sign-in.ts'

test('a stranger is led to the sign-in page', async ({ page }) => {
  await page.goto('/')
  await expect(page).toHaveURL(/\/sign-in/)
  await expect(page.getByRole('heading', { name: '均衡 · 教师交流轮岗' })).toBeVisible()
})

test('the demo accounts are on the sign-in page, and say that they are', async ({ page }) => {
  await page.goto('/sign-in')
  await expect(page.getByRole('heading', { name: '演示账号' })).toBeVisible()
  await expect(page.getByRole('cell', { name: 'hr1', exact: true })).toBeVisible()
})

test('a wrong password is refused in words, a right one opens the desk', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByLabel('账号').fill('hr1')
  await page.getByLabel('密码').fill('not-the-password')
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toBeVisible()
  await signIn(page, 'hr1')
  await expect(page.getByText('演示数据', { exact: false }).first()).toBeVisible()
})

test('SEC-S1 where the scripts have not come, the password does not get into the address', async ({ page }) => {
  await page.route(/\/_next\/static\/.*\.js/, (route) => route.abort())
  const { login, password } = accountOf('hr1')
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(request.url()))
  await page.goto('/sign-in')
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL(/\/sign-in\?/)
  await expect(page.getByRole('button', { name: '登录' })).toBeVisible()
  expect(addresses.filter((address) => address.includes(password))).toEqual([])
})

test('signing in and the desk ask nothing of another host', async ({ page, baseURL }) => {
  const strangers: string[] = []
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== new URL(baseURL ?? '').origin) strangers.push(request.url())
  })
  await signIn(page, 'hr1')
  await expect(page.getByRole('navigation', { name: '主要页面' })).toBeVisible()
  expect(strangers).toEqual([])
  expect(await page.content()).not.toContain(accountOf('hr1').password)
})
