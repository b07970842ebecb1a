import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { exchangeConsents, rotationRounds } from '@/db/schema/index.ts'
import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import { one } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { schoolNames } from '../queries/round-quota.ts'
import { exchangesOf } from '../scenarios/exchanges.ts'
import { lockScenario } from '../scenarios/scenario-row.ts'
import { askToSend } from '../store/send-notifications.ts'

/** 征询互换意愿: everybody of a cycle is asked; it becomes cases only when all of them have agreed. */
export const offerExchange = defineCommand({
  name: 'rotation.scenario.offerExchange',
  input: z.strictObject({ scenarioId: idSchema<ScenarioId>(), cycle: z.coerce.number().int().min(0).max(100_000) }),
  target: lockScenario,
  run: async ({ tx, actor, input, before, at }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const cycle = exchangesOf(before.exchanges)?.cycles[input.cycle]
    if (!cycle || before.roundId === null) return refuse('plan.refusal.noExchange')
    const roundId: RoundId = before.roundId
    const asked = await tx
      .select({ id: exchangeConsents.id })
      .from(exchangeConsents)
      .where(and(eq(exchangeConsents.scenarioId, before.id), eq(exchangeConsents.cycle, input.cycle)))
    if (asked.length > 0) return refuse('plan.refusal.offeredAlready')
    const [round] = await tx.select().from(rotationRounds).where(eq(rotationRounds.id, roundId))
    if (round?.state !== 'open') return refuse('case.unmet.roundOpen')
    const names = await schoolNames(tx, [...new Set(cycle.parts.flatMap(({ from, to }) => [from, to]))])
    await tx.insert(exchangeConsents).values(
      cycle.parts.map((part) => ({
        districtId: actor.districtId,
        id: newId<string>(),
        scenarioId: before.id,
        roundId,
        cycle: input.cycle,
        teacherId: part.teacherId,
        fromSchoolId: part.from,
        toSchoolId: part.to,
        stage: part.stage as never,
        subject: part.subject as never,
        offeredBy: actor.userId,
        offeredAt: at,
      })),
    )
    await askToSend(
      tx,
      actor,
      cycle.parts.map(({ teacherId, from, to }) => ({
        to: { teacherId },
        key: 'plan.message.exchange',
        values: { round: round.name, from: names.get(from) ?? '', to: names.get(to) ?? '' },
        href: '/my/exchanges',
      })),
    )
    return finished(
      { scenarioId: before.id },
      {
        message: { key: 'plan.done.exchangeOffered', values: { people: cycle.parts.length } },
        audit: {
          resource: 'round',
          objectId: roundId,
          details: { scenario: before.id, cycle: input.cycle, people: cycle.parts.length },
        },
      },
    )
  },
})

/** 本人答复: agree or not, once. */
export const answerExchange = defineCommand({
  name: 'rotation.scenario.answerExchange',
  input: z.strictObject({ consentId: idSchema<string>(), agreed: z.enum(['yes', 'no']) }),
  target: async (tx, { consentId }) => {
    const [row] = await tx.select().from(exchangeConsents).where(eq(exchangeConsents.id, consentId)).for('update')
    return row ? { ...row, target: { teacherId: row.teacherId } } : null
  },
  run: async ({ tx, input, before, at }) => {
    if (before.agreed !== null) return refuse('plan.refusal.answeredAlready')
    one(
      await tx
        .update(exchangeConsents)
        .set({ agreed: input.agreed === 'yes', answeredAt: at })
        .where(and(eq(exchangeConsents.id, before.id), isNull(exchangeConsents.agreed)))
        .returning({ id: exchangeConsents.id }),
    )
    return finished(
      { agreed: input.agreed === 'yes' },
      {
        message: { key: `plan.done.exchange.${input.agreed}` },
        audit: {
          resource: 'round',
          objectId: before.roundId,
          teacherId: before.teacherId,
          details: { agreed: input.agreed },
        },
      },
    )
  },
})
