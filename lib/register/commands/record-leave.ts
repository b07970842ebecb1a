import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { leaves } from '@/db/schema/index.ts'
import { one } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { LEAVE_KINDS } from '@/lib/rules/register/vocabulary.ts'
import { isUuid } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { keepChanges, lastChangedBy } from '../store/changes.ts'
import { lockTeacher, nextVersion } from '../store/lock-teacher.ts'
import { codeOf, dayInput, ofTeacher, optional } from './inputs.ts'

/** Leave, secondment, study, or the birth of a child; who enters it names the kind, afterwards a private kind is masked. */
export const recordLeave = defineCommand({
  name: 'register.leave.record',
  input: z.strictObject({
    ...ofTeacher,
    kind: codeOf(LEAVE_KINDS),
    startsOn: optional(dayInput),
    endsOn: optional(dayInput),
    childBirth: optional(dayInput),
  }),
  target: (tx, input, actor) => lockTeacher(tx, input.teacherId, actor),
  run: async ({ tx, actor, input, before, at }) => {
    const { kind, startsOn, endsOn, childBirth, reason } = input
    if (kind === 'birth' && !childBirth) return refuse('platform.refusal.required', undefined, { field: 'childBirth' })
    if (kind !== 'birth' && !startsOn) return refuse('platform.refusal.required', undefined, { field: 'startsOn' })
    if (startsOn && endsOn && endsOn < startsOn)
      return refuse('register.refusal.endBeforeStart', undefined, { field: 'endsOn' })
    const id = newId<string>()
    const values = {
      kind,
      startsOn: kind === 'birth' ? null : startsOn,
      endsOn: kind === 'birth' ? null : endsOn,
      childBirth,
    }
    await tx.insert(leaves).values({ ...values, id, districtId: actor.districtId, teacherId: before.id, changedAt: at })
    await keepChanges({ tx, actor, at, reason }, [
      { entity: 'leaves', entityId: id, teacherId: before.id, operation: 'insert', sensitive: true },
    ])
    const stepped = await nextVersion(tx, before, input.version, at)
    if (!stepped.ok) return stepped
    return finished(
      { id: before.id },
      {
        message: { key: 'register.done.leave', values: { name: before.name } },
        audit: {
          resource: 'teacher',
          objectId: before.id,
          teacherId: before.id,
          reason,
          details: { fields: Object.keys(values) },
        },
      },
    )
  },
})

/** Sets or corrects the last day of a leave. */
export const endLeave = defineCommand({
  name: 'register.leave.end',
  input: z.strictObject({ ...ofTeacher, leaveId: z.string().refine(isUuid), endsOn: dayInput }),
  target: (tx, input, actor) => lockTeacher(tx, input.teacherId, actor),
  run: async ({ tx, actor, input, before, at }) => {
    const [leave] = await tx.select().from(leaves).where(eq(leaves.id, input.leaveId)).for('update')
    if (!leave || leave.teacherId !== before.id) return refuse('platform.refusal.notFound')
    if (input.version !== leave.version)
      return refuse('platform.refusal.stale', { by: await lastChangedBy(tx, leave.id) })
    if (leave.startsOn && input.endsOn < leave.startsOn)
      return refuse('register.refusal.endBeforeStart', undefined, { field: 'endsOn' })
    one(
      await tx
        .update(leaves)
        .set({ endsOn: input.endsOn, version: leave.version + 1, changedAt: at })
        .where(eq(leaves.id, leave.id))
        .returning({ id: leaves.id }),
    )
    await keepChanges({ tx, actor, at, reason: input.reason }, [
      {
        entity: 'leaves',
        entityId: leave.id,
        teacherId: before.id,
        operation: 'update',
        field: 'endsOn',
        old: leave.endsOn,
        new: input.endsOn,
      },
    ])
    return finished(
      { id: before.id },
      {
        message: { key: 'register.done.leaveEnd', values: { name: before.name, on: input.endsOn } },
        audit: { resource: 'teacher', objectId: before.id, teacherId: before.id, reason: input.reason },
      },
    )
  },
})
