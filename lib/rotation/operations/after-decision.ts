import { eq } from 'drizzle-orm'
import { afterDecisions, orders, publicNotices } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import { askForHead } from '@/lib/platform/audit-heads.ts'
import type { Instant } from '@/lib/platform/clock.ts'
import { finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { type AskedBy, defineOperation } from '@/lib/platform/two-person.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { addDays, type LocalDate } from '@/lib/rules/values/dates.ts'
import type { NoticeId, PersonId, UserId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { roundPolicy } from '../queries/round-policy.ts'
import { type Advance, advanceCase, type CaseRow, lockCaseRows } from '../store/advance-case.ts'
import { writeEntries } from '../store/notice-entries.ts'
import { keptFigures } from '../store/round-figures.ts'
import { askToSend } from '../store/send-notifications.ts'
import { type AfterFacts, afterDecisionGuards } from './after-decision-guards.ts'
import { type AfterOf, type AfterPayload, afterPayload } from './after-decision-input.ts'
import { postNotice } from './publish-notice.ts'
import { insertSubstitute } from './substitute-case.ts'

export interface After {
  tx: Tx
  actor: UserActor
  asked: AskedBy
  at: Instant
  today: LocalDate
  facts: AfterFacts
}

/** An act after 局审定, by two people and on a document: done in the second person's transaction, with the quota as it then stands. */
export const afterDecisionOperation = defineOperation<AfterPayload>({
  name: 'rotation.afterDecision',
  asks: 'rotation.afterDecision.ask',
  answerRoles: ['bureau_reviewer'],
  payload: afterPayload as never,
  href: (caseId) => `/rotation/cases/${caseId}`,
  execute: async ({ tx, actor, at, today }, payload, asked) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const [row] = await lockCaseRows(tx, [payload.caseId])
    if (!row) return refuse('platform.refusal.notFound')
    if (row.version !== payload.version) return refuse('platform.refusal.payloadChanged')
    const fits = await afterDecisionGuards(tx, row, payload)
    if (!fits.ok) return fits
    const context: After = { tx, actor, asked, at: at as Instant, today, facts: fits.value }
    const after = await doAfter(context, row, payload)
    if (!after.ok) return after
    await tx.insert(afterDecisions).values({
      districtId: row.districtId,
      id: newId<string>(),
      kind: payload.kind,
      caseId: row.id,
      documentNo: payload.documentNo,
      reason: asked.reason ?? '',
      payload,
      figures: await keptFigures(tx, row.roundId),
      askedBy: asked.userId as UserId,
      answeredBy: actor.userId,
      at,
    })
    await askToSend(tx, actor, [
      { to: { teacherId: after.value.teacherId }, key: `order.message.${payload.kind}`, href: '/my/papers' },
    ])
    await askForHead(tx, actor, `after:${row.id}`)
    return finished(null, {
      message: { key: `order.after.${payload.kind}.done`, values: { number: row.number } },
      audit: { teacherId: row.teacherId, reason: asked.reason, details: { case: row.id, ...payload } },
    })
  },
})

function doAfter(context: After, row: CaseRow, payload: AfterPayload): Promise<Outcome<CaseRow>> {
  switch (payload.kind) {
    case 'correct':
      return correct(context, row, payload)
    case 'defer_report':
      return deferReport(context, row, payload)
    case 'reassign':
      return reassign(context, row, payload)
    case 'revoke':
      return revoke(context, row, payload)
    case 'substitute':
      return substitute(context, row, payload)
  }
}

const why = ({ asked }: After, documentNo: string): Pick<Advance, 'reason' | 'documentNo'> => ({
  reason: asked.reason,
  documentNo,
})

/** 更正公示: the entry is mended and posted anew for its own working days; everyone else's days run on. */
function correct(context: After, row: CaseRow, payload: AfterOf<'correct'>): Promise<Outcome<CaseRow>> {
  const { toSchoolId, form, startsOn, endsOn } = payload
  return postAnew(context, row, payload.documentNo, {
    ...(toSchoolId ? { toSchoolId } : {}),
    ...(form ? { form } : {}),
    ...(startsOn ? { startsOn } : {}),
    ...(endsOn ? { endsOn } : {}),
  })
}

/** 改派: another destination. An order not yet in effect is cancelled; the new destination is posted before a new order. */
async function reassign(context: After, row: CaseRow, payload: AfterOf<'reassign'>): Promise<Outcome<CaseRow>> {
  await cancelOrder(context, payload.documentNo)
  return postAnew(context, row, payload.documentNo, {
    toSchoolId: payload.toSchoolId,
    reportedOn: null,
    ...(payload.startsOn ? { startsOn: payload.startsOn } : {}),
  })
}

/** 撤销: the order is cancelled under its document, the case withdrawn by the bureau. */
async function revoke(context: After, row: CaseRow, payload: AfterOf<'revoke'>): Promise<Outcome<CaseRow>> {
  await cancelOrder(context, payload.documentNo)
  const { tx, actor, at } = context
  return advanceCase(tx, actor, row, { action: 'revoke', ...why(context, payload.documentNo) }, at)
}

/** 暂缓报到: the order takes effect on a later day, and the days to report in run from there. */
async function deferReport(context: After, row: CaseRow, payload: AfterOf<'defer_report'>): Promise<Outcome<CaseRow>> {
  const { tx, facts } = context
  if (!facts.order) return refuse('order.refusal.notNow', { number: row.number, state: row.state })
  const { process } = await roundPolicy(tx, row.roundId)
  one(
    await tx
      .update(orders)
      .set({
        deferredTo: payload.until,
        reportBy: addDays(payload.until, process.reportInDays),
        remindedOn: null,
        version: facts.order.version + 1,
      })
      .where(eq(orders.id, facts.order.id))
      .returning({ id: orders.id }),
  )
  return done(row)
}

/** 递补: another eligible teacher takes the place of a case that fell out; decided by the two people of this act, then posted. */
async function substitute(context: After, row: CaseRow, payload: AfterOf<'substitute'>): Promise<Outcome<CaseRow>> {
  const made = await insertSubstitute(context, row, payload)
  return made.ok ? postAnew(context, made.value, payload.documentNo, {}) : made
}

async function cancelOrder({ tx, asked, at, facts: { order } }: After, documentNo: string): Promise<void> {
  if (!order) return
  one(
    await tx
      .update(orders)
      .set({
        state: 'cancelled',
        cancelledAt: at,
        cancelReason: asked.reason,
        cancelDocumentNo: documentNo,
        version: order.version + 1,
      })
      .where(eq(orders.id, order.id))
      .returning({ id: orders.id }),
  )
}

/** A notice of one entry, posted today: prepared by who asked, published by who confirmed (SD-2). */
async function postAnew(
  context: After,
  row: CaseRow,
  documentNo: string,
  set: Partial<CaseRow>,
): Promise<Outcome<CaseRow>> {
  const { tx, actor, asked, at, today } = context
  const { earlier } = context.facts
  if (!earlier) return refuse('notice.refusal.notPosted')
  const id = newId<NoticeId>()
  const [draft] = await tx
    .insert(publicNotices)
    .values({
      districtId: row.districtId,
      id,
      roundId: row.roundId,
      kind: 'correction',
      number: earlier.number + 1,
      title: earlier.title.replace(/公示(（更正）)?$/, '公示（更正）'),
      state: 'draft',
      days: earlier.days,
      phone: earlier.phone,
      mail: earlier.mail,
      replacesNoticeId: row.noticeId ?? earlier.id,
      documentNo,
      preparedBy: asked.userId as UserId,
      preparedByPerson: asked.personId as PersonId,
      preparedAt: at,
    })
    .returning()
  const moved = await advanceCase(
    tx,
    actor,
    row,
    { action: 'correct', ...why(context, documentNo), set: { ...set, noticeId: id } },
    at,
  )
  if (!moved.ok) return moved
  await writeEntries(tx, id, [moved.value])
  await postNotice(tx, actor, draft!, today)
  return moved
}
