import type { LocalDate } from '../../../rules/values/dates.ts'
import type { RowOp } from './row-plan.ts'
import { relationsOf, type StoredPerson, servicesOf } from './stored-person.ts'
import { endAt, opsBetween } from './timeline.ts'

/** A person who left on a day: what holds then ends with the day before, what was true before stays on file. */
export function leaveOps(person: StoredPerson, on: LocalDate, at: string): RowOp[] {
  const { teacher } = person
  const set = { leftOn: on, version: teacher.version + 1, changedAt: at }
  return [
    { do: 'update', table: 'teachers', row: teacher, set },
    ...opsBetween('employments', person.employments, endAt(person.employments, on)),
    ...opsBetween('appointments', relationsOf(person), endAt(relationsOf(person), on)),
    ...opsBetween('appointments', servicesOf(person), endAt(servicesOf(person), on)),
    ...opsBetween('principalships', person.principalships, endAt(person.principalships, on)),
  ]
}
