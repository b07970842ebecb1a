import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { correctionRequests, notifications } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import { type CommandContext, defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { problemsOf } from '@/lib/platform/problems.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { OPINION_DAYS, proposalSchema } from '@/lib/rules/register/proposal.ts'
import { isUuid, type SchoolId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse, refuseAll } from '@/lib/rules/values/outcome.ts'
import { keepChanges, lastChangedBy } from '../store/changes.ts'
import { enterFact } from '../store/enter-fact.ts'
import { type LockedTeacher, lockTeacher, nextVersion } from '../store/lock-teacher.ts'
import { pinyinKeys } from '../store/pinyin.ts'
import { isPlainField, isSecretField } from './correctable.ts'
import { setSecret } from './edit-secret.ts'
import { teacherFields } from './edit-teacher.ts'

type Request = typeof correctionRequests.$inferSelect

async function lockRequest(tx: Tx, requestId: string): Promise<Request | null> {
  const [row] = await tx.select().from(correctionRequests).where(eq(correctionRequests.id, requestId)).for('update')
  return row ?? null
}

const stale = async (tx: Tx, row: Request) =>
  refuse('platform.refusal.stale', { by: await lastChangedBy(tx, row.teacherId) })

/** The school says whether what its teacher asks for is so. */
export const supportCorrection = defineCommand({
  name: 'register.correction.support',
  input: z.strictObject({
    requestId: z.string().refine(isUuid),
    version: z.coerce.number().int(),
    agrees: z.enum(['yes', 'no']),
    opinion: z.string().trim().min(2, 'register.refusal.reasonMissing').max(300),
  }),
  target: async (tx, input) => {
    const row = await lockRequest(tx, input.requestId)
    return row ? { ...row, target: { schools: [row.schoolId] } } : null
  },
  run: async ({ tx, actor, input, before, at }) => {
    const me = actor as UserActor
    if (before.state !== 'requested') return refuse('register.refusal.decidedAlready')
    if (before.version !== input.version) return stale(tx, before)
    if (me.teacherId === before.teacherId) return refuse('register.refusal.ownRecord', undefined, { rule: 'SD-3' })
    one(
      await tx
        .update(correctionRequests)
        .set({
          state: 'supported',
          schoolBy: me.userId,
          schoolAt: at,
          schoolAgrees: input.agrees === 'yes',
          schoolOpinion: input.opinion,
          version: before.version + 1,
        })
        .where(eq(correctionRequests.id, before.id))
        .returning({ id: correctionRequests.id }),
    )
    return finished(null, {
      message: { key: 'register.done.opinion' },
      audit: { resource: 'teacher', objectId: before.teacherId, teacherId: before.teacherId, reason: input.opinion },
    })
  },
})

const isOverdue = (row: Request, at: string) => Date.parse(at) - Date.parse(row.requestedAt) > OPINION_DAYS * 86_400_000

/** HR accepts or refuses; on acceptance the fact changes in the same transaction, with its history. */
export const decideCorrection = defineCommand({
  name: 'register.correction.decide',
  input: z.strictObject({
    requestId: z.string().refine(isUuid),
    version: z.coerce.number().int(),
    verdict: z.enum(['accept', 'refuse']),
    /** The value as it is to stand; a plain field as HR writes or picks it. */
    value: z.string().trim().max(200).optional(),
    decision: z.string().trim().min(2, 'register.refusal.reasonMissing').max(300),
  }),
  target: async (tx, input, actor) => {
    const row = await lockRequest(tx, input.requestId)
    if (!row) return null
    const person = await lockTeacher(tx, row.teacherId, actor)
    return person ? { request: row, person, target: person.target } : null
  },
  run: async (context) => {
    const { tx, input, before, at } = context
    const me = context.actor as UserActor
    const { request, person } = before
    if (request.state !== 'supported' && !(request.state === 'requested' && isOverdue(request, at)))
      return refuse(
        request.state === 'requested' ? 'register.refusal.opinionMissing' : 'register.refusal.decidedAlready',
        { days: OPINION_DAYS },
      )
    if (request.version !== input.version) return stale(tx, request)
    if (me.teacherId === person.id || request.requestedBy === me.userId)
      return refuse('register.refusal.ownRecord', undefined, { rule: 'SD-3' })
    if (input.verdict === 'accept') {
      const applied = await apply(context, request, person)
      if (!applied.ok) return applied
    }
    const accepted = input.verdict === 'accept'
    one(
      await tx
        .update(correctionRequests)
        .set({
          state: accepted ? 'accepted' : 'refused',
          decidedBy: me.userId,
          decidedAt: at,
          decision: input.decision,
          sealed: null,
          version: request.version + 1,
        })
        .where(eq(correctionRequests.id, request.id))
        .returning({ id: correctionRequests.id }),
    )
    await tx.insert(notifications).values({
      districtId: me.districtId,
      id: newId<string>(),
      userId: request.requestedBy,
      kind: 'register.correction',
      key: accepted ? 'register.notice.correctionAccepted' : 'register.notice.correctionRefused',
      values: { decision: input.decision },
      href: request.proposal ? '/teachers/corrections' : '/my?tab=corrections',
      at,
    })
    return finished(null, {
      message: {
        key: accepted ? 'register.done.correctionAccepted' : 'register.done.correctionRefused',
        values: { name: person.name },
      },
      audit: {
        resource: 'teacher',
        objectId: person.id,
        teacherId: person.id,
        reason: input.decision,
        details: { field: request.field, verdict: input.verdict },
      },
    })
  },
})

type Deciding = Pick<
  CommandContext<{ value?: string; decision: string }, unknown>,
  'tx' | 'actor' | 'at' | 'keys' | 'input'
>

/** Makes the fact what was accepted. */
async function apply(context: Deciding, request: Request, person: LockedTeacher): Promise<Outcome<null>> {
  const { tx, at, input } = context
  const actor = context.actor as UserActor
  const because = { tx, actor, at, reason: input.decision }
  const teacherId = person.id
  if (request.proposal) {
    const entered = await enterFact(
      { ...because, teacherId, schoolId: request.schoolId as SchoolId | null },
      proposalSchema.parse(request.proposal),
    )
    if (!entered.ok) return entered
    const stepped = await nextVersion(tx, person, undefined, at)
    return stepped.ok ? done(null) : stepped
  }
  if (isSecretField(request.field)) {
    if (!request.sealed) return refuse('register.refusal.notOnFile')
    const keys = await context.keys()
    const value = keys.open({ table: 'correction_requests', column: 'sealed', rowId: request.id }, request.sealed)
    const set = await setSecret({ ...because, keys }, teacherId, request.field, value)
    if (!set.ok) return set
    const stepped = await nextVersion(tx, person, undefined, at, set.value.person)
    return stepped.ok ? done(null) : stepped
  }
  if (isPlainField(request.field)) {
    const read = teacherFields[request.field].safeParse(input.value ?? '')
    if (!read.success) return refuseAll(problemsOf(read.error).map((refusal) => ({ ...refusal, field: 'value' })))
    const value = read.data
    const old = person[request.field]
    if (value === old) return refuse('register.refusal.sameAlready', { from: value ?? '' }, { field: 'value' })
    const named = request.field === 'name' ? pinyinKeys(String(value)) : {}
    const stepped = await nextVersion(tx, person, undefined, at, { [request.field]: value, ...named })
    if (!stepped.ok) return stepped
    await keepChanges(because, [
      {
        entity: 'teachers',
        entityId: teacherId,
        teacherId,
        operation: 'update',
        field: request.field,
        old,
        new: value,
      },
    ])
  }
  return done(null)
}
