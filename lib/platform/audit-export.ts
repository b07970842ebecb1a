import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { writeAudit } from './audit.ts'
import { type AuditQuery, exportEvents } from './queries/audit.ts'

const COLUMNS = [
  'at',
  'actorName',
  'role',
  'action',
  'resource',
  'objectId',
  'outcome',
  'reason',
  'sessionId',
  'id',
] as const

/** A cell that a spreadsheet would run as a formula is disarmed (security.md §5.4). */
function csvCell(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value)
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

/** The trail as CSV with a byte order mark, and the event that says who took it. */
export async function exportTrail(
  tx: Tx,
  actor: UserActor,
  query: Omit<AuditQuery, 'page' | 'size'>,
  timeZone: string,
): Promise<{ name: string; body: Uint8Array }> {
  const events = await exportEvents(tx, query, timeZone)
  await writeAudit(tx, actor, {
    action: 'platform.audit.export',
    outcome: 'done',
    resource: 'audit',
    details: { rows: events.length, filter: query },
  })
  const lines = events.map((event) => COLUMNS.map((column) => csvCell(event[column])).join(','))
  const text = `\uFEFF${COLUMNS.join(',')}\r\n${lines.join('\r\n')}\r\n`
  return { name: `audit-${actor.today}.csv`, body: new TextEncoder().encode(text) }
}
