import { and, asc, desc, eq, inArray, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { caseDecisions, rotationCases, rotationRounds } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { type Taker, takerInstead } from '@/lib/rules/rotation/recusal.ts'
import type { SchoolId } from '@/lib/rules/values/ids.ts'
import type { CaseRow } from '../cases/lock.ts'
import { isBarredFrom } from '../cases/related.ts'
import { type CaseSnapshot, snapshotsOf } from '../cases/snapshot.ts'

/**
 * 待办 what waits for my step · 已办 what I did · 我发起 what I prepared · 抄送 what concerns me and waits for others ·
 * 已回避 what would be mine, had I no declared relation with the teacher (SD-5).
 */
export const INBOX_TABS = ['todo', 'done', 'mine', 'copied', 'recused'] as const
export type InboxTab = (typeof INBOX_TABS)[number]

export interface InboxItem extends CaseSnapshot {
  caseId: CaseRow['id']
  number: number
  roundId: CaseRow['roundId']
  round: string
  teacherId: CaseRow['teacherId']
  state: CaseRow['state']
  /** What the inbox asks: a step, the teacher's 知悉, a destination, a confirmation of paper. */
  task: 'approve' | 'rule' | 'assign' | 'check' | 'decide' | 'acknowledge' | 'confirm_paper' | 'finish_draft' | null
  /** Of 已回避: who takes the step instead. */
  taker: Taker | null
  dueOn: string | null
  isLate: boolean
  changedAt: string
  version: number
  /** Of 已办: what I did, and when. */
  myAction: string | null
  myActionAt: string | null
}

const never = sql`false`
const anyOf = (...parts: (SQL | undefined)[]): SQL => or(...parts) ?? never
const at = (
  column: typeof rotationCases.fromSchoolId | typeof rotationCases.toSchoolId,
  schools: readonly SchoolId[],
): SQL => (schools.length ? inArray(column, [...schools]) : never)

/** What waits for this actor's own step now. */
export function waitsFor(actor: UserActor): SQL {
  const { state, originByBureau, destinationByBureau, fromSchoolId, toSchoolId } = rotationCases
  if (actor.role === 'principal')
    return anyOf(
      and(
        eq(state, 'submitted'),
        at(fromSchoolId, actor.schoolIds),
        or(isNull(originByBureau), eq(originByBureau, 'late')),
      ),
      and(
        eq(state, 'origin_approved'),
        at(toSchoolId, actor.schoolIds),
        or(isNull(destinationByBureau), eq(destinationByBureau, 'late')),
      ),
    )
  if (actor.role === 'school_hr')
    return anyOf(and(eq(state, 'draft'), eq(rotationCases.source, 'nominated'), at(fromSchoolId, actor.schoolIds)))
  if (actor.role === 'bureau_hr')
    return anyOf(
      eq(state, 'destination_approved'),
      and(eq(state, 'submitted'), isNotNull(originByBureau)),
      and(eq(state, 'origin_approved'), or(isNotNull(destinationByBureau), isNull(toSchoolId))),
      and(eq(state, 'draft'), inArray(rotationCases.source, ['hr', 'planner'])),
    )
  if (actor.role === 'bureau_reviewer')
    return anyOf(
      eq(state, 'checked'),
      and(eq(state, 'submitted'), eq(originByBureau, 'refused')),
      and(eq(state, 'origin_approved'), eq(destinationByBureau, 'refused')),
      // Nobody of the personnel office may rule: it falls to the directors (SD-5).
      and(inArray(state, ['submitted', 'origin_approved']), eq(rotationCases.bureauBarred, 'hr')),
    )
  if (actor.role === 'teacher' && actor.teacherId)
    return anyOf(
      and(
        eq(rotationCases.teacherId, actor.teacherId),
        eq(rotationCases.source, 'nominated'),
        isNull(rotationCases.acknowledgedAt),
        inArray(state, ['submitted', 'origin_approved', 'destination_approved']),
      ),
      and(eq(rotationCases.teacherId, actor.teacherId), eq(rotationCases.source, 'applied'), eq(state, 'draft')),
    )
  return never
}

/** What would wait for me, had I not declared a relation with the teacher: somebody else takes it (SD-5). */
function handedOn(actor: UserActor): SQL {
  const { state, originByBureau, destinationByBureau, fromSchoolId, toSchoolId } = rotationCases
  const asHead =
    actor.role === 'principal'
      ? anyOf(
          and(eq(state, 'submitted'), at(fromSchoolId, actor.schoolIds), eq(originByBureau, 'recused')),
          and(eq(state, 'origin_approved'), at(toSchoolId, actor.schoolIds), eq(destinationByBureau, 'recused')),
        )
      : never
  const asBureau =
    actor.role === 'bureau_reviewer'
      ? and(inArray(state, ['submitted', 'origin_approved']), eq(rotationCases.bureauBarred, 'bureau'))
      : never
  return and(isBarredFrom(actor), anyOf(waitsFor(actor), asHead, asBureau))!
}

const inOpenRound = sql`${rotationCases.roundId} IN (SELECT ${rotationRounds.id} FROM ${rotationRounds} WHERE ${rotationRounds.state} = 'open')`
const acted = (actor: UserActor) =>
  sql`${rotationCases.id} IN (SELECT ${caseDecisions.caseId} FROM ${caseDecisions} WHERE ${caseDecisions.userId} = ${actor.userId} AND ${caseDecisions.part} <> 'prepare')`
const prepared = (actor: UserActor) =>
  sql`${rotationCases.id} IN (SELECT ${caseDecisions.caseId} FROM ${caseDecisions} WHERE ${caseDecisions.userId} = ${actor.userId} AND ${caseDecisions.part} = 'prepare')`
/** A paper step waits for a second pair of eyes: anyone of the bureau but who entered it. */
const paperWaits = (actor: UserActor) =>
  actor.role === 'bureau_hr' || actor.role === 'bureau_reviewer'
    ? sql`${rotationCases.id} IN (SELECT ${caseDecisions.caseId} FROM ${caseDecisions} WHERE ${caseDecisions.paperDate} IS NOT NULL AND ${caseDecisions.paperConfirmedAt} IS NULL AND ${caseDecisions.personId} <> ${actor.personId})`
    : never

function tabOf(actor: UserActor, tab: InboxTab): SQL {
  const waits = or(and(waitsFor(actor), sql`NOT (${isBarredFrom(actor)})`), paperWaits(actor))!
  if (tab === 'todo') return and(inOpenRound, waits)!
  if (tab === 'recused') return and(inOpenRound, handedOn(actor))!
  if (tab === 'done') return acted(actor)
  if (tab === 'mine') return and(prepared(actor), inOpenRound)!
  return and(
    inOpenRound,
    ne(rotationCases.state, 'draft'),
    sql`NOT (${waits})`,
    sql`NOT (${handedOn(actor)})`,
    sql`NOT (${acted(actor)})`,
    sql`NOT (${prepared(actor)})`,
  )!
}

/** How many cases each tab holds; the first is the number in the rail. */
export async function inboxCounts(tx: Tx, actor: UserActor): Promise<Record<InboxTab, number>> {
  const counts = { todo: 0, done: 0, mine: 0, copied: 0, recused: 0 }
  for (const tab of INBOX_TABS) counts[tab] = await countOf(tx, actor, tab)
  return counts
}

export async function countOf(tx: Tx, actor: UserActor, tab: InboxTab): Promise<number> {
  const [row] = await tx.select({ count: sql<number>`count(*)::int` }).from(rotationCases).where(tabOf(actor, tab))
  return row?.count ?? 0
}

/** One page of a tab: what is due first comes first; what was done last comes first. */
export async function inboxList(
  tx: Tx,
  actor: UserActor,
  tab: InboxTab,
  page: { size: number; skip: number },
): Promise<{ items: InboxItem[]; total: number }> {
  const order =
    tab === 'todo'
      ? [asc(rotationCases.dueOn), asc(rotationCases.number)]
      : [desc(rotationCases.changedAt), asc(rotationCases.number)]
  const rows = await tx
    .select({ row: rotationCases, round: rotationRounds.name, total: sql<number>`count(*) OVER ()::int` })
    .from(rotationCases)
    .innerJoin(
      rotationRounds,
      and(eq(rotationRounds.districtId, rotationCases.districtId), eq(rotationRounds.id, rotationCases.roundId)),
    )
    .where(tabOf(actor, tab))
    .orderBy(...order, rotationCases.id)
    .limit(page.size)
    .offset(page.skip)
  const cases = rows.map(({ row }) => row)
  const snapshots = await snapshotsOf(tx, cases, actor.today)
  const ids = cases.map(({ id }) => id)
  const mine = ids.length
    ? await tx
        .select({ caseId: caseDecisions.caseId, action: caseDecisions.action, at: caseDecisions.at })
        .from(caseDecisions)
        .where(and(inArray(caseDecisions.caseId, ids), eq(caseDecisions.userId, actor.userId)))
        .orderBy(asc(caseDecisions.at))
    : []
  const last = new Map(mine.map((step) => [step.caseId, step]))
  return {
    total: rows[0]?.total ?? 0,
    items: rows.map(({ row, round }) => ({
      ...snapshots.get(row.id)!,
      caseId: row.id,
      number: row.number,
      roundId: row.roundId,
      round,
      teacherId: row.teacherId,
      state: row.state,
      task: tab === 'todo' ? taskOf(actor, row) : null,
      taker: tab === 'recused' ? takerInstead(actor.role, row) : null,
      dueOn: row.dueOn,
      isLate: row.dueOn !== null && row.dueOn < actor.today,
      changedAt: row.changedAt,
      version: row.version,
      myAction: last.get(row.id)?.action ?? null,
      myActionAt: last.get(row.id)?.at ?? null,
    })),
  }
}

function taskOf(actor: UserActor, row: CaseRow): InboxItem['task'] {
  if (row.state === 'draft') return 'finish_draft'
  if (actor.role === 'principal') return 'approve'
  if (actor.role === 'teacher') return 'acknowledge'
  if (row.state === 'submitted' && row.originByBureau) return 'rule'
  if (row.state === 'origin_approved')
    return row.destinationByBureau ? 'rule' : row.toSchoolId ? 'confirm_paper' : 'assign'
  if (row.state === 'destination_approved') return actor.role === 'bureau_hr' ? 'check' : 'confirm_paper'
  if (row.state === 'checked' && actor.role === 'bureau_reviewer') return 'decide'
  return 'confirm_paper'
}
