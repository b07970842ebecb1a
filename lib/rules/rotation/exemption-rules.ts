import type { Role } from '../access/roles.ts'
import type { DecidedExemption } from './facts.ts'

export type ExemptionRule = DecidedExemption['rule']
export const EXEMPTION_RULES = [
  'R-ELIG-6',
  'R-ELIG-7',
  'R-ELIG-8',
  'R-ELIG-10',
  'R-ELIG-12',
] as const satisfies readonly ExemptionRule[]

/**
 * Under which rules a role may ask (domain.md §2.3, security.md §2.3): a teacher for themselves family, health and
 * hardship; a school may propose its signature course's lead teacher (R-ELIG-10) and report hardship; personnel all.
 */
export const ASKABLE: Partial<Record<Role, readonly ExemptionRule[]>> = {
  teacher: ['R-ELIG-6', 'R-ELIG-7', 'R-ELIG-12'],
  principal: ['R-ELIG-10', 'R-ELIG-12'],
  school_hr: ['R-ELIG-10', 'R-ELIG-12'],
  bureau_hr: EXEMPTION_RULES,
}

/** Hardship is decided by the bureau's leadership with its minutes (R-ELIG-12); the rest by another clerk or the leadership. */
export const mayDecideExemption = (role: Role, rule: ExemptionRule): boolean =>
  role === 'bureau_reviewer' || (role === 'bureau_hr' && rule !== 'R-ELIG-12')
