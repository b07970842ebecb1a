import { and, desc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { appointments, employments, reservePlacements, schools, schoolYears } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { certificateFits } from '@/lib/rules/standing/certificate.ts'
import { addDays, type LocalDate, schoolYearOf } from '@/lib/rules/values/dates.ts'
import { idSchema, type SchoolId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { dayInput, lockCandidate, targetFields, writeStep } from './candidate-rows.ts'

interface SchoolPosts {
  name: string
  teaches: { P: boolean; J: boolean }
  /** Approved establishment not filled on the day; null: none on record. */
  vacancies: number | null
}

/** What a placement must know of the school on a day (R-POOL-3, R-EST-2), with the school held. */
async function postsOf(tx: Tx, schoolId: SchoolId, on: LocalDate): Promise<SchoolPosts | null> {
  const [school] = await tx
    .select({ name: schools.name, closedOn: schools.closedOn })
    .from(schools)
    .where(eq(schools.id, schoolId))
  if (!school || (school.closedOn !== null && school.closedOn <= on)) return null
  const [numbers] = await tx
    .select()
    .from(schoolYears)
    .where(and(eq(schoolYears.schoolId, schoolId), sql`${schoolYears.year} <= ${schoolYearOf(addDays(on, 1))}`))
    .orderBy(desc(schoolYears.year))
    .limit(1)
  const [filled] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(appointments)
    .innerJoin(
      employments,
      and(
        eq(employments.districtId, appointments.districtId),
        eq(employments.teacherId, appointments.teacherId),
        sql`${employments.validFrom} <= ${on} AND ${employments.validTo} > ${on}`,
      ),
    )
    .where(
      and(
        eq(appointments.schoolId, schoolId),
        eq(appointments.kind, 'establishment'),
        sql`${appointments.validFrom} <= ${on} AND ${appointments.validTo} > ${on}`,
        eq(employments.form, 'in'),
        sql`${employments.status} NOT IN ('retired', 'moved_out', 'resigned', 'deceased')`,
      ),
    )
  // Reserve hires placed into establishment count from the day they are placed, on the roster or not yet.
  const [reserved] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(reservePlacements)
    .where(
      and(
        eq(reservePlacements.schoolId, schoolId),
        eq(reservePlacements.basis, 'establishment'),
        sql`${reservePlacements.teacherId} IS NULL AND ${reservePlacements.validTo} > ${on}`,
      ),
    )
  const approved = numbers?.establishment ?? null
  return {
    name: school.name,
    teaches: { P: (numbers?.pupilsPrimary ?? 0) > 0, J: (numbers?.pupilsJunior ?? 0) > 0 },
    vacancies: approved === null ? null : approved - filled!.count - reserved!.count,
  }
}

/**
 * 派岗: a reserve hire goes to a school from a day on (R-POOL-3). The certificate's stage is the legal minimum and
 * refuses (R-CERT-1), its subject must be confirmed by hand when it differs; establishment needs a vacancy, else a
 * labour contract.
 */
export const placeCandidate = defineCommand({
  name: 'reserve.candidate.place',
  input: z.strictObject({
    ...targetFields,
    schoolId: idSchema<SchoolId>(),
    from: dayInput,
    basis: z.enum(['establishment', 'labour']),
    subjectConfirmed: z.boolean(),
    reason: z.string().trim().max(300).default(''),
  }),
  target: async (tx, { candidateId, schoolId }) => {
    // Two placements at one school at once: the second waits, then counts the first.
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`reserve.place|${schoolId}`}, 0))`)
    return lockCandidate(tx, candidateId)
  },
  run: async ({ tx, actor, input, before, at }) => {
    if (before.version !== input.version) return refuse('reserve.refusal.stale')
    if (before.state !== 'awaiting') return refuse('reserve.refusal.step', { from: before.state, to: 'placed' })
    if (before.lastStepOn !== null && input.from < before.lastStepOn)
      return refuse('reserve.refusal.beforeLastStep', { last: before.lastStepOn }, { field: 'from' })
    const school = await postsOf(tx, input.schoolId, input.from)
    if (!school) return refuse('reserve.refusal.schoolClosed', undefined, { field: 'schoolId' })
    const { stage, subject } = before
    if ((stage === 'P' || stage === 'J') && !school.teaches[stage])
      return refuse(
        'reserve.refusal.stageNotTaught',
        { school: school.name, stage },
        { field: 'schoolId', rule: 'R-POOL-3' },
      )
    const held = { kind: before.certificateKind, subject: before.certificateSubject }
    const fits = certificateFits(held, { stage, subject, strict: false })
    if (!fits.ok) return refuse(certificateSentence(fits.refusals[0]!.code), { stage }, { rule: 'R-CERT-1' })
    if (fits.value.warning && !input.subjectConfirmed)
      return refuse('reserve.refusal.subjectDiffers', { subject }, { field: 'subjectConfirmed', rule: 'R-CERT-1' })
    if (input.basis === 'establishment' && (school.vacancies ?? 0) <= 0)
      return refuse('reserve.refusal.noVacancy', { school: school.name }, { field: 'basis', rule: 'R-POOL-3' })
    const reason = input.reason || null
    await writeStep(tx, actor, before, { to: 'placed', on: input.from, reason, at })
    await tx.insert(reservePlacements).values({
      districtId: actor.districtId,
      id: newId<string>(),
      candidateId: before.id,
      schoolId: input.schoolId,
      basis: input.basis,
      during: { from: input.from, until: null },
      changedAt: at,
    })
    return finished(null, {
      message: {
        key: 'reserve.candidate.placed',
        values: { name: before.name, school: school.name, from: input.from, basis: input.basis },
      },
      audit: {
        resource: 'reserve',
        objectId: before.id,
        reason,
        details: { school: input.schoolId, basis: input.basis, from: input.from, vacancies: school.vacancies },
      },
    })
  },
})

const certificateSentence = (code: string): string =>
  code === 'standing.refusal.certificate.missing'
    ? 'reserve.refusal.certificateMissing'
    : 'reserve.refusal.certificateStage'
