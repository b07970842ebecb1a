import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { candidateEvents, candidateScores, reserveCandidates } from '@/db/schema/index.ts'
import type { CandidateId } from '@/db/schema/talent.ts'
import { one, type Tx } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { recordChanges } from '@/lib/platform/field-history.ts'
import { newId } from '@/lib/platform/new-id.ts'
import {
  CERTIFICATE_KINDS,
  type CertificateKind,
  EDUCATION_LEVELS,
  type EducationLevel,
  SUBJECTS,
  type Subject,
} from '@/lib/rules/register/vocabulary.ts'
import { RESERVE_CHANNELS, type ReserveChannel } from '@/lib/rules/reserve/pipeline.ts'
import { yearOf } from '@/lib/rules/values/dates.ts'
import type { UserId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { dayInput, lockCandidate, optionalText, targetFields } from './candidate-rows.ts'

const known = <T extends string>(table: Record<T, unknown>) => Object.keys(table) as [T, ...T[]]
const optionalCode = <T extends string>(table: Record<T, unknown>) =>
  z
    .string()
    .transform((code) => code || null)
    .pipe(z.enum(known(table)).nullable())

const fields = {
  name: z.string().trim().min(2).max(40),
  sex: z.enum(['F', 'M']),
  year: z.coerce.number().int().min(2000).max(2100),
  channel: z.enum(known<ReserveChannel>(RESERVE_CHANNELS)),
  stage: z.enum(['P', 'J']),
  subject: z.enum(known<Subject>(SUBJECTS)),
  education: optionalCode<EducationLevel>(EDUCATION_LEVELS),
  graduatedFrom: optionalText(60),
  major: optionalText(60),
  certificateKind: optionalCode<CertificateKind>(CERTIFICATE_KINDS),
  certificateSubject: optionalCode<Subject>(SUBJECTS),
}

/** The next number of a recruitment year, e.g. 2026-105; two at once wait for each other. */
async function nextNumber(tx: Tx, districtId: string, year: number): Promise<string> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`reserve.number|${districtId}|${year}`}, 0))`)
  const [row] = await tx
    .select({
      last: sql<number>`coalesce(max(substring(${reserveCandidates.number} FROM '^[0-9]{4}-([0-9]+)$')::int), 0)`,
    })
    .from(reserveCandidates)
    .where(sql`${reserveCandidates.number} LIKE ${`${year}-%`}`)
  return `${year}-${String((row?.last ?? 0) + 1).padStart(3, '0')}`
}

/** Takes somebody into the register as an applicant 报名. */
export const createCandidate = defineCommand({
  name: 'reserve.candidate.create',
  input: z.strictObject({ ...fields, on: dayInput }),
  run: async ({ tx, actor, input, at, today }) => {
    const { on, ...values } = input
    if (on > today) return refuse('reserve.refusal.future', undefined, { field: 'on' })
    if (Math.abs(values.year - yearOf(on)) > 1) return refuse('reserve.refusal.yearFar', undefined, { field: 'year' })
    const id = newId<CandidateId>()
    const number = await nextNumber(tx, actor.districtId, values.year)
    const key = { districtId: actor.districtId, id }
    await tx.insert(reserveCandidates).values({ ...key, number, ...values, state: 'applied', changedAt: at })
    await tx.insert(candidateEvents).values({
      districtId: actor.districtId,
      id: newId<string>(),
      candidateId: id,
      fromState: null,
      toState: 'applied',
      onDay: on,
      byUser: actor.kind === 'user' ? (actor.userId as UserId) : null,
      byName: actor.kind === 'user' ? actor.name : '',
      at,
    })
    return finished(
      { id },
      {
        message: { key: 'reserve.candidate.created', values: { name: values.name, number } },
        audit: { resource: 'reserve', objectId: id, details: { number, channel: values.channel } },
      },
    )
  },
})

/** Corrects the facts of a candidate; each old value is kept. */
export const editCandidate = defineCommand({
  name: 'reserve.candidate.edit',
  input: z.strictObject({ ...targetFields, ...fields, reason: z.string().trim().max(300).default('') }),
  target: (tx, { candidateId }) => lockCandidate(tx, candidateId),
  run: async ({ tx, actor, input, before, at }) => {
    const { candidateId, version, reason, ...values } = input
    if (before.version !== version) return refuse('reserve.refusal.stale')
    one(
      await tx
        .update(reserveCandidates)
        .set({ ...values, version: version + 1, changedAt: at })
        .where(eq(reserveCandidates.id, candidateId))
        .returning({ id: reserveCandidates.id }),
    )
    const changed = { entity: 'reserve_candidate', entityId: candidateId, at, reason: reason || null }
    const names = await recordChanges(tx, actor, changed, before, values)
    return finished(
      { id: candidateId },
      {
        message: { key: 'reserve.candidate.saved', values: { count: names.length } },
        audit: { resource: 'reserve', objectId: candidateId, reason: reason || null, details: { changed: names } },
      },
    )
  },
})

/** Points with up to two decimals → hundredths; empty is absent or not held. */
const points = z
  .string()
  .trim()
  .regex(/^(\d{1,3}(\.\d{1,2})?)?$/, 'platform.refusal.invalid')
  .transform((text) => (text === '' ? null : Math.round(Number(text) * 100)))
  .refine((value) => value === null || value <= 10_000, 'platform.refusal.invalid')
const verdict = z
  .string()
  .transform((value) => value || null)
  .pipe(z.enum(['passed', 'failed']).nullable())

/** Scores and results of the examination (f4): the trail says that they changed, not what they are. */
export const saveScores = defineCommand({
  name: 'reserve.candidate.saveScores',
  input: z.strictObject({
    ...targetFields,
    written: points,
    interview: points,
    medicalPassed: verdict,
    backgroundPassed: verdict,
  }),
  target: (tx, { candidateId }) => lockCandidate(tx, candidateId),
  run: async ({ tx, actor, input, before, at }) => {
    const { candidateId, version, ...scores } = input
    if (before.version !== version) return refuse('reserve.refusal.stale')
    await tx
      .insert(candidateScores)
      .values({ districtId: actor.districtId, candidateId, ...scores })
      .onConflictDoUpdate({ target: [candidateScores.districtId, candidateScores.candidateId], set: scores })
    one(
      await tx
        .update(reserveCandidates)
        .set({ version: version + 1, changedAt: at })
        .where(eq(reserveCandidates.id, candidateId))
        .returning({ id: reserveCandidates.id }),
    )
    return finished(null, {
      message: { key: 'reserve.candidate.scoresSaved', values: { name: before.name } },
      audit: { resource: 'reserve', objectId: candidateId, details: { fields: Object.keys(scores) } },
    })
  },
})
