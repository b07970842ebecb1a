import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { appointments, exemptions, teachers } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import { type CommandContext, defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { keepScan, scanSchema } from '@/lib/platform/scans.ts'
import { ASKABLE, EXEMPTION_RULES, mayDecideExemption } from '@/lib/rules/rotation/exemption-rules.ts'
import { addDays, type LocalDate, parseDay, schoolYearOf } from '@/lib/rules/values/dates.ts'
import { idSchema, type SchoolId, type TeacherId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { type LockedExemption, lockExemption } from '../queries/exemptions.ts'
import { policyFor } from '../queries/policy-for.ts'

const day = z
  .string()
  .refine((text) => parseDay(text) !== null, { error: 'platform.refusal.invalid' })
  .transform((text) => text as LocalDate)

/** The teacher with the school of the relation today: whom the right to ask is about. */
async function askedTeacher(tx: Tx, key: { teacherId?: TeacherId; staffNo?: string }, today: LocalDate) {
  const [row] = await tx
    .select({ teacherId: teachers.id, name: teachers.name, schoolId: appointments.schoolId })
    .from(teachers)
    .innerJoin(
      appointments,
      and(
        eq(appointments.districtId, teachers.districtId),
        eq(appointments.teacherId, teachers.id),
        eq(appointments.kind, 'establishment'),
        sql`${appointments.validFrom} <= ${today} AND ${appointments.validTo} > ${today}`,
      ),
    )
    .where(key.teacherId ? eq(teachers.id, key.teacherId) : eq(teachers.staffNo, key.staffNo ?? ''))
  return row ? { ...row, target: { schools: [row.schoolId as SchoolId], teacherId: row.teacherId } } : null
}

/** Asks for a deferral or exemption (R-ELIG-6, 7, 8, 10, 12): by the teacher, proposed by the school, or by personnel. */
export const askExemption = defineCommand({
  name: 'rotation.exemption.ask',
  input: z.strictObject({
    teacherId: z.preprocess((value) => (value === '' ? undefined : value), idSchema<TeacherId>().optional()),
    staffNo: z.string().trim().max(30).optional(),
    rule: z.enum(EXEMPTION_RULES),
    outcome: z.enum(['deferred', 'exempt']).default('deferred'),
    from: day,
    /** Last day, counted. */
    until: day,
    reason: z.string().trim().min(1).max(1000),
    evidence: scanSchema.optional(),
  }),
  target: async (tx, input, actor) =>
    askedTeacher(
      tx,
      input.teacherId || input.staffNo
        ? input
        : actor.kind === 'user' && actor.teacherId
          ? { teacherId: actor.teacherId }
          : {},
      actor.today,
    ),
  async run({ tx, actor, input, before, at, keys }) {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (!ASKABLE[actor.role]?.includes(input.rule))
      return refuse('policy.refusal.ruleNotYours', { rule: input.rule }, { field: 'rule' })
    if (input.outcome === 'exempt' && actor.role !== 'bureau_hr')
      return refuse('policy.refusal.exemptByBureau', {}, { field: 'outcome' })
    if (input.until < input.from) return refuse('policy.refusal.endBeforeStart', {}, { field: 'until' })
    const id = newId<string>()
    // No school on the file: its people see that there is one, not what is in it (f3)
    const owner = { ownerKind: 'exemption', ownerId: id, teacherId: before.teacherId }
    const evidence = await keepScan(tx, actor, await keys(), input.evidence, owner, 'evidence')
    if (!evidence.ok) return evidence
    await tx.insert(exemptions).values({
      districtId: actor.districtId,
      id,
      teacherId: before.teacherId,
      schoolId: before.schoolId,
      rule: input.rule,
      outcome: input.outcome,
      state: 'asked',
      reason: input.reason,
      evidenceFileId: evidence.value,
      during: { from: input.from, until: addDays(input.until, 1) },
      askedBy: actor.userId,
      askedByPerson: actor.personId,
      askedByName: actor.name,
      askedAt: at,
    })
    return finished(
      { exemptionId: id },
      {
        message: { key: 'roll.exemption.asked', values: { name: before.name } },
        audit: {
          resource: 'exemption',
          objectId: id,
          teacherId: before.teacherId,
          // Why is f3: the trail names the field, not its content
          details: {
            rule: input.rule,
            outcome: input.outcome,
            from: input.from,
            until: input.until,
            fields: ['reason'],
          },
        },
      },
    )
  },
})

const step = { exemptionId: idSchema<string>(), version: z.coerce.number().int() }

interface StepChange extends Partial<typeof exemptions.$inferInsert> {
  state: string
}

async function moveExemption(
  { tx, before }: Pick<CommandContext<unknown, LockedExemption>, 'tx' | 'before'>,
  change: StepChange,
): Promise<void> {
  one(
    await tx
      .update(exemptions)
      .set({ ...change, version: before.version + 1 })
      .where(and(eq(exemptions.id, before.id), eq(exemptions.version, before.version)))
      .returning({ id: exemptions.id }),
  )
}

const auditOf = (before: LockedExemption, state: string) => ({
  resource: 'exemption',
  objectId: before.id,
  teacherId: before.teacherId,
  details: { from: before.state, to: state, rule: before.rule },
})

const lastChangeBy = (before: LockedExemption): string =>
  before.decidedByName ?? before.checkedByName ?? before.askedByName

/** Personnel checks papers and dates; a clerk who asked does not check, unless the policy of a small bureau allows it. */
export const checkExemption = defineCommand({
  name: 'rotation.exemption.check',
  input: z.strictObject(step),
  target: (tx, { exemptionId }) => lockExemption(tx, exemptionId),
  async run(context) {
    const { tx, actor, input, before, at, today } = context
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (before.version !== input.version) return refuse('platform.refusal.stale', { by: lastChangeBy(before) })
    if (before.state !== 'asked') return refuse('policy.refusal.exemptionStep')
    const { policy } = await policyFor(tx, schoolYearOf(today))
    if (before.askedByPerson === actor.personId && !policy.process.preparerMayCheck)
      return refuse('platform.refusal.secondPerson', undefined, { rule: 'SD-1' })
    await moveExemption(context, {
      state: 'checked',
      checkedBy: actor.userId,
      checkedByPerson: actor.personId,
      checkedByName: actor.name,
      checkedAt: at,
    })
    return finished({}, { message: { key: 'roll.exemption.checked' }, audit: auditOf(before, 'checked') })
  },
})

/** Grants or refuses what was checked; a third person (SD-1), for hardship the leadership with its minutes (R-ELIG-12). */
export const decideExemption = defineCommand({
  name: 'rotation.exemption.decide',
  input: z.strictObject({
    ...step,
    verdict: z.enum(['granted', 'refused']),
    minutesNo: z.string().trim().max(60).default(''),
    reason: z.string().trim().max(500).default(''),
  }),
  target: (tx, { exemptionId }) => lockExemption(tx, exemptionId),
  async run(context) {
    const { actor, input, before, at } = context
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (before.version !== input.version) return refuse('platform.refusal.stale', { by: lastChangeBy(before) })
    if (before.state !== 'checked') return refuse('policy.refusal.exemptionStep')
    if (!mayDecideExemption(actor.role, before.rule as (typeof EXEMPTION_RULES)[number]))
      return refuse('policy.refusal.leadershipDecides', {}, { rule: 'R-ELIG-12' })
    if (before.askedByPerson === actor.personId || before.checkedByPerson === actor.personId)
      return refuse('platform.refusal.secondPerson', undefined, { rule: 'SD-1' })
    if (input.verdict === 'granted' && input.minutesNo === '')
      return refuse('platform.refusal.required', {}, { field: 'minutesNo' })
    if (input.verdict === 'refused' && input.reason === '')
      return refuse('platform.refusal.required', {}, { field: 'reason' })
    await moveExemption(context, {
      state: input.verdict,
      minutesNo: input.minutesNo || null,
      decidedBy: actor.userId,
      decidedByPerson: actor.personId,
      decidedByName: actor.name,
      decidedAt: at,
      decisionReason: input.reason || null,
    })
    return finished(
      { state: input.verdict },
      {
        message: {
          key: input.verdict === 'granted' ? 'roll.exemption.granted' : 'roll.exemption.refused',
          values: { until: addDays(before.during.until as LocalDate, -1) },
        },
        audit: auditOf(before, input.verdict),
      },
    )
  },
})

/** Who asked takes it back, as long as nothing is decided. */
export const withdrawExemption = defineCommand({
  name: 'rotation.exemption.withdraw',
  input: z.strictObject(step),
  target: (tx, { exemptionId }) => lockExemption(tx, exemptionId),
  async run(context) {
    const { actor, input, before } = context
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (before.version !== input.version) return refuse('platform.refusal.stale', { by: lastChangeBy(before) })
    if (before.state !== 'asked' && before.state !== 'checked') return refuse('policy.refusal.exemptionStep')
    if (before.askedByPerson !== actor.personId)
      return refuse('policy.refusal.askedByOther', { by: before.askedByName })
    await moveExemption(context, { state: 'withdrawn' })
    return finished({}, { message: { key: 'roll.exemption.withdrawn' }, audit: auditOf(before, 'withdrawn') })
  },
})

/** A granted one ends earlier: its reason has gone. What was true stays: the period is shortened, not removed. */
export const endExemption = defineCommand({
  name: 'rotation.exemption.end',
  input: z.strictObject({ ...step, lastDay: day, reason: z.string().trim().min(1).max(500) }),
  target: (tx, { exemptionId }) => lockExemption(tx, exemptionId),
  async run(context) {
    const { actor, input, before } = context
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (before.version !== input.version) return refuse('platform.refusal.stale', { by: lastChangeBy(before) })
    if (before.state !== 'granted') return refuse('policy.refusal.exemptionStep')
    const until = addDays(input.lastDay, 1)
    if (until <= before.during.from || (before.during.until !== null && until >= before.during.until))
      return refuse('policy.refusal.endOutside', {}, { field: 'lastDay' })
    await moveExemption(context, { state: 'granted', during: { from: before.during.from, until } })
    return finished(
      {},
      {
        message: { key: 'roll.exemption.shortened', values: { until: input.lastDay } },
        audit: { ...auditOf(before, 'granted'), reason: input.reason },
      },
    )
  },
})
