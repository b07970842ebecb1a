import type { LocalDate } from '../values/dates.ts'

/** Where an exchange (校际互换, planner.md §10) stands. Only an agreed one becomes cases. */
export type ExchangeState = 'waiting' | 'agreed' | 'declined' | 'lapsed' | 'withdrawn' | 'made'

/** What one person of an exchange answered, and what became of the offer. */
export interface ExchangeAnswer {
  agreed: boolean | null
  /** Last day on which it can be answered. */
  answerUntil: LocalDate
  caseId: string | null
  withdrawnAt: string | null
}

/**
 * The state of an exchange from the answers of its people: one refusal ends it, silence past the last day lets it lapse,
 * and it is agreed only by all. An agreement does not lapse: it waits for the bureau as long as the round is open.
 */
export function exchangeState(answers: readonly ExchangeAnswer[], today: LocalDate): ExchangeState {
  if (answers.length === 0 || answers.some(({ withdrawnAt }) => withdrawnAt !== null)) return 'withdrawn'
  if (answers.some(({ caseId }) => caseId !== null)) return 'made'
  if (answers.some(({ agreed }) => agreed === false)) return 'declined'
  if (answers.every(({ agreed }) => agreed === true)) return 'agreed'
  return answers.some(({ agreed, answerUntil }) => agreed === null && today > answerUntil) ? 'lapsed' : 'waiting'
}

/** States in which an exchange still holds its people: nobody of it is asked for another one. */
export const isRunningExchange = (state: ExchangeState): boolean => state === 'waiting' || state === 'agreed'
