import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { isAmong, uuids } from '@/db/among.ts'
import { schools, teachers } from '@/db/schema/index.ts'
import { joinByHash, type Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { TeacherField } from '@/lib/rules/access/masks.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { backboneHolders, policyInForce } from './backbone.ts'
import { asksPerson, holdsOn, joinedSchool, newestRoll, relation, teacherConditions } from './teacher-conditions.ts'
import type { TeacherFilter, TeacherQuery, TeacherSort } from './teacher-query.ts'
import { type TeacherRow, teacherRows } from './teacher-rows.ts'

export interface TeacherPage {
  rows: TeacherRow[]
  total: number
  /** Backbone teachers among all found (R-HON-1). */
  backbone: number
  page: number
  on: LocalDate
  /** Snapshot day of the newest frozen roll; null while there is none. */
  rollOn: LocalDate | null
}

const orderOf = (sort: TeacherSort, down: boolean, on: LocalDate): SQL[] => {
  const way = down ? desc : asc
  const last = [asc(schools.position), asc(schools.id), asc(teachers.staffNo), asc(teachers.id)]
  switch (sort) {
    case 'name':
      return [way(teachers.pinyin), ...last]
    case 'staffNo':
      return [way(teachers.staffNo), asc(teachers.id)]
    case 'subject':
      return [way(relation.stage), way(relation.subject), ...last]
    case 'tenure':
      return [down ? asc(joinedSchool(on)) : desc(joinedSchool(on)), ...last]
    case 'joinedWork':
      return [way(teachers.joinedWork), ...last]
    case 'birth':
      return [way(teachers.birthMonth), ...last]
    default:
      return [way(schools.position), asc(schools.id), asc(teachers.staffNo), asc(teachers.id)]
  }
}

/** People of the register on a day, as the filter finds them. */
async function teacherSearch(tx: Tx, actor: UserActor, filter: TeacherFilter, on: LocalDate) {
  await joinByHash(tx)
  const policy = await policyInForce(tx, on)
  const backbone = backboneHolders(on, policy.eligibility)
  const roll = await newestRoll(tx)
  const asked = await teacherConditions(tx, actor, filter, { on, backbone, rollId: roll?.id ?? null })
  const condition = and(eq(relation.kind, 'establishment'), holdsOn(relation, on), asked)
  const isPerson = and(eq(teachers.districtId, relation.districtId), eq(teachers.id, relation.teacherId))
  const inSchool = and(eq(schools.districtId, relation.districtId), eq(schools.id, relation.schoolId))

  /** How many each school has, in the order of the list: from indexes alone while the filter asks nothing of the person. */
  const perSchool = async (down: boolean) => {
    const counting = tx
      .select({
        districtId: relation.districtId,
        schoolId: relation.schoolId,
        people: sql<number>`count(*)::int`.as('people'),
        backbone: sql<number>`(count(*) FILTER (WHERE ${relation.teacherId} IN (${backbone})))::int`.as('backbone'),
      })
      .from(relation)
      .$dynamic()
    const counts = (asksPerson(filter) ? counting.innerJoin(teachers, isPerson) : counting)
      .where(condition)
      .groupBy(relation.districtId, relation.schoolId)
      .as('counts')
    return tx
      .select({ schoolId: counts.schoolId, people: counts.people, backbone: counts.backbone })
      .from(counts)
      .innerJoin(schools, and(eq(schools.districtId, counts.districtId), eq(schools.id, counts.schoolId)))
      .orderBy(down ? desc(schools.position) : asc(schools.position), asc(schools.id))
  }
  const ids = (only?: SQL) =>
    tx
      .select({ id: teachers.id })
      .from(teachers)
      .innerJoin(relation, isPerson)
      .innerJoin(schools, inSchool)
      .where(and(condition, only))
  return { perSchool, ids, roll, policy }
}

type Search = Awaited<ReturnType<typeof teacherSearch>>

/** The ids of one page. In the order of schools only the people of the page's own schools are sorted. */
async function pageIds(search: Search, counts: SchoolCount[], query: TeacherQuery, page: number, on: LocalDate) {
  const skip = (page - 1) * query.size
  const order = orderOf(query.sort, query.down, on)
  if (query.sort !== 'school')
    return search
      .ids()
      .orderBy(...order)
      .limit(query.size)
      .offset(skip)
  const { schoolIds, before } = schoolsBetween(counts, skip, skip + query.size)
  if (schoolIds.length === 0) return []
  const among = sql`${teachers.id} = ANY (ARRAY(SELECT p.teacher_id FROM appointments p
    WHERE p.kind = 'establishment' AND p.school_id = ANY (${uuids(schoolIds)})))`
  return search
    .ids(and(among, isAmong(relation.schoolId, schoolIds)))
    .orderBy(...order)
    .limit(query.size)
    .offset(skip - before)
}

interface SchoolCount {
  schoolId: SchoolId
  people: number
}

/** The schools that hold the places [from, to) of a list in their order, and how many people stand before them. */
export function schoolsBetween(counts: readonly SchoolCount[], from: number, to: number) {
  const schoolIds: SchoolId[] = []
  let before = 0
  let at = 0
  for (const { schoolId, people } of counts) {
    if (at + people <= from) before += people
    else if (at < to) schoolIds.push(schoolId)
    at += people
  }
  return { schoolIds, before }
}

/** One page of the teacher list; people outside the actor's scope are absent (row-level security). */
export async function listTeachers(
  tx: Tx,
  actor: UserActor,
  query: TeacherQuery,
  fields: readonly TeacherField[],
): Promise<TeacherPage> {
  const on = query.asOf ?? actor.today
  const search = await teacherSearch(tx, actor, query, on)
  const { roll, policy } = search
  const counts = await search.perSchool(query.sort === 'school' && query.down)
  const total = counts.reduce((sum, { people }) => sum + people, 0)
  const page = (query.page - 1) * query.size < total ? query.page : 1
  const ids = await pageIds(search, counts, query, page, on)
  const context = { on, fields, rollId: roll?.id ?? null, policy }
  return {
    rows: await teacherRows(
      tx,
      actor,
      ids.map((row) => row.id),
      context,
    ),
    total,
    backbone: counts.reduce((sum, { backbone }) => sum + backbone, 0),
    page,
    on,
    rollOn: roll?.snapshotDate ?? null,
  }
}

/** Everybody the filter finds, in list order: for a selection over all pages and for export. */
export async function allTeacherIds(tx: Tx, actor: UserActor, query: TeacherQuery): Promise<TeacherId[]> {
  const on = query.asOf ?? actor.today
  const { ids } = await teacherSearch(tx, actor, query, on)
  const rows = await ids().orderBy(...orderOf(query.sort, query.down, on))
  return rows.map((row) => row.id)
}

/** Rows of known people in the order given; those the actor may not see are left out. */
export async function teachersById(
  tx: Tx,
  actor: UserActor,
  ids: readonly TeacherId[],
  on: LocalDate,
  fields: readonly TeacherField[],
): Promise<TeacherRow[]> {
  const policy = await policyInForce(tx, on)
  const roll = await newestRoll(tx)
  return teacherRows(tx, actor, ids, { on, fields, rollId: roll?.id ?? null, policy })
}
