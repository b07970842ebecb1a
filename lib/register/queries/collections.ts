import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import {
  appointments,
  collectionSchools,
  collections,
  employments,
  importBatches,
  importRows,
  postGrades,
  schools,
  teachers,
  titles,
} from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { type CurrentRecord, currentRecord, type RecordPerson } from '@/lib/register/imports/plan/stored-person.ts'
import { isPageBatch, type NotedChange, PAGE_HASH } from '@/lib/register/imports/run/page-batch.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'

/** Columns HR may ask schools to check: what a school reads in full of its own people (security.md §2.2). */
export const COLLECTION_COLUMNS = [
  'staffNo',
  'sex',
  'joinedWork',
  'joinedSchool',
  'highestEducation',
  'degree',
  'form',
  'category',
  'postKind',
  'postGrade',
  'title',
  'titleObtained',
  'titleAppointed',
  'duty',
  'stage',
  'subject',
  'periods',
  'isClassTeacher',
  'putonghua',
  'workSchool',
  'status',
  'note',
] as const satisfies readonly (keyof CurrentRecord)[]
export type CollectionColumn = (typeof COLLECTION_COLUMNS)[number]

/** Tasks the actor sees, newest first, with how far they are. */
export async function listCollections(tx: Tx) {
  const tasks = await tx.select().from(collections).orderBy(desc(collections.createdAt)).limit(200)
  const parts = tasks.length === 0 ? [] : await tx.select().from(collectionSchools)
  const byTask = groupBy(parts, (part) => part.collectionId)
  return tasks.map((task) => {
    const own = byTask.get(task.id) ?? []
    return { ...task, schools: own.length, confirmed: own.filter(({ state }) => state === 'confirmed').length }
  })
}

/** One task with the schools the actor sees, in the order of lists, and what their workbooks changed. */
export async function findCollection(tx: Tx, id: string) {
  const [task] = await tx.select().from(collections).where(eq(collections.id, id))
  if (!task) return null
  const parts = await tx
    .select({
      schoolId: collectionSchools.schoolId,
      name: schools.name,
      state: collectionSchools.state,
      confirmedByName: collectionSchools.confirmedByName,
      confirmedAt: collectionSchools.confirmedAt,
      checkedAt: collectionSchools.checkedAt,
    })
    .from(collectionSchools)
    .innerJoin(
      schools,
      and(eq(schools.districtId, collectionSchools.districtId), eq(schools.id, collectionSchools.schoolId)),
    )
    .where(eq(collectionSchools.collectionId, id))
    .orderBy(asc(schools.position))
  const batches = await tx
    .select({
      id: importBatches.id,
      schoolId: importBatches.schoolId,
      state: importBatches.state,
      fileHash: importBatches.fileHash,
      changed: sql<number>`coalesce((${importBatches.counts}->>'changed')::int, 0)`,
    })
    .from(importBatches)
    .where(
      and(eq(importBatches.collectionId, id), inArray(importBatches.state, ['submitted', 'confirming', 'confirmed'])),
    )
    .orderBy(desc(importBatches.createdAt))
  const bySchool = groupBy(batches, (batch) => batch.schoolId ?? '')
  return {
    task,
    parts: parts.map((part) => {
      const own = bySchool.get(part.schoolId) ?? []
      const inState = (wanted: string) =>
        own
          .filter(({ state, changed }) => state === wanted && changed > 0)
          .map(({ id, changed, fileHash }) => ({ id, changed, isPage: isPageBatch({ fileHash }) }))
      return {
        ...part,
        /** What holds by now, batch by batch: a school may send a workbook and edit cells on the page. */
        changed: inState('confirmed'),
        /** Handed in and not checked by HR yet. */
        waiting: inState('submitted'),
      }
    }),
  }
}

/** A cell that the school has edited on the page and that does not hold yet. */
export interface PageCell extends NotedChange {
  /** HR has it; else it goes there when all rows are checked. */
  isHandedIn: boolean
}

/** What a school has edited on the page of a task and HR has not decided on, by person. */
export async function pageCells(tx: Tx, collectionId: string, schoolId: SchoolId): Promise<Map<TeacherId, PageCell[]>> {
  const rows = await tx
    .select({ teacherId: importRows.teacherId, changes: importRows.changes, state: importBatches.state })
    .from(importRows)
    .innerJoin(
      importBatches,
      and(eq(importBatches.districtId, importRows.districtId), eq(importBatches.id, importRows.batchId)),
    )
    .where(
      and(
        eq(importBatches.collectionId, collectionId),
        eq(importBatches.schoolId, schoolId),
        eq(importBatches.fileHash, PAGE_HASH),
        inArray(importBatches.state, ['ready', 'submitted', 'confirming']),
      ),
    )
    .orderBy(asc(importBatches.createdAt))
  const cells = new Map<TeacherId, PageCell[]>()
  for (const { teacherId, changes, state } of rows) {
    if (!teacherId) continue
    const fresh = (changes as NotedChange[]).map((change) => ({ ...change, isHandedIn: state !== 'ready' }))
    const older = (cells.get(teacherId) ?? []).filter((one) => !fresh.some(({ field }) => field === one.field))
    cells.set(teacherId, [...older, ...fresh])
  }
  return cells
}

export interface OwnRow {
  teacherId: TeacherId
  version: number
  values: Pick<CurrentRecord, 'name' | 'school' | CollectionColumn>
}

/** A school's people by their relation on a day, as a roster's row says them; nothing of classes f1 to f3. */
export async function ownRows(tx: Tx, schoolId: SchoolId, on: LocalDate): Promise<OwnRow[]> {
  const holds = sql`${appointments.validFrom} <= ${on} AND ${appointments.validTo} > ${on}`
  const here = await tx
    .select({ id: appointments.teacherId })
    .from(appointments)
    .where(and(eq(appointments.schoolId, schoolId), eq(appointments.kind, 'establishment'), holds))
  const ids = here.map(({ id }) => id)
  if (ids.length === 0) return []
  const people = await tx.select().from(teachers).where(inArray(teachers.id, ids)).orderBy(asc(teachers.staffNo))
  const byTeacher = <T extends { teacherId: TeacherId }>(rows: T[]) => groupBy(rows, (row) => row.teacherId)
  const placesOf = byTeacher(await tx.select().from(appointments).where(inArray(appointments.teacherId, ids)))
  const employmentsOf = byTeacher(await tx.select().from(employments).where(inArray(employments.teacherId, ids)))
  const titlesOf = byTeacher(await tx.select().from(titles).where(inArray(titles.teacherId, ids)))
  const gradesOf = byTeacher(await tx.select().from(postGrades).where(inArray(postGrades.teacherId, ids)))
  const names = new Map(
    (await tx.select({ id: schools.id, name: schools.name }).from(schools)).map((s) => [s.id, s.name]),
  )
  return people.map((teacher) => {
    const person: RecordPerson = {
      teacher,
      secrets: NO_SECRETS,
      phone: null,
      certificateNo: null,
      employments: employmentsOf.get(teacher.id) ?? [],
      appointments: placesOf.get(teacher.id) ?? [],
      titles: titlesOf.get(teacher.id) ?? [],
      postGrades: gradesOf.get(teacher.id) ?? [],
      honours: [],
      certificates: [],
      assessments: [],
      principalships: [],
    }
    const values = currentRecord(person, on, (id) => names.get(id) ?? null)
    return { teacherId: teacher.id, version: teacher.version, values }
  })
}

/** Sensitive columns are not read for a collection, whoever looks. */
const NO_SECRETS = {
  ethnic: null,
  nativePlace: null,
  political: null,
  joinedParty: null,
} as const

/** Parts of open tasks that wait for this actor: a school to check, a head to confirm. */
export async function collectionsWaiting(tx: Tx, actor: UserActor): Promise<number> {
  const state = actor.role === 'school_hr' ? 'open' : actor.role === 'principal' ? 'checked' : null
  if (state === null || actor.schoolIds.length === 0) return 0
  const [row] = await tx
    .select({ count: count() })
    .from(collectionSchools)
    .innerJoin(
      collections,
      and(eq(collections.districtId, collectionSchools.districtId), eq(collections.id, collectionSchools.collectionId)),
    )
    .where(
      and(
        eq(collectionSchools.state, state),
        inArray(collectionSchools.schoolId, actor.schoolIds),
        isNull(collections.closedAt),
      ),
    )
  return row?.count ?? 0
}

/** Schools that can be asked: open, and no research centre. */
export const collectableSchools = (tx: Tx) =>
  tx
    .select({ id: schools.id, name: schools.name })
    .from(schools)
    .where(and(sql`${schools.kind} <> 'research'`, isNull(schools.closedOn)))
    .orderBy(asc(schools.position))
