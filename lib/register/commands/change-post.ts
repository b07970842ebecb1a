import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { appointments, schools } from '@/db/schema/index.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import {
  CATEGORIES,
  EMPLOYMENT_FORMS,
  POST_KINDS,
  STAGES,
  STATUSES,
  SUBJECTS,
} from '@/lib/rules/register/vocabulary.ts'
import { idSchema, type SchoolId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { close, succeed } from '../store/dated.ts'
import { lockTeacher, nextVersion } from '../store/lock-teacher.ts'
import { codeOf, dayInput, ofTeacher, optional } from './inputs.ts'

/**
 * 人事关系 or 任教 from a day on. A running rotation is not moved by hand: its order and its end do that, so that cases
 * and register cannot tell two stories.
 */
export const changeAppointment = defineCommand({
  name: 'register.appointment.change',
  input: z.strictObject({
    ...ofTeacher,
    line: z.enum(['both', 'establishment', 'service']),
    schoolId: idSchema<SchoolId>(),
    stage: optional(codeOf(STAGES)),
    subject: optional(codeOf(SUBJECTS)),
    periods: optional(z.coerce.number().int().min(0).max(60)),
    from: dayInput,
  }),
  target: (tx, input, actor) => lockTeacher(tx, input.teacherId, actor),
  run: async ({ tx, actor, input, before, at }) => {
    const { schoolId, stage, subject, from, reason } = input
    const [school] = await tx
      .select({ name: schools.name, closedOn: schools.closedOn })
      .from(schools)
      .where(eq(schools.id, schoolId))
    if (!school || (school.closedOn && school.closedOn <= from))
      return refuse('register.refusal.schoolClosed', undefined, { field: 'schoolId' })
    if (input.line !== 'establishment') {
      const posted = await tx
        .select({ id: appointments.id })
        .from(appointments)
        .where(
          and(
            eq(appointments.teacherId, before.id),
            sql`${appointments.postingId} IS NOT NULL AND ${appointments.validTo} > ${from}`,
          ),
        )
      if (posted.length > 0) return refuse('register.refusal.posted', undefined, { field: 'line' })
    }
    const values = { schoolId, stage, subject, ...(input.periods === null ? {} : { periods: input.periods }) }
    const lines = input.line === 'both' ? (['establishment', 'service'] as const) : [input.line]
    let changed = 0
    for (const kind of lines) {
      const line = eq(appointments.kind, kind)
      const outcome = await succeed({
        tx,
        actor,
        at,
        reason,
        table: 'appointments',
        teacherId: before.id,
        line,
        from,
        values: { ...values, kind },
      })
      if (outcome.ok) changed++
      else if (lines.length === 1) return outcome
    }
    if (changed === 0) return refuse('register.refusal.sameAlready', { from })
    const stepped = await nextVersion(tx, before, input.version, at)
    if (!stepped.ok) return stepped
    return finished(
      { id: before.id },
      {
        message: { key: 'register.done.appointment', values: { name: before.name, school: school.name, from } },
        audit: {
          resource: 'teacher',
          objectId: before.id,
          teacherId: before.id,
          reason,
          details: { line: input.line, schoolId, stage, subject, from },
        },
      },
    )
  },
})

/** Statuses with which a person leaves the register: every appointment ends with that day. */
const LEAVING = ['retired', 'moved_out', 'resigned', 'deceased']

/** Establishment form, category, post kind, duty and status from a day on. */
export const changeEmployment = defineCommand({
  name: 'register.employment.change',
  input: z.strictObject({
    ...ofTeacher,
    form: codeOf(EMPLOYMENT_FORMS),
    category: codeOf(CATEGORIES),
    postKind: optional(codeOf(POST_KINDS)),
    duty: optional(z.string().trim().max(60)),
    status: codeOf(STATUSES),
    from: dayInput,
  }),
  target: (tx, input, actor) => lockTeacher(tx, input.teacherId, actor),
  run: async ({ tx, actor, input, before, at }) => {
    const { form, category, postKind, duty, status, from, reason } = input
    const context = { tx, actor, at, reason, teacherId: before.id, from }
    const outcome = await succeed({
      ...context,
      table: 'employments',
      values: { form, category, postKind, duty, status },
    })
    if (!outcome.ok) return outcome
    const leaves = LEAVING.includes(status)
    if (leaves) await close({ ...context, table: 'appointments' })
    const stepped = await nextVersion(tx, before, input.version, at, leaves ? { leftOn: from } : {})
    if (!stepped.ok) return stepped
    return finished(
      { id: before.id },
      {
        message: {
          key: leaves ? 'register.done.left' : 'register.done.employment',
          values: { name: before.name, from },
        },
        audit: {
          resource: 'teacher',
          objectId: before.id,
          teacherId: before.id,
          reason,
          details: { form, category, postKind, duty, status, from },
        },
      },
    )
  },
})
