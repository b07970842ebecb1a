import { and, asc, desc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { caseDecisions, recusals, roleGrants, schools, teachers, users } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { holdsOn, relation } from '@/lib/register/queries/teacher-conditions.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { Role } from '@/lib/rules/access/roles.ts'
import type { Subject } from '@/lib/rules/register/vocabulary.ts'
import { DECIDING_ROLES, mayDeclareForOthers, type Relation, recusalNumber } from '@/lib/rules/rotation/recusal.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { TeacherId, UserId } from '@/lib/rules/values/ids.ts'
import type { CaseRow } from '../cases/lock.ts'
import { isOf } from '../cases/related.ts'

export const RECUSAL_TABS = ['inForce', 'ended'] as const
export type RecusalTab = (typeof RECUSAL_TABS)[number]

export interface Recusal {
  id: string
  /** By which people speak of it without naming the teacher. */
  number: string
  userId: UserId
  decider: string
  /** The post the decider holds now, as far as the actor may see it. */
  post: { role: Role; school: string | null } | null
  /** Null for those who may not read teachers, as the security administrator (security.md §2.3). */
  teacher: { name: string; school: string; subject: Subject | null } | null
  relation: Relation
  reason: string
  declaredAt: string
  /** Empty where the name would tell the teacher's to those who may not read it. */
  declaredBy: string
  /** Declared by the teacher whose cases they are. */
  byTeacher: boolean
  /** Whose it is, of the one who acts (by any account) or of the one they stand for; else null. */
  whose: 'mine' | 'delegator' | null
  /** Declared by somebody else than the decider. */
  byAnother: boolean
  endedAt: string | null
  endedBy: string
  endReason: string
}

export interface DeciderChoice {
  userId: UserId
  name: string
  role: Role
  school: string | null
}

const decider = alias(users, 'decider')
const declarer = alias(users, 'declarer')
const ender = alias(users, 'ender')
const isIn = (tab: RecusalTab): SQL => (tab === 'inForce' ? isNull(recusals.endedAt) : isNotNull(recusals.endedAt))

/** A teacher is shown no accounts, but who did a step on the own case. */
const nameInSteps = sql<
  string | null
>`(SELECT d.by_name FROM ${caseDecisions} d WHERE d.district_id = ${recusals.districtId} AND d.user_id = ${recusals.userId} LIMIT 1)`

const selected = (tx: Tx, actor: UserActor) =>
  tx
    .select({
      row: recusals,
      byTeacher: sql<boolean>`coalesce(${declarer.teacherId} = ${recusals.teacherId}, false)`,
      isActors: sql<boolean>`(${isOf(actor)})`,
      decider: sql<string>`coalesce(${decider.displayName}, ${nameInSteps}, '')`,
      declaredBy: sql<string>`coalesce(${declarer.displayName}, '')`,
      endedBy: sql<string>`coalesce(${ender.displayName}, '')`,
      teacher: teachers.name,
      school: schools.name,
      subject: relation.subject,
    })
    .from(recusals)
    .leftJoin(decider, and(eq(decider.districtId, recusals.districtId), eq(decider.id, recusals.userId)))
    .leftJoin(declarer, and(eq(declarer.districtId, recusals.districtId), eq(declarer.id, recusals.declaredBy)))
    .leftJoin(ender, and(eq(ender.districtId, recusals.districtId), eq(ender.id, recusals.endedBy)))
    .leftJoin(teachers, and(eq(teachers.districtId, recusals.districtId), eq(teachers.id, recusals.teacherId)))
    .leftJoin(
      relation,
      and(
        eq(relation.districtId, teachers.districtId),
        eq(relation.teacherId, teachers.id),
        eq(relation.kind, 'establishment'),
        holdsOn(relation, actor.today),
      ),
    )
    .leftJoin(schools, and(eq(schools.districtId, relation.districtId), eq(schools.id, relation.schoolId)))

type Selected = Awaited<ReturnType<typeof selected>>[number]

async function told(tx: Tx, rows: Selected[], actor: UserActor): Promise<Recusal[]> {
  const posts = await postsOf(tx, [...new Set(rows.map(({ row }) => row.userId))], actor.today)
  return rows.map(({ row, byTeacher, isActors, teacher, school, subject, ...names }) => ({
    id: row.id,
    number: recusalNumber(row.id),
    userId: row.userId,
    decider: names.decider,
    post: posts.get(row.userId) ?? null,
    teacher: teacher === null ? null : { name: teacher, school: school ?? '', subject },
    relation: row.relation,
    reason: row.reason,
    declaredAt: row.declaredAt,
    declaredBy: byTeacher && teacher === null ? '' : names.declaredBy,
    byTeacher,
    whose: !isActors ? null : row.userId === actor.onBehalfOf?.userId ? 'delegator' : 'mine',
    byAnother: row.declaredBy !== row.userId,
    endedAt: row.endedAt,
    endedBy: names.endedBy,
    endReason: row.endReason ?? '',
  }))
}

/** The deciding post somebody holds on a day; a principal's with the school. */
async function postsOf(tx: Tx, userIds: UserId[], on: LocalDate): Promise<Map<UserId, NonNullable<Recusal['post']>>> {
  if (userIds.length === 0) return new Map()
  const rows = await tx
    .select({ userId: roleGrants.userId, role: roleGrants.role, school: schools.name })
    .from(roleGrants)
    .leftJoin(schools, and(eq(schools.districtId, roleGrants.districtId), eq(schools.id, roleGrants.schoolId)))
    .where(
      and(
        inArray(roleGrants.userId, userIds),
        inArray(roleGrants.role, [...DECIDING_ROLES]),
        sql`${roleGrants.validFrom} <= ${on} AND ${roleGrants.validTo} > ${on}`,
        isNull(roleGrants.endedAt),
      ),
    )
    .orderBy(desc(roleGrants.validFrom))
  return new Map(rows.map(({ userId, role, school }) => [userId, { role, school }]))
}

/**
 * Declarations in force or ended, newest first: all of them for the personnel office and the consoles, else those that
 * concern the actor or that the actor made (row-level security).
 */
export async function listRecusals(
  tx: Tx,
  actor: UserActor,
  query: { tab: RecusalTab; who?: string | undefined; page: number; size: number },
): Promise<{ rows: Recusal[]; counts: Record<RecusalTab, number>; total: number }> {
  const words = query.who?.trim().toLowerCase() ?? ''
  const isWho = words
    ? or(
        sql`strpos(lower(${decider.displayName}), ${words}) > 0`,
        sql`right(${recusals.id}::text, 6) = ${words}`,
        sql`strpos(lower(${teachers.name}), ${words}) > 0`,
      )
    : undefined
  const rows = await selected(tx, actor)
    .where(and(isIn(query.tab), isWho))
    .orderBy(desc(query.tab === 'inForce' ? recusals.declaredAt : recusals.endedAt), asc(recusals.id))
    .limit(query.size)
    .offset((query.page - 1) * query.size)
  const [totals] = await tx
    .select({
      inForce: sql<number>`(count(*) FILTER (WHERE ${isIn('inForce')}))::int`,
      ended: sql<number>`(count(*) FILTER (WHERE ${isIn('ended')}))::int`,
      found: sql<number>`(count(*) FILTER (WHERE ${and(isIn(query.tab), isWho)}))::int`,
    })
    .from(recusals)
    .leftJoin(decider, and(eq(decider.districtId, recusals.districtId), eq(decider.id, recusals.userId)))
    .leftJoin(teachers, and(eq(teachers.districtId, recusals.districtId), eq(teachers.id, recusals.teacherId)))
  return {
    rows: await told(tx, rows, actor),
    counts: { inForce: totals?.inForce ?? 0, ended: totals?.ended ?? 0 },
    total: totals?.found ?? 0,
  }
}

/** Declarations in force about one teacher, as far as the actor may see them. */
export async function recusalsAbout(tx: Tx, actor: UserActor, teacherId: TeacherId): Promise<Recusal[]> {
  const rows = await selected(tx, actor)
    .where(and(eq(recusals.teacherId, teacherId), isNull(recusals.endedAt)))
    .orderBy(asc(recusals.declaredAt), asc(recusals.id))
  return told(tx, rows, actor)
}

/**
 * Whom the actor may name as related to the teacher of a case, themselves left out: everybody who decides on it for the
 * personnel office, the own principals for a school, those who did a step for the teacher. Nobody for other roles.
 */
export async function deciderChoices(
  tx: Tx,
  actor: UserActor,
  row: Pick<CaseRow, 'id' | 'fromSchoolId' | 'toSchoolId'>,
): Promise<DeciderChoice[]> {
  if (!mayDeclareForOthers(actor)) return []
  const others = <T extends { userId: UserId }>(people: T[]) =>
    people.filter(
      ({ userId }, index) => userId !== actor.userId && people.findIndex((one) => one.userId === userId) === index,
    )
  if (actor.role === 'teacher')
    return others(
      await tx
        .select({
          userId: sql<UserId>`${caseDecisions.userId}`,
          name: caseDecisions.byName,
          role: sql<Role>`${caseDecisions.role}`,
          school: sql<string | null>`NULL`,
        })
        .from(caseDecisions)
        .where(
          and(
            eq(caseDecisions.caseId, row.id),
            isNotNull(caseDecisions.userId),
            inArray(caseDecisions.role, [...DECIDING_ROLES]),
          ),
        )
        .orderBy(asc(caseDecisions.at)),
    )
  const ends = [row.fromSchoolId, ...(row.toSchoolId ? [row.toSchoolId] : [])].filter(
    (id) => actor.role === 'bureau_hr' || actor.schoolIds.includes(id),
  )
  return others(
    await tx
      .select({ userId: roleGrants.userId, name: users.displayName, role: roleGrants.role, school: schools.name })
      .from(roleGrants)
      .innerJoin(users, and(eq(users.districtId, roleGrants.districtId), eq(users.id, roleGrants.userId)))
      .leftJoin(schools, and(eq(schools.districtId, roleGrants.districtId), eq(schools.id, roleGrants.schoolId)))
      .where(
        and(
          or(
            and(eq(roleGrants.role, 'principal'), inArray(roleGrants.schoolId, ends)),
            actor.role === 'bureau_hr' ? inArray(roleGrants.role, ['bureau_hr', 'bureau_reviewer']) : undefined,
          ),
          sql`${roleGrants.validFrom} <= ${actor.today} AND ${roleGrants.validTo} > ${actor.today}`,
          isNull(roleGrants.endedAt),
          isNull(users.disabledAt),
        ),
      )
      .orderBy(desc(roleGrants.role), asc(users.login)),
  )
}
