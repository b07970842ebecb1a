import { expect, test } from '@playwright/test'
import { signIn } from '../../support/sign-in.ts'

const FIXED = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
}
const NOT_FOUND_KEPT = 'private, no-cache, no-store, max-age=0, must-revalidate'
const NOT_FOR_OTHERS = ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]

test('SEC-HDR-1 every answer carries the headers, before and after sign-in, refused and not found too', async ({
  page,
  request,
}) => {
  const nonces = new Set<string>()
  const check = (headers: Record<string, string>, path: string) => {
    for (const [name, value] of Object.entries(FIXED)) expect([path, name, headers[name]]).toEqual([path, name, value])
    // on a page that is not found the framework sets its own words, to the same end
    const kept = path === '/no-such-page' ? NOT_FOUND_KEPT : 'private, no-store'
    expect([path, headers['cache-control']]).toEqual([path, kept])
    const policy = headers['content-security-policy'] ?? ''
    for (const part of NOT_FOR_OTHERS) expect([path, policy.includes(part)]).toEqual([path, true])
    expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/)
    nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? path)
    expect(headers['permissions-policy']).toContain('camera=()')
    expect(headers['x-powered-by']).toBeUndefined()
  }
  const open = ['/sign-in', '/notices', '/no-such-page', '/api/find?q=a']
  for (const path of open) check((await request.get(path, { maxRedirects: 0 })).headers(), path)
  await signIn(page, 'hr1')
  const desk = ['/', '/teachers', '/rotation', '/no-such-page', '/rotation/notices/x/download?format=docx']
  for (const path of desk) check((await page.request.get(path, { maxRedirects: 0 })).headers(), path)
  // one answer, one nonce: a page that is kept cannot lend its own to another
  expect(nonces.size).toBe(open.length + desk.length)
})

test('SEC-HDR-1 the session cookie is for this site alone and out of reach of scripts', async ({ page, context }) => {
  await signIn(page, 'hr1')
  const session = (await context.cookies()).find(({ name }) => name.endsWith('jh.session'))
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
})
