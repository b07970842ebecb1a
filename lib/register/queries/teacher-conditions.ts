import { and, eq, type SQL, sql } from 'drizzle-orm'
import { type AnyPgColumn, alias } from 'drizzle-orm/pg-core'
import { uuids } from '@/db/among.ts'
import {
  appointments,
  eligibilityRolls,
  employments,
  rollEntries,
  teacherSecrets,
  teachers,
  titles,
} from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { keyring } from '@/lib/platform/crypto.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { addMonthsToDay } from '@/lib/rules/values/dates.ts'
import type { TeacherFilter } from './teacher-query.ts'

/** The appointment of the personnel relation that holds on the day. */
export const relation = alias(appointments, 'rel')

/** A dated row holds on the day: plain date columns, so that an index may serve under row-level security. */
export const holdsOn = (table: { validFrom: AnyPgColumn; validTo: AnyPgColumn }, on: LocalDate): SQL =>
  sql`${table.validFrom} <= ${on} AND ${table.validTo} > ${on}`

/** A text as a LIKE pattern's literal part. */
export const likeLiteral = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)

/** First day at the present school without a break in between at another one. */
export const joinedSchool = (on: LocalDate): SQL<LocalDate> => sql<LocalDate>`(
  SELECT min(c.valid_from) FROM appointments c
  WHERE c.district_id = ${relation.districtId} AND c.teacher_id = ${relation.teacherId} AND c.kind = 'establishment'
    AND c.school_id = ${relation.schoolId} AND c.valid_from <= ${on}
    AND c.valid_from >= coalesce((SELECT max(b.valid_to) FROM appointments b
      WHERE b.district_id = ${relation.districtId} AND b.teacher_id = ${relation.teacherId} AND b.kind = 'establishment'
        AND b.school_id <> ${relation.schoolId} AND b.valid_to <= ${relation.validFrom}), '-infinity'::date))`

/** Whom the words name: name, pinyin, initials, staff number or its end; for HR also the ID number or its last four. */
export async function personMatches(tx: Tx, actor: UserActor, words: string): Promise<SQL> {
  const folded = words.normalize('NFKC').replace(/\s+/g, '')
  const lower = likeLiteral(folded.toLowerCase())
  const plain = likeLiteral(folded)
  const ways = [
    sql`${teachers.name} LIKE ${`%${plain}%`}`,
    sql`${teachers.staffNo} LIKE ${`%${likeLiteral(folded.toUpperCase())}`}`,
  ]
  if (/^[a-z0-9]+$/i.test(folded))
    ways.push(sql`${teachers.pinyin} LIKE ${`${lower}%`}`, sql`${teachers.initials} LIKE ${`${lower}%`}`)
  if (actor.role === 'bureau_hr' && /^(\d{3}|\d{17})[\dXx]$/.test(folded)) {
    const keys = await keyring(tx, actor.districtId)
    const digest =
      folded.length === 4
        ? eq(teacherSecrets.idTailHash, keys.lookup('idTail', folded.toUpperCase()))
        : eq(teacherSecrets.idHash, keys.lookup('idNumber', folded.toUpperCase()))
    const ofSecret = tx.select({ id: teacherSecrets.teacherId }).from(teacherSecrets).where(digest)
    ways.push(sql`${teachers.id} IN (${ofSecret})`)
  }
  return sql`(${sql.join(ways, sql` OR `)})`
}

/** The newest frozen roll, whose states the list can be asked for. */
export async function newestRoll(tx: Tx): Promise<{ id: string; snapshotDate: LocalDate } | null> {
  const [row] = await tx
    .select({ id: eligibilityRolls.id, snapshotDate: eligibilityRolls.snapshotDate })
    .from(eligibilityRolls)
    .orderBy(sql`${eligibilityRolls.frozenAt} DESC`)
    .limit(1)
  return row ?? null
}

interface Known {
  on: LocalDate
  /** Ids of the backbone teachers, as a subquery. */
  backbone: SQL
  rollId: string | null
}

/** Whether the filter names something of the person, and not of the posts alone. */
export const asksPerson = (filter: TeacherFilter): boolean => Boolean(filter.who || filter.sex || filter.education)

/** The filter as conditions on the relation, joined with `teachers` where `asksPerson` says so; each further table is one semi-join. */
export async function teacherConditions(
  tx: Tx,
  actor: UserActor,
  filter: TeacherFilter,
  known: Known,
): Promise<SQL | undefined> {
  const { on } = known
  const conditions: (SQL | undefined)[] = []
  const employedAs = (condition: SQL) =>
    sql`${relation.teacherId} IN (${tx
      .select({ id: employments.teacherId })
      .from(employments)
      .where(and(holdsOn(employments, on), condition))})`
  const servesAway = sql`SELECT 1 FROM appointments w WHERE w.district_id = ${relation.districtId}
    AND w.teacher_id = ${relation.teacherId} AND w.kind = 'service' AND w.valid_from <= ${on} AND w.valid_to > ${on}`
  if (filter.who) conditions.push(await personMatches(tx, actor, filter.who))
  if (filter.school && filter.basis === 'relation') conditions.push(eq(relation.schoolId, filter.school))
  if (filter.school && filter.basis === 'workplace')
    conditions.push(sql`EXISTS (${servesAway} AND w.school_id = ${filter.school})`)
  if (filter.posted === 'out') conditions.push(sql`EXISTS (${servesAway} AND w.school_id <> ${relation.schoolId})`)
  if (filter.posted === 'in')
    conditions.push(
      sql`EXISTS (${servesAway} AND w.school_id <> ${relation.schoolId} AND w.school_id = ANY (${uuids(actor.schoolIds)}))`,
    )
  if (filter.stage) conditions.push(eq(relation.stage, filter.stage))
  if (filter.subject) conditions.push(eq(relation.subject, filter.subject))
  if (filter.sex) conditions.push(eq(teachers.sex, filter.sex))
  if (filter.education) conditions.push(eq(teachers.highestEducation, filter.education))
  if (filter.category) conditions.push(employedAs(eq(employments.category, filter.category)))
  if (filter.form) conditions.push(employedAs(eq(employments.form, filter.form)))
  if (filter.status) conditions.push(employedAs(eq(employments.status, filter.status)))
  if (filter.title) {
    const appointed = tx
      .select({ id: titles.teacherId })
      .from(titles)
      .where(
        and(
          eq(titles.kind, 'appointed'),
          holdsOn(titles, on),
          filter.title === 'none' ? undefined : eq(titles.title, filter.title),
        ),
      )
    conditions.push(
      filter.title === 'none'
        ? sql`${relation.teacherId} NOT IN (${appointed})`
        : sql`${relation.teacherId} IN (${appointed})`,
    )
  }
  if (filter.backbone)
    conditions.push(
      filter.backbone === 'yes'
        ? sql`${relation.teacherId} IN (${known.backbone})`
        : sql`${relation.teacherId} NOT IN (${known.backbone})`,
    )
  if (filter.yearsFrom) conditions.push(sql`${joinedSchool(on)} <= ${addMonthsToDay(on, -12 * filter.yearsFrom)}`)
  if (filter.yearsTo) conditions.push(sql`${joinedSchool(on)} > ${addMonthsToDay(on, -12 * filter.yearsTo)}`)
  if (filter.roll && known.rollId) {
    const entries = tx
      .select({ id: rollEntries.teacherId })
      .from(rollEntries)
      .where(and(sql`${rollEntries.rollId} = ${known.rollId}`, eq(rollEntries.state, filter.roll)))
    conditions.push(sql`${relation.teacherId} IN (${entries})`)
  }
  return and(...conditions)
}
