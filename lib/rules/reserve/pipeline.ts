/** Ways into the reserve (domain.md §6.1). */
export const RESERVE_CHANNELS = {
  campus: '校园招聘',
  experienced: '成熟教师引进',
  talent: '高层次人才引进',
} as const
export type ReserveChannel = keyof typeof RESERVE_CHANNELS

/** Stages of a candidate (domain.md §6.2), in order; then the side exits. */
export const CANDIDATE_STATES = {
  applied: '报名',
  screened: '资格初审',
  verified: '资格复审',
  written: '笔试',
  interviewed: '面试/试讲',
  medical: '体检',
  background: '考察',
  on_notice: '公示',
  pooled: '入库',
  awaiting: '待派岗',
  placed: '派岗',
  employed: '聘用/入编',
  left: '出库',
  unqualified: '资格不符',
  withdrew: '放弃',
  absent: '缺考',
  medical_failed: '体检不合格',
  background_failed: '考察不合格',
  objected: '公示异议',
  expired: '库龄到期',
  dismissed: '服务期内解除',
} as const
export type CandidateState = keyof typeof CANDIDATE_STATES

export interface CandidateTransition {
  from: CandidateState
  to: CandidateState
  kind: 'forward' | 'exit'
  /** Exits free the seat: the next by score may be called 递补, with a reason and a deadline. */
  freesSeat: boolean
  /** Only for campus recruitment of key-university graduates, where the settings skip the written exam. */
  campusOnly?: true
}

const forward = (from: CandidateState, to: CandidateState): CandidateTransition => ({
  from,
  to,
  kind: 'forward',
  freesSeat: false,
})
const exit = (from: CandidateState, to: CandidateState): CandidateTransition => ({
  from,
  to,
  kind: 'exit',
  freesSeat: true,
})

const BEFORE_POOL: readonly CandidateState[] = [
  'applied',
  'screened',
  'verified',
  'written',
  'interviewed',
  'medical',
  'background',
  'on_notice',
]

/** Order for public hiring: 事业单位人事管理条例 Art. 9. */
export const CANDIDATE_TRANSITIONS: readonly CandidateTransition[] = [
  forward('applied', 'screened'),
  forward('screened', 'verified'),
  forward('verified', 'written'),
  { ...forward('verified', 'interviewed'), campusOnly: true },
  forward('written', 'interviewed'),
  forward('interviewed', 'medical'),
  forward('medical', 'background'),
  forward('background', 'on_notice'),
  forward('on_notice', 'pooled'),
  forward('pooled', 'awaiting'),
  forward('awaiting', 'placed'),
  forward('placed', 'employed'),
  forward('employed', 'left'),
  ...BEFORE_POOL.map((state) => exit(state, 'withdrew')),
  exit('applied', 'unqualified'),
  exit('screened', 'unqualified'),
  exit('verified', 'unqualified'),
  exit('verified', 'absent'),
  exit('written', 'absent'),
  exit('medical', 'medical_failed'),
  exit('background', 'background_failed'),
  exit('on_notice', 'objected'),
  exit('pooled', 'withdrew'),
  exit('awaiting', 'withdrew'),
  exit('pooled', 'expired'),
  exit('awaiting', 'expired'),
  exit('placed', 'dismissed'),
  exit('employed', 'dismissed'),
]

/** Steps open from a state. `campus`: the channel and settings that skip the written exam. */
export const candidateSteps = (from: CandidateState, campus: boolean): CandidateTransition[] =>
  CANDIDATE_TRANSITIONS.filter((step) => step.from === from && (campus || !step.campusOnly))

/**
 * Whether a candidate can have come from one state to another by the steps in between: a list kept on paper tells the
 * state of its day, not each step on the way there.
 */
export function candidateReaches(from: CandidateState, to: CandidateState): boolean {
  const seen = new Set<CandidateState>([from])
  for (const state of seen) for (const step of candidateSteps(state, true)) seen.add(step.to)
  return seen.has(to)
}

/** The state of somebody who leaves from a state without more being said. */
export function leavingState(from: CandidateState): CandidateState | null {
  if (from === 'employed') return 'left'
  if (from === 'placed') return 'dismissed'
  return candidateSteps(from, true).some(({ to }) => to === 'withdrew') ? 'withdrew' : null
}

/** States of a person who is in the pool and not placed yet. */
export const IN_POOL: readonly CandidateState[] = ['pooled', 'awaiting']
/** States of a person assigned to a school. */
export const ASSIGNED: readonly CandidateState[] = ['placed', 'employed']
/** States that end a candidature. */
export const ENDED: readonly CandidateState[] = [
  'left',
  'unqualified',
  'withdrew',
  'absent',
  'medical_failed',
  'background_failed',
  'objected',
  'expired',
  'dismissed',
]
