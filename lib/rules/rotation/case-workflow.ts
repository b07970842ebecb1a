import type { Role } from '../access/roles.ts'
import type { CaseSide } from './case-facts.ts'
import type { GuardName } from './case-guards.ts'
import type { CaseState } from './case-states.ts'
import type { ProcessPolicy } from './policy/process.ts'

/** What a person or the worker may do to a case. */
export const CASE_ACTIONS = [
  'submit',
  'approve',
  'return',
  'refuse',
  'rule_approve',
  'rule_refuse',
  'assign',
  'accept_shortage',
  'take_back',
  'withdraw',
  'check',
  'reject',
  'decide',
  'lapse',
  'publish',
  'unpublish',
  'correct',
  'object',
  'dismiss',
  'uphold',
  'end_notice',
  'revoke',
  'order',
  'report',
  'start',
  'extend',
  'complete',
  'transfer',
  'terminate',
] as const
export type CaseAction = (typeof CASE_ACTIONS)[number]

/** Part of a step in separation of duties (SD-1). */
export type StepPart = 'prepare' | 'approve' | 'check' | 'decide' | 'note'
export type StepNeed = 'reason' | 'meeting' | 'document'

/** One allowed step: who may take a case from one state to another, what must hold, what must be written. */
export interface Transition {
  from: CaseState
  action: CaseAction
  role: Role | 'system'
  side: CaseSide
  to: CaseState
  part: StepPart
  guards: readonly GuardName[]
  needs: readonly StepNeed[]
  /** May be done to many cases in one act, summary first. */
  bulk: boolean
}

const PEOPLE = ['notOwnCase', 'notRecused'] as const satisfies readonly GuardName[]
const step = (
  from: CaseState,
  action: CaseAction,
  [role, side]: readonly [Transition['role'], CaseSide],
  to: CaseState,
  part: StepPart = 'note',
  guards: readonly GuardName[] = [],
  more: { needs?: readonly StepNeed[]; bulk?: boolean } = {},
): Transition => ({ from, action, role, side, to, part, guards, needs: more.needs ?? [], bulk: more.bulk ?? false })

const TEACHER = ['teacher', 'own'] as const
const ORIGIN_HR = ['school_hr', 'origin'] as const
const ORIGIN = ['principal', 'origin'] as const
const DESTINATION = ['principal', 'destination'] as const
const DESTINATION_HR = ['school_hr', 'destination'] as const
const HR = ['bureau_hr', 'district'] as const
const REVIEWER = ['bureau_reviewer', 'district'] as const
const WORKER = ['system', 'system'] as const

const WHY = { needs: ['reason'] } as const
const WHY_BULK = { needs: ['reason'], bulk: true } as const
const SUBMIT: readonly GuardName[] = ['roundOpen', 'mayMove', 'choiceMade', 'consentGiven']
const ORIGIN_SAYS: readonly GuardName[] = ['roundOpen', ...PEOPLE, 'notRerouted']
const DESTINATION_SAYS: readonly GuardName[] = ['roundOpen', ...PEOPLE, 'notRerouted', 'notOtherEnd']
const RULING: readonly GuardName[] = ['roundOpen', ...PEOPLE, 'rerouted']

/**
 * The whole life of a case as data (design.md §4, domain.md §2.6). Buttons, checks, reminders, phone card and tests are
 * derived from it; what is not listed is refused. A refusal of a school lands at the bureau when the policy lets it
 * (局裁定), a step the policy leaves out is passed over: both are told by `landing` (case-steps.ts).
 */
export const CASE_TRANSITIONS: readonly Transition[] = [
  step('draft', 'submit', TEACHER, 'submitted', 'prepare', [...SUBMIT, 'applyOpen']),
  step('draft', 'submit', ORIGIN_HR, 'submitted', 'prepare', [...SUBMIT, 'applyOpen', 'notOwnCase', 'reasonGiven'], {
    bulk: true,
  }),
  step('draft', 'submit', ORIGIN, 'submitted', 'prepare', [...SUBMIT, 'applyOpen', 'notOwnCase', 'reasonGiven'], {
    bulk: true,
  }),
  step('draft', 'submit', HR, 'submitted', 'prepare', [...SUBMIT, ...PEOPLE], { bulk: true }),

  step(
    'submitted',
    'approve',
    ORIGIN,
    'origin_approved',
    'approve',
    [...ORIGIN_SAYS, 'acknowledgedByTeacher', 'consentGiven', 'subjectCovered'],
    { bulk: true },
  ),
  step('submitted', 'return', ORIGIN, 'draft', 'note', ORIGIN_SAYS, WHY_BULK),
  step('submitted', 'refuse', ORIGIN, 'rejected', 'note', ORIGIN_SAYS, WHY),
  step('submitted', 'rule_approve', HR, 'origin_approved', 'approve', RULING, WHY),
  step('submitted', 'rule_approve', REVIEWER, 'origin_approved', 'approve', RULING, WHY),
  step('submitted', 'rule_refuse', HR, 'rejected', 'note', RULING, WHY),
  step('submitted', 'rule_refuse', REVIEWER, 'rejected', 'note', RULING, WHY),
  step('submitted', 'lapse', WORKER, 'origin_approved', 'note', ['roundOpen']),

  step(
    'origin_approved',
    'approve',
    DESTINATION,
    'destination_approved',
    'approve',
    [...DESTINATION_SAYS, 'destinationKnown', 'placeOpen', 'certificateReaches'],
    { bulk: true },
  ),
  step('origin_approved', 'return', DESTINATION, 'submitted', 'note', DESTINATION_SAYS, WHY_BULK),
  step('origin_approved', 'refuse', DESTINATION, 'rejected', 'note', DESTINATION_SAYS, WHY),
  step(
    'origin_approved',
    'rule_approve',
    HR,
    'destination_approved',
    'approve',
    [...RULING, 'destinationKnown', 'notOtherEnd', 'certificateReaches'],
    WHY,
  ),
  step(
    'origin_approved',
    'rule_approve',
    REVIEWER,
    'destination_approved',
    'approve',
    [...RULING, 'destinationKnown', 'notOtherEnd', 'certificateReaches'],
    WHY,
  ),
  step('origin_approved', 'rule_refuse', HR, 'rejected', 'note', RULING, WHY),
  step('origin_approved', 'rule_refuse', REVIEWER, 'rejected', 'note', RULING, WHY),
  step('origin_approved', 'lapse', WORKER, 'destination_approved', 'note', ['roundOpen', 'destinationKnown']),

  step(
    'destination_approved',
    'check',
    HR,
    'checked',
    'check',
    [
      'roundOpen',
      ...PEOPLE,
      'notPreparer',
      'notRuler',
      'paperConfirmed',
      'certificateReaches',
      'mayMove',
      'consentGiven',
    ],
    { bulk: true },
  ),
  step('destination_approved', 'return', HR, 'draft', 'note', ['roundOpen', ...PEOPLE], WHY_BULK),
  step('destination_approved', 'return', HR, 'submitted', 'note', ['roundOpen', ...PEOPLE], WHY_BULK),
  step('destination_approved', 'return', HR, 'origin_approved', 'note', ['roundOpen', ...PEOPLE], WHY_BULK),
  step('destination_approved', 'reject', HR, 'rejected', 'note', ['roundOpen', ...PEOPLE], WHY_BULK),

  step(
    'checked',
    'decide',
    REVIEWER,
    'decided',
    'decide',
    ['roundOpen', ...PEOPLE, 'notPreparer', 'notChecker', 'paperConfirmed'],
    { needs: ['meeting'], bulk: true },
  ),
  step('checked', 'return', REVIEWER, 'destination_approved', 'note', ['roundOpen', ...PEOPLE], WHY_BULK),
  step('checked', 'return', REVIEWER, 'draft', 'note', ['roundOpen', ...PEOPLE], WHY_BULK),
  step('checked', 'reject', REVIEWER, 'rejected', 'note', ['roundOpen', ...PEOPLE], WHY_BULK),

  // A destination is found for those who left it open, or another one while nobody there has agreed.
  ...(['draft', 'submitted', 'origin_approved'] as const).map((from) =>
    step(from, 'assign', HR, from, 'note', ['roundOpen', ...PEOPLE], { bulk: true }),
  ),
  ...(['draft', 'submitted'] as const).map((from) =>
    step(from, 'accept_shortage', HR, from, 'note', ['roundOpen', ...PEOPLE], WHY_BULK),
  ),

  // Taken back by whoever did the last step, for as long as nobody acted on it (ux.md §2).
  step('origin_approved', 'take_back', ORIGIN, 'submitted', 'note', ['roundOpen', 'lastWasMine']),
  step('destination_approved', 'take_back', DESTINATION, 'origin_approved', 'note', ['roundOpen', 'lastWasMine']),
  step('checked', 'take_back', HR, 'destination_approved', 'note', ['roundOpen', 'lastWasMine']),

  // 撤回 before the bureau decides; later only by the bureau.
  ...(['draft', 'submitted', 'origin_approved', 'destination_approved', 'checked'] as const).flatMap((from) => [
    step(from, 'withdraw', TEACHER, 'withdrawn', 'note', ['appliedByTeacher']),
    step(from, 'withdraw', HR, 'withdrawn', 'note', [...PEOPLE], WHY_BULK),
  ]),
  ...(['draft', 'submitted'] as const).flatMap((from) => [
    step(from, 'withdraw', ORIGIN_HR, 'withdrawn', 'note', ['nominatedBySchool', 'notOwnCase'], WHY_BULK),
    step(from, 'withdraw', ORIGIN, 'withdrawn', 'note', ['nominatedBySchool', 'notOwnCase'], WHY_BULK),
  ]),
  ...(['decided', 'on_notice', 'objection_open', 'ready', 'ordered', 'reported'] as const).map((from) =>
    step(from, 'revoke', REVIEWER, 'withdrawn', 'note', PEOPLE, { needs: ['reason', 'document'] }),
  ),

  // Notice, orders and the year after (domain.md §2.6 states 6–11).
  step('decided', 'publish', HR, 'on_notice', 'note', PEOPLE, { bulk: true }),
  step('decided', 'publish', REVIEWER, 'on_notice', 'note', PEOPLE, { bulk: true }),
  // A withdrawn notice leaves those under objection where they are; 更正公示 and 改派 put one person on a new notice.
  step('on_notice', 'unpublish', HR, 'decided', 'note', PEOPLE, WHY_BULK),
  step('on_notice', 'unpublish', REVIEWER, 'decided', 'note', PEOPLE, WHY_BULK),
  ...(['decided', 'on_notice', 'ready', 'ordered', 'reported'] as const).map((from) =>
    step(from, 'correct', REVIEWER, 'on_notice', 'note', PEOPLE, { needs: ['reason', 'document'] }),
  ),
  // Whoever objects is not shown the case: the worker freezes it from what was entered.
  step('on_notice', 'object', HR, 'objection_open', 'note', PEOPLE),
  step('on_notice', 'object', WORKER, 'objection_open'),
  step('objection_open', 'dismiss', REVIEWER, 'on_notice', 'note', PEOPLE, WHY),
  step('objection_open', 'dismiss', REVIEWER, 'decided', 'note', PEOPLE, WHY),
  step('objection_open', 'uphold', REVIEWER, 'rejected', 'note', PEOPLE, WHY),
  step('on_notice', 'end_notice', WORKER, 'ready'),
  step('on_notice', 'end_notice', HR, 'ready'),
  step('on_notice', 'end_notice', REVIEWER, 'ready'),
  step('ready', 'order', HR, 'ordered', 'note', PEOPLE, { bulk: true }),
  step('ready', 'order', REVIEWER, 'ordered', 'note', PEOPLE, { bulk: true }),
  step('ordered', 'report', DESTINATION, 'reported', 'note', [], { bulk: true }),
  step('ordered', 'report', DESTINATION_HR, 'reported', 'note', [], { bulk: true }),
  step('ordered', 'report', HR, 'reported', 'note', [], { bulk: true }),
  // Both must be true: reported in, and the day of the order has come. Who has not reported stays 已下达 and is chased.
  step('reported', 'start', WORKER, 'serving'),
  step('serving', 'complete', HR, 'completed', 'note', PEOPLE, { bulk: true }),
  step('serving', 'complete', WORKER, 'completed'),
  // A move of the relation has no return: it is over once it has begun.
  step('serving', 'transfer', WORKER, 'transferred'),
  ...([HR, REVIEWER] as const).flatMap((who) => [
    step('serving', 'extend', who, 'serving', 'note', PEOPLE, { needs: ['reason', 'document'] }),
    step('serving', 'transfer', who, 'transferred', 'note', PEOPLE, { needs: ['reason', 'document'] }),
    step('serving', 'terminate', who, 'terminated', 'note', PEOPLE, { needs: ['reason', 'document'] }),
    step('ordered', 'terminate', who, 'terminated', 'note', PEOPLE, { needs: ['reason', 'document'] }),
    step('reported', 'terminate', who, 'terminated', 'note', PEOPLE, { needs: ['reason', 'document'] }),
  ]),
]

/** Which deadline of the policy runs while a case is in a state (working days). */
export const DEADLINE_OF: Partial<Record<CaseState, keyof ProcessPolicy['deadlines']>> = {
  submitted: 'origin',
  origin_approved: 'destination',
  destination_approved: 'check',
  checked: 'decision',
  objection_open: 'objection',
}
