import type { Actor } from './actor.ts'
import { administrationPermissions } from './permissions/administration.ts'
import { casesPermissions } from './permissions/cases.ts'
import { importsPermissions } from './permissions/imports.ts'
import { noticesPermissions } from './permissions/notices.ts'
import { plannerPermissions } from './permissions/planner.ts'
import { platformPermissions } from './permissions/platform.ts'
import { policyPermissions } from './permissions/policy.ts'
import { registerPermissions } from './permissions/register.ts'
import { reservePermissions } from './permissions/reserve.ts'
import { roundsPermissions } from './permissions/rounds.ts'
import { talentPermissions } from './permissions/talent.ts'
import type { Right } from './rights.ts'

/**
 * Who may do what; what is not listed is refused. The key is also the name of the command, page or download and of
 * its audit event. Row-level security is written apart from this table (db/migrations), so a mistake must be made twice.
 */
export const PERMISSIONS = {
  ...platformPermissions,
  ...administrationPermissions,
  ...registerPermissions,
  ...importsPermissions,
  ...policyPermissions,
  ...roundsPermissions,
  ...casesPermissions,
  ...noticesPermissions,
  ...plannerPermissions,
  ...talentPermissions,
  ...reservePermissions,
} as const

export type Permission = keyof typeof PERMISSIONS

/** The row an action is about, as far as rights look at it. */
export interface Target {
  /** Schools the row belongs to, any of which makes it mine. */
  schools?: readonly (string | null)[]
  teacherId?: string | null
  /** Users to whom the row is assigned. */
  assigned?: readonly string[]
}

const rightsOf = (permission: Permission): readonly Right[] => PERMISSIONS[permission]

/** Whether the role may use this page or command at all, before any row is known. */
export function mayUse(actor: Actor, permission: Permission): boolean {
  if (actor.kind === 'system') return true
  const role = actor.kind === 'user' ? actor.role : 'anonymous'
  return rightsOf(permission).some((right) => right.role === role)
}

/** Whether the actor may do it to this row. A command about no row (district-wide) passes `target` undefined. */
export function mayActOn(actor: Actor, permission: Permission, target?: Target): boolean {
  if (actor.kind === 'system') return true
  const role = actor.kind === 'user' ? actor.role : 'anonymous'
  return rightsOf(permission).some((right) => {
    if (right.role !== role) return false
    if (right.over === 'district' || target === undefined) return true
    if (actor.kind !== 'user') return false
    if (right.over === 'own') return actor.teacherId !== null && target.teacherId === actor.teacherId
    if (right.over === 'own_school') {
      const mine = actor.schoolIds as readonly string[]
      return (target.schools ?? []).some((school) => school !== null && mine.includes(school))
    }
    return (target.assigned ?? []).includes(actor.userId)
  })
}
