import type { Role } from './roles.ts'

/** own record · schools of the acting grant · whole district · rows assigned to me (security.md §2.1). */
export type Over = 'own' | 'own_school' | 'district' | 'assigned'
export interface Right {
  role: Role | 'anonymous'
  over: Over
}
export type RightsTable = Record<string, readonly Right[]>

export const hr: Right = { role: 'bureau_hr', over: 'district' }
export const reviewer: Right = { role: 'bureau_reviewer', over: 'district' }
export const admin: Right = { role: 'bureau_admin', over: 'district' }
export const security: Right = { role: 'bureau_security', over: 'district' }
export const auditor: Right = { role: 'bureau_auditor', over: 'district' }
export const researcher: Right = { role: 'researcher', over: 'district' }
export const principal: Right = { role: 'principal', over: 'own_school' }
export const schoolHr: Right = { role: 'school_hr', over: 'own_school' }
export const self: Right = { role: 'teacher', over: 'own' }
export const anonymous: Right = { role: 'anonymous', over: 'district' }
export const everybody: readonly Right[] = [
  hr,
  reviewer,
  admin,
  security,
  auditor,
  researcher,
  principal,
  schoolHr,
  self,
]
