import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { correctionRequests, schools, teachers } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { Actor, UserActor } from '@/lib/rules/access/actor.ts'
import { PROPOSAL_FACTS, type Proposal, proposalSchema } from '@/lib/rules/register/proposal.ts'
import { idSchema, isUuid, type SchoolId, type TeacherId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { schoolsOf } from '../store/lock-teacher.ts'
import { CORRECTABLE, isPlainField, isSecretField } from './correctable.ts'
import { reasonInput } from './inputs.ts'

async function person(tx: Tx, teacherId: TeacherId, actor: Actor) {
  const [row] = await tx.select().from(teachers).where(eq(teachers.id, teacherId))
  if (!row) return null
  const own = await schoolsOf(tx, actor, teacherId)
  return { ...row, own, target: { schools: own, teacherId } }
}

/** A teacher asks to have a fact of the own record put right (PIPL Art. 46); the school says what it knows, HR decides. */
export const requestCorrection = defineCommand({
  name: 'register.correction.request',
  input: z.strictObject({
    field: z.enum(CORRECTABLE),
    wanted: z.string().trim().min(1).max(200),
    reason: reasonInput,
  }),
  target: async (tx, _input, actor) => {
    const id = (actor as UserActor).teacherId
    return id ? person(tx, id, actor) : null
  },
  run: async ({ tx, actor, input, before, at, keys }) => {
    if (input.field !== 'other' && (await openOnes(tx, before.id, input.field)) > 0)
      return refuse('register.refusal.askedAlready', undefined, { field: 'field' })
    const id = newId<string>()
    const secret = isSecretField(input.field)
    const cell = { table: 'correction_requests', column: 'sealed', rowId: id }
    await tx.insert(correctionRequests).values({
      districtId: actor.districtId,
      id,
      teacherId: before.id,
      schoolId: (before.own[0] as SchoolId | undefined) ?? null,
      field: input.field,
      current: isPlainField(input.field) ? (before[input.field] ?? '') : '',
      wanted: secret ? '' : input.wanted,
      sealed: secret ? (await keys()).seal(cell, input.wanted) : null,
      reason: input.reason,
      requestedBy: (actor as UserActor).userId,
      requestedAt: at,
    })
    return finished(
      { id },
      {
        message: { key: 'register.done.correctionAsked' },
        audit: { resource: 'teacher', objectId: before.id, teacherId: before.id, details: { field: input.field } },
      },
    )
  },
})

const openOnes = async (tx: Tx, teacherId: TeacherId, field: string): Promise<number> => {
  const rows = await tx
    .select({ state: correctionRequests.state })
    .from(correctionRequests)
    .where(and(eq(correctionRequests.teacherId, teacherId), eq(correctionRequests.field, field)))
  return rows.filter(({ state }) => state === 'requested' || state === 'supported').length
}

/** The school's HR proposes a title, honour, yearly assessment or certificate of its own person; HR of the bureau checks. */
export const proposeFact = defineCommand({
  name: 'register.correction.propose',
  input: z.strictObject({
    teacherId: idSchema<TeacherId>(),
    fact: z.enum(PROPOSAL_FACTS),
    kind: z.string().max(30).optional(),
    title: z.string().max(30).optional(),
    level: z.string().max(30).optional(),
    from: z.string().max(10).optional(),
    month: z.string().max(7).optional(),
    year: z.string().max(4).optional(),
    result: z.string().max(30).optional(),
    subject: z.string().max(30).optional(),
    reason: reasonInput,
  }),
  target: (tx, input, actor) => person(tx, input.teacherId, actor),
  run: async ({ tx, actor, input, before, at }) => {
    const me = actor as UserActor
    if (me.teacherId === before.id) return refuse('register.refusal.ownRecord', undefined, { rule: 'SD-3' })
    const { teacherId: _id, reason, ...sent } = input
    const read = proposalSchema.safeParse(
      sent.fact === 'certificate' ? { ...sent, subject: sent.subject || null } : sent,
    )
    if (!read.success)
      return {
        ok: false,
        refusals: read.error.issues.map((issue) => ({ code: 'platform.refusal.invalid', field: issue.path.join('.') })),
      }
    const mine = before.own.find((school) => (me.schoolIds as readonly string[]).includes(school)) as SchoolId
    const [school] = await tx.select({ name: schools.name }).from(schools).where(eq(schools.id, mine))
    const id = newId<string>()
    await tx.insert(correctionRequests).values({
      districtId: me.districtId,
      id,
      teacherId: before.id,
      schoolId: mine,
      field: read.data.fact,
      current: '',
      wanted: '',
      proposal: read.data satisfies Proposal,
      reason,
      state: 'supported',
      requestedBy: me.userId,
      requestedAt: at,
      schoolBy: me.userId,
      schoolAt: at,
      schoolAgrees: true,
      schoolOpinion: reason,
    })
    return finished(
      { id },
      {
        message: { key: 'register.done.proposed', values: { name: before.name, school: school?.name ?? '' } },
        audit: { resource: 'teacher', objectId: before.id, teacherId: before.id, reason, details: read.data },
      },
    )
  },
})

/** Takes a request back for as long as HR has not decided. */
export const withdrawCorrection = defineCommand({
  name: 'register.correction.withdraw',
  input: z.strictObject({ requestId: z.string().refine(isUuid), version: z.coerce.number().int() }),
  target: async (tx, input) => {
    const [row] = await tx
      .select()
      .from(correctionRequests)
      .where(eq(correctionRequests.id, input.requestId))
      .for('update')
    return row ? { ...row, target: { schools: [row.schoolId], teacherId: row.teacherId } } : null
  },
  run: async ({ tx, actor, before }) => {
    if (before.requestedBy !== (actor as UserActor).userId) return refuse('platform.refusal.notFound')
    if (before.state !== 'requested' && before.state !== 'supported') return refuse('register.refusal.decidedAlready')
    one(
      await tx
        .update(correctionRequests)
        .set({ state: 'withdrawn', version: before.version + 1 })
        .where(eq(correctionRequests.id, before.id))
        .returning({ id: correctionRequests.id }),
    )
    return finished(null, {
      message: { key: 'register.done.withdrawn' },
      audit: { resource: 'teacher', objectId: before.teacherId, teacherId: before.teacherId },
    })
  },
})
