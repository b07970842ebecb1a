import { and, asc, eq, inArray } from 'drizzle-orm'
import { decisionBatches, rotationCases } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { type CaseState, DECIDED_STATES } from '@/lib/rules/rotation/case-states.ts'
import { type MovedPerson, quotaFigures } from '@/lib/rules/rotation/quota.ts'
import { type RoundFigures, roundFigures, stillNeeded } from '@/lib/rules/rotation/round-figures.ts'
import type { CaseId, RoundId } from '@/lib/rules/values/ids.ts'
import { roundContext } from '../cases/facts.ts'
import { countByState } from './cases.ts'
import { roundQuota } from './round-quota.ts'

export interface MeterPreview {
  now: RoundFigures
  after: RoundFigures
}

/** The meter as it would read with these cases counted and without those (ux.md §4): nothing is written. */
export async function meterPreview(
  tx: Tx,
  roundId: RoundId,
  change: { with?: readonly CaseId[]; without?: readonly CaseId[] },
): Promise<MeterPreview | null> {
  const quota = await roundQuota(tx, roundId)
  if (!quota) return null
  const ids = [...(change.with ?? []), ...(change.without ?? [])]
  const rows = ids.length
    ? await tx
        .select({ id: rotationCases.id, teacherId: rotationCases.teacherId, isContinuing: rotationCases.isContinuing })
        .from(rotationCases)
        .where(and(eq(rotationCases.roundId, roundId), inArray(rotationCases.id, ids)))
    : []
  const without = new Set(
    rows.filter(({ id }) => change.without?.includes(id)).map(({ teacherId }) => teacherId as string),
  )
  const person = new Map(quota.people.map((one) => [one.id, one]))
  const added = rows
    .filter(({ id }) => change.with?.includes(id))
    .flatMap((row): MovedPerson[] => {
      const found = person.get(row.teacherId)
      return found ? [{ ...found, kind: row.isContinuing ? 'continuing' : 'new' }] : []
    })
  const moves = [...quota.moves.filter(({ id }) => !without.has(id)), ...added]
  return {
    now: roundFigures(quota.figures),
    after: roundFigures(quotaFigures(quota.people, moves, quota.policy.quota)),
  }
}

export interface DecisionPreview {
  figures: RoundFigures
  needed: { people: number; backbone: number; met: boolean }
  /** Decided in earlier batches · in this one · checked and waiting beside it · not checked yet. */
  decided: number
  batch: number
  waiting: number
  unchecked: number
  gate: 'hard' | 'warn'
  mayOverrule: boolean
  batches: (typeof decisionBatches.$inferSelect)[]
}

/** What deciding a batch would mean: decided + this batch + still needed, over the round and never case by case. */
export async function previewDecision(
  tx: Tx,
  roundId: RoundId,
  caseIds: readonly CaseId[],
): Promise<DecisionPreview | null> {
  const quota = await roundQuota(tx, roundId)
  const context = await roundContext(tx, roundId)
  if (!quota || !context) return null
  const states = await countByState(tx, roundId)
  const inBatch = caseIds.length
    ? await tx
        .select({ id: rotationCases.id })
        .from(rotationCases)
        .where(
          and(
            eq(rotationCases.roundId, roundId),
            eq(rotationCases.state, 'checked'),
            inArray(rotationCases.id, [...caseIds]),
          ),
        )
    : []
  const figures = roundFigures(quota.figures)
  const at = (...wanted: CaseState[]) => wanted.reduce((sum, state) => sum + (states[state] ?? 0), 0)
  return {
    figures,
    needed: stillNeeded(figures),
    decided: at(...DECIDED_STATES),
    batch: inBatch.length,
    waiting: at('checked') - inBatch.length,
    unchecked: at('draft', 'submitted', 'origin_approved', 'destination_approved'),
    gate: context.policy.quota.gate,
    mayOverrule: context.policy.process.quotaOverruleAllowed,
    batches: await tx
      .select()
      .from(decisionBatches)
      .where(eq(decisionBatches.roundId, roundId))
      .orderBy(asc(decisionBatches.number)),
  }
}
