/** The nine roles of design.md §1; `system` is the worker and the server console, never a person. */
export const ROLES = [
  'bureau_admin',
  'bureau_security',
  'bureau_auditor',
  'bureau_hr',
  'bureau_reviewer',
  'researcher',
  'principal',
  'school_hr',
  'teacher',
] as const
export type Role = (typeof ROLES)[number]

/** The three console roles 三员: three people, none with a business role (SD-6). */
export const CONSOLE_ROLES = ['bureau_admin', 'bureau_security', 'bureau_auditor'] as const satisfies readonly Role[]
