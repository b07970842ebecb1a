import { describe, expect, test } from 'vitest'
import { addressFrom, isOurs } from '@/app/_server/origin.ts'

const ours = 'https://junheng.example.cn'
const from = (origin: string | null, site: string | null = null, host: string | null = 'junheng.example.cn') => ({
  origin,
  site,
  host,
})

describe('SEC-T8 a write comes from our own page', () => {
  test.each([
    ['our page', from(ours, 'same-origin')],
    ['our page in a browser that sends no Sec-Fetch-Site', from(ours)],
  ])('%s passes', (_, sent) => {
    expect(isOurs(sent, ours)).toBe(true)
  })

  test.each([
    ['no Origin at all', from(null)],
    ['Origin null, of a sandboxed frame', from('null', 'cross-site')],
    ['another site', from('https://evil.example.com', 'cross-site')],
    ['a sibling domain', from('https://other.example.cn', 'same-site')],
    ['another port', from(`${ours}:8443`, 'same-site')],
    ['another scheme', from('http://junheng.example.cn')],
    ['our name as the beginning of another', from(`${ours}.evil.com`)],
    ['our Origin claimed across sites', from(ours, 'cross-site')],
  ])('%s is refused', (_, sent) => {
    expect(isOurs(sent, ours)).toBe(false)
  })

  test('without a public address only loopback serves, whatever Host says', () => {
    expect(isOurs(from('http://127.0.0.1:3000', 'same-origin', '127.0.0.1:3000'), null)).toBe(true)
    expect(isOurs(from('http://localhost:3000', null, 'localhost:3000'), null)).toBe(true)
    expect(isOurs(from('http://10.0.0.5:3000', null, '10.0.0.5:3000'), null)).toBe(false)
    expect(isOurs(from('http://localhost.evil.com', null, 'localhost.evil.com'), null)).toBe(false)
    expect(isOurs(from('http://localhost:3001', null, 'localhost:3000'), null)).toBe(false)
    expect(isOurs(from('http://localhost', null, null), null)).toBe(false)
  })

  test('spoofed forwarded addresses change nothing: only the declared proxies at the end count', () => {
    expect(addressFrom('6.6.6.6', 0)).toBe('direct')
    expect(addressFrom('6.6.6.6, 203.0.113.7', 1)).toBe('203.0.113.7')
    expect(addressFrom('6.6.6.6, 203.0.113.7, 10.0.0.1', 2)).toBe('203.0.113.7')
    expect(addressFrom(null, 1)).toBe('unknown')
  })
})
