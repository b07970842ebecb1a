import { type WorkingDayTable, workingDaysAfter } from '../calendar/working-days.ts'
import type { LocalDate } from '../values/dates.ts'
import { done, type Outcome, refuse, refuseAll } from '../values/outcome.ts'
import type { CaseActor, CaseFacts, CaseFactsOfRow } from './case-facts.ts'
import { type Unmet, unmetOf } from './case-guards.ts'
import type { CaseState } from './case-states.ts'
import { CASE_TRANSITIONS, type CaseAction, DEADLINE_OF, type Transition } from './case-workflow.ts'
import type { ProcessPolicy } from './policy/process.ts'

/** A step somebody may take now, or could if what is unmet were mended. */
export interface PossibleStep {
  action: CaseAction
  /** Where the case comes to rest, with steps the policy leaves out passed over. */
  to: CaseState
  transition: Transition
  unmet: Unmet[]
}

const isMine = (transition: Transition, actor: CaseActor) =>
  transition.role === actor.role && actor.sides.includes(transition.side)

/**
 * Where a step really ends: the policy may leave out the origin's, the destination's or the bureau's first check, and a
 * move inside a group the destination's consent. A case without a destination waits for one.
 */
export function landing(to: CaseState, row: CaseFactsOfRow, { steps }: Pick<ProcessPolicy, 'steps'>): CaseState {
  let at = to
  if (at === 'submitted' && !steps.origin) at = 'origin_approved'
  const destinationAsked = steps.destination && !(row.insideGroup && !steps.destinationInsideGroup)
  if (at === 'origin_approved' && !destinationAsked && row.hasDestination) at = 'destination_approved'
  if (at === 'destination_approved' && !steps.check) at = 'checked'
  return at
}

const BACKWARD: readonly CaseAction[] = ['return', 'take_back', 'assign', 'accept_shortage']

function restOf(transition: Transition, facts: CaseFacts): CaseState {
  // 局裁定: a school's refusal stays where it is and becomes the bureau's task.
  if (transition.action === 'refuse' && facts.process.refusalToBureau) return transition.from
  // With its destination found, a case whose destination need not be asked goes on.
  if (transition.action === 'assign' && transition.from === 'origin_approved')
    return landing(transition.to, { ...facts.row, hasDestination: true }, facts.process)
  return BACKWARD.includes(transition.action) ? transition.to : landing(transition.to, facts.row, facts.process)
}

/** Whether a transition exists at all under this policy: take_back of an end nobody was asked, rulings nobody needs. */
const isOffered = (transition: Transition, facts: CaseFacts): boolean => {
  if (transition.action === 'rule_approve' || transition.action === 'rule_refuse')
    return (transition.from === 'submitted' ? facts.row.originByBureau : facts.row.destinationByBureau) !== null
  if (transition.action === 'accept_shortage') return !facts.row.shortageAccepted
  if (transition.action === 'lapse') {
    const kept = facts.process.onMissedDeadline
    return (transition.from === 'submitted' ? kept.origin : kept.destination) === 'agreed'
  }
  return true
}

/** Every step the actor's role and side have in this state, each with what stands against it. */
export const stepsFor = (facts: CaseFacts, actor: CaseActor): PossibleStep[] =>
  CASE_TRANSITIONS.filter(
    (transition) => transition.from === facts.row.state && isMine(transition, actor) && isOffered(transition, facts),
  ).map((transition) => ({
    action: transition.action,
    to: restOf(transition, facts),
    transition,
    unmet: unmetOf(transition.guards, facts, actor, transition.side),
  }))

/**
 * The step of one action, or every reason why not. `to` chooses among several earlier states of a return.
 * `not_listed`: the table has no such step for this state, role and side.
 */
export function nextStep(
  facts: CaseFacts,
  actor: CaseActor,
  action: CaseAction,
  to?: CaseState,
): Outcome<PossibleStep> {
  const steps = stepsFor(facts, actor).filter(
    (step) => step.action === action && (to === undefined || step.transition.to === to),
  )
  // One person may stand at both ends: the end whose turn it is comes first in the table.
  const step = steps.find(({ unmet }) => unmet.length === 0) ?? steps[0]
  if (!step) return refuse('case.refusal.notListed', { action, state: facts.row.state })
  if (step.unmet.length > 0)
    return refuseAll(step.unmet.map(({ guard, rule, values }) => ({ code: `case.unmet.${guard}`, values, rule })))
  return done(step)
}

/** The last working day of the step that begins when a case enters a state; null without a deadline (R-PUB-1). */
export function dueDay(
  state: CaseState,
  since: LocalDate,
  { deadlines }: Pick<ProcessPolicy, 'deadlines'>,
  calendar: WorkingDayTable,
): LocalDate | null {
  const key = DEADLINE_OF[state]
  const days = key === undefined ? null : deadlines[key]
  return days === null ? null : workingDaysAfter(since, days, calendar).lastDay
}

/** Who has to act next on a case in a state: role and side of its forward steps, for inboxes and reminders. */
export const WAITING_FOR: Partial<Record<CaseState, { role: Transition['role']; side: Transition['side'] }>> = {
  submitted: { role: 'principal', side: 'origin' },
  origin_approved: { role: 'principal', side: 'destination' },
  destination_approved: { role: 'bureau_hr', side: 'district' },
  checked: { role: 'bureau_reviewer', side: 'district' },
}
