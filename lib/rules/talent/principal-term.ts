import { addMonthsToDay, type LocalDate } from '../values/dates.ts'

export interface PrincipalSettings {
  principalTerms: number
  principalTermYears: number
  principalMaxYears: number
}

export interface PrincipalTenure {
  /** Full terms served in this school. */
  fullTerms: number
  termEnds: LocalDate
  /** Day on which the two full terms are served: in principle rotate (domain.md §2.11). */
  rotationDueOn: LocalDate
  isDue: boolean
  /** Last day allowed in one school has passed. */
  isOverdue: boolean
  latestOn: LocalDate
}

/** A principal's terms in one school as of a day. Two full terms: in principle rotate; usually at most 12 years. */
export function principalTenure(since: LocalDate, on: LocalDate, settings: PrincipalSettings): PrincipalTenure {
  const months = settings.principalTermYears * 12
  let fullTerms = 0
  while (addMonthsToDay(since, (fullTerms + 1) * months) <= on) fullTerms += 1
  const rotationDueOn = addMonthsToDay(since, settings.principalTerms * months)
  const latestOn = addMonthsToDay(since, settings.principalMaxYears * 12)
  return {
    fullTerms,
    termEnds: addMonthsToDay(since, (fullTerms + 1) * months),
    rotationDueOn,
    isDue: on >= rotationDueOn,
    isOverdue: on >= latestOn,
    latestOn,
  }
}

/** Dimensions of the yearly evaluation 校园长评价 with default weights; editable, the sum stays 100 (domain.md §1.5). */
export const EVALUATION_DIMENSIONS = {
  direction: { term: '办学方向与党建', weight: 15 },
  team: { term: '队伍建设', weight: 25 },
  quality: { term: '教育质量', weight: 25 },
  safety: { term: '管理与安全', weight: 20 },
  balance: { term: '均衡贡献', weight: 15 },
} as const
