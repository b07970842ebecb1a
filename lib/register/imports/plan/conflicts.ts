import type { LocalDate } from '../../../rules/values/dates.ts'
import type { CellChange, Dated } from './row-plan.ts'
import { relationsOf, type StoredPerson, servicesOf } from './stored-person.ts'
import { onDay } from './timeline.ts'

/** Where a roster's field is kept when it is no dated fact: entity and column of its field_changes. */
const KEPT_IN: Record<string, string> = {
  ...Object.fromEntries(
    [
      'staffNo',
      'name',
      'sex',
      'joinedWork',
      'firstEducation',
      'firstEducationAt',
      'highestEducation',
      'highestEducationAt',
      'degree',
      'putonghua',
      'note',
    ].map((field) => [field, `teachers.${field}`]),
  ),
  ...Object.fromEntries(
    ['phone', 'certificateNo', 'ethnic', 'nativePlace', 'political', 'joinedParty'].map((field) => [
      field,
      `teacher_secrets.${field}`,
    ]),
  ),
}

/** Milliseconds in which a UUIDv7 was made. */
const madeAt = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

interface Line {
  table: string
  rows: readonly (Dated & Record<string, unknown>)[]
  column: string
}

/**
 * Marks the cells that were changed in the system after the workbook was written: for those the workbook may hold an
 * older value than the register, so the register's is kept unless somebody chooses otherwise.
 */
export function markConflicts(
  person: StoredPerson,
  changes: readonly CellChange[],
  touched: ReadonlySet<string>,
  since: string,
  on: LocalDate,
): CellChange[] {
  const written = Date.parse(since)
  const isTouched = (field: string): boolean => {
    const kept = KEPT_IN[field]
    if (kept !== undefined) return touched.has(kept)
    const line = lineOf(person, field)
    if (!line) return false
    if (line.column === '*') return touched.has(line.table)
    const row = onDay(line.rows, on)
    if (!row) return false
    // A correction in place says so itself; a row opened since differs from the one before it
    if (touched.has(`${line.table}.${line.column}`)) return true
    if (madeAt(row.id) <= written) return false
    const before = line.rows.find((other) => other.during.until === row.during.from)
    return before === undefined || before[line.column] !== row[line.column]
  }
  return changes.map((change) => (isTouched(change.field) ? { ...change, conflict: true as const } : change))
}

function lineOf(person: StoredPerson, field: string): Line | null {
  const of = (table: string, rows: Line['rows'], column: string): Line => ({ table, rows, column })
  switch (field) {
    case 'school':
      return of('appointments', relationsOf(person), 'schoolId')
    case 'workSchool':
      return of('appointments', servicesOf(person), 'schoolId')
    case 'joinedSchool':
      return of('appointments', relationsOf(person), 'during')
    case 'stage':
    case 'subject':
    case 'periods':
    case 'isClassTeacher':
      return of('appointments', relationsOf(person), field)
    case 'form':
    case 'category':
    case 'postKind':
    case 'duty':
    case 'status':
      return of('employments', person.employments, field)
    case 'title':
    case 'titleAppointed':
      return of(
        'titles',
        person.titles.filter(({ kind }) => kind === 'appointed'),
        field === 'title' ? 'title' : 'during',
      )
    case 'titleObtained':
      return of(
        'titles',
        person.titles.filter(({ kind }) => kind === 'held'),
        'during',
      )
    case 'postGrade':
      return of('post_grades', person.postGrades, 'grade')
    case 'postSince':
      return of('post_grades', person.postGrades, 'during')
    case 'honours':
    case 'certificateKind':
    case 'certificateSubject':
      return of(field === 'honours' ? 'honours' : 'certificates', [], '*')
    case 'assessments':
      return of('annual_assessments', [], '*')
    default:
      return null
  }
}
