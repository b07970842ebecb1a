import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { teachers } from '@/db/schema/index.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { askSecondPerson } from '@/lib/platform/two-person.ts'
import { type CaseId, idSchema } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { CHANGE_KINDS, changeFits, changeServiceOperation, isApplied } from '../operations/change-service.ts'
import { daySchema } from '../operations/day-schema.ts'
import { roundPolicy } from '../queries/round-policy.ts'
import { lockCaseRows } from '../store/advance-case.ts'

/** HR asks to extend a posting, make it a transfer, or end it early; refused at once where the day does not fit. */
export const askChangeService = defineCommand({
  name: 'rotation.service.askChange',
  input: z.strictObject({
    kind: z.enum(CHANGE_KINDS),
    caseId: idSchema<CaseId>(),
    on: daySchema,
    documentNo: z.string().trim().min(3).max(60),
    reason: z.string().trim().min(2).max(500),
  }),
  target: async (tx, { caseId }) => {
    const [row] = await lockCaseRows(tx, [caseId])
    return row ? { ...row, target: {} } : null
  },
  run: async ({ tx, actor, input, before: row }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (row.state !== 'serving' && !(input.kind === 'terminate' && ['ordered', 'reported'].includes(row.state)))
      return refuse('order.refusal.notNow', { number: row.number, state: row.state })
    const fits = changeFits(row, input, (await roundPolicy(tx, row.roundId)).process)
    if (!fits.ok) return fits
    if (input.kind === 'terminate' && !(await isApplied(tx, row.id)))
      return refuse('posting.refusal.notBegun', { number: row.number })
    const [who] = await tx.select({ name: teachers.name }).from(teachers).where(eq(teachers.id, row.teacherId))
    const asked = await askSecondPerson(tx, actor, changeServiceOperation, {
      subjectId: row.id,
      payload: {
        kind: input.kind,
        caseId: row.id,
        version: row.version,
        documentNo: input.documentNo,
        on: input.on,
      },
      summary: {
        kind: input.kind,
        number: row.number,
        teacher: who?.name ?? '',
        on: input.on,
        documentNo: input.documentNo,
      },
      reason: input.reason,
    })
    if (!asked.ok) return asked
    return finished(
      { requestId: asked.value },
      {
        message: { key: 'order.after.asked' },
        audit: { resource: 'case', objectId: row.id, teacherId: row.teacherId, reason: input.reason },
      },
    )
  },
})
