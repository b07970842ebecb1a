import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { districts } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { formatMoment } from '@/lib/i18n/format.ts'
import { type Command, defineCommand, finished } from '@/lib/platform/command.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { Permission, Target } from '@/lib/rules/access/permissions.ts'
import type { CaseState } from '@/lib/rules/rotation/case-states.ts'
import { nextStep, type PossibleStep } from '@/lib/rules/rotation/case-steps.ts'
import type { CaseAction } from '@/lib/rules/rotation/case-workflow.ts'
import type { CaseId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { caseActor, loadFacts, type RoundContext, roundContext } from './facts.ts'
import { type CaseRow, lockCase } from './lock.ts'
import { moveCase, type StepRecord } from './move.ts'
import { routeCases } from './route.ts'

export interface StepInput {
  caseId: CaseId
  version?: number | undefined
  reason: string
  to?: CaseState | undefined
}
export interface StepResult {
  caseId: CaseId
  number: number
  state: CaseState
  version: number
}

/** Refused when somebody changed the case after the form was read: who and when, so that the typed text can be judged again. */
export async function staleCase(tx: Tx, row: CaseRow, version: number | undefined): Promise<Outcome<void>> {
  if (version === undefined || version === row.version) return done(undefined)
  const [district] = await tx
    .select({ zone: districts.timeZone })
    .from(districts)
    .where(eq(districts.id, row.districtId))
  return refuse('case.refusal.stale', {
    by: row.changedByName ?? '',
    at: formatMoment(row.changedAt, district?.zone ?? 'Asia/Shanghai'),
  })
}

/** The step of one action on a locked case, or every reason why not; what must be written is asked for beside its field. */
export async function stepOf(
  tx: Tx,
  actor: Actor,
  row: CaseRow,
  context: RoundContext,
  action: CaseAction,
  { to, reason }: { to?: CaseState | undefined; reason: string },
): Promise<Outcome<PossibleStep>> {
  const facts = (await loadFacts(tx, actor, [row], context)).get(row.id)!
  const step = nextStep(facts, caseActor(actor, row), action, to)
  if (step.ok && step.value.transition.needs.includes('reason') && reason.trim() === '')
    return refuse('platform.refusal.required', undefined, { field: 'reason' })
  return step
}

export interface StepCommand<I> {
  name: Permission
  action: CaseAction | ((input: I) => CaseAction)
  /** More that is written with the step. */
  record?: (input: I, row: CaseRow, step: PossibleStep, tx: Tx) => Partial<StepRecord> | Promise<Partial<StepRecord>>
  /** A last check of its own. */
  check?: (tx: Tx, input: I, row: CaseRow, actor: Actor) => Promise<Outcome<void>>
}

/**
 * A command that takes one case one step: lock round and case, is the form still true, may this role in this state, what
 * stands against it, move, tell. All steps of one person share it.
 */
export function defineStep<S extends z.ZodType<StepInput>>(
  input: S,
  { name, action, record, check }: StepCommand<z.output<S>>,
): Command<S, CaseRow, StepResult> {
  return defineCommand<S, CaseRow, StepResult>({
    name,
    input,
    target: (tx, sent) => lockCase(tx, sent.caseId) as Promise<(CaseRow & { target: Target }) | null>,
    run: async ({ tx, actor, input: sent, before, at }) => {
      const fresh = await staleCase(tx, before, sent.version)
      if (!fresh.ok) return fresh
      const context = await roundContext(tx, before.roundId)
      if (!context) return refuse('platform.refusal.notFound')
      const wanted = typeof action === 'function' ? action(sent) : action
      const step = await stepOf(tx, actor, before, context, wanted, sent)
      if (!step.ok) return step
      const own = check ? await check(tx, sent, before, actor) : done(undefined)
      if (!own.ok) return own
      const { after, snapshot } = await moveCase(tx, actor, before, context, {
        action: wanted,
        to: step.value.to,
        part: step.value.transition.part,
        side: step.value.transition.side,
        reason: sent.reason,
        at,
        ...(await record?.(sent, before, step.value, tx)),
      })
      await routeCases(tx, actor, [after])
      return finished(resultOf(after), {
        message: {
          key: `case.done.${wanted}`,
          values: { name: snapshot.name, from: snapshot.fromSchool, to: snapshot.toSchool ?? '', state: after.state },
        },
        audit: {
          resource: 'case',
          objectId: before.id,
          teacherId: before.teacherId,
          reason: sent.reason || null,
          details: { number: before.number, from: before.state, to: after.state, action: wanted },
        },
      })
    },
  })
}

export const resultOf = (row: CaseRow): StepResult => ({
  caseId: row.id,
  number: row.number,
  state: row.state,
  version: row.version,
})
