import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { appointments, credentials, principalships, roleGrants, schools, teachers, users } from '@/db/schema/index.ts'
import { type Tx, withScope } from '@/db/scope.ts'
import type { SystemActor } from '@/lib/rules/access/actor.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { GrantId, PersonId, SchoolId, TeacherId, UserId } from '@/lib/rules/values/ids.ts'
import { writeAudit } from '../audit.ts'
import { now } from '../clock.ts'
import { ACCOUNTS_JOB } from '../commands/bulk-accounts.ts'
import { newId } from '../new-id.ts'
import type { JobHandler } from '../queue.ts'

/** Somebody the register says should have an account. */
interface Wanted {
  teacherId: TeacherId
  login: string
  name: string
  schoolId: SchoolId
  roles: ('principal' | 'teacher')[]
}

const BATCH = 400
const LOGIN = /^[a-z0-9._@-]{2,80}$/

async function wantedAccounts(tx: Tx, today: LocalDate, kinds: string[], only: SchoolId | null): Promise<Wanted[]> {
  const held = sql`valid_from <= ${today} AND valid_to > ${today}`
  const people = await tx
    .select({ id: teachers.id, staffNo: teachers.staffNo, name: teachers.name, schoolId: appointments.schoolId })
    .from(teachers)
    .innerJoin(
      appointments,
      and(eq(appointments.districtId, teachers.districtId), eq(appointments.teacherId, teachers.id)),
    )
    .where(and(eq(appointments.kind, 'service'), isNull(teachers.leftOn), held))
    .orderBy(teachers.staffNo, appointments.partTime)
  const heads = await tx
    .select({ teacherId: principalships.teacherId, schoolId: principalships.schoolId })
    .from(principalships)
    .innerJoin(schools, and(eq(schools.districtId, principalships.districtId), eq(schools.id, principalships.schoolId)))
    .where(and(isNull(schools.closedOn), held))
  const headOf = new Map(heads.map((row) => [row.teacherId, row.schoolId]))
  const wanted = new Map<TeacherId, Wanted>()
  for (const person of people) {
    if (wanted.has(person.id)) continue
    const schoolId = headOf.get(person.id) ?? person.schoolId
    if (only && schoolId !== only) continue
    const roles: Wanted['roles'] = []
    if (kinds.includes('principal') && headOf.has(person.id)) roles.push('principal')
    if (kinds.includes('teacher') || roles.length > 0) roles.push('teacher')
    if (roles.length > 0)
      wanted.set(person.id, {
        teacherId: person.id,
        login: person.staffNo.toLowerCase(),
        name: person.name,
        schoolId,
        roles,
      })
  }
  return [...wanted.values()]
}

/** Makes what is missing for these people; whoever has an account keeps it, and gets only the roles they lack. */
async function createMissing(tx: Tx, actor: SystemActor, people: Wanted[]): Promise<{ users: number; grants: number }> {
  const { districtId, today } = actor
  const known = await tx
    .select({ id: users.id, personId: users.personId, teacherId: users.teacherId })
    .from(users)
    .where(
      inArray(
        users.teacherId,
        people.map((person) => person.teacherId),
      ),
    )
  const byTeacher = new Map(known.map((user) => [user.teacherId, user]))
  const held = known.length
    ? await tx
        .select({ userId: roleGrants.userId, role: roleGrants.role, schoolId: roleGrants.schoolId })
        .from(roleGrants)
        .where(
          and(
            inArray(
              roleGrants.userId,
              known.map((user) => user.id),
            ),
            isNull(roleGrants.endedAt),
            sql`valid_to > ${today}`,
          ),
        )
    : []
  const at = now()
  const newUsers: (typeof users.$inferInsert)[] = []
  const newGrants: (typeof roleGrants.$inferInsert)[] = []
  for (const person of people) {
    let user = byTeacher.get(person.teacherId)
    if (!user) {
      user = { id: newId<UserId>(), personId: newId<PersonId>(), teacherId: person.teacherId }
      newUsers.push({
        ...user,
        districtId,
        login: person.login,
        displayName: person.name,
        schoolId: person.schoolId,
        createdAt: at,
      })
    }
    for (const role of person.roles) {
      const schoolId = role === 'principal' ? person.schoolId : null
      if (held.some((row) => row.userId === user.id && row.role === role && row.schoolId === schoolId)) continue
      newGrants.push({
        districtId,
        id: newId<GrantId>(),
        userId: user.id,
        personId: user.personId,
        role,
        schoolId,
        reason: 'register',
        during: { from: today, until: null },
      })
    }
  }
  if (newUsers.length > 0) {
    await tx.insert(users).values(newUsers)
    await tx.insert(credentials).values(newUsers.map((user) => ({ districtId, userId: user.id, login: user.login })))
  }
  if (newGrants.length > 0) await tx.insert(roleGrants).values(newGrants)
  return { users: newUsers.length, grants: newGrants.length }
}

/** Accounts of principals and teachers from the register, login = staff number; safe to run again, adds what is missing. */
export const createAccountsJob: JobHandler = {
  name: ACCOUNTS_JOB,
  run: async ({ actor, payload, progress }) => {
    const kinds = Array.isArray(payload.kinds) ? payload.kinds.map(String) : []
    const only = typeof payload.schoolId === 'string' ? (payload.schoolId as SchoolId) : null
    const wanted = await withScope(actor, (tx) => wantedAccounts(tx, actor.today, kinds, only), { readOnly: true })
    const taken = await withScope(
      actor,
      (tx) => tx.select({ login: users.login, teacherId: users.teacherId }).from(users),
      { readOnly: true },
    )
    const loginOf = new Map(taken.map((user) => [user.login, user.teacherId]))
    // A login somebody else already has, or one no form accepts: left to the administrator, by number only.
    const able = wanted.filter(
      ({ login, teacherId }) => LOGIN.test(login) && (loginOf.get(login) ?? teacherId) === teacherId,
    )
    const report = { wanted: wanted.length, users: 0, grants: 0, left: wanted.length - able.length }
    for (let at = 0; at < able.length; at += BATCH) {
      const made = await withScope(actor, (tx) => createMissing(tx, actor, able.slice(at, at + BATCH)))
      report.users += made.users
      report.grants += made.grants
      await progress({ done: Math.min(at + BATCH, able.length), total: able.length })
    }
    await withScope(actor, (tx) =>
      writeAudit(tx, actor, { action: ACCOUNTS_JOB, outcome: 'done', resource: 'user', details: report }),
    )
    return report
  },
}
