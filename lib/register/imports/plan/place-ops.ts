import type { AppointmentId } from '@/db/schema/register/appointments.ts'
import { newId } from '../../../platform/new-id.ts'
import type { StaffRecord } from '../../../rules/register/records.ts'
import { firstDayOf, type LocalDate } from '../../../rules/values/dates.ts'
import type { SchoolId } from '../../../rules/values/ids.ts'
import type { PlanContext } from './person-context.ts'
import type { RowOp } from './row-plan.ts'
import { relationsOf, type StoredPerson, servicesOf, stayStart } from './stored-person.ts'
import { moveStart, onDay, opsBetween, setFrom } from './timeline.ts'

type Appointment = StoredPerson['appointments'][number]
const TEACHING = ['stage', 'subject', 'periods', 'isClassTeacher'] as const

/** Where a person belongs and teaches: a transfer from the month of joining, another place or subject from the workbook's day. */
export function placeOps(
  person: StoredPerson,
  record: StaffRecord,
  changed: ReadonlySet<string>,
  context: PlanContext,
  said: ReadonlySet<string>,
): RowOp[] {
  const { on, batchId } = context
  let relations = relationsOf(person)
  let services = servicesOf(person)
  const relation = onDay(relations, on)
  if (!relation) return comeBack(person, record, context)
  const teaching: Partial<Appointment> = {}
  for (const field of TEACHING) if (changed.has(field)) Object.assign(teaching, { [field]: record[field] })
  if (Object.keys(teaching).length > 0) {
    relations = setFrom(relations, on, teaching, batchId)
    services = setFrom(services, on, teaching, batchId)
  }
  if (changed.has('school')) {
    const schoolId = context.schoolIdOf(record.school)
    const stay = stayStart(relations, relation)
    const joined = said.has('joinedSchool') ? firstDayOf(record.joinedSchool) : on
    // At another school since before the stay began: the school on file was wrong from its first day
    const from = joined > stay.during.from ? (joined < on ? joined : on) : stay.during.from
    relations = transferred(relations, from, relation.schoolId, schoolId, context)
    services = transferred(services, from, relation.schoolId, schoolId, context)
    if (joined < from) [relations, services] = joinedEarlier(relations, services, on, joined)
  } else if (changed.has('joinedSchool')) {
    ;[relations, services] = joinedEarlier(relations, services, on, firstDayOf(record.joinedSchool))
  }
  if (changed.has('workSchool') || (changed.has('school') && said.has('workSchool'))) {
    const schoolId = context.schoolIdOf(record.workSchool)
    if (onDay(services, on)?.schoolId !== schoolId)
      services = setFrom(services, on, { schoolId, postingId: null }, batchId)
  }
  return [
    ...opsBetween('appointments', relationsOf(person), relations),
    ...opsBetween('appointments', servicesOf(person), services),
  ]
}

/** The stay in force began on another day, and the service that began with it. */
function joinedEarlier(
  relations: Appointment[],
  services: Appointment[],
  on: LocalDate,
  from: LocalDate,
): [Appointment[], Appointment[]] {
  const relation = onDay(relations, on)
  if (!relation) return [relations, services]
  const first = stayStart(relations, relation)
  const service = services.find((row) => row.during.from === first.during.from && row.schoolId === first.schoolId)
  return [moveStart(relations, first, from), service ? moveStart(services, service, from) : services]
}

/** From a day on, every row that stood for the old school stands for the new one; a posting elsewhere goes on. */
function transferred(
  rows: readonly Appointment[],
  from: LocalDate,
  oldId: SchoolId,
  newIdOfSchool: SchoolId,
  { batchId }: PlanContext,
): Appointment[] {
  const moved = onDay(rows, from)?.schoolId === oldId ? setFrom(rows, from, { schoolId: newIdOfSchool }, batchId) : rows
  return moved.map((row) =>
    row.during.from >= from && row.schoolId === oldId ? { ...row, schoolId: newIdOfSchool } : row,
  )
}

/** Known, but nowhere on the day: begins again at the school of the row, after whatever came before. */
function comeBack(person: StoredPerson, record: StaffRecord, context: PlanContext): RowOp[] {
  const joined = firstDayOf(record.joinedSchool)
  const last = person.appointments.map(({ during }) => during.until ?? context.on).sort()
  const from = last.length > 0 && last.at(-1)! > joined ? last.at(-1)! : joined
  const later = person.appointments.map(({ during }) => during.from).filter((day) => day > from)
  const during = { from, until: later.sort()[0] ?? null }
  const teaching = {
    stage: record.stage,
    subject: record.subject,
    periods: record.periods,
    isClassTeacher: record.isClassTeacher,
  }
  const row = (kind: Appointment['kind'], school: string) =>
    ({
      districtId: context.districtId,
      id: newId<AppointmentId>(),
      teacherId: person.teacher.id,
      schoolId: context.schoolIdOf(school),
      kind,
      partTime: false,
      ...teaching,
      during,
      postingId: null,
      batchId: context.batchId,
    }) satisfies Record<string, unknown>
  return [
    { do: 'insert', table: 'appointments', row: row('establishment', record.school) },
    { do: 'insert', table: 'appointments', row: row('service', record.workSchool || record.school) },
  ]
}
