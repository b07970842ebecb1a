import { sql } from 'drizzle-orm'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'

/** A step from an empty district to its first round: `home.begin.<key>` says it, the page does it. */
export interface BeginningStep {
  key: string
  href: string
  done: boolean
}

/**
 * What this role still has to do until the district's first round is open; null once nothing is left. Each role sees its
 * own steps: who may not read a register is not told what is in it.
 */
export async function beginningSteps(tx: Tx, actor: UserActor): Promise<BeginningStep[] | null> {
  const steps = await stepsOf(tx, actor)
  return steps.some(({ done }) => !done) ? steps : null
}

async function stepsOf(tx: Tx, { role, today }: UserActor): Promise<BeginningStep[]> {
  if (role === 'bureau_admin') {
    const has = await heldRoles(tx, today)
    const isStaffed = has('bureau_hr') && has('bureau_reviewer')
    return [
      { key: 'accounts', href: '/accounts/new', done: isStaffed || (await isThere(tx, OTHER_ACCOUNTS)) },
      { key: 'confirm', href: '/two-person', done: isStaffed },
      { key: 'bulk', href: '/accounts/bulk', done: has('principal') },
    ]
  }
  if (role === 'bureau_security') {
    const has = await heldRoles(tx, today)
    return [{ key: 'grant', href: '/accounts?state=noRole', done: has('bureau_hr') && has('bureau_reviewer') }]
  }
  if (role === 'bureau_hr') {
    if (await isThere(tx, FIRST_ROUND)) return []
    const hasPolicy = await isThere(tx, ACTIVE_POLICY)
    return [
      { key: 'schools', href: '/imports', done: await isThere(tx, sql`SELECT FROM schools`) },
      { key: 'roster', href: '/imports', done: await isThere(tx, sql`SELECT FROM teachers`) },
      { key: 'registers', href: '/imports', done: hasPolicy || (await isThere(tx, sql`SELECT FROM postings`)) },
      { key: 'policy', href: '/policies', done: hasPolicy },
      { key: 'round', href: '/rotation', done: false },
    ]
  }
  if (role === 'bureau_reviewer')
    return [{ key: 'decidePolicy', href: '/policies', done: await isThere(tx, ACTIVE_POLICY) }]
  return []
}

/** Somebody beside the three administrators. */
const OTHER_ACCOUNTS = sql`SELECT FROM users u WHERE NOT EXISTS (SELECT FROM role_grants g
  WHERE g.district_id = u.district_id AND g.user_id = u.id AND g.role IN ('bureau_admin', 'bureau_security', 'bureau_auditor'))`

const ACTIVE_POLICY = sql`SELECT FROM policies WHERE state = 'active'`
const FIRST_ROUND = sql`SELECT FROM rotation_rounds WHERE kind = 'regular' AND state <> 'preparing'`

async function isThere(tx: Tx, query: ReturnType<typeof sql>): Promise<boolean> {
  const [row] = await tx.execute<{ there: boolean }>(sql`SELECT EXISTS (${query}) AS there`)
  return row?.there ?? false
}

async function heldRoles(tx: Tx, today: LocalDate): Promise<(role: string) => boolean> {
  const rows = await tx.execute<{ role: string }>(sql`SELECT DISTINCT role FROM role_grants
    WHERE ended_at IS NULL AND valid_from <= ${today} AND valid_to > ${today}`)
  const held = new Set([...rows].map(({ role }) => role))
  return (role) => held.has(role)
}
