import { headers } from 'next/headers'

/** Address under which people reach this server; http only on loopback (security.md §4.2). */
export const publicOrigin = (): string | null => process.env.PUBLIC_ORIGIN ?? null
export const isSecure = (): boolean => publicOrigin()?.startsWith('https:') ?? false

/** A write must come from our own page: `Origin` present and ours, `Sec-Fetch-Site` same-origin when sent. */
export async function isOwnOrigin(): Promise<boolean> {
  const sent = await headers()
  const origin = sent.get('origin')
  if (!origin || origin === 'null') return false
  const site = sent.get('sec-fetch-site')
  if (site && site !== 'same-origin') return false
  const expected = publicOrigin()
  if (expected) return origin === expected
  const host = sent.get('host')
  if (!host) return false
  return origin === `http://${host}` && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host)
}

/** The caller's address for limits; forwarded headers count only behind a declared proxy. */
export async function callerAddress(): Promise<string> {
  const hops = Number(process.env.TRUSTED_PROXIES ?? 0)
  if (hops > 0) {
    const chain = ((await headers()).get('x-forwarded-for') ?? '').split(',').map((part) => part.trim())
    return chain[chain.length - hops] ?? 'unknown'
  }
  return 'direct'
}

/** The address under which this request reached us, for links that leave the page (a copied text, a QR code). */
export async function requestOrigin(): Promise<string> {
  return publicOrigin() ?? `http://${(await headers()).get('host') ?? 'localhost'}`
}
