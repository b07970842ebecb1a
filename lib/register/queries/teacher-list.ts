import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { schools, teachers } from '@/db/schema/index.ts'
import { joinByHash, type Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { TeacherField } from '@/lib/rules/access/masks.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'
import { backboneIds, policyInForce } from './backbone.ts'
import { holdsOn, joinedSchool, newestRoll, relation, teacherConditions, uuids } from './teacher-conditions.ts'
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
  const last = [asc(schools.position), asc(teachers.staffNo), asc(teachers.id)]
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
      return [way(schools.position), asc(teachers.staffNo), asc(teachers.id)]
  }
}

/** Id of a backbone teacher, null for everybody else. */
const counted = sql`counted.id`

/** People of the register on a day, as the filter finds them: ids of one page with the totals of all, in one trip. */
async function findTeachers(tx: Tx, actor: UserActor, filter: TeacherFilter, on: LocalDate) {
  await joinByHash(tx)
  const policy = await policyInForce(tx, on)
  const [backbone, roll] = await Promise.all([backboneIds(tx, on, policy.eligibility), newestRoll(tx)])
  const condition = await teacherConditions(tx, actor, filter, { on, backbone: counted, rollId: roll?.id ?? null })
  const found = () =>
    tx
      .select({
        id: teachers.id,
        total: sql<number>`count(*) OVER ()::int`,
        backbone: sql<number>`(count(${counted}) OVER ())::int`,
      })
      .from(teachers)
      .innerJoin(
        relation,
        and(
          eq(relation.districtId, teachers.districtId),
          eq(relation.teacherId, teachers.id),
          eq(relation.kind, 'establishment'),
          holdsOn(relation, on),
        ),
      )
      .innerJoin(schools, and(eq(schools.districtId, relation.districtId), eq(schools.id, relation.schoolId)))
      // A join, not `= ANY`: under a plan for any list the thousands of ids would be searched one by one for each row.
      .leftJoin(sql`unnest(${uuids(backbone)}) AS counted(id)`, sql`${counted} = ${teachers.id}`)
      .where(condition)
  return { found, backbone, roll, policy }
}

/** One page of the teacher list; people outside the actor's scope are absent (row-level security). */
export async function listTeachers(
  tx: Tx,
  actor: UserActor,
  query: TeacherQuery,
  fields: readonly TeacherField[],
): Promise<TeacherPage> {
  const on = query.asOf ?? actor.today
  const { found, backbone, roll, policy } = await findTeachers(tx, actor, query, on)
  const pageAt = (page: number) =>
    found()
      .orderBy(...orderOf(query.sort, query.down, on))
      .limit(query.size)
      .offset((page - 1) * query.size)
  let page = query.page
  let ids = await pageAt(page)
  if (ids.length === 0 && page > 1) {
    page = 1
    ids = await pageAt(page)
  }
  const context = { on, fields, backbone: new Set(backbone), rollId: roll?.id ?? null, policy }
  return {
    rows: await teacherRows(
      tx,
      actor,
      ids.map((row) => row.id),
      context,
    ),
    total: ids[0]?.total ?? 0,
    backbone: ids[0]?.backbone ?? 0,
    page,
    on,
    rollOn: roll?.snapshotDate ?? null,
  }
}

/** Everybody the filter finds, in list order: for a selection over all pages and for export. */
export async function allTeacherIds(tx: Tx, actor: UserActor, query: TeacherQuery): Promise<TeacherId[]> {
  const on = query.asOf ?? actor.today
  const { found } = await findTeachers(tx, actor, query, on)
  const rows = await found().orderBy(...orderOf(query.sort, query.down, on))
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
  const backbone = new Set(await backboneIds(tx, on, policy.eligibility))
  const roll = await newestRoll(tx)
  return teacherRows(tx, actor, ids, { on, fields, backbone, rollId: roll?.id ?? null, policy })
}
