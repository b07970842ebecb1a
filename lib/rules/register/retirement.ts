import { addMonthsToDay, type LocalDate, monthsBetween, type YearMonth } from '../values/dates.ts'
import type { Category, PostKind, Sex, Title } from './vocabulary.ts'

/** R-RET-3: men 60→63 · women of senior title or county rank 60→63 · other women 55→58 · women in worker posts 50→55. */
export const RETIREMENT_CATEGORIES = ['M60', 'F60', 'F55', 'F50'] as const
export type RetirementCategory = (typeof RETIREMENT_CATEGORIES)[number]

/** Original age in years, months of birth per month of delay, greatest delay in months (R-RET-1, R-RET-2). */
const SCHEDULE: Record<RetirementCategory, { age: number; step: number; cap: number }> = {
  M60: { age: 60, step: 4, cap: 36 },
  F60: { age: 60, step: 4, cap: 36 },
  F55: { age: 55, step: 4, cap: 36 },
  F50: { age: 50, step: 2, cap: 60 },
}
const REFORM_START = '2025-01' as YearMonth

export interface RetirementPerson {
  sex: Sex
  postKind: PostKind | null
  category: Category
  /** Title that counts for the category, by the policy's reading: the appointed one or the held one. */
  title: Title
  /** 县处级及以上. */
  countyRank: boolean
  /** HR's decision with its document, before any derivation (R-RET-3). */
  override: RetirementCategory | null
}

/** Category of statutory retirement (R-RET-3). 组通字〔2015〕14号: senior women and women of county rank as men. */
export function retirementCategory(person: RetirementPerson): RetirementCategory {
  if (person.override) return person.override
  if (person.sex === 'M') return 'M60'
  if (person.countyRank || person.title === 'senior' || person.title === 'full_senior') return 'F60'
  const isWorker = person.postKind ? person.postKind === 'worker' : person.category === 'worker'
  return isWorker ? 'F50' : 'F55'
}

/** Months of delay (R-RET-2): one for every `step` months of birth after the reform, up to the cap. */
export function retirementDelay(birth: LocalDate, category: RetirementCategory): number {
  const { age, step, cap } = SCHEDULE[category]
  const monthsAfterReform = monthsBetween(REFORM_START, birth) + age * 12
  return monthsAfterReform < 0 ? 0 : Math.min(Math.floor(monthsAfterReform / step) + 1, cap)
}

/** Statutory retirement date: birth plus original age plus delay, the day clamped to the month's end (R-RET-2). */
export const retirementDate = (birth: LocalDate, category: RetirementCategory): LocalDate =>
  addMonthsToDay(birth, SCHEDULE[category].age * 12 + retirementDelay(birth, category))

/** First day on which an F60 woman may retire by her own request: the F55 date (R-RET-3); null for the others. */
export const ownRequestDate = (birth: LocalDate, category: RetirementCategory): LocalDate | null =>
  category === 'F60' ? retirementDate(birth, 'F55') : null

/** Earliest (up to 3 years early, not below the original age) and latest (3 years later) date of a free choice 弹性退休. */
export function flexibleWindow(birth: LocalDate, category: RetirementCategory): { from: LocalDate; to: LocalDate } {
  const months = SCHEDULE[category].age * 12
  const delay = retirementDelay(birth, category)
  return {
    from: addMonthsToDay(birth, Math.max(months, months + delay - 36)),
    to: addMonthsToDay(birth, months + delay + 36),
  }
}

export interface RetirementPlan {
  category: RetirementCategory
  delayMonths: number
  statutory: LocalDate
  /** Only F60: from this day on her own request. */
  ownRequestFrom: LocalDate | null
  /** The date rules use: the date on file where a request or agreement is, else the statutory one. */
  effective: LocalDate
}

/** Every date of a person's retirement at once; `choice` is the own date on file (申请退, 弹性退休选择) or null. */
export function retirementPlan(
  birth: LocalDate,
  category: RetirementCategory,
  choice: LocalDate | null,
): RetirementPlan {
  const statutory = retirementDate(birth, category)
  return {
    category,
    delayMonths: retirementDelay(birth, category),
    statutory,
    ownRequestFrom: ownRequestDate(birth, category),
    effective: choice ?? statutory,
  }
}
