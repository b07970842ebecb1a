import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { fieldChanges, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { fieldsOf } from '@/lib/rules/access/masks.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { addDays } from '@/lib/rules/values/dates.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'
import { teachersById } from './teacher-list.ts'
import { type ChangeEntry, type RecordEntry, teacherChanges, teacherRecord } from './teacher-record.ts'
import type { TeacherRow } from './teacher-rows.ts'

export interface PublicFacts {
  firstEducation: string | null
  firstEducationAt: string | null
  highestEducation: string | null
  highestEducationAt: string | null
  degree: string | null
  putonghua: string | null
  bondUntil: LocalDate | null
  leftOn: LocalDate | null
  note: string | null
}

export interface TeacherView {
  row: TeacherRow
  /** Absent for roles that read name, school and subject only. */
  facts: PublicFacts | null
  record: RecordEntry[]
  changes: ChangeEntry[]
  on: LocalDate
}

/** A person with the whole record, as of a day; null when there is none, or not for this actor. */
export async function teacherView(
  tx: Tx,
  actor: UserActor,
  teacherId: TeacherId,
  on: LocalDate,
): Promise<TeacherView | null> {
  const [row] = await teachersById(tx, actor, [teacherId], on, fieldsOf(actor.role))
  if (!row) return null
  const [record, changes, facts] = await Promise.all([
    teacherRecord(tx, actor, teacherId),
    teacherChanges(tx, actor, teacherId),
    actor.role === 'researcher' ? null : publicFacts(tx, teacherId),
  ])
  const was = on < actor.today ? await earlierValues(tx, teacherId, on) : {}
  return {
    row: {
      ...row,
      ...pick(was, ['name', 'staffNo', 'sex', 'joinedWork']),
      education: was.highestEducation ?? row.education,
    } as TeacherRow,
    facts: facts && { ...facts, ...pick(was, Object.keys(facts)) },
    record,
    changes,
    on,
  }
}

const pick = (values: Record<string, unknown>, names: readonly string[]) =>
  Object.fromEntries(names.filter((name) => name in values).map((name) => [name, values[name]]))

async function publicFacts(tx: Tx, teacherId: TeacherId): Promise<PublicFacts | null> {
  const [row] = await tx
    .select({
      firstEducation: teachers.firstEducation,
      firstEducationAt: teachers.firstEducationAt,
      highestEducation: teachers.highestEducation,
      highestEducationAt: teachers.highestEducationAt,
      degree: teachers.degree,
      putonghua: teachers.putonghua,
      bondUntil: teachers.bondUntil,
      leftOn: teachers.leftOn,
      note: teachers.note,
    })
    .from(teachers)
    .where(eq(teachers.id, teacherId))
  return row ?? null
}

/** Fields without dates as they read at the end of a past day: the old value of the first correction made after it. */
async function earlierValues(tx: Tx, teacherId: TeacherId, on: LocalDate): Promise<Record<string, unknown>> {
  const rows = await tx
    .select({ field: fieldChanges.field, old: fieldChanges.old })
    .from(fieldChanges)
    .where(
      and(
        eq(fieldChanges.entity, 'teachers'),
        eq(fieldChanges.entityId, teacherId),
        eq(fieldChanges.operation, 'update'),
        gt(fieldChanges.at, sql`${addDays(on, 1)}::date`),
      ),
    )
    .orderBy(asc(fieldChanges.seq))
  const values: Record<string, unknown> = {}
  for (const { field, old } of rows) if (field && !(field in values)) values[field] = old
  return values
}
