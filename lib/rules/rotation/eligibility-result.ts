import type { RetirementCategory } from '../register/retirement.ts'
import type { LocalDate, YearMonth } from '../values/dates.ts'

/** R-ELIG-0: 符合 · 暂缓 · 免于 · 未满年限 · 不在范围. */
export const ELIGIBILITY_STATES = ['eligible', 'deferred', 'exempt', 'not_yet', 'out_of_scope'] as const
export type EligibilityState = (typeof ELIGIBILITY_STATES)[number]

/** Deciding order of domain.md §2.3: the first rule that finds something decides; every finding is listed. */
export const ELIGIBILITY_RULES = [
  'R-ELIG-1',
  'R-ELIG-2',
  'R-ELIG-3',
  'R-ELIG-4',
  'R-ELIG-5',
  'R-ELIG-6',
  'R-ELIG-7',
  'R-ELIG-8',
  'R-ELIG-9',
  'R-ELIG-10',
  'R-ELIG-12',
  'R-ELIG-11',
] as const
export type EligibilityRule = (typeof ELIGIBILITY_RULES)[number]

/** Sentences of findings; the key is `rotation.eligibility.reason.${finding}`. */
export const FINDINGS = [
  'notPublic',
  'leftService',
  'outsideEstablishment',
  'notTeacher',
  'otherStage',
  'researchCentre',
  'seconded',
  'support',
  'study',
  'tenureShort',
  'overAge',
  'nearRetirement',
  'pastRetirement',
  'pregnant',
  'maternity',
  'nursing',
  'illness',
  'sickLeave',
  'disability',
  'investigation',
  'discipline',
  'assessmentFailed',
  'assessmentsMissing',
  'bond',
  'business',
  'hardship',
  'decided',
  'postingDone',
] as const
export type Finding = (typeof FINDINGS)[number]

/** One reason, with its evidence as data; the page makes the sentence. */
export interface Reason {
  rule: EligibilityRule
  state: Exclude<EligibilityState, 'eligible'>
  finding: Finding
  /** Message key of the sentence. */
  message: `rotation.eligibility.reason.${Finding}`
  /** Evidence for the sentence: numbers, vocabulary codes, dates. */
  values: Record<string, string | number>
  /** First day the reason holds; null = unknown or always. */
  from: LocalDate | null
  /** First day it no longer holds; null = open. */
  until: LocalDate | null
}

export interface EligibilityWarning {
  /** W-RETIRED: past the retirement date but still listed (R-RET-4). W-STAY: no month of joining the school known. */
  code: 'W-RETIRED' | 'W-STAY'
  message: 'rotation.eligibility.warning.retired' | 'rotation.eligibility.warning.stay'
  values: Record<string, string | number>
}

export interface EligibilityResult {
  id: string
  snapshot: LocalDate
  state: EligibilityState
  /** Null exactly when eligible. */
  decidingRule: EligibilityRule | null
  /** Every reason, in deciding order. */
  reasons: Reason[]
  /** Months in the school's lineage, both counted (R-TEN-1); completed postings are R-ELIG-11's own count. */
  tenureMonths: number
  tenureStart: YearMonth | null
  retirementCategory: RetirementCategory
  /** The date rules use: on file, else statutory (R-RET-3). */
  retirementDate: LocalDate
  isBackbone: boolean
  isPrincipal: boolean
  /**
   * First day after the snapshot on which the state would differ if nothing new were recorded; null when it stays.
   * A reason ending while another still holds the same state is no change.
   */
  nextChange: LocalDate | null
  warnings: EligibilityWarning[]
}
