import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { correctionRequests, schools, teachers, users } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { fromNow } from '@/lib/platform/clock.ts'
import { keyring } from '@/lib/platform/crypto.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { maskTail } from '@/lib/rules/access/masks.ts'
import { OPINION_DAYS, type Proposal } from '@/lib/rules/register/proposal.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'

export interface CorrectionRow {
  id: string
  teacherId: TeacherId
  name: string
  school: string | null
  field: string
  current: string
  /** Of a sensitive field: its last four for HR, else that it is there. */
  wanted: string
  proposal: Proposal | null
  reason: string
  state: string
  requestedAt: string
  requestedBy: string | null
  schoolAgrees: boolean | null
  schoolOpinion: string | null
  decision: string | null
  decidedAt: string | null
  version: number
  /** Asked by this actor. */
  mine: boolean
  /** HR may decide now: the school has spoken, or has had its time. */
  ripe: boolean
}

const waitsFor = (actor: UserActor) => {
  const late = sql`(${correctionRequests.state} = 'requested' AND ${correctionRequests.requestedAt} < ${fromNow(-OPINION_DAYS * 86_400)})`
  if (actor.role === 'bureau_hr') return sql`(${correctionRequests.state} = 'supported' OR ${late})`
  if (actor.role === 'school_hr') return eq(correctionRequests.state, 'requested')
  return null
}

/** How many requests wait for this actor: the school's opinion, or HR's decision. */
export async function openCorrections(tx: Tx, actor: UserActor): Promise<number> {
  const waiting = waitsFor(actor)
  if (!waiting) return 0
  const [row] = await tx.select({ count: sql<number>`count(*)::int` }).from(correctionRequests).where(waiting)
  return row?.count ?? 0
}

/** Requests the actor may see: open ones first, newest first. */
export async function listCorrections(
  tx: Tx,
  actor: UserActor,
  which: { teacherId?: TeacherId; open?: boolean },
): Promise<CorrectionRow[]> {
  const rows = await tx
    .select({ request: correctionRequests, name: teachers.name, school: schools.name, by: users.displayName })
    .from(correctionRequests)
    .innerJoin(
      teachers,
      and(eq(teachers.districtId, correctionRequests.districtId), eq(teachers.id, correctionRequests.teacherId)),
    )
    .leftJoin(
      schools,
      and(eq(schools.districtId, correctionRequests.districtId), eq(schools.id, correctionRequests.schoolId)),
    )
    .leftJoin(
      users,
      and(eq(users.districtId, correctionRequests.districtId), eq(users.id, correctionRequests.requestedBy)),
    )
    .where(
      and(
        which.teacherId ? eq(correctionRequests.teacherId, which.teacherId) : undefined,
        which.open ? inArray(correctionRequests.state, ['requested', 'supported']) : undefined,
      ),
    )
    .orderBy(sql`${correctionRequests.state} NOT IN ('requested', 'supported')`, desc(correctionRequests.requestedAt))
    .limit(200)
  const keys =
    actor.role === 'bureau_hr' && rows.some(({ request }) => request.sealed)
      ? await keyring(tx, actor.districtId)
      : null
  const late = fromNow(-OPINION_DAYS * 86_400)
  return rows.map(({ request, name, school, by }) => ({
    id: request.id,
    teacherId: request.teacherId,
    name,
    school,
    field: request.field,
    current: request.current,
    wanted:
      request.sealed && keys
        ? maskTail(keys.open({ table: 'correction_requests', column: 'sealed', rowId: request.id }, request.sealed))
        : request.wanted,
    proposal: request.proposal as Proposal | null,
    reason: request.reason,
    state: request.state,
    requestedAt: request.requestedAt,
    requestedBy: by,
    schoolAgrees: request.schoolAgrees,
    schoolOpinion: request.schoolOpinion,
    decision: request.decision,
    decidedAt: request.decidedAt,
    version: request.version,
    mine: request.requestedBy === actor.userId,
    ripe:
      request.state === 'supported' ||
      (request.state === 'requested' && Date.parse(request.requestedAt) < Date.parse(late)),
  }))
}
