import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { reveals, teacherSecrets } from '@/db/schema/index.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { takeTurn } from '@/lib/platform/limits.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { mayReveal, REVEALABLE } from '@/lib/rules/access/masks.ts'
import { idSchema, type TeacherId } from '@/lib/rules/values/ids.ts'
import { refuse, refuseAll } from '@/lib/rules/values/outcome.ts'
import { schoolsOf } from '../store/lock-teacher.ts'

export const REVEAL_REASONS = ['contact', 'verify', 'document', 'correction', 'other'] as const
const COLUMNS = { idNumber: 'id_number', phone: 'phone', certificateNo: 'certificate_no' } as const

/** Shows one sensitive value once, with a reason; who looked is kept, and the person can read it. */
export const revealSecret = defineCommand({
  name: 'register.teacher.reveal',
  input: z.strictObject({
    teacherId: idSchema<TeacherId>(),
    field: z.enum(REVEALABLE),
    reasonKind: z.enum(REVEAL_REASONS),
    reason: z.string().trim().min(2, 'register.refusal.reasonMissing').max(200),
  }),
  secretValue: true,
  target: async (tx, input, actor) => {
    const [row] = await tx
      .select({ cell: teacherSecrets[input.field] })
      .from(teacherSecrets)
      .where(eq(teacherSecrets.teacherId, input.teacherId))
    if (!row) return null
    return { ...row, target: { schools: await schoolsOf(tx, actor, input.teacherId), teacherId: input.teacherId } }
  },
  run: async ({ tx, actor, input, before, at, keys }) => {
    const me = actor as UserActor
    if (!mayReveal(me.role, input.field)) return refuse('platform.refusal.forbidden')
    if (!before.cell) return refuse('register.refusal.notOnFile')
    const tooMany = await takeTurn(tx, me, 'reveals')
    if (tooMany) return refuseAll([tooMany])
    const column = COLUMNS[input.field]
    const value = (await keys()).open({ table: 'teacher_secrets', column, rowId: input.teacherId }, before.cell)
    await tx.insert(reveals).values({
      districtId: me.districtId,
      id: newId<string>(),
      teacherId: input.teacherId,
      subject: input.field,
      byUser: me.userId,
      byName: me.name,
      role: me.role,
      reasonKind: input.reasonKind,
      reason: input.reason,
      at,
    })
    return finished(
      { value },
      {
        message: { key: 'register.done.revealed' },
        audit: {
          resource: 'teacher',
          objectId: input.teacherId,
          teacherId: input.teacherId,
          reason: input.reason,
          details: { field: input.field },
        },
      },
    )
  },
})
