import { and, asc, eq, sql } from 'drizzle-orm'
import { caseDecisions, rollEntries, rotationCases, roundCounters, schools, wishes } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { type PossibleStep, stepsFor } from '@/lib/rules/rotation/case-steps.ts'
import type { RoundFigures } from '@/lib/rules/rotation/round-figures.ts'
import type { CaseId, SchoolId } from '@/lib/rules/values/ids.ts'
import { caseActor, loadFacts, roundContext } from '../cases/facts.ts'
import type { CaseRow, RoundRow } from '../cases/lock.ts'
import { type CaseSnapshot, snapshotsOf } from '../cases/snapshot.ts'
import { exchangePartners } from './exchanges.ts'
import { type DeciderChoice, deciderChoices, type Recusal, recusalsAbout } from './recusals.ts'
import { latestRoll } from './round-quota.ts'
import { effectsOf, type SchoolEffect } from './school-effect.ts'

export interface CaseCard {
  row: CaseRow
  round: Pick<RoundRow, 'id' | 'name' | 'year' | 'state' | 'applyUntil' | 'effectiveOn'>
  snapshot: CaseSnapshot
  wishes: { rank: number; schoolId: SchoolId; school: string }[]
  /** State, tenure and next change by the frozen roll. */
  eligibility: { state: string; tenureMonths: number; isBackbone: boolean } | null
  /** What this person may do now, each with what stands against it. */
  steps: PossibleStep[]
  /** For each end the actor may see: both for the bureau. */
  effects: SchoolEffect[]
  /** The other cases of the exchange it belongs to, as far as the actor may see them. */
  partners: Awaited<ReturnType<typeof exchangePartners>>
  paper: { decisionId: string; decider: string; date: string; by: string; canConfirm: boolean }[]
  figures: RoundFigures | null
  /** Declared relations with the teacher, as far as the actor may see them, and whether one keeps the actor away (SD-5). */
  recusals: Recusal[]
  isRecused: boolean
  /** Whom the actor may name as related, besides themselves. */
  deciders: DeciderChoice[]
}

/** All a card shows, in a fixed number of reads; null when the case is not there or not the actor's to see. */
export async function caseCard(tx: Tx, actor: Actor, caseId: CaseId): Promise<CaseCard | null> {
  const [row] = await tx.select().from(rotationCases).where(eq(rotationCases.id, caseId))
  const context = row && (await roundContext(tx, row.roundId))
  if (!row || !context) return null
  const facts = (await loadFacts(tx, actor, [row], context)).get(row.id)!
  const me = caseActor(actor, row)
  const asked = await tx
    .select({ rank: wishes.rank, schoolId: wishes.schoolId, school: schools.name })
    .from(wishes)
    .innerJoin(schools, and(eq(schools.districtId, wishes.districtId), eq(schools.id, wishes.schoolId)))
    .where(eq(wishes.caseId, caseId))
    .orderBy(asc(wishes.rank))
  const paper = await tx
    .select()
    .from(caseDecisions)
    .where(and(eq(caseDecisions.caseId, caseId), sql`${caseDecisions.paperDate} IS NOT NULL`))
  const [counters] = await tx
    .select({ figures: roundCounters.figures })
    .from(roundCounters)
    .where(eq(roundCounters.roundId, row.roundId))
  const { id, name, year, state, applyUntil, effectiveOn } = context.round
  return {
    row,
    round: { id, name, year, state, applyUntil, effectiveOn },
    snapshot: (await snapshotsOf(tx, [row], actor.today)).get(row.id)!,
    wishes: asked,
    eligibility: await eligibilityOf(tx, row),
    steps: stepsFor(facts, me),
    effects: await effectsOf(tx, actor, row, context.policy),
    partners: await exchangePartners(tx, row),
    paper: paper
      .filter((step) => step.paperConfirmedAt === null)
      .map((step) => ({
        decisionId: step.id,
        decider: step.paperDecider ?? '',
        date: step.paperDate ?? '',
        by: step.byName,
        canConfirm: actor.kind === 'user' && actor.role.startsWith('bureau_') && step.personId !== actor.personId,
      })),
    figures: (counters?.figures ?? null) as RoundFigures | null,
    recusals:
      actor.kind === 'user' && mayUse(actor, 'rotation.recusal.list')
        ? await recusalsAbout(tx, actor, row.teacherId)
        : [],
    isRecused: facts.recused,
    deciders:
      actor.kind === 'user' && mayUse(actor, 'rotation.recusal.declare') ? await deciderChoices(tx, actor, row) : [],
  }
}

async function eligibilityOf(tx: Tx, row: CaseRow): Promise<CaseCard['eligibility']> {
  const roll = await latestRoll(tx, row.roundId)
  if (!roll) return null
  const [entry] = await tx
    .select({
      state: rollEntries.state,
      tenureMonths: rollEntries.tenureMonths,
      isBackbone: rollEntries.isBackbone,
    })
    .from(rollEntries)
    .where(and(eq(rollEntries.rollId, roll.id), eq(rollEntries.teacherId, row.teacherId)))
  return entry ?? null
}
