import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { publicNotices } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import { askForHead } from '@/lib/platform/audit-heads.ts'
import type { Instant } from '@/lib/platform/clock.ts'
import { finished } from '@/lib/platform/command.ts'
import { defineOperation } from '@/lib/platform/two-person.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { noticeEnd } from '@/lib/rules/calendar/working-days.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { type CaseId, idSchema, type NoticeId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { districtCalendar } from '../cases/calendar.ts'
import { undecidedChanges } from '../queries/notices.ts'
import { roundPolicy } from '../queries/round-policy.ts'
import { advanceAll, advanceCase, lockCaseRows } from '../store/advance-case.ts'
import { entriesOf } from '../store/notice-entries.ts'
import { askToSend, type Message } from '../store/send-notifications.ts'

type NoticeRow = typeof publicNotices.$inferSelect

/** The notice as it was when asked: version and the cases on it. */
export const noticePayload = z.object({
  noticeId: idSchema<NoticeId>(),
  version: z.number().int(),
  cases: z.array(idSchema<CaseId>()),
})
export type NoticePayload = z.infer<typeof noticePayload>

export async function lockNotice(tx: Tx, id: NoticeId): Promise<NoticeRow | null> {
  const [notice] = await tx.select().from(publicNotices).where(eq(publicNotices.id, id)).for('update')
  return notice ?? null
}

/** The notice if it is still in this state and as it was when asked; its cases locked. */
async function asApproved(tx: Tx, payload: NoticePayload, state: NoticeRow['state']) {
  const notice = await lockNotice(tx, payload.noticeId)
  if (notice?.state !== state || notice.version !== payload.version) return null
  const entries = await entriesOf(tx, notice.id)
  const ids = entries.map(({ caseId }) => caseId)
  if ([...ids].sort().join() !== [...payload.cases].sort().join()) return null
  return { notice, rows: await lockCaseRows(tx, ids) }
}

/** Posts a draft from today: the last day by the State Council calendar, the cases 公示中. */
export async function postNotice(
  tx: Tx,
  actor: Extract<Actor, { kind: 'user' }>,
  notice: NoticeRow,
  today: LocalDate,
): Promise<NoticeRow> {
  const { process } = await roundPolicy(tx, notice.roundId)
  const calendar = await districtCalendar(tx)
  const end = noticeEnd(today, notice.days, calendar, process.noticeCountsPublicationDay)
  return one(
    await tx
      .update(publicNotices)
      .set({
        state: 'published',
        publishedOn: today,
        endsOn: end.lastDay,
        publishedBy: actor.userId,
        publishedByPerson: actor.personId,
        version: notice.version + 1,
      })
      .where(and(eq(publicNotices.id, notice.id), eq(publicNotices.version, notice.version)))
      .returning(),
  )
}

export const publishNoticeOperation = defineOperation<NoticePayload>({
  name: 'rotation.notice.publish',
  asks: 'rotation.notice.askPublish',
  answerRoles: ['bureau_hr', 'bureau_reviewer'],
  payload: noticePayload,
  href: (id) => `/rotation/notices/${id}`,
  execute: async ({ tx, actor, at, today }, payload) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const found = await asApproved(tx, payload, 'draft')
    if (!found) return refuse('platform.refusal.payloadChanged')
    const { notice, rows } = found
    if (notice.preparedByPerson === actor.personId)
      return refuse('platform.refusal.secondPerson', undefined, { rule: 'SD-2' })
    const changed = await undecidedChanges(
      tx,
      notice.roundId,
      rows.map(({ teacherId }) => teacherId),
    )
    if (changed.length > 0) return refuse('notice.refusal.changed', { count: changed.length })
    const posted = await postNotice(tx, actor, notice, today)
    const moved = await advanceAll(tx, actor, rows, () => ({ action: 'publish' }), at as Instant)
    if (!moved.ok) return moved
    await askToSend(
      tx,
      actor,
      rows.map(
        (row): Message => ({
          to: { teacherId: row.teacherId },
          key: 'notice.message.posted',
          values: { until: posted.endsOn ?? '' },
          href: '/my/papers',
        }),
      ),
    )
    await askForHead(tx, actor, `notice:${notice.id}`)
    return finished(null, {
      message: { key: 'notice.posted', values: { count: rows.length, until: posted.endsOn ?? '' } },
      audit: { details: { notice: notice.id, until: posted.endsOn, cases: rows.map(({ id }) => id) } },
    })
  },
})

/** Takes a posted notice down: those on it are decided again, those under objection stay until the objection is decided. */
export const withdrawNoticeOperation = defineOperation<NoticePayload>({
  name: 'rotation.notice.withdraw',
  asks: 'rotation.notice.askWithdraw',
  answerRoles: ['bureau_hr', 'bureau_reviewer'],
  payload: noticePayload,
  href: (id) => `/rotation/notices/${id}`,
  execute: async ({ tx, actor, at }, payload, asked) => {
    const found = await asApproved(tx, payload, 'published')
    if (!found) return refuse('platform.refusal.payloadChanged')
    const { notice, rows } = found
    for (const row of rows) {
      if (row.noticeId !== notice.id || row.state !== 'on_notice') continue
      const step = await advanceCase(
        tx,
        actor,
        row,
        { action: 'unpublish', reason: asked.reason ?? '', set: { noticeId: null } },
        at as Instant,
      )
      if (!step.ok) return step
    }
    one(
      await tx
        .update(publicNotices)
        .set({ state: 'withdrawn', version: notice.version + 1 })
        .where(and(eq(publicNotices.id, notice.id), eq(publicNotices.version, notice.version)))
        .returning({ id: publicNotices.id }),
    )
    return finished(null, {
      message: { key: 'notice.withdrawn' },
      audit: { reason: asked.reason, details: { notice: notice.id } },
    })
  },
})

/** What the asking commands share: the row as it is now, in the state the act needs. */
export async function noticeToAsk(
  tx: Tx,
  id: NoticeId,
  state: NoticeRow['state'],
): Promise<Outcome<{ notice: NoticeRow; payload: NoticePayload }>> {
  const notice = await lockNotice(tx, id)
  if (!notice) return refuse('platform.refusal.notFound')
  if (notice.state !== state) return refuse('notice.refusal.state', { state: notice.state })
  const cases = (await entriesOf(tx, id)).map(({ caseId }) => caseId)
  if (cases.length === 0) return refuse('notice.refusal.nobody', { changed: 0 })
  return done({ notice, payload: { noticeId: id, version: notice.version, cases } })
}
