import { performance } from 'node:perf_hooks'
import { BENCH_PASSWORD } from './database.ts'

/** Signs in through next-auth as a browser would and returns the cookies. */
export async function cookiesOf(origin: string, district: string, login: string): Promise<string> {
  const jar = new Map<string, string>()
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';')
      const at = pair!.indexOf('=')
      jar.set(pair!.slice(0, at), pair!.slice(at + 1))
    }
  }
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const csrf = await fetch(`${origin}/api/auth/csrf`)
  keep(csrf)
  const { csrfToken } = (await csrf.json()) as { csrfToken: string }
  const body = new URLSearchParams({ csrfToken, district, login, password: BENCH_PASSWORD, json: 'true' })
  keep(
    await fetch(`${origin}/api/auth/callback/credentials`, {
      method: 'POST',
      body,
      headers: { cookie: cookie(), origin },
      redirect: 'manual',
    }),
  )
  if (![...jar.keys()].some((name) => name.endsWith('jh.session'))) throw new Error(`could not sign in as ${login}`)
  return cookie()
}

export interface Visit {
  ms: number
  status: number
  html: string
}

/** One page, to its last byte. */
export async function visit(origin: string, path: string, cookie: string): Promise<Visit> {
  const start = performance.now()
  const response = await fetch(origin + path, { headers: { cookie }, redirect: 'manual' })
  const html = await response.text()
  return { ms: performance.now() - start, status: response.status, html }
}
