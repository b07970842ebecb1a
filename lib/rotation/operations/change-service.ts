import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { orders } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Instant } from '@/lib/platform/clock.ts'
import { finished } from '@/lib/platform/command.ts'
import { enqueue } from '@/lib/platform/queue.ts'
import { defineOperation } from '@/lib/platform/two-person.ts'
import type { ProcessPolicy } from '@/lib/rules/rotation/policy/process.ts'
import { addDays, type LocalDate, monthsBetween } from '@/lib/rules/values/dates.ts'
import { type CaseId, idSchema } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { roundPolicy } from '../queries/round-policy.ts'
import { advanceCase, type CaseRow, lockCaseRows } from '../store/advance-case.ts'
import { askToSend } from '../store/send-notifications.ts'
import { daySchema } from './day-schema.ts'

export const SYNC_JOB = 'rotation.service.sync'
export const CHANGE_KINDS = ['extend', 'transfer', 'terminate'] as const

/** 续期 to a last day, 转调动 from a day, 中止 after a last day. */
export const changePayload = z.object({
  kind: z.enum(CHANGE_KINDS),
  caseId: idSchema<CaseId>(),
  version: z.coerce.number().int(),
  documentNo: z.string().trim().min(3).max(60),
  on: daySchema,
})
export type ChangePayload = z.infer<typeof changePayload>

/** Whether the day fits: an extension lies after the present end and within the policy's most, an end within the posting. */
export function changeFits(
  row: Pick<CaseRow, 'startsOn' | 'endsOn' | 'movesRelation'>,
  change: Pick<ChangePayload, 'kind' | 'on'>,
  process: Pick<ProcessPolicy, 'maxExtensionMonths'>,
): Outcome<null> {
  if (row.movesRelation || row.endsOn === null) return refuse('posting.refusal.permanent')
  const { kind, on } = change
  if (kind === 'extend') {
    if (on <= row.endsOn) return refuse('posting.refusal.notLater', { end: row.endsOn }, { field: 'on' })
    // Extension in all: from the first day of the posting, whole months, so that 续期 cannot be had in slices
    const months = monthsBetween(row.startsOn, addDays(on, 1))
    if (months > process.maxExtensionMonths)
      return refuse(
        'posting.refusal.tooLong',
        { months, most: process.maxExtensionMonths },
        { field: 'on', rule: 'domain 2.6' },
      )
    return done(null)
  }
  if (on < row.startsOn || on > row.endsOn)
    return refuse('posting.refusal.outside', { from: row.startsOn, until: row.endsOn }, { field: 'on' })
  if (kind === 'transfer' && on === row.startsOn)
    return refuse('posting.refusal.notLater', { end: on }, { field: 'on' })
  return done(null)
}

/** The last day of the posting after the change: a transfer begins the day after it. */
export const lastDayAfter = ({ kind, on }: Pick<ChangePayload, 'kind' | 'on'>): LocalDate =>
  kind === 'transfer' ? addDays(on, -1) : on

/** 续期、转调动、中止 by two people; the worker then makes the register agree with the case. */
export const changeServiceOperation = defineOperation<ChangePayload>({
  name: 'rotation.service.change',
  asks: 'rotation.service.askChange',
  answerRoles: ['bureau_hr', 'bureau_reviewer'],
  payload: changePayload as never,
  href: (id) => `/rotation/service?case=${id}`,
  execute: async ({ tx, actor, at }, payload, asked) => {
    const [row] = await lockCaseRows(tx, [payload.caseId])
    if (!row) return refuse('platform.refusal.notFound')
    if (row.version !== payload.version) return refuse('platform.refusal.payloadChanged')
    const fits = changeFits(row, payload, (await roundPolicy(tx, row.roundId)).process)
    if (!fits.ok) return fits
    if (payload.kind === 'terminate' && !(await isApplied(tx, row.id)))
      return refuse('posting.refusal.notBegun', { number: row.number })
    const moved = await advanceCase(
      tx,
      actor,
      row,
      {
        action: payload.kind,
        reason: asked.reason,
        documentNo: payload.documentNo,
        set: { endsOn: lastDayAfter(payload) },
      },
      at as Instant,
    )
    if (!moved.ok) return moved
    await enqueue(tx, actor, SYNC_JOB, {
      caseId: row.id,
      ...(payload.kind === 'transfer' ? { relationFrom: payload.on } : {}),
    })
    const values = { number: row.number, on: payload.on }
    await askToSend(tx, actor, [
      { to: { teacherId: row.teacherId }, key: `posting.message.${payload.kind}`, values, href: '/my/papers' },
      { to: { schoolId: row.fromSchoolId }, key: `posting.message.${payload.kind}`, values, href: '/rotation/service' },
      ...(row.toSchoolId
        ? [
            {
              to: { schoolId: row.toSchoolId },
              key: `posting.message.${payload.kind}`,
              values,
              href: '/rotation/service',
            },
          ]
        : []),
    ])
    return finished(null, {
      message: { key: `posting.${payload.kind}.done`, values },
      audit: { teacherId: row.teacherId, reason: asked.reason, details: { case: row.id, ...payload } },
    })
  },
})

export async function isApplied(tx: Tx, caseId: CaseId): Promise<boolean> {
  const rows = await tx.select({ appliedAt: orders.appliedAt }).from(orders).where(eq(orders.caseId, caseId))
  return rows.some(({ appliedAt }) => appliedAt !== null)
}
