import type { Role } from '../access/roles.ts'
import type { LocalDate } from '../values/dates.ts'
import type { CaseState } from './case-states.ts'
import type { EligibilityState } from './eligibility-result.ts'
import type { ProcessPolicy } from './policy/process.ts'

/** Whose step it is: the teacher's own, one end of the move, the bureau's, or nobody's (worker). */
export const CASE_SIDES = ['own', 'origin', 'destination', 'district', 'system'] as const
export type CaseSide = (typeof CASE_SIDES)[number]

/** Why a school's step went to the bureau: refused 局裁定 · late 逾期 · same_head SD-4 · recused SD-5 · no_head 校长空缺. */
export const BUREAU_REASONS = ['refused', 'late', 'same_head', 'recused', 'no_head'] as const
export type BureauReason = (typeof BUREAU_REASONS)[number]

/** Whom nobody is left of: the personnel office (the directors rule then), or all of the bureau who might take the step. */
export const BUREAU_BARRED = ['hr', 'bureau'] as const
export type BureauBarred = (typeof BUREAU_BARRED)[number]

/** Who a step was done by; a delegate and the one they stood for both count (SD-7). */
export interface Decider {
  person: string
  onBehalf: string | null
}

/** Who asks, as far as the workflow looks. */
export interface CaseActor extends Decider {
  role: Role | 'system'
  /** Ends of this case that belong to the acting grant. */
  sides: readonly CaseSide[]
}

/** Subject cover in tenths of a teacher (R-SUB-1), counting people by work place after the moves agreed so far. */
export interface Cover {
  haveTenths: number
  needTenths: number
}

export interface CaseFactsOfRow {
  state: CaseState
  source: 'applied' | 'nominated' | 'hr' | 'planner' | 'register'
  hasReason: boolean
  hasDestination: boolean
  wishes: number
  acceptsAllocation: boolean
  isVoluntary: boolean
  isBackbone: boolean
  /** Another stage than the one taught now. */
  crossStage: boolean
  /** Both schools in one education group. */
  insideGroup: boolean
  /** 知悉 of a nomination. */
  acknowledged: boolean
  /** 本人同意, asked for across stages and, by policy, of backbone teachers. */
  consented: boolean
  /** The bureau accepts that the origin falls short in the subject. */
  shortageAccepted: boolean
  originByBureau: BureauReason | null
  destinationByBureau: BureauReason | null
}

/** All that guards look at: plain data, loaded once by the command or the page. */
export interface CaseFacts {
  today: LocalDate
  settings: ProcessPolicy
  volunteersAllowed: boolean
  round: { state: 'preparing' | 'open' | 'closed'; applyUntil: LocalDate | null }
  row: CaseFactsOfRow
  /** The case is about the actor, or about the one they stand for (SD-3). */
  ownCase: boolean
  /** A relation with the teacher is declared (SD-5). */
  recused: boolean
  /** Everyone who created or submitted the case (经办). */
  preparers: readonly string[]
  /** Who checked it last (复核). */
  checker: Decider | null
  /** Who gave the approval of each end last; the bureau's ruling counts as that end's. */
  approvals: { origin: Decider | null; destination: Decider | null }
  /** Persons of the bureau who ruled for an end of the present pass. */
  rulers: readonly Decider[]
  /** Who did the last step. */
  lastBy: string | null
  /** A step entered from paper that nobody has confirmed. */
  paperUnconfirmed: boolean
  eligibility: EligibilityState | null
  /** Null where no need is computed. */
  originCover: Cover | null
  /**
   * At the destination: published places of the post and those taken, the subject cover, and how many agreed departures
   * of this round nobody has been agreed for yet.
   */
  place: { places: number | null; taken: number; cover: Cover | null; freed: number } | null
  /** R-CERT-1. */
  certificate: 'fits' | 'missing' | 'stage' | 'unknown'
}

/** A draft is changed by the side that prepared it: a nomination by the school or the bureau, an application by the teacher alone. */
export const mayEditDraft = ({ state, source }: Pick<CaseFactsOfRow, 'state' | 'source'>, role: Role): boolean =>
  state === 'draft' && source !== 'applied' && (source === 'nominated' || role === 'bureau_hr')

/** Wishes stay sealed until applications close (security.md §2.3): until then nobody but the teacher knows the schools. */
export const areWishesSealed = (round: { state: string; applyUntil: LocalDate | null }, today: LocalDate): boolean =>
  round.state !== 'closed' && round.applyUntil !== null && today <= round.applyUntil
