import { newId } from '../../../platform/new-id.ts'
import type { StaffRecord } from '../../../rules/register/records.ts'
import { firstDayOf, type LocalDate } from '../../../rules/values/dates.ts'
import { honoursLeftOut, newAssessments, newHonours } from './person-changes.ts'
import type { PlanContext } from './person-context.ts'
import type { RowOp } from './row-plan.ts'
import type { StoredPerson } from './stored-person.ts'
import { endAt, moveStart, onDay, opsBetween, setFrom } from './timeline.ts'

type TitleRow = StoredPerson['titles'][number]

/** A day a row says, when it is one on which the change can begin; else the workbook's day. */
const dayOr = (month: StaffRecord['titleObtained'], on: LocalDate): LocalDate => {
  const day = month === null ? on : firstDayOf(month)
  return day <= on ? day : on
}

/** 职称 held and appointed, each its own line: another title from its date, another date of the same title as a correction. */
export function titleOps(
  person: StoredPerson,
  record: StaffRecord,
  changed: ReadonlySet<string>,
  context: PlanContext,
): RowOp[] {
  const held = person.titles.filter(({ kind }) => kind === 'held')
  const appointed = person.titles.filter(({ kind }) => kind === 'appointed')
  const titleChanged = changed.has('title')
  return [
    ...opsBetween(
      'titles',
      held,
      titleLine(held, 'held', person, record, context, {
        changed: titleChanged,
        date: changed.has('titleObtained') ? record.titleObtained : null,
        fallback: titleChanged ? (record.titleObtained ?? record.titleAppointed) : null,
        opens: true,
      }),
    ),
    ...opsBetween(
      'titles',
      appointed,
      titleLine(appointed, 'appointed', person, record, context, {
        changed: titleChanged,
        date: changed.has('titleAppointed') ? record.titleAppointed : null,
        fallback: titleChanged ? record.titleAppointed : null,
        opens: record.titleAppointed !== null,
      }),
    ),
  ]
}

interface TitleChange {
  changed: boolean
  /** Said and other than on file. */
  date: StaffRecord['titleObtained']
  fallback: StaffRecord['titleObtained']
  /** Whether a line that is empty begins. */
  opens: boolean
}

function titleLine(
  rows: TitleRow[],
  kind: TitleRow['kind'],
  person: StoredPerson,
  record: StaffRecord,
  { on, batchId, districtId }: PlanContext,
  { changed, date, fallback, opens }: TitleChange,
): TitleRow[] {
  const row = onDay(rows, on)
  if (!changed) {
    if (date === null) return rows
    if (row) return moveStart(rows, row, dayOr(date, on))
  }
  if (changed && record.title === 'none') return endAt(rows, on)
  if (row) {
    const day = dayOr(fallback, on)
    const corrected = { ...row, title: record.title }
    // A date before the row's own: the row itself was wrong
    if (day <= row.during.from)
      return moveStart(
        rows.map((other) => (other === row ? corrected : other)),
        corrected,
        day,
      )
    return setFrom(rows, day, { title: record.title }, batchId)
  }
  const title = changed ? record.title : (onDay(person.titles, on)?.title ?? record.title)
  if (!opens || title === 'none') return rows
  const from = dayOr(date ?? fallback, on)
  const next = rows.map(({ during }) => during.from).filter((day) => day > from)
  const last = rows.map(({ during }) => during.until ?? from).filter((day) => day > from && day <= on)
  return [
    ...rows,
    {
      districtId,
      id: newId<string>(),
      teacherId: person.teacher.id,
      title,
      kind,
      during: { from: last.sort().at(-1) ?? from, until: next.sort()[0] ?? null },
      batchId,
    } as TitleRow,
  ]
}

/** 岗位等级: another grade from 岗位聘任时间 or the workbook's day; another date of the same grade as a correction. */
export function gradeOps(
  person: StoredPerson,
  record: StaffRecord,
  changed: ReadonlySet<string>,
  { on, batchId, districtId }: PlanContext,
): RowOp[] {
  const rows = person.postGrades
  const row = onDay(rows, on)
  const table = 'post_grades' as const
  if (!changed.has('postGrade'))
    return row ? opsBetween(table, rows, moveStart(rows, row, dayOr(record.postSince, on))) : []
  const since = changed.has('postSince') ? record.postSince : null
  const grade = record.postGrade
  if (grade === null) return opsBetween(table, rows, endAt(rows, on))
  if (row) {
    const day = dayOr(since, on)
    const corrected = { ...row, grade }
    if (day <= row.during.from)
      return opsBetween(
        table,
        rows,
        moveStart(
          rows.map((other) => (other === row ? corrected : other)),
          corrected,
          day,
        ),
      )
    return opsBetween(table, rows, setFrom(rows, day, { grade }, batchId))
  }
  const from = dayOr(record.postSince, on)
  const next = rows.map(({ during }) => during.from).filter((day) => day > from)
  const during = { from, until: next.sort()[0] ?? null }
  const fresh = { districtId, id: newId<string>(), teacherId: person.teacher.id, grade, during, batchId }
  return [{ do: 'insert', table, row: fresh }]
}

/** Honours, assessments and certificates are added; an honour the row leaves out ends only where that was chosen. */
export function listOps(
  person: StoredPerson,
  record: StaffRecord,
  changed: ReadonlySet<string>,
  context: PlanContext,
): RowOp[] {
  const { districtId, batchId, at } = context
  const of = { districtId, teacherId: person.teacher.id, batchId, changedAt: at }
  const ops: RowOp[] = []
  if (changed.has('honours')) {
    const undated = person.honours.filter(({ awardedMonth }) => awardedMonth === null)
    for (const honour of newHonours(person, record.honours)) {
      const known = undated.find(({ kind, level }) => kind === honour.kind && level === honour.level)
      if (known) undated.splice(undated.indexOf(known), 1)
      const awardedMonth = honour.awarded ? firstDayOf(honour.awarded) : null
      if (known) ops.push({ do: 'update', table: 'honours', row: known, set: { awardedMonth, changedAt: at } })
      else {
        const row = { ...of, id: newId<string>(), kind: honour.kind, level: honour.level, awardedMonth }
        ops.push({ do: 'insert', table: 'honours', row })
      }
    }
  }
  if (changed.has('honoursEnded'))
    for (const row of honoursLeftOut(person, record.honours, context.on))
      ops.push({ do: 'update', table: 'honours', row, set: { validUntil: context.on, changedAt: at } })
  if (changed.has('assessments'))
    for (const { year, result } of newAssessments(person, record)) {
      const known = person.assessments.find((row) => row.year === year)
      if (known) ops.push({ do: 'update', table: 'annual_assessments', row: known, set: { result, changedAt: at } })
      else {
        const relation = onDay(
          person.appointments.filter(({ kind }) => kind === 'establishment'),
          context.on,
        )
        const row = { ...of, id: newId<string>(), year, result, schoolId: relation?.schoolId ?? null }
        ops.push({ do: 'insert', table: 'annual_assessments', row })
      }
    }
  if (changed.has('certificateKind'))
    ops.push({
      do: 'insert',
      table: 'certificates',
      row: { ...of, id: newId<string>(), kind: record.certificateKind, subject: record.certificateSubject },
    })
  else if (changed.has('certificateSubject')) {
    const known = person.certificates.find(({ kind }) => kind === record.certificateKind)
    if (known)
      ops.push({
        do: 'update',
        table: 'certificates',
        row: known,
        set: { subject: record.certificateSubject, changedAt: at },
      })
  }
  return ops
}
