import { performance } from 'node:perf_hooks'
import { atMost, type Measured, median, percentile } from './measure.ts'

const PAUSE_MS = 5000

/** Signs in as a browser would and returns the cookies. */
export async function cookiesOf(origin: string, login: string, password: string): Promise<string> {
  const jar = new Map<string, string>()
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';')
      const at = pair!.indexOf('=')
      jar.set(pair!.slice(0, at), pair!.slice(at + 1))
    }
  }
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const page = await fetch(`${origin}/sign-in`)
  keep(page)
  const district = /name="district"[^>]*value="([0-9a-f-]{36})"|value="([0-9a-f-]{36})"[^>]*name="district"/.exec(
    await page.text(),
  )
  const csrf = await fetch(`${origin}/api/auth/csrf`)
  keep(csrf)
  const { csrfToken } = (await csrf.json()) as { csrfToken: string }
  const body = new URLSearchParams({
    csrfToken,
    district: district?.[1] ?? district?.[2] ?? '',
    login,
    password,
    json: 'true',
  })
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

async function visit(origin: string, path: string, cookie: string): Promise<{ ms: number; ok: boolean }> {
  const start = performance.now()
  const response = await fetch(origin + path, { headers: { cookie }, redirect: 'manual' })
  await response.arrayBuffer()
  return { ms: performance.now() - start, ok: response.status === 200 }
}

/** 50 people, each pausing 5 s between pages, for 60 s; against one person alone on the same pages. */
export async function measureLoad(
  origin: string,
  people: { cookie: string; pages: string[] }[],
  seconds = 60,
): Promise<Measured[]> {
  const [alone] = people
  const single: number[] = []
  for (let round = 0; round < 5; round++)
    for (const page of alone!.pages) single.push((await visit(origin, page, alone!.cookie)).ms)
  const taken: number[] = []
  let errors = 0
  const end = performance.now() + seconds * 1000
  await Promise.all(
    people.map(async (person, index) => {
      await new Promise((go) => setTimeout(go, (PAUSE_MS / people.length) * index))
      for (let turn = 0; performance.now() < end; turn++) {
        const { ms, ok } = await visit(origin, person.pages[(index + turn) % person.pages.length]!, person.cookie)
        taken.push(ms)
        if (!ok) errors++
        await new Promise((go) => setTimeout(go, PAUSE_MS))
      }
    }),
  )
  return [
    atMost(`${people.length} people at once: errors`, errors, 0, `${taken.length} pages in ${seconds} s`),
    atMost(
      `${people.length} people at once: p95 ÷ one person's p50`,
      percentile(taken, 0.95) / median(single),
      12,
      `p95 ${percentile(taken, 0.95).toFixed(0)} ms ÷ p50 ${median(single).toFixed(0)} ms`,
    ),
  ]
}
