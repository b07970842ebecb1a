import { headers } from 'next/headers'

/** Address under which people reach this server; http only on loopback (security.md §4.2). */
export const publicOrigin = (): string | null => process.env.PUBLIC_ORIGIN ?? null
export const isSecure = (): boolean => publicOrigin()?.startsWith('https:') ?? false

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/** What a request says of where it comes from. */
export interface Sender {
  origin: string | null
  site: string | null
  host: string | null
}

/** A write must come from our own page: `Origin` present and ours, `Sec-Fetch-Site` same-origin when sent (security.md §4.1). */
export function isOurs({ origin, site, host }: Sender, expected: string | null): boolean {
  if (!origin || origin === 'null') return false
  if (site && site !== 'same-origin') return false
  if (expected) return origin === expected
  return host !== null && LOOPBACK.test(host) && origin === `http://${host}`
}

export async function isOwnOrigin(): Promise<boolean> {
  const sent = await headers()
  const [origin, site, host] = ['origin', 'sec-fetch-site', 'host'].map((name) => sent.get(name))
  return isOurs({ origin: origin ?? null, site: site ?? null, host: host ?? null }, publicOrigin())
}

/** The caller's address for limits; forwarded headers count only behind as many declared proxies, the last ones of the chain. */
export function addressFrom(forwarded: string | null, hops: number): string {
  if (hops <= 0) return 'direct'
  const chain = (forwarded ?? '').split(',').map((part) => part.trim())
  return chain[chain.length - hops] || 'unknown'
}

export const callerAddress = async (): Promise<string> =>
  addressFrom((await headers()).get('x-forwarded-for'), Number(process.env.TRUSTED_PROXIES ?? 0))

/** The address under which this request reached us, for links that leave the page (a copied text, a QR code). */
export async function requestOrigin(): Promise<string> {
  return publicOrigin() ?? `http://${(await headers()).get('host') ?? 'localhost'}`
}
