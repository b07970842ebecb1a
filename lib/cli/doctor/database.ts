import { max } from 'drizzle-orm'
import postgres, { type Sql } from 'postgres'
import { workingDays } from '../../../db/schema/index.ts'
import { closePools, listDistricts, withScope } from '../../../db/scope.ts'
import { dayIn } from '../../platform/clock.ts'
import type { DistrictId } from '../../rules/values/ids.ts'
import { roleFaults } from '../role-check.ts'
import type { DatabaseUrls } from '../setup-database.ts'
import { type Finding, finding } from './finding.ts'

const MONTH_MS = 30 * 86_400_000

/** The server, the serving roles, row-level security, the calendar of working days. */
export async function databaseFindings(urls: DatabaseUrls): Promise<Finding[]> {
  return [
    ...(await asking(urls.adminUrl, server)),
    ...(await asking(urls.appUrl, (sql) => role(sql, 'jh_app'))),
    ...(await asking(urls.workerUrl, (sql) => role(sql, 'jh_worker'))),
    ...(await calendars()),
  ]
}

async function asking(url: string, ask: (sql: Sql) => Promise<Finding[]>): Promise<Finding[]> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} })
  try {
    return await ask(sql)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const name = new URL(url).username
    return [finding('database', 'wrong', `以 ${name} 连接数据库失败：${why}`, `connecting as ${name} failed: ${why}`)]
  } finally {
    await sql.end()
  }
}

async function server(sql: Sql): Promise<Finding[]> {
  const [row] = await sql<{ version: string; encoding: string }[]>`
    SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding`
  const open = await sql<{ name: string }[]>`
    SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`
  const tables = open.map(({ name }) => name).join(', ')
  return [
    finding('postgres', 'good', `PostgreSQL ${row?.version}`, `PostgreSQL ${row?.version}`),
    row?.encoding === 'UTF8'
      ? finding('encoding', 'good', 'UTF8', 'UTF8')
      : finding('encoding', 'wrong', `编码是 ${row?.encoding}，应为 UTF8`, `encoding ${row?.encoding}, must be UTF8`),
    open.length === 0
      ? finding('row-security', 'good', '每张表都有强制行级权限', 'forced on every table')
      : finding('row-security', 'wrong', `这些表没有强制行级权限：${tables}`, `not forced on: ${tables}`),
  ]
}

async function role(sql: Sql, name: string): Promise<Finding[]> {
  const faults = await roleFaults(sql)
  if (faults.length === 0)
    return [finding('role', 'good', `${name} 权限最小`, `${name} is least-privileged (SEC-DB-1)`)]
  return [finding('role', 'wrong', `${name} 权力过大：${faults.join('; ')}`, `${name} ${faults.join('; ')} (SEC-DB-1)`)]
}

/** How far the table of working days reaches, district by district (R-PUB: notices cannot be dated past its end). */
async function calendars(): Promise<Finding[]> {
  try {
    const findings: Finding[] = []
    for (const { id, name, timeZone } of await listDistricts('worker')) {
      const actor = { kind: 'system', districtId: id as DistrictId, job: 'doctor', today: dayIn(timeZone) } as const
      const [row] = await withScope(actor, (tx) => tx.select({ year: max(workingDays.year) }).from(workingDays), {
        readOnly: true,
      })
      findings.push(calendarOf(name, row?.year ?? null))
    }
    return findings
  } finally {
    await closePools()
  }
}

function calendarOf(district: string, year: number | null): Finding {
  const check = 'working-days'
  if (year === null)
    return finding(
      check,
      'warning',
      `${district}没有工作日历，公示期无法计算`,
      `${district}: no calendar, notices cannot be dated`,
    )
  const left = Date.UTC(year + 1, 0, 1) - Date.now()
  const state = left < 0 ? 'wrong' : left < MONTH_MS ? 'warning' : 'good'
  return finding(
    check,
    state,
    `${district}的工作日历到${year}年底`,
    `${district}: the calendar ends with ${year} (R-PUB)`,
  )
}
