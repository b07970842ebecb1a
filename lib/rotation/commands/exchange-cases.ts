import { eq } from 'drizzle-orm'
import { districts, exchangeConsents } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import { formatMoment } from '@/lib/i18n/format.ts'
import { translator } from '@/lib/i18n/translate.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { exchangeState } from '@/lib/rules/rotation/exchange.ts'
import type { DistrictId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, type Refusal, refuse, refuseAll } from '@/lib/rules/values/outcome.ts'
import { type RoundContext, roundContext } from '../cases/facts.ts'
import type { CaseRow } from '../cases/lock.ts'
import { moveCase } from '../cases/move.ts'
import { insertCases, type NewCase } from '../cases/new-case.ts'
import { routeCases } from '../cases/route.ts'
import { stepOf } from '../cases/step-command.ts'
import { exchangeInput } from '../inputs/exchanges.ts'
import { schoolNames } from '../queries/round-quota.ts'
import { isReplaced, type ReadyPart, readyParts } from '../scenarios/exchange-parts.ts'
import { askToSend } from '../store/send-notifications.ts'
import { lockExchange } from './exchange-consent.ts'

/**
 * 办理互换: an exchange all of whose people agreed becomes cases of the round, all of them or none, in this one step. Whoever
 * has a case without a destination gets it there; the others get a draft. They carry the exchange's id and go on through
 * the ordinary workflow: schools, check, decision.
 */
export const makeExchangeCases = defineCommand({
  name: 'rotation.scenario.makeExchange',
  input: exchangeInput,
  target: lockExchange,
  run: async ({ tx, actor, input, before, at, today }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const state = exchangeState(before.parts, today)
    if (state !== 'agreed') return refuse(`plan.refusal.exchange.${state}`, waiting(before.parts))
    const context = await roundContext(tx, before.roundId)
    if (context?.round.state !== 'open') return refuse('case.unmet.roundOpen')
    const ready = await readyParts(tx, before.roundId, context, before.parts)
    if (!ready.ok) return ready
    const reasons = await reasonsOf(tx, actor.districtId, ready.value)
    const assigned = await assignOpen(tx, actor, context, ready.value, reasons, at)
    if (!assigned.ok) return assigned
    const fresh = ready.value.filter(({ found }) => found === null)
    const made = await insertCases(
      tx,
      actor,
      context,
      before.nextCase,
      fresh.map((part): NewCase => newCase(part, ready.value, reasons.get(part)!)),
      at,
    )
    await routeCases(tx, actor, [...assigned.value, ...made])
    const caseOf = new Map([...assigned.value, ...made].map((row) => [row.teacherId, row]))
    for (const { consent } of ready.value)
      one(
        await tx
          .update(exchangeConsents)
          .set({ caseId: caseOf.get(consent.teacherId)!.id })
          .where(eq(exchangeConsents.id, consent.id))
          .returning({ id: exchangeConsents.id }),
      )
    await askToSend(
      tx,
      actor,
      ready.value.map(({ consent }) => ({
        to: { teacherId: consent.teacherId },
        key: 'plan.message.exchangeMade',
        values: { round: context.round.name },
        href: '/my/exchanges',
      })),
    )
    return finished(
      { exchangeId: input.exchangeId, cases: [...caseOf.values()].map(({ id }) => id) },
      {
        message: {
          key: 'plan.done.exchangeMade',
          values: { made: made.length, updated: assigned.value.length },
        },
        audit: {
          resource: 'round',
          objectId: before.roundId,
          details: { exchange: input.exchangeId, cases: [...caseOf.values()].map(({ number }) => number) },
        },
      },
    )
  },
})

/** How many have not answered, and until when they may: what a refusal says. */
function waiting(parts: readonly { agreed: boolean | null; answerUntil: string }[]) {
  return { count: parts.filter(({ agreed }) => agreed === null).length, until: parts[0]?.answerUntil ?? '' }
}

const newCase = (part: ReadyPart, all: readonly ReadyPart[], reason: string): NewCase => {
  const { toSchoolId, stage, subject, answeredAt, exchangeId } = part.consent
  return {
    entry: part.entry,
    fields: { form: 1, toSchoolId, stage, subject },
    source: 'planner',
    reason,
    isVoluntary: part.isVoluntary,
    more: {
      exchangeId,
      // Agreeing to the exchange is the person's own consent to this school (R-MATCH-3).
      consentedAt: answeredAt,
      acknowledgedAt: answeredAt,
      shortageAccepted: isReplaced(part, all),
    },
  }
}

/** Live cases get the destination by the workflow's own step (指定接收学校); one that has it already is only linked. */
async function assignOpen(
  tx: Tx,
  actor: Actor,
  context: RoundContext,
  parts: readonly ReadyPart[],
  reasons: ReadonlyMap<ReadyPart, string>,
  at: string,
): Promise<Outcome<CaseRow[]>> {
  const rows: CaseRow[] = []
  const refusals: Refusal[] = []
  for (const part of parts) {
    const { found, consent } = part
    if (!found) continue
    const reason = reasons.get(part)!
    const linked = { exchangeId: consent.exchangeId, consentedAt: found.consentedAt ?? consent.answeredAt }
    if (found.toSchoolId !== null) {
      const { after } = await moveCase(tx, actor, found, context, {
        action: 'edit',
        to: found.state,
        part: 'note',
        side: 'district',
        reason,
        patch: linked,
        at: at as never,
      })
      rows.push(after)
      continue
    }
    const step = await stepOf(tx, actor, found, context, 'assign', { reason })
    if (!step.ok) {
      refusals.push(...step.refusals)
      continue
    }
    const { after } = await moveCase(tx, actor, found, context, {
      action: 'assign',
      to: step.value.to,
      part: step.value.transition.part,
      side: step.value.transition.side,
      reason,
      patch: {
        ...linked,
        toSchoolId: consent.toSchoolId,
        stage: consent.stage,
        subject: consent.subject,
        reason: [found.reason, reason].filter(Boolean).join('；').slice(0, 1000),
        destinationByBureau: null,
        shownToDestination: found.state === 'origin_approved',
        shortageAccepted: found.shortageAccepted || isReplaced(part, parts),
      },
      at: at as never,
    })
    rows.push(after)
  }
  return refusals.length > 0 ? refuseAll(refusals) : done(rows)
}

/** 选派理由 of each: the schools of the exchange in their order, the wish it fulfils, and the day the person agreed. */
async function reasonsOf(tx: Tx, districtId: DistrictId, parts: readonly ReadyPart[]): Promise<Map<ReadyPart, string>> {
  const names = await schoolNames(tx, [
    ...new Set(parts.flatMap(({ consent }) => [consent.fromSchoolId, consent.toSchoolId])),
  ])
  const [district] = await tx.select({ zone: districts.timeZone }).from(districts).where(eq(districts.id, districtId))
  const name = (id: string) => names.get(id as never) ?? ''
  const way = [...parts.map(({ consent }) => name(consent.fromSchoolId)), name(parts.at(-1)!.consent.toSchoolId)]
  // Papers and notices are official texts: the reason is written in Chinese, whoever reads the page.
  const t = translator('zh-CN')
  return new Map(
    parts.map((part) => [
      part,
      t('plan.reason.exchangeCase', {
        people: parts.length,
        way: way.join(' → '),
        rank: part.consent.rank,
        day: formatMoment(part.consent.answeredAt ?? part.consent.offeredAt, district?.zone ?? 'Asia/Shanghai').slice(
          0,
          10,
        ),
      }),
    ]),
  )
}
