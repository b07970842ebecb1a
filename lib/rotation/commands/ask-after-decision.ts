import { eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { askSecondPerson } from '@/lib/platform/two-person.ts'
import { type CaseId, idSchema } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { afterDecisionOperation } from '../operations/after-decision.ts'
import { afterDecisionGuards } from '../operations/after-decision-guards.ts'
import { AFTER_KINDS, type AfterPayload, afterPayload } from '../operations/after-decision-input.ts'
import { schoolNames } from '../queries/round-quota.ts'
import { type CaseRow, involvement, lockCaseRows } from '../store/advance-case.ts'

const NOTHING = 'none'
const text = z.string().trim().max(60).default('')

/** HR asks for 更正、暂缓报到、改派、撤销 or 递补, with the document it rests on; a reviewer confirms. */
export const askAfterDecision = defineCommand({
  name: 'rotation.afterDecision.ask',
  input: z.strictObject({
    kind: z.enum(AFTER_KINDS),
    caseId: idSchema<CaseId>(),
    documentNo: z.string().trim().min(3).max(60),
    reason: z.string().trim().min(2).max(500),
    toSchoolId: text,
    form: text,
    startsOn: text,
    endsOn: text,
    until: text,
    /** Staff number of the substitute. */
    staffNo: text,
  }),
  target: async (tx, { caseId }) => {
    const [row] = await lockCaseRows(tx, [caseId])
    return row ? { ...row, target: {} } : null
  },
  run: async ({ tx, actor, input, before: row }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const filled = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== ''))
    const [substitute] = input.staffNo
      ? await tx.select({ id: teachers.id }).from(teachers).where(eq(teachers.staffNo, input.staffNo))
      : []
    if (input.staffNo && !substitute) return refuse('order.refusal.noSuchTeacher', undefined, { field: 'staffNo' })
    const payload = afterPayload.safeParse({ ...filled, teacherId: substitute?.id, version: row.version })
    if (!payload.success)
      return refuse('platform.refusal.required', undefined, { field: String(payload.error.issues[0]?.path[0] ?? '') })
    const free = await involvement(tx, actor, row)
    if (!free.ok) return free
    const fits = await afterDecisionGuards(tx, row, payload.data)
    if (!fits.ok) return fits
    const asked = await askSecondPerson(tx, actor, afterDecisionOperation, {
      subjectId: row.id,
      payload: payload.data,
      summary: await summaryValues(tx, row, payload.data),
      reason: input.reason,
    })
    if (!asked.ok) return asked
    return finished(
      { requestId: asked.value },
      {
        message: { key: 'order.after.asked' },
        audit: {
          resource: 'case',
          objectId: row.id,
          teacherId: row.teacherId,
          reason: input.reason,
          details: payload.data,
        },
      },
    )
  },
})

/** What the second person reads: whom it is about, and every change asked for; `none` where nothing changes. */
async function summaryValues(tx: Tx, row: CaseRow, payload: AfterPayload): Promise<Record<string, string | number>> {
  const toSchoolId = 'toSchoolId' in payload ? payload.toSchoolId : undefined
  const names = await schoolNames(
    tx,
    [row.fromSchoolId, row.toSchoolId, toSchoolId].filter((id) => id != null),
  )
  const substituteId = payload.kind === 'substitute' ? payload.teacherId : undefined
  const people = await tx
    .select({ id: teachers.id, name: teachers.name })
    .from(teachers)
    .where(inArray(teachers.id, substituteId ? [row.teacherId, substituteId] : [row.teacherId]))
  const nameOf = (id: string | undefined) => people.find((person) => person.id === id)?.name ?? NOTHING
  return {
    kind: payload.kind,
    number: row.number,
    documentNo: payload.documentNo,
    teacher: nameOf(row.teacherId),
    from: names.get(row.fromSchoolId) ?? NOTHING,
    to: names.get(row.toSchoolId ?? '') ?? NOTHING,
    school: names.get(toSchoolId ?? '') ?? NOTHING,
    form: ('form' in payload && payload.form) || NOTHING,
    starts: ('startsOn' in payload && payload.startsOn) || NOTHING,
    ends: ('endsOn' in payload && payload.endsOn) || NOTHING,
    until: payload.kind === 'defer_report' ? payload.until : NOTHING,
    substitute: nameOf(substituteId),
  }
}
