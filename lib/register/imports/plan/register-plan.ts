import { and, eq } from 'drizzle-orm'
import { isAmong, isDigest } from '@/db/among.ts'
import { disciplinaryPeriods, leaves, postings, teacherSecrets, teachers } from '@/db/schema/index.ts'
import type { PostingId } from '@/db/schema/rotation/postings.ts'
import type { Tx } from '@/db/scope.ts'
import { newId } from '../../../platform/new-id.ts'
import type { DisciplineRecord, LeaveRecord, RotationRecord } from '../../../rules/register/records.ts'
import { addDays, firstDayOf, monthOf } from '../../../rules/values/dates.ts'
import { groupBy } from '../../../rules/values/group-by.ts'
import type { TeacherId } from '../../../rules/values/ids.ts'
import { lastDayOfPosting } from '../../store/load-district.ts'
import type { ParsedRow } from '../parsed.ts'
import type { PlanContext } from './person-context.ts'
import { type CellChange, type ImportTable, outcomeOf, type RowPlan, rowFinding, type StoredRow } from './row-plan.ts'

export type RegisterRow =
  | (ParsedRow<RotationRecord> & { kind: 'rotations' })
  | (ParsedRow<LeaveRecord> & { kind: 'leaves' })
  | (ParsedRow<DisciplineRecord> & { kind: 'disciplines' })

interface Person {
  id: TeacherId
  name: string
}

/** Plans the registers: a line is known by its person and its beginning, so the same line twice is one fact. */
export class RegisterPlanner {
  readonly #context: PlanContext
  readonly #withOps: boolean
  /** Whose places of work follow from postings that are new or changed. */
  readonly posted = new Set<TeacherId>()
  /** Lines of this workbook by what would be their row: a second one with the same beginning is refused. */
  readonly #seen = new Map<string, number>()

  constructor(context: PlanContext, options: { withOps: boolean }) {
    this.#context = context
    this.#withOps = options.withOps
  }

  async plan(tx: Tx, rows: readonly RegisterRow[]): Promise<RowPlan[]> {
    const people = await this.#people(tx, [...new Set(rows.map(({ record }) => record.idNumber))])
    const ids = [...people.values()].map(({ id }) => id)
    const read = async <T extends { teacherId: TeacherId }>(kind: RegisterRow['kind'], query: () => Promise<T[]>) =>
      groupBy(ids.length > 0 && rows.some((row) => row.kind === kind) ? await query() : [], (row: T) => row.teacherId)
    const postingsOf = await read('rotations', () => tx.select().from(postings).where(isAmong(postings.teacherId, ids)))
    const leavesOf = await read('leaves', () => tx.select().from(leaves).where(isAmong(leaves.teacherId, ids)))
    const disciplinesOf = await read('disciplines', () =>
      tx.select().from(disciplinaryPeriods).where(isAmong(disciplinaryPeriods.teacherId, ids)),
    )
    return rows.map((row) => {
      const person = people.get(row.record.idNumber)
      if (!person) return refusedRow(row, null, 'E-PERSON-UNKNOWN', {}, 'idNumber')
      if (row.kind === 'rotations') return this.#rotation(row, person, postingsOf.get(person.id) ?? [])
      if (row.kind === 'leaves') return this.#leave(row, person, leavesOf.get(person.id) ?? [])
      return this.#discipline(row, person, disciplinesOf.get(person.id) ?? [])
    })
  }

  async #people(tx: Tx, idNumbers: readonly string[]): Promise<Map<string, Person>> {
    const { keys } = this.#context
    const byHash = new Map(idNumbers.map((idNumber) => [keys.lookup('idNumber', idNumber).toString('hex'), idNumber]))
    if (byHash.size === 0) return new Map()
    const found = await tx
      .select({ id: teacherSecrets.teacherId, hash: teacherSecrets.idHash, name: teachers.name })
      .from(teacherSecrets)
      .innerJoin(
        teachers,
        and(eq(teachers.districtId, teacherSecrets.districtId), eq(teachers.id, teacherSecrets.teacherId)),
      )
      .where(isDigest(teacherSecrets.idHash, [...byHash.keys()]))
    return new Map(found.map(({ id, hash, name }) => [byHash.get(hash.toString('hex'))!, { id, name }]))
  }

  #once(row: RegisterRow, person: Person, key: string): RowPlan | null {
    const whole = `${row.kind}|${person.id}|${key}`
    const first = this.#seen.get(whole)
    this.#seen.set(whole, first ?? row.row)
    return first === undefined ? null : refusedRow(row, person, 'E-SAME-START', { row: first }, 'start')
  }

  #rotation(
    row: RegisterRow & { kind: 'rotations' },
    person: Person,
    known: (typeof postings.$inferSelect)[],
  ): RowPlan {
    const { record } = row
    const { schoolIdOf, nameOf } = this.#context
    const twice = this.#once(row, person, record.start)
    if (twice) return twice
    const startsOn = firstDayOf(record.start)
    const stored = known.find((posting) => posting.startsOn === startsOn)
    const fresh = {
      form: record.form as number,
      movesRelation: record.movesRelation,
      fromSchoolId: schoolIdOf(record.fromSchool),
      toSchoolId: schoolIdOf(record.toSchool),
      endsOn: lastDayOfPosting(record),
      planned: record.planned,
      note: record.note,
    }
    if (!stored) {
      this.posted.add(person.id)
      const made = { startsOn, source: 'register' as const }
      return this.#fresh(row, person, 'postings', { id: newId<PostingId>(), ...fresh, ...made })
    }
    const said = new Set(row.said as string[])
    const pick = (field: string, column: keyof typeof fresh, show: (value: never) => unknown = (value) => value) =>
      said.has(field) && stored[column] !== fresh[column]
        ? [{ column, change: { field, old: show(stored[column] as never), new: show(fresh[column] as never) } }]
        : []
    const month = (day: typeof stored.endsOn) => (day === null ? null : monthOf(day))
    const picked = [
      ...pick('form', 'form'),
      ...pick('movesRelation', 'movesRelation'),
      ...pick('fromSchool', 'fromSchoolId', nameOf),
      ...pick('toSchool', 'toSchoolId', nameOf),
      ...pick('end', 'endsOn', month),
      ...pick('note', 'note'),
    ]
    const set: StoredRow = Object.fromEntries(picked.map(({ column }) => [column, fresh[column]]))
    if ((said.has('end') || said.has('note')) && stored.planned !== fresh.planned) {
      set.planned = fresh.planned
      picked.push({ column: 'planned', change: { field: 'planned', old: stored.planned, new: fresh.planned } })
    }
    if (picked.length > 0) this.posted.add(person.id)
    return this.#compared(
      row,
      person,
      'postings',
      stored,
      picked.map(({ change }) => change),
      set,
    )
  }

  #leave(row: RegisterRow & { kind: 'leaves' }, person: Person, known: (typeof leaves.$inferSelect)[]): RowPlan {
    const { record } = row
    const twice = this.#once(row, person, `${record.kind}|${record.start ?? ''}|${record.childBirth ?? ''}`)
    if (twice) return twice
    const stored = known.find(
      ({ kind, startsOn, childBirth }) =>
        kind === record.kind &&
        ((record.start !== null && startsOn === record.start) ||
          (record.childBirth !== null &&
            childBirth === record.childBirth &&
            (startsOn === null || record.start === null))),
    )
    const fresh = { startsOn: record.start, endsOn: record.end, childBirth: record.childBirth }
    if (!stored) return this.#fresh(row, person, 'leaves', { id: newId<string>(), kind: record.kind, ...fresh })
    return this.#dates(row, person, 'leaves', stored, fresh, ['start', 'end', 'childBirth'], {
      version: stored.version + 1,
    })
  }

  #discipline(
    row: RegisterRow & { kind: 'disciplines' },
    person: Person,
    known: (typeof disciplinaryPeriods.$inferSelect)[],
  ): RowPlan {
    const { record } = row
    const twice = this.#once(row, person, `${record.kind}|${record.start}`)
    if (twice) return twice
    const stored = known.find(({ kind, startsOn }) => kind === record.kind && startsOn === record.start)
    const fresh = { startsOn: record.start, endsOn: record.end }
    if (!stored)
      return this.#fresh(row, person, 'disciplinary_periods', { id: newId<string>(), kind: record.kind, ...fresh })
    return this.#dates(row, person, 'disciplinary_periods', stored, fresh, ['start', 'end'], {})
  }

  #dates(
    row: RegisterRow,
    person: Person,
    table: ImportTable,
    stored: StoredRow,
    fresh: StoredRow,
    fields: readonly string[],
    more: StoredRow,
  ): RowPlan {
    const columns: Record<string, string> = { start: 'startsOn', end: 'endsOn', childBirth: 'childBirth' }
    const said = new Set(row.said as string[])
    const changed = fields.filter((field) => said.has(field) && stored[columns[field]!] !== fresh[columns[field]!])
    const changes = changed.map((field) => ({
      field,
      old: stored[columns[field]!] ?? null,
      new: fresh[columns[field]!] ?? null,
    }))
    const set = Object.fromEntries(changed.map((field) => [columns[field]!, fresh[columns[field]!]]))
    return this.#compared(row, person, table, stored, changes, { ...set, ...more })
  }

  #fresh(row: RegisterRow, person: Person, table: ImportTable, values: StoredRow): RowPlan {
    const { districtId, batchId, at } = this.#context
    const plan = this.#plan(row, person)
    if (this.#withOps)
      plan.ops.push({
        do: 'insert',
        table,
        row: { districtId, teacherId: person.id, ...values, batchId, changedAt: at },
      })
    return { ...plan, outcome: 'new' }
  }

  #compared(
    row: RegisterRow,
    person: Person,
    table: ImportTable,
    stored: StoredRow,
    changes: CellChange[],
    set: StoredRow,
  ): RowPlan {
    const plan = { ...this.#plan(row, person), outcome: outcomeOf(changes), changes }
    if (this.#withOps && changes.length > 0)
      plan.ops.push({ do: 'update', table, row: stored, set: { ...set, changedAt: this.#context.at } })
    return plan
  }

  #plan(row: RegisterRow, person: Person): RowPlan {
    const findings =
      row.record.name !== '' && row.record.name !== person.name
        ? [rowFinding(row, 'W-NAME-OTHER', 'warning', { name: row.record.name, known: person.name }, 'name')]
        : []
    return { ...placeOf(row, person), outcome: 'unchanged', changes: [], findings, ops: [] }
  }
}

const placeOf = (row: RegisterRow, person: Person | null) => ({
  sheet: row.sheet,
  row: row.row,
  label: row.record.name || person?.name || '',
  schoolName: (row.kind === 'rotations' ? row.record.relationSchool : row.record.school) || null,
  teacherId: person?.id ?? null,
})

function refusedRow(
  row: RegisterRow,
  person: Person | null,
  code: string,
  values: Record<string, string | number>,
  field: string,
): RowPlan {
  const findings = [rowFinding(row, code, 'error', values, field)]
  return { ...placeOf(row, person), outcome: 'refused', changes: [], findings, ops: [] }
}

/** Day after a posting's last. */
export const untilOf = (endsOn: (typeof postings.$inferSelect)['endsOn']) =>
  endsOn === null ? null : addDays(endsOn, 1)
