import { performance } from 'node:perf_hooks'
import { atMost, type Measured, median, percentile } from './measure.ts'
import { cookiesOf, visit } from './visit.ts'

const PAUSE_MS = 5000

interface Visitor {
  login: string
  pages: readonly string[]
}

const BUREAU = ['/', '/inbox', '/teachers', '/teachers?page=40', '/schools', '/rotation', '/rotation/roll', '/equity']
const SCHOOL = ['/', '/inbox', '/teachers', '/schools', '/rotation', '/accounts']
const numbered = (role: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${role}.s${String(i + 1).padStart(2, '0')}`)
const each = (logins: readonly string[], pages: readonly string[]): Visitor[] =>
  logins.map((login) => ({ login, pages }))

/** Fifty people of a district on a working day: the bureau, heads and clerks of schools, teachers. */
export const FIFTY: readonly Visitor[] = [
  ...each(['hr1', 'hr2', 'hr3', 'reviewer1', 'reviewer2'], BUREAU),
  ...each(['admin'], ['/', '/accounts', '/settings']),
  ...each(['auditor'], ['/', '/audit']),
  ...each(numbered('principal', 18), SCHOOL.slice(0, 5)),
  ...each(numbered('schoolhr', 13), SCHOOL.slice(0, 5)),
  ...each(
    Array.from({ length: 12 }, (_, i) => `teacher${i + 1}`),
    ['/', '/my', '/my/papers', '/inbox'],
  ),
]

/** 50 people, each pausing 5 s between pages, for 60 s; against the same people one after another. */
export async function measureLoad(origin: string, district: string, seconds = 60): Promise<Measured[]> {
  const people: (Visitor & { cookie: string })[] = []
  for (const visitor of FIFTY) people.push({ ...visitor, cookie: await cookiesOf(origin, district, visitor.login) })
  for (const { cookie, pages } of people) await visit(origin, pages[0]!, cookie)
  const single: number[] = []
  for (const { cookie, pages } of people) for (const page of pages) single.push((await visit(origin, page, cookie)).ms)
  const taken: { page: string; ms: number }[] = []
  const errors: string[] = []
  const end = performance.now() + seconds * 1000
  await Promise.all(
    people.map(async ({ login, pages, cookie }, index) => {
      await new Promise((go) => setTimeout(go, (PAUSE_MS / people.length) * index))
      for (let turn = 0; performance.now() < end; turn++) {
        const page = pages[(index + turn) % pages.length]!
        const { ms, status } = await visit(origin, page, cookie)
        taken.push({ page, ms })
        if (status !== 200) errors.push(`${login} ${page} ${status}`)
        await new Promise((go) => setTimeout(go, PAUSE_MS))
      }
    }),
  )
  const times = taken.map(({ ms }) => ms)
  const p95 = percentile(times, 0.95)
  const slowest = [...new Set(taken.map(({ page }) => page))]
    .map((page) => ({ page, ms: median(taken.filter((one) => one.page === page).map(({ ms }) => ms)) }))
    .reduce((a, b) => (b.ms > a.ms ? b : a))
  return [
    atMost(
      `${people.length} people at once: errors`,
      errors.length,
      0,
      errors[0] ?? `${taken.length} pages in ${seconds} s, a pause of 5 s between pages`,
    ),
    atMost(
      `${people.length} people at once: p95 ÷ one person's p50`,
      p95 / median(single),
      12,
      `p95 ${p95.toFixed(0)} ms ÷ p50 ${median(single).toFixed(0)} ms; slowest ${slowest.page} ${slowest.ms.toFixed(0)} ms`,
    ),
  ]
}
