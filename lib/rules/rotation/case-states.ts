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

/** The Chinese term of each state; `extended` is a decision after which the case is `serving` on. */
export const CASE_STATE_TERMS: Record<CaseState, string> = {
  draft: '草稿',
  submitted: '已申报',
  origin_approved: '派出校同意',
  destination_approved: '接收校同意',
  checked: '人事股初审',
  decided: '局审定',
  on_notice: '公示中',
  objection_open: '异议核查',
  ready: '待下达',
  ordered: '已下达',
  reported: '已报到',
  serving: '在岗交流',
  completed: '期满返回',
  transferred: '转调动',
  terminated: '中止',
  rejected: '不同意',
  withdrawn: '已撤回',
}

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
