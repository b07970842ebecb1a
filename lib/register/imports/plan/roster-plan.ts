import type { Tx } from '@/db/scope.ts'
import type { StaffRecord } from '../../../rules/register/records.ts'
import type { SchoolId, TeacherId } from '../../../rules/values/ids.ts'
import type { ParsedRow } from '../parsed.ts'
import { afterOps } from './after-ops.ts'
import { markConflicts } from './conflicts.ts'
import { Headships } from './headships.ts'
import { personChanges } from './person-changes.ts'
import type { PlanContext } from './person-context.ts'
import { changedPersonOps, newPersonOps } from './person-ops.ts'
import { readPeople, staffNumbers, touchedSince } from './read-people.ts'
import { type CellChange, outcomeOf, type RowPlan, rowFinding } from './row-plan.ts'
import type { StoredPerson } from './stored-person.ts'
import { onDay } from './timeline.ts'

export interface RosterOptions {
  /** The workbook is one of ours, written at this moment: later changes are conflicts. */
  writtenAt: string | null
  /** Conflicting cells to take from the workbook all the same, by `sheet:row`. */
  chosen: ReadonlyMap<string, ReadonlySet<string>>
  /** Only this school's people: a school's own workbook. */
  onlySchool: SchoolId | null
  /** Also work out the writes; a dry run only compares. */
  withOps: boolean
}

/** What the register holds of the people of one piece of a roster. */
export interface OnFile {
  people: Map<string, StoredPerson>
  numbers: Map<string, TeacherId>
  touched: Map<TeacherId, Set<string>>
}

/** Plans a roster piece by piece; what one row takes (a number, a headship) the next one finds taken. */
export class RosterPlanner {
  readonly #context: PlanContext
  readonly #options: RosterOptions
  readonly #numbers = new Map<string, string>()
  readonly headships: Headships
  readonly schools = new Set<string>()
  #made = 0

  constructor(context: PlanContext, options: RosterOptions, heads: ReadonlyMap<SchoolId, string>) {
    this.#context = context
    this.#options = options
    this.headships = new Headships(heads)
  }

  async plan(tx: Tx, rows: readonly ParsedRow<StaffRecord>[]): Promise<RowPlan[]> {
    return this.compare(rows, await this.read(tx, rows))
  }

  /** Reads only, so that the next piece can be read while the one before it is compared. */
  async read(tx: Tx, rows: readonly ParsedRow<StaffRecord>[]): Promise<OnFile> {
    const idNumbers = rows.map(({ record }) => record.idNumber)
    const said = rows.flatMap(({ record }) => record.staffNo ?? [])
    const { keys, ahead } = this.#context
    const [people, numbers] = await Promise.all([readPeople(tx, keys, idNumbers, ahead), staffNumbers(tx, said)])
    const { writtenAt } = this.#options
    const ids = [...people.values()].map(({ teacher }) => teacher.id)
    return { people, numbers, touched: writtenAt === null ? new Map() : await touchedSince(tx, ids, writtenAt) }
  }

  /** In the order of the workbook: a row finds taken what rows before it took. */
  compare(rows: readonly ParsedRow<StaffRecord>[], { people, numbers, touched }: OnFile): RowPlan[] {
    return rows.map((row) => {
      const person = people.get(row.record.idNumber)
      this.schools.add(person && row.record.school === '' ? (this.#schoolOf(person) ?? '') : row.record.school)
      const refusal = this.#numberTaken(row, numbers, person?.teacher.id) ?? this.#otherSchool(row, person)
      if (refusal) return refusal
      return person ? this.#known(row, person, touched.get(person.teacher.id) ?? new Set()) : this.#fresh(row)
    })
  }

  #at(
    row: ParsedRow<StaffRecord>,
    person?: StoredPerson,
  ): Pick<RowPlan, 'sheet' | 'row' | 'label' | 'schoolName' | 'teacherId'> {
    return {
      sheet: row.sheet,
      row: row.row,
      label: row.record.name || person?.teacher.name || '',
      schoolName: row.record.school || (person ? this.#schoolOf(person) : null),
      teacherId: person?.teacher.id ?? null,
    }
  }

  #schoolOf(person: StoredPerson): string | null {
    const relation = onDay(
      person.appointments.filter(({ kind }) => kind === 'establishment'),
      this.#context.on,
    )
    return relation ? this.#context.nameOf(relation.schoolId) : null
  }

  #refused(row: ParsedRow<StaffRecord>, code: string, values: Record<string, string | number>, field: string): RowPlan {
    const finding = rowFinding(row, code, 'error', values, field)
    return { ...this.#at(row), outcome: 'refused', changes: [], findings: [finding], ops: [] }
  }

  /** A staff number is one person's: in the register, and in the workbook itself. */
  #numberTaken(row: ParsedRow<StaffRecord>, owners: Map<string, TeacherId>, id: TeacherId | undefined): RowPlan | null {
    const { staffNo, idNumber } = row.record
    if (!staffNo) return null
    const owner = owners.get(staffNo)
    if (owner !== undefined && owner !== id) return this.#refused(row, 'E-STAFF-NO-TAKEN', { staffNo }, 'staffNo')
    const first = this.#numbers.get(staffNo)
    if (first !== undefined && first !== idNumber) return this.#refused(row, 'E-STAFF-NO-TWICE', { staffNo }, 'staffNo')
    this.#numbers.set(staffNo, idNumber)
    return null
  }

  #otherSchool(row: ParsedRow<StaffRecord>, person: StoredPerson | undefined): RowPlan | null {
    const { onlySchool } = this.#options
    if (onlySchool === null) return null
    const own = this.#context.nameOf(onlySchool)
    const names = [row.record.school || own, person ? this.#schoolOf(person) : own]
    return names.every((name) => name === own)
      ? null
      : this.#refused(row, 'E-OTHER-SCHOOL', { school: names.find((name) => name !== own) ?? '' }, 'school')
  }

  #fresh(row: ParsedRow<StaffRecord>): RowPlan {
    const { record } = row
    const at = this.#at(row)
    const plan: RowPlan = { ...at, outcome: 'new', changes: [], findings: [], ops: [] }
    if (this.#options.withOps) plan.ops = newPersonOps(record, record.staffNo ?? this.#numberFor(), this.#context)
    if (Headships.isHead(record.duty, record.status)) this.#claim(row, record.school, record.idNumber, plan)
    return plan
  }

  #known(row: ParsedRow<StaffRecord>, person: StoredPerson, touched: ReadonlySet<string>): RowPlan {
    const { writtenAt, withOps } = this.#options
    const { on, nameOf } = this.#context
    let changes = personChanges(person, row, on, nameOf)
    if (writtenAt !== null) changes = markConflicts(person, changes, touched, writtenAt, on)
    const { ops, left } = this.#writes(row, person, changes)
    changes = changes.filter(({ field }) => !left.has(field))
    const findings = [...left].map((field) => rowFinding(row, 'W-NOT-TAKEN', 'warning', {}, field))
    const plan: RowPlan = { ...this.#at(row, person), outcome: outcomeOf(changes), changes, findings, ops: [] }
    const taken = this.#taken(row, changes)
    if (taken.size === 0) return plan
    if (withOps) plan.ops = ops
    this.#followHeadship(row, person, taken, plan)
    return plan
  }

  #taken(row: ParsedRow<StaffRecord>, changes: readonly CellChange[]): Set<string> {
    const take = this.#options.chosen.get(`${row.sheet}:${row.row}`)
    return new Set(changes.filter(({ field, conflict }) => !conflict || take?.has(field)).map(({ field }) => field))
  }

  /**
   * The writes of a row, and the fields that cannot become what it says because another dated fact is in the way
   * (joined before an earlier stay began): those are told and left, so that the same row never changes anything twice.
   */
  #writes(row: ParsedRow<StaffRecord>, person: StoredPerson, changes: readonly CellChange[]) {
    const said = new Set<string>(row.said)
    const left = new Set<string>()
    for (;;) {
      const taken = this.#taken(
        row,
        changes.filter(({ field }) => !left.has(field)),
      )
      if (taken.size === 0) return { ops: [], left }
      const ops = changedPersonOps(person, row.record, taken, this.#context, said)
      const after = personChanges(afterOps(person, ops, row.record), row, this.#context.on, this.#context.nameOf)
      const stuck = after.filter(({ field }) => taken.has(field))
      if (stuck.length === 0) return { ops, left }
      for (const { field } of stuck) left.add(field)
    }
  }

  #followHeadship(row: ParsedRow<StaffRecord>, person: StoredPerson, taken: ReadonlySet<string>, plan: RowPlan): void {
    if (!['duty', 'status', 'school'].some((field) => taken.has(field))) return
    const { record } = row
    const employment = onDay(person.employments, this.#context.on)
    const duty = taken.has('duty') ? record.duty : (employment?.duty ?? null)
    const status = taken.has('status') ? record.status : employment?.status
    const school = taken.has('school') ? record.school : this.#schoolOf(person)
    const { id } = person.teacher
    const heads = school !== null && Headships.isHead(duty, status)
    if (heads && this.headships.heads(this.#context.schoolIdOf(school), id)) return
    this.headships.leave(id)
    if (heads) this.#claim(row, school, id, plan)
  }

  /** The opening leaves the row's own writes: it waits for every ending of the workbook. */
  #claim(at: ParsedRow<StaffRecord>, school: string, who: string, plan: RowPlan): void {
    const op = plan.ops.find(({ table, do: what }) => table === 'principalships' && what === 'insert') ?? null
    plan.ops = plan.ops.filter((other) => other !== op)
    this.headships.claim({ schoolId: this.#context.schoolIdOf(school), school, who, at, op })
  }

  /** Schools number people by themselves; who has none gets one of ours. */
  #numberFor(): string {
    this.#made += 1
    return `T${this.#context.at.replace(/\D/g, '').slice(2, 14)}${String(this.#made).padStart(5, '0')}`
  }
}

/** Cells as they may be shown and kept in the open. */
export const openChanges = (changes: readonly CellChange[]): CellChange[] =>
  changes.map((change) => (change.sensitive ? { ...change, old: change.old === null ? null : '•', new: '•' } : change))
