import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { honours } from '@/db/schema/index.ts'
import { one } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { askSecondPerson, defineOperation } from '@/lib/platform/two-person.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { Proposal } from '@/lib/rules/register/proposal.ts'
import {
  ASSESSMENT_RESULTS,
  CERTIFICATE_KINDS,
  HONOUR_KINDS,
  HONOUR_LEVELS,
  SUBJECTS,
  TITLES,
} from '@/lib/rules/register/vocabulary.ts'
import { isUuid, type SchoolId } from '@/lib/rules/values/ids.ts'
import { type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { keepChanges } from '../store/changes.ts'
import { succeed } from '../store/dated.ts'
import { enterFact } from '../store/enter-fact.ts'
import { type LockedTeacher, lockTeacher, nextVersion } from '../store/lock-teacher.ts'
import { codeOf, dayInput, ofTeacher, optional } from './inputs.ts'

type Context = Parameters<Parameters<typeof defineCommand>[0]['run']>[0]
interface Sent {
  version: number
  reason: string
}

/** HR enters a dated fact: nobody enters one of the own record (SD-3). */
async function enter(
  context: Context,
  before: LockedTeacher,
  sent: Sent,
  fact: Proposal,
): Promise<Outcome<never> | ReturnType<typeof finished<{ id: string }>>> {
  const { tx, at } = context
  const actor = context.actor as UserActor
  if (actor.teacherId === before.id) return refuse('register.refusal.ownRecord', undefined, { rule: 'SD-3' })
  const schoolId = (before.target.schools?.[0] ?? null) as SchoolId | null
  const entered = await enterFact({ tx, actor, at, reason: sent.reason, teacherId: before.id, schoolId }, fact)
  if (!entered.ok) return entered
  const stepped = await nextVersion(tx, before, sent.version, at)
  if (!stepped.ok) return stepped
  return finished(
    { id: before.id },
    {
      message: { key: 'register.done.fact', values: { name: before.name, fact: fact.fact } },
      audit: { resource: 'teacher', objectId: before.id, teacherId: before.id, reason: sent.reason, details: fact },
    },
  )
}

/** 职称 held or appointed from a day on. */
export const changeTitle = defineCommand({
  name: 'register.title.change',
  input: z.strictObject({ ...ofTeacher, kind: z.enum(['held', 'appointed']), title: codeOf(TITLES), from: dayInput }),
  target: (tx, input, actor) => lockTeacher(tx, input.teacherId, actor),
  run: (context) => {
    const { kind, title, from } = context.input
    return enter(context, context.before, context.input, { fact: 'title', kind, title, from })
  },
})

/** 荣誉称号 awarded in a month. */
export const recordHonour = defineCommand({
  name: 'register.honour.record',
  input: z.strictObject({
    ...ofTeacher,
    kind: codeOf(HONOUR_KINDS),
    level: codeOf(HONOUR_LEVELS),
    month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'register.refusal.notADay'),
  }),
  target: (tx, input, actor) => lockTeacher(tx, input.teacherId, actor),
  run: (context) => {
    const { kind, level, month } = context.input
    return enter(context, context.before, context.input, { fact: 'honour', kind, level, month })
  },
})

export const recordAssessment = defineCommand({
  name: 'register.assessment.record',
  input: z.strictObject({
    ...ofTeacher,
    year: z.coerce.number().int().min(1980).max(2100),
    result: codeOf(ASSESSMENT_RESULTS),
  }),
  target: (tx, input, actor) => lockTeacher(tx, input.teacherId, actor),
  run: (context) => {
    const { year, result } = context.input
    return enter(context, context.before, context.input, { fact: 'assessment', year, result })
  },
})

export const recordCertificate = defineCommand({
  name: 'register.certificate.record',
  input: z.strictObject({ ...ofTeacher, kind: codeOf(CERTIFICATE_KINDS), subject: optional(codeOf(SUBJECTS)) }),
  target: (tx, input, actor) => lockTeacher(tx, input.teacherId, actor),
  run: (context) => {
    const { kind, subject } = context.input
    return enter(context, context.before, context.input, { fact: 'certificate', kind, subject })
  },
})

/** 岗位等级 from a day on. */
export const changeGrade = defineCommand({
  name: 'register.grade.change',
  input: z.strictObject({ ...ofTeacher, grade: z.coerce.number().int().min(1).max(13), from: dayInput }),
  target: (tx, input, actor) => lockTeacher(tx, input.teacherId, actor),
  run: async ({ tx, actor, input, before, at }) => {
    if ((actor as UserActor).teacherId === before.id)
      return refuse('register.refusal.ownRecord', undefined, { rule: 'SD-3' })
    const { grade, from, reason } = input
    const outcome = await succeed({
      tx,
      actor,
      at,
      reason,
      table: 'post_grades',
      teacherId: before.id,
      from,
      values: { grade },
    })
    if (!outcome.ok) return outcome
    const stepped = await nextVersion(tx, before, input.version, at)
    if (!stepped.ok) return stepped
    return finished(
      { id: before.id },
      {
        message: { key: 'register.done.grade', values: { name: before.name, grade, from } },
        audit: { resource: 'teacher', objectId: before.id, teacherId: before.id, reason, details: { grade, from } },
      },
    )
  },
})

const revocation = z.strictObject({ honourId: z.string().refine(isUuid), on: dayInput, reason: z.string() })

/** Takes an honour back, by two people (security.md §2.5); the row stays, with the day and the reason. */
export const revokeHonourOperation = defineOperation({
  name: 'register.honour.revoke',
  asks: 'register.honour.revoke',
  answerRoles: ['bureau_hr', 'bureau_reviewer'],
  payload: revocation,
  href: (subjectId) => `/teachers/${subjectId}`,
  execute: async ({ tx, actor, at }, { honourId, on, reason }) => {
    const [before] = await tx.select().from(honours).where(eq(honours.id, honourId)).for('update')
    if (!before || before.revokedOn) return refuse('platform.refusal.notFound')
    one(
      await tx
        .update(honours)
        .set({ revokedOn: on, revokedReason: reason, changedAt: at })
        .where(eq(honours.id, honourId))
        .returning({ id: honours.id }),
    )
    const { teacherId } = before
    await keepChanges({ tx, actor, at, reason }, [
      { entity: 'honours', entityId: honourId, teacherId, operation: 'update', field: 'revokedOn', old: null, new: on },
    ])
    return finished(null, { audit: { resource: 'teacher', objectId: teacherId, teacherId, reason } })
  },
})

export const askRevokeHonour = defineCommand({
  name: 'register.honour.revoke',
  input: z.strictObject({ ...ofTeacher, honourId: z.string().refine(isUuid), on: dayInput }),
  target: (tx, input, actor) => lockTeacher(tx, input.teacherId, actor),
  run: async ({ tx, actor, input, before }) => {
    const [honour] = await tx.select().from(honours).where(eq(honours.id, input.honourId))
    if (!honour || honour.teacherId !== before.id || honour.revokedOn) return refuse('platform.refusal.notFound')
    const asked = await askSecondPerson(tx, actor as UserActor, revokeHonourOperation, {
      subjectId: before.id,
      payload: { honourId: honour.id, on: input.on, reason: input.reason },
      summary: { name: before.name, on: input.on, level: honour.level, kind: honour.kind },
      reason: input.reason,
    })
    if (!asked.ok) return asked
    return finished(
      { id: before.id },
      {
        message: { key: 'register.done.revokeAsked', values: { name: before.name } },
        audit: { resource: 'teacher', objectId: before.id, teacherId: before.id, reason: input.reason },
      },
    )
  },
})
