import { type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { uuids } from '@/db/among.ts'
import {
  annualAssessments,
  appointments,
  candidateEvents,
  certificates,
  disciplinaryPeriods,
  educationGroups,
  employments,
  groupMemberships,
  honours,
  leaves,
  postGrades,
  postings,
  principalships,
  reserveCandidates,
  reservePlacements,
  schoolPairings,
  schools,
  schoolYears,
  studioMemberships,
  studios,
  teacherSecrets,
  teachers,
  titles,
} from '@/db/schema/index.ts'
import type { ImportTable, StoredRow } from '../plan/row-plan.ts'

/** The tables an import writes, parents before children: inserted in this order, taken back in reverse. */
export const TABLES: Record<ImportTable, PgTable> = {
  schools,
  school_years: schoolYears,
  education_groups: educationGroups,
  group_memberships: groupMemberships,
  school_pairings: schoolPairings,
  teachers,
  teacher_secrets: teacherSecrets,
  postings,
  employments,
  appointments,
  titles,
  post_grades: postGrades,
  honours,
  certificates,
  annual_assessments: annualAssessments,
  principalships,
  leaves,
  disciplinary_periods: disciplinaryPeriods,
  studios,
  studio_memberships: studioMemberships,
  reserve_candidates: reserveCandidates,
  candidate_events: candidateEvents,
  reserve_placements: reservePlacements,
}
export const TABLE_ORDER = Object.keys(TABLES) as ImportTable[]

/** Classes f1, f2, f3, f6: their values are kept sealed in the record of changes, and rows only by a digest. */
export const SEALED_TABLES: ReadonlySet<ImportTable> = new Set(['teacher_secrets', 'leaves', 'disciplinary_periods'])

/** Worked out from another column or kept by every write: restored with it, no change of their own. */
export const DERIVED: ReadonlySet<string> = new Set(['version', 'changedAt', 'pinyin', 'initials'])

/** Text that names a row of a table in the record of changes. */
export function keyOf(table: ImportTable, row: StoredRow): string {
  if (table === 'school_years') return `${row.schoolId}|${row.year}`
  return String(table === 'teacher_secrets' ? row.teacherId : row.id)
}

/** The same of a row `t` in SQL. */
export function keySql(table: ImportTable): SQL {
  if (table === 'school_years') return sql`t.school_id || '|' || t.year`
  return table === 'teacher_secrets' ? sql`t.teacher_id::text` : sql`t.id::text`
}

/** Rows `t` with one of these keys; they travel as one value however many they are. */
export function hasKey(table: ImportTable, keys: readonly string[]): SQL {
  if (table === 'school_years') return sql`${keySql(table)} = ANY (${sql.param([...keys])}::text[])`
  return table === 'teacher_secrets' ? sql`t.teacher_id = ANY (${uuids(keys)})` : sql`t.id = ANY (${uuids(keys)})`
}

const OF_TEACHER: ReadonlySet<ImportTable> = new Set([
  'teacher_secrets',
  'postings',
  'employments',
  'appointments',
  'titles',
  'post_grades',
  'honours',
  'certificates',
  'annual_assessments',
  'principalships',
  'leaves',
  'disciplinary_periods',
  'studio_memberships',
])
/** Whose row it is, in SQL. */
export function teacherSql(table: ImportTable): SQL {
  if (table === 'teachers') return sql`t.id`
  return OF_TEACHER.has(table) ? sql`t.teacher_id` : sql`NULL::uuid`
}
export const teacherOf = (table: ImportTable, row: StoredRow): string | null =>
  table === 'teachers' ? String(row.id) : ((row.teacherId as string | undefined) ?? null)
export function schoolSql(table: ImportTable): SQL {
  if (table === 'schools') return sql`t.id`
  return table === 'school_years' ? sql`t.school_id` : sql`NULL::uuid`
}
export const schoolOf = (table: ImportTable, row: StoredRow): string | null =>
  table === 'schools' ? String(row.id) : table === 'school_years' ? String(row.schoolId) : null
