import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { roleGrants, rotationCases, users } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { BureauReason } from '@/lib/rules/rotation/case-facts.ts'
import { type Barred, type BureauStep, bureauBarredFrom, type Head, routeOf } from '@/lib/rules/rotation/case-route.ts'
import type { CaseState } from '@/lib/rules/rotation/case-states.ts'
import { routedBy } from '@/lib/rules/rotation/recusal.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { seesDistrict } from './figures.ts'
import type { CaseRow } from './lock.ts'
import { relatedTo } from './related.ts'

/** States in which somebody of a school or of the bureau has a deciding step before them, and drafts on their way there. */
export const ROUTED_STATES = [
  'draft',
  'submitted',
  'origin_approved',
  'destination_approved',
  'checked',
] as const satisfies readonly CaseState[]
const AT_SCHOOLS: readonly CaseState[] = ['draft', 'submitted', 'origin_approved']

/**
 * Hands the step of a school to the bureau where nobody there may take it, and back when somebody may (SD-3, SD-4, SD-5):
 * tasks follow the post, so a change of principal is answered here. Needs a scope that sees the grants of the district;
 * steps of schools leave it to the job that follows every step. The worker, which sees every declaration, also notes
 * where nobody of the bureau is left.
 */
export async function routeCases(tx: Tx, actor: Actor, rows: readonly CaseRow[]): Promise<void> {
  const open = rows.filter(({ state }) =>
    actor.kind === 'system' ? (ROUTED_STATES as readonly CaseState[]).includes(state) : AT_SCHOOLS.includes(state),
  )
  if (open.length === 0 || !seesDistrict(actor)) return
  const schoolIds = [
    ...new Set(open.flatMap((row) => (row.toSchoolId ? [row.fromSchoolId, row.toSchoolId] : [row.fromSchoolId]))),
  ]
  const heads = await headsOf(tx, schoolIds, actor.today)
  const barredOf = await barredByTeacher(tx, [...new Set(open.map(({ teacherId }) => teacherId))])
  const bureau = actor.kind === 'system' ? await bureauOf(tx, actor.today) : null
  // A director is not shown the declarations of others: what rests on one is left to the worker.
  const seesAll = actor.kind === 'system' || (actor.kind === 'user' && actor.role === 'bureau_hr')
  const known = (now: BureauReason | null, next: BureauReason | null) => (!seesAll && now === 'recused' ? now : next)
  for (const row of open) {
    const barred = barredOf(row.teacherId)
    const now = {
      originByBureau: row.originByBureau,
      destinationByBureau: row.destinationByBureau,
      bureauBarred: row.bureauBarred,
    }
    const next = { ...now }
    if (AT_SCHOOLS.includes(row.state)) {
      const origin = heads.get(row.fromSchoolId) ?? []
      const destination = row.toSchoolId ? (heads.get(row.toSchoolId) ?? []) : null
      next.originByBureau = known(row.originByBureau, routeOf(row.originByBureau, origin, [], barred))
      next.destinationByBureau =
        destination === null
          ? null
          : known(
              row.destinationByBureau,
              routeOf(row.destinationByBureau, destination, next.originByBureau === null ? origin : [], barred),
            )
    }
    if (bureau) next.bureauBarred = bureauBarredFrom(bureauStepOf({ ...row, ...next }), bureau, barred)
    if (Object.entries(next).every(([key, value]) => now[key as keyof typeof now] === value)) continue
    await tx.update(rotationCases).set(next).where(eq(rotationCases.id, row.id))
  }
}

const bureauStepOf = (row: CaseRow): BureauStep | null => {
  if (row.state === 'destination_approved') return 'check'
  if (row.state === 'checked') return 'decide'
  return routedBy(row) === null ? null : 'rule'
}

/** For each of these teachers: who they are themselves, and who is related to them by a declaration in force. */
async function barredByTeacher(tx: Tx, teacherIds: TeacherId[]): Promise<(teacherId: TeacherId) => Barred> {
  const subjects = groupBy(
    await tx
      .select({ teacherId: users.teacherId, person: users.personId })
      .from(users)
      .where(inArray(users.teacherId, teacherIds)),
    ({ teacherId }) => teacherId,
  )
  const related = groupBy(await relatedTo(tx, teacherIds), ({ teacherId }) => teacherId)
  return (teacherId) => ({
    persons: [
      ...(subjects.get(teacherId) ?? []).map(({ person }) => person as string),
      ...(related.get(teacherId) ?? []).flatMap(({ person }) => (person ? [person as string] : [])),
    ],
    users: (related.get(teacherId) ?? []).map(({ userId }) => userId as string),
  })
}

/** Everybody of the bureau who rules, checks or decides on a day. */
async function bureauOf(tx: Tx, on: string): Promise<{ hr: Head[]; reviewers: Head[] }> {
  const rows = await tx
    .select({ role: roleGrants.role, user: roleGrants.userId, person: roleGrants.personId })
    .from(roleGrants)
    .innerJoin(users, and(eq(users.districtId, roleGrants.districtId), eq(users.id, roleGrants.userId)))
    .where(and(inArray(roleGrants.role, ['bureau_hr', 'bureau_reviewer']), inOffice(on)))
  return {
    hr: rows.filter(({ role }) => role === 'bureau_hr'),
    reviewers: rows.filter(({ role }) => role === 'bureau_reviewer'),
  }
}

const inOffice = (on: string) =>
  and(
    sql`${roleGrants.validFrom} <= ${on} AND ${roleGrants.validTo} > ${on}`,
    isNull(roleGrants.endedAt),
    isNull(users.disabledAt),
  )

/** Principals of schools on a day, by school: live grants of accounts in use. */
export async function headsOf(tx: Tx, schoolIds: readonly SchoolId[], on: string): Promise<Map<string, Head[]>> {
  if (schoolIds.length === 0) return new Map()
  const rows = await tx
    .select({ schoolId: roleGrants.schoolId, user: roleGrants.userId, person: roleGrants.personId })
    .from(roleGrants)
    .innerJoin(users, and(eq(users.districtId, roleGrants.districtId), eq(users.id, roleGrants.userId)))
    .where(and(eq(roleGrants.role, 'principal'), inArray(roleGrants.schoolId, [...schoolIds]), inOffice(on)))
  return new Map([...groupBy(rows, ({ schoolId }) => schoolId as string)])
}
