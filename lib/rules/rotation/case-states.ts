/** States of a rotation case (design.md §4, domain.md §2.6), in the order a case passes them. */
export const CASE_STATES = [
  'draft',
  'submitted',
  'origin_approved',
  'destination_approved',
  'checked',
  'decided',
  'on_notice',
  'objection_open',
  'ready',
  'ordered',
  'reported',
  'serving',
  'completed',
  'transferred',
  'terminated',
  'rejected',
  'withdrawn',
] as const
export type CaseState = (typeof CASE_STATES)[number]

/** States of a case that 局审定 has passed and that was not broken off since. */
export const DECIDED_STATES = [
  'decided',
  'on_notice',
  'objection_open',
  'ready',
  'ordered',
  'reported',
  'serving',
  'completed',
  'transferred',
] as const satisfies readonly CaseState[]

/** A case that no longer moves. A teacher has at most one case a round outside these. */
export const ENDED_STATES = [
  'completed',
  'transferred',
  'terminated',
  'rejected',
  'withdrawn',
] as const satisfies readonly CaseState[]
/** Counted by the quota gate: checked or later and not fallen out (design.md §4). */
export const GATE_STATES = [
  'checked',
  'decided',
  'on_notice',
  'objection_open',
  'ready',
  'ordered',
  'reported',
  'serving',
  'completed',
  'transferred',
] as const satisfies readonly CaseState[]
export const isEnded = (state: CaseState): boolean => (ENDED_STATES as readonly CaseState[]).includes(state)
/** Position in the main line; −1 for states off it. */
export const rankOf = (state: CaseState): number => CASE_STATES.indexOf(state)
