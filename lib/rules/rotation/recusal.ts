import type { UserActor } from '../access/actor.ts'
import type { Role } from '../access/roles.ts'
import type { BureauBarred, BureauReason } from './case-facts.ts'
import type { CaseState } from './case-states.ts'

/** Relations that keep a decider away from a teacher's case (SD-5, 事业单位人事管理条例 Art. 39). */
export const RELATIONS = ['spouse', 'parent', 'child', 'sibling', 'other'] as const
export type Relation = (typeof RELATIONS)[number]

/** Roles that decide on cases, so that a relation of theirs matters. */
export const DECIDING_ROLES = ['principal', 'bureau_hr', 'bureau_reviewer'] as const satisfies readonly Role[]
export const isDecidingRole = (role: Role): boolean => (DECIDING_ROLES as readonly Role[]).includes(role)

/**
 * Whether this person may declare for somebody else: the personnel office for any decider, a school for its own
 * principal, a teacher for who handles the own case. Everybody else declares for themselves alone (security.md §2.3).
 */
export const mayDeclareForOthers = ({ role }: Pick<UserActor, 'role'>): boolean =>
  role === 'bureau_hr' || role === 'school_hr' || role === 'teacher'

/** The number by which people speak of a declaration without naming the teacher: the end of its id. */
export const recusalNumber = (id: string): string => id.slice(-6).toUpperCase()

/** What of a case tells whose step it is. */
export interface StepRoute {
  state: CaseState
  originByBureau: BureauReason | null
  destinationByBureau: BureauReason | null
  bureauBarred: BureauBarred | null
}

/** Why the school's step of the present state is the bureau's; null while it is the school's, or no school's step is due. */
export const routedBy = ({ state, originByBureau, destinationByBureau }: StepRoute): BureauReason | null =>
  state === 'submitted' ? originByBureau : state === 'origin_approved' ? destinationByBureau : null

export const TAKERS = ['otherHead', 'bureau', 'otherHr', 'reviewer', 'otherReviewer', 'nobody'] as const
export type Taker = (typeof TAKERS)[number]

/**
 * Who takes the present step instead of somebody of this role who is related to the teacher (SD-5): another head of the
 * school or the bureau, a colleague, the directors where the whole personnel office is related, or nobody for now.
 * @returns null where the present step is not this role's
 */
export function takerInstead(role: Role, route: StepRoute): Taker | null {
  const { state, bureauBarred } = route
  const atSchool = state === 'submitted' || state === 'origin_approved'
  if (role === 'principal') {
    if (!atSchool) return null
    if (bureauBarred === 'bureau') return 'nobody'
    return routedBy(route) === null ? 'otherHead' : 'bureau'
  }
  const ruled = atSchool && routedBy(route) !== null
  if (role === 'bureau_hr') {
    if (state !== 'destination_approved' && !ruled) return null
    return bureauBarred === 'bureau' ? 'nobody' : bureauBarred === 'hr' ? 'reviewer' : 'otherHr'
  }
  if (role === 'bureau_reviewer') {
    if (state !== 'checked' && !ruled) return null
    if (bureauBarred === 'bureau') return 'nobody'
    return state === 'checked' ? 'otherReviewer' : bureauBarred === 'hr' ? 'otherReviewer' : 'bureau'
  }
  return null
}
