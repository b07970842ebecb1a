import { and, eq, inArray, isNull } from 'drizzle-orm'
import { exchangeConsents, rotationRounds, scenarios, teachers } from '@/db/schema/index.ts'
import type { ExchangeId, ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import { exactly, type Tx } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { exchangeState, isRunningExchange } from '@/lib/rules/rotation/exchange.ts'
import { addDays } from '@/lib/rules/values/dates.ts'
import type { RoundId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { lockRound } from '../cases/lock.ts'
import { ANSWER_DAYS, answerInput, exchangeInput, offerInput } from '../inputs/exchanges.ts'
import { heldByExchange } from '../queries/exchanges.ts'
import { schoolNames } from '../queries/round-quota.ts'
import { cycleOf, exchangesOf } from '../scenarios/exchanges.ts'
import { lockScenario } from '../scenarios/scenario-row.ts'
import { askToSend } from '../store/send-notifications.ts'

/** The round first, as everything that makes cases locks it; then the scenario. */
async function lockRoundAndScenario(tx: Tx, { scenarioId }: { scenarioId: ScenarioId }) {
  const [row] = await tx.select({ roundId: scenarios.roundId }).from(scenarios).where(eq(scenarios.id, scenarioId))
  if (row?.roundId) await lockRound(tx, row.roundId)
  return lockScenario(tx, { scenarioId })
}

/** 征询互换意愿: everybody of a cycle is asked; it becomes cases only when all of them have agreed. */
export const offerExchange = defineCommand({
  name: 'rotation.scenario.offerExchange',
  input: offerInput,
  target: lockRoundAndScenario,
  run: async ({ tx, actor, input, before, at, today }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const cycle = cycleOf(exchangesOf(before.exchanges), input.teacherIds)
    if (!cycle || before.roundId === null) return refuse('plan.refusal.noExchange')
    const roundId: RoundId = before.roundId
    const answerUntil = input.answerUntil ?? addDays(today, ANSWER_DAYS)
    if (answerUntil < today) return refuse('plan.refusal.answerPast', undefined, { field: 'answerUntil' })
    const [round] = await tx.select().from(rotationRounds).where(eq(rotationRounds.id, roundId))
    if (round?.state !== 'open') return refuse('case.unmet.roundOpen')
    const held = await heldByExchange(tx, roundId, input.teacherIds, today)
    if (held.length > 0) {
      const rows = await tx.select({ name: teachers.name }).from(teachers).where(inArray(teachers.id, held))
      return refuse('plan.refusal.offeredAlready', { names: rows.map(({ name }) => name).join('、') })
    }
    const exchangeId = newId<ExchangeId>()
    const names = await schoolNames(tx, [...new Set(cycle.parts.flatMap(({ from, to }) => [from, to]))])
    await tx.insert(exchangeConsents).values(
      cycle.parts.map((part) => ({
        districtId: actor.districtId,
        id: newId<string>(),
        scenarioId: before.id,
        roundId,
        exchangeId,
        teacherId: part.teacherId,
        fromSchoolId: part.from,
        toSchoolId: part.to,
        stage: part.stage as never,
        subject: part.subject as never,
        rank: part.rank,
        offeredBy: actor.userId,
        offeredAt: at,
        answerUntil,
      })),
    )
    await askToSend(
      tx,
      actor,
      cycle.parts.map(({ teacherId, from, to }) => ({
        to: { teacherId },
        key: 'plan.message.exchange',
        values: { round: round.name, from: names.get(from) ?? '', to: names.get(to) ?? '', until: answerUntil },
        href: '/my/exchanges',
      })),
    )
    return finished(
      { scenarioId: before.id, exchangeId },
      {
        message: { key: 'plan.done.exchangeOffered', values: { people: cycle.parts.length, until: answerUntil } },
        audit: {
          resource: 'round',
          objectId: roundId,
          details: { scenario: before.id, exchange: exchangeId, people: cycle.parts.length, until: answerUntil },
        },
      },
    )
  },
})

/** 本人答复: agree or not, once, and in time. */
export const answerExchange = defineCommand({
  name: 'rotation.scenario.answerExchange',
  input: answerInput,
  target: async (tx, { consentId }) => {
    const [row] = await tx.select().from(exchangeConsents).where(eq(exchangeConsents.id, consentId))
    return row ? { ...row, target: { teacherId: row.teacherId } } : null
  },
  run: async ({ tx, actor, input, before, at, today }) => {
    if (before.agreed !== null) return refuse('plan.refusal.answeredAlready')
    if (before.withdrawnAt !== null) return refuse('plan.refusal.exchange.withdrawn')
    if (today > before.answerUntil) return refuse('plan.refusal.answerLate', { until: before.answerUntil })
    const [round] = await tx.select().from(rotationRounds).where(eq(rotationRounds.id, before.roundId))
    if (round?.state !== 'open') return refuse('case.unmet.roundOpen')
    // Not locked before: an answer once given is out of the person's reach, also for a lock.
    const answered = await tx
      .update(exchangeConsents)
      .set({ agreed: input.agreed === 'yes', answeredAt: at })
      .where(
        and(eq(exchangeConsents.id, before.id), isNull(exchangeConsents.agreed), isNull(exchangeConsents.withdrawnAt)),
      )
      .returning({ id: exchangeConsents.id })
    if (answered.length !== 1) return refuse('plan.refusal.answeredAlready')
    await askToSend(tx, actor, [
      {
        to: { userId: before.offeredBy },
        key: `plan.message.exchangeAnswer.${input.agreed}`,
        values: { round: round.name },
        href: '/rotation/exchanges',
      },
    ])
    return finished(
      { agreed: input.agreed === 'yes' },
      {
        message: { key: `plan.done.exchange.${input.agreed}` },
        audit: {
          resource: 'round',
          objectId: before.roundId,
          teacherId: before.teacherId,
          details: { exchange: before.exchangeId, agreed: input.agreed },
        },
      },
    )
  },
})

/** Everybody of an exchange, locked, the round before them; null when there is none to be seen. */
export async function lockExchange(tx: Tx, { exchangeId }: { exchangeId: ExchangeId }) {
  const [seen] = await tx
    .select({ roundId: exchangeConsents.roundId })
    .from(exchangeConsents)
    .where(eq(exchangeConsents.exchangeId, exchangeId))
  const counters = seen && (await lockRound(tx, seen.roundId))
  if (!counters) return null
  const parts = await tx
    .select()
    .from(exchangeConsents)
    .where(eq(exchangeConsents.exchangeId, exchangeId))
    .orderBy(exchangeConsents.id)
    .for('update')
  return { roundId: seen.roundId, nextCase: counters.nextCase, parts, target: {} }
}

/** 撤回征询: as long as no cases were made of it. */
export const withdrawExchange = defineCommand({
  name: 'rotation.scenario.withdrawExchange',
  input: exchangeInput,
  target: lockExchange,
  run: async ({ tx, actor, input, before, at, today }) => {
    const state = exchangeState(before.parts, today)
    if (!isRunningExchange(state)) return refuse(`plan.refusal.exchange.${state}`)
    exactly(
      await tx
        .update(exchangeConsents)
        .set({ withdrawnAt: at })
        .where(eq(exchangeConsents.exchangeId, input.exchangeId))
        .returning({ id: exchangeConsents.id }),
      before.parts.length,
    )
    await askToSend(
      tx,
      actor,
      before.parts.map(({ teacherId }) => ({
        to: { teacherId },
        key: 'plan.message.exchangeWithdrawn',
        href: '/my/exchanges',
      })),
    )
    return finished(
      { exchangeId: input.exchangeId },
      {
        message: { key: 'plan.done.exchangeWithdrawn', values: { people: before.parts.length } },
        audit: { resource: 'round', objectId: before.roundId, details: { exchange: input.exchangeId } },
      },
    )
  },
})
