import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { noticeEntries, objectionParties, objections, publicNotices, users } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import type { Instant } from '@/lib/platform/clock.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import type { Keyring } from '@/lib/platform/crypto.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { enqueue } from '@/lib/platform/queue.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { type CaseId, idSchema, type NoticeId, type UserId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { daySchema } from '../operations/day-schema.ts'
import { possibleHandlers } from '../queries/notices.ts'
import { advanceCase, lockCaseRows } from '../store/advance-case.ts'
import { askToSend } from '../store/send-notifications.ts'

export const FREEZE_JOB = 'rotation.objection.freeze'
const text = z.string().trim().min(5).max(2000)

interface Entered {
  noticeId: NoticeId
  caseId: CaseId
  receivedOn: LocalDate
  text: string
  name: string | null
  contact: string | null
}

/** Writes an objection against one entry of a notice that runs, the party's words sealed (class f8). */
async function enter(tx: Tx, actor: UserActor, keys: Keyring, entered: Entered): Promise<Outcome<string>> {
  const [notice] = await tx.select().from(publicNotices).where(eq(publicNotices.id, entered.noticeId))
  if (notice?.state !== 'published' || !notice.publishedOn || !notice.endsOn) return refuse('notice.refusal.notPosted')
  if (entered.receivedOn < notice.publishedOn || entered.receivedOn > notice.endsOn)
    return refuse(
      'notice.refusal.outsidePeriod',
      { from: notice.publishedOn, until: notice.endsOn },
      { field: 'receivedOn', rule: 'R-PUB-2' },
    )
  const [entry] = await tx
    .select({ caseId: noticeEntries.caseId })
    .from(noticeEntries)
    .where(and(eq(noticeEntries.noticeId, notice.id), eq(noticeEntries.caseId, entered.caseId)))
  if (!entry) return refuse('platform.refusal.notFound')
  const id = newId<string>()
  await tx.insert(objections).values({
    districtId: actor.districtId,
    id,
    caseId: entered.caseId,
    noticeId: notice.id,
    state: 'open',
    receivedOn: entered.receivedOn,
    enteredBy: actor.userId,
  })
  const seal = (column: 'name' | 'contact' | 'text', value: string | null) =>
    value ? keys.seal({ table: 'objection_parties', column, rowId: id }, value) : null
  await tx.insert(objectionParties).values({
    districtId: actor.districtId,
    objectionId: id,
    userId: actor.role === 'teacher' ? actor.userId : null,
    name: seal('name', entered.name),
    contact: seal('contact', entered.contact),
    text: seal('text', entered.text)!,
  })
  await askToSend(tx, actor, [
    { to: { role: 'bureau_reviewer' }, key: 'notice.message.objection', href: `/rotation/notices/${notice.id}` },
  ])
  return done(id)
}

/** A signed-in teacher objects; the worker freezes the case, which the objector is not shown. */
export const objectToEntry = defineCommand({
  name: 'rotation.objection.object',
  input: z.strictObject({ noticeId: idSchema<NoticeId>(), caseId: idSchema<CaseId>(), text }),
  run: async ({ tx, actor, input, today, keys }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const entered = await enter(tx, actor, await keys(), {
      ...input,
      receivedOn: today,
      name: actor.name,
      contact: null,
    })
    if (!entered.ok) return entered
    await enqueue(tx, actor, FREEZE_JOB, { objectionId: entered.value })
    return finished(
      { objectionId: entered.value },
      {
        message: { key: 'notice.objected' },
        audit: { resource: 'objection', objectId: entered.value },
      },
    )
  },
})

/** HR enters what came by phone, letter or visit; freezes that one case at once. */
export const enterObjection = defineCommand({
  name: 'rotation.objection.enter',
  input: z.strictObject({
    noticeId: idSchema<NoticeId>(),
    caseId: idSchema<CaseId>(),
    receivedOn: daySchema,
    name: z.string().trim().max(60),
    contact: z.string().trim().max(80),
    text,
  }),
  run: async ({ tx, actor, input, at, today, keys }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (input.receivedOn > today) return refuse('notice.refusal.future', { today }, { field: 'receivedOn' })
    const entered = await enter(tx, actor, await keys(), input)
    if (!entered.ok) return entered
    const [row] = await lockCaseRows(tx, [input.caseId])
    if (!row) return refuse('platform.refusal.notFound')
    if (row.state === 'on_notice') {
      const frozen = await advanceCase(tx, actor, row, { action: 'object' }, at as Instant)
      if (!frozen.ok) return frozen
    }
    return finished(
      { objectionId: entered.value },
      {
        message: { key: 'notice.frozen', values: { number: row.number } },
        audit: { resource: 'objection', objectId: entered.value, details: { case: row.id } },
      },
    )
  },
})

/** The case of an objection from outside is frozen; one already frozen or past its notice stays as it is. */
export const freezeCase = defineCommand({
  name: 'rotation.objection.freeze',
  input: z.strictObject({ objectionId: idSchema<string>() }),
  run: async ({ tx, actor, input, at }) => {
    const [objection] = await tx.select().from(objections).where(eq(objections.id, input.objectionId))
    if (objection?.state !== 'open') return finished({ frozen: false })
    const [row] = await lockCaseRows(tx, [objection.caseId])
    if (row?.state !== 'on_notice') return finished({ frozen: false })
    const frozen = await advanceCase(tx, actor, row, { action: 'object' }, at as Instant)
    if (!frozen.ok) return frozen
    return finished({ frozen: true }, { audit: { resource: 'objection', objectId: objection.id } })
  },
})

const lockObjection = async (tx: Tx, { objectionId }: { objectionId: string }) => {
  const [row] = await tx.select().from(objections).where(eq(objections.id, objectionId)).for('update')
  return row ? { ...row, target: { assigned: row.handlerId ? [row.handlerId] : [] } } : null
}

/** Gives an objection to an HR person who neither prepared, checked nor decided that case (SD-8). */
export const assignObjection = defineCommand({
  name: 'rotation.objection.assign',
  input: z.strictObject({ objectionId: idSchema<string>(), handlerId: idSchema<UserId>() }),
  target: lockObjection,
  run: async ({ tx, actor, input, before: objection, today }) => {
    if (objection.state !== 'open') return refuse('notice.refusal.objectionDecided')
    const free = await possibleHandlers(tx, objection.caseId, today)
    const chosen = free.find(({ id }) => id === input.handlerId)
    if (!chosen) return refuse('rotation.refusal.handlerInvolved', undefined, { field: 'handlerId', rule: 'SD-8' })
    const handler = one(await tx.select({ personId: users.personId }).from(users).where(eq(users.id, input.handlerId)))
    one(
      await tx
        .update(objections)
        .set({ handlerId: input.handlerId, handlerPerson: handler.personId, version: objection.version + 1 })
        .where(and(eq(objections.id, objection.id), eq(objections.version, objection.version)))
        .returning({ id: objections.id }),
    )
    await askToSend(tx, actor, [
      {
        to: { userId: input.handlerId },
        key: 'notice.message.assigned',
        href: `/rotation/notices/${objection.noticeId}`,
      },
    ])
    return finished(null, {
      message: { key: 'notice.assigned', values: { name: chosen.name } },
      audit: { resource: 'objection', objectId: objection.id, details: { handler: input.handlerId } },
    })
  },
})

/** The handler writes what was found; the reviewer decides on it. */
export const proposeOutcome = defineCommand({
  name: 'rotation.objection.propose',
  input: z.strictObject({ objectionId: idSchema<string>(), outcome: text }),
  target: lockObjection,
  run: async ({ tx, actor, input, before: objection, at }) => {
    if (objection.state !== 'open') return refuse('notice.refusal.objectionDecided')
    one(
      await tx
        .update(objections)
        .set({ outcome: input.outcome, proposedAt: at, version: objection.version + 1 })
        .where(and(eq(objections.id, objection.id), eq(objections.version, objection.version)))
        .returning({ id: objections.id }),
    )
    await askToSend(tx, actor, [
      {
        to: { role: 'bureau_reviewer' },
        key: 'notice.message.outcome',
        href: `/rotation/notices/${objection.noticeId}`,
      },
    ])
    return finished(null, {
      message: { key: 'notice.outcomeWritten' },
      audit: { resource: 'objection', objectId: objection.id },
    })
  },
})

/** The reviewer decides: upheld ends the case, dismissed puts it back on its notice, or among the ready when that has ended. */
export const decideObjection = defineCommand({
  name: 'rotation.objection.decide',
  input: z.strictObject({
    objectionId: idSchema<string>(),
    verdict: z.enum(['upheld', 'dismissed']),
    reason: z.string().trim().min(2).max(500),
  }),
  target: lockObjection,
  run: async ({ tx, actor, input, before: objection, at, today }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (objection.state !== 'open') return refuse('notice.refusal.objectionDecided')
    if (!objection.outcome) return refuse('notice.refusal.outcomeFirst')
    if (objection.handlerId === actor.userId || objection.handlerPerson === actor.personId)
      return refuse('platform.refusal.secondPerson', undefined, { rule: 'SD-8' })
    one(
      await tx
        .update(objections)
        .set({ state: input.verdict, decidedBy: actor.userId, decidedAt: at, version: objection.version + 1 })
        .where(and(eq(objections.id, objection.id), eq(objections.version, objection.version)))
        .returning({ id: objections.id }),
    )
    const [row] = await lockCaseRows(tx, [objection.caseId])
    if (!row) return refuse('platform.refusal.notFound')
    const others = await tx
      .select({ id: objections.id })
      .from(objections)
      .where(and(eq(objections.caseId, row.id), eq(objections.state, 'open')))
    const moved = await afterVerdict(tx, actor, row, input, { others: others.length, today }, at as Instant)
    if (!moved.ok) return moved
    await askToSend(tx, actor, [
      { to: { teacherId: row.teacherId }, key: `notice.message.${input.verdict}`, href: '/my/papers' },
    ])
    return finished(
      { state: moved.value },
      {
        message: { key: `notice.${input.verdict}`, values: { number: row.number } },
        audit: {
          resource: 'objection',
          objectId: objection.id,
          teacherId: row.teacherId,
          reason: input.reason,
          details: { case: row.id, from: row.state, to: moved.value },
        },
      },
    )
  },
})

async function afterVerdict(
  tx: Tx,
  actor: UserActor,
  row: Awaited<ReturnType<typeof lockCaseRows>>[number],
  input: { verdict: 'upheld' | 'dismissed'; reason: string },
  now: { others: number; today: LocalDate },
  at: Instant,
): Promise<Outcome<string>> {
  if (row.state !== 'objection_open') return done(row.state)
  if (input.verdict === 'upheld') {
    const ended = await advanceCase(tx, actor, row, { action: 'uphold', reason: input.reason }, at)
    return ended.ok ? done(ended.value.state) : ended
  }
  if (now.others > 0) return done(row.state)
  const [notice] = await tx
    .select()
    .from(publicNotices)
    .where(eq(publicNotices.id, row.noticeId as NoticeId))
  const back = notice?.state === 'withdrawn' ? 'decided' : 'on_notice'
  const set = back === 'decided' ? { noticeId: null } : {}
  const freed = await advanceCase(tx, actor, row, { action: 'dismiss', to: back, reason: input.reason, set }, at)
  if (!freed.ok) return freed
  if (back === 'decided' || !notice?.endsOn || notice.endsOn >= now.today) return done(freed.value.state)
  const ready = await advanceCase(tx, actor, freed.value, { action: 'end_notice' }, at)
  return ready.ok ? done(ready.value.state) : ready
}
