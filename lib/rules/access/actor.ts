import type { LocalDate } from '../values/dates.ts'
import type { DistrictId, GrantId, PersonId, SchoolId, TeacherId, UserId } from '../values/ids.ts'
import type { Role } from './roles.ts'

/** The delegator for whom a delegate acts (SD-7). */
export interface OnBehalf {
  userId: UserId
  personId: PersonId
  name: string
  grantId: GrantId
}

/** A person in one role (the acting grant), on a day of the district's calendar. Rights follow this, never a union. */
export interface UserActor {
  kind: 'user'
  districtId: DistrictId
  userId: UserId
  personId: PersonId
  grantId: GrantId
  role: Role
  /** Schools of the acting grant; empty for bureau roles and teachers. */
  schoolIds: SchoolId[]
  teacherId: TeacherId | null
  /** `evidence`, `cadre` of the acting grant. */
  flags: string[]
  name: string
  sessionId: string | null
  today: LocalDate
  onBehalfOf?: OnBehalf
}

/** Before sign-in: sees the one login, session or link being tried, and public notices. */
export interface AnonymousActor {
  kind: 'anonymous'
  districtId: DistrictId
  login?: string
  sessionHash?: string
  linkHash?: string
  /** Known but not signed in yet: while a session is being made. */
  userId?: UserId
  today: LocalDate
}

/** The worker or the server console; `job` names what it is doing. Only the worker's database role may act so. */
export interface SystemActor {
  kind: 'system'
  districtId: DistrictId
  job: string
  today: LocalDate
}

export type Actor = UserActor | AnonymousActor | SystemActor
