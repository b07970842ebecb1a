import { z } from 'zod'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { EDUCATION_LEVELS } from '@/lib/rules/register/vocabulary.ts'
import { type Refusal, refuseAll } from '@/lib/rules/values/outcome.ts'
import { keepChanges, lastChangedBy } from '../store/changes.ts'
import { lockTeacher, nextVersion } from '../store/lock-teacher.ts'
import { pinyinKeys } from '../store/pinyin.ts'
import { codeOf, dayInput, ofTeacher, optional } from './inputs.ts'

const level = optional(codeOf(EDUCATION_LEVELS))
const words = optional(z.string().trim().max(60))

/** Fields of a person that are not dated: the old value is kept with each change. */
export const teacherFields = {
  name: z.string().trim().min(1).max(40),
  staffNo: z.string().trim().min(1).max(30),
  joinedWork: dayInput,
  firstEducation: level,
  firstEducationAt: words,
  highestEducation: level,
  highestEducationAt: words,
  degree: words,
  putonghua: words,
  bondUntil: optional(dayInput),
  note: optional(z.string().trim().max(500)),
}
export type TeacherFieldName = keyof typeof teacherFields
export const TEACHER_FIELD_NAMES = Object.keys(teacherFields) as TeacherFieldName[]

/** A changed field may not be changed by two people at once: what the form was opened with comes back with it. */
const base = z
  .string()
  .max(4000)
  .transform((text, context) => {
    const read = z.partialRecord(
      z.enum(TEACHER_FIELD_NAMES as [TeacherFieldName, ...TeacherFieldName[]]),
      z.string().nullable(),
    )
    try {
      return read.parse(JSON.parse(text))
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error
      context.addIssue({ code: 'custom', message: 'platform.refusal.invalid' })
      return z.NEVER
    }
  })

/**
 * Corrects fields of a person. Two edits of different fields both stand; where somebody else has changed the same field
 * since the form was opened, the edit is refused beside that field with both values, and what was typed stays.
 */
export const editTeacher = defineCommand({
  name: 'register.teacher.edit',
  input: z.strictObject({ ...ofTeacher, ...teacherFields, base }),
  target: (tx, input, actor) => lockTeacher(tx, input.teacherId, actor),
  run: async ({ tx, actor, input, before, at }) => {
    const was = (field: TeacherFieldName) => input.base[field] ?? null
    const mine = TEACHER_FIELD_NAMES.filter((field) => (input[field] ?? null) !== was(field))
    const real = mine.filter((field) => (input[field] ?? null) !== (before[field] ?? null))
    const clashes =
      before.version === input.version ? [] : real.filter((field) => (before[field] ?? null) !== was(field))
    if (clashes.length > 0) {
      const by = await lastChangedBy(tx, before.id)
      const beside = clashes.map(
        (field): Refusal => ({
          code: 'register.refusal.fieldChanged',
          field,
          values: { by, now: before[field] ?? '—', mine: input[field] ?? '—' },
        }),
      )
      return refuseAll([{ code: 'platform.refusal.stale', values: { by } }, ...beside])
    }
    if (real.length === 0) return finished({ id: before.id }, { message: { key: 'register.done.nothingChanged' } })
    const values = Object.fromEntries(real.map((field) => [field, input[field] ?? null]))
    const named = real.includes('name') ? pinyinKeys(input.name) : {}
    const stepped = await nextVersion(tx, before, undefined, at, { ...values, ...named })
    if (!stepped.ok) return stepped
    await keepChanges(
      { tx, actor, at, reason: input.reason },
      real.map((field) => ({
        entity: 'teachers',
        entityId: before.id,
        teacherId: before.id,
        operation: 'update',
        field,
        old: before[field],
        new: input[field],
      })),
    )
    return finished(
      { id: before.id },
      {
        message: { key: 'register.done.edited', values: { count: real.length } },
        audit: {
          resource: 'teacher',
          objectId: before.id,
          teacherId: before.id,
          reason: input.reason,
          details: { fields: real },
        },
      },
    )
  },
})
