import { asc, eq } from 'drizzle-orm'
import { type groupMemberships, type schoolPairings, schools } from '@/db/schema/index.ts'
import type { GroupId } from '@/db/schema/register/schools.ts'
import type { Tx } from '@/db/scope.ts'
import { newId } from '../../../platform/new-id.ts'
import type { SchoolRecord } from '../../../rules/register/records.ts'
import { contains, type LocalDate, schoolYearOf, schoolYearPeriod } from '../../../rules/values/dates.ts'
import type { SchoolId } from '../../../rules/values/ids.ts'
import { pinyinKeys } from '../../store/pinyin.ts'
import { schoolRow, schoolYearRow } from '../../store/school-rows.ts'
import type { ParsedRow } from '../parsed.ts'
import type { PlanContext } from './person-context.ts'
import { readSchools } from './read-schools.ts'
import { type CellChange, outcomeOf, type RowOp, type RowPlan, rowFinding, type StoredRow } from './row-plan.ts'
import {
  cellsOfRecord,
  cellsOfStored,
  keptIn,
  OWN_CELLS,
  type StoredSchool,
  touchesYear,
  yearSet,
} from './school-cells.ts'
import { touchedSchools } from './school-touched.ts'
import { differences, endAt, onDay, opsBetween } from './timeline.ts'
import { isTaken, type MissingRow, type PlanOptions, type WholePlanner } from './whole-plan.ts'

type Row = ParsedRow<SchoolRecord>
type Membership = typeof groupMemberships.$inferSelect

/** Plans a school list as a whole: its rows name each other. */
export class SchoolPlanner implements WholePlanner<Row> {
  readonly #context: PlanContext
  readonly #options: PlanOptions
  #groups = new Map<string, GroupId>()
  readonly #pairs = new Set<string>()
  #memberships: Membership[] = []
  #pairings: (typeof schoolPairings.$inferSelect)[] = []
  #ids = new Map<string, SchoolId>()
  #touched: ReadonlyMap<SchoolId, ReadonlySet<string>> = new Map()

  constructor(context: PlanContext, options: PlanOptions) {
    this.#context = context
    this.#options = options
  }

  get #year() {
    return schoolYearOf(this.#context.on)
  }

  async plan(tx: Tx, rows: readonly Row[]): Promise<RowPlan[]> {
    const stored = await this.#read(tx)
    const { writtenAt } = this.#options
    if (writtenAt !== null) this.#touched = await touchedSchools(tx, writtenAt)
    const byCode = new Map(stored.map((one) => [one.school.code, one]))
    const byName = new Map(stored.map((one) => [one.school.name, one]))
    const known = (row: Row) => byCode.get(row.record.code) ?? byName.get(row.record.name)
    this.#ids = new Map(stored.map(({ school }) => [school.name, school.id]))
    for (const row of rows) {
      const one = known(row)
      this.#ids.set(row.record.name, one?.school.id ?? newId<SchoolId>())
    }
    const last = stored.reduce((most, { school }) => Math.max(most, school.position), -1)
    let added = 0
    return rows.map((row) => {
      const one = known(row)
      if (!one) added += 1
      return one ? this.#known(row, one) : this.#fresh(row, last + added)
    })
  }

  /** Schools open on the day that the list leaves out. */
  async missing(tx: Tx, rows: readonly Row[]): Promise<MissingRow[]> {
    const codes = new Set(rows.map(({ record }) => record.code))
    const names = new Set(rows.map(({ record }) => record.name))
    const open = await tx
      .select({ id: schools.id, name: schools.name, code: schools.code, closedOn: schools.closedOn })
      .from(schools)
      .orderBy(asc(schools.position))
    return open
      .filter(({ code, name, closedOn }) => closedOn === null && !codes.has(code) && !names.has(name))
      .map(({ id, name }) => ({ id, label: name, schoolName: name, teacherId: null }))
  }

  /** The row of a school that has closed. */
  async leave(tx: Tx, id: string, closedOn: LocalDate): Promise<RowOp[]> {
    const [row] = await tx
      .select()
      .from(schools)
      .where(eq(schools.id, id as SchoolId))
    if (!row) return []
    const set = { closedOn, version: row.version + 1, changedAt: this.#context.at }
    return [{ do: 'update', table: 'schools', row, set }]
  }

  async #read(tx: Tx): Promise<StoredSchool[]> {
    const { list, groups, memberships, pairings } = await readSchools(tx, this.#context.on)
    this.#groups = groups
    this.#memberships = memberships
    this.#pairings = pairings
    return list
  }

  #fresh(row: Row, position: number): RowPlan {
    const { record } = row
    const plan: RowPlan = { ...at(row), outcome: 'new', changes: [], findings: [], ops: [] }
    if (!this.#options.withOps) return plan
    const id = this.#ids.get(record.name)!
    const context = { ...this.#context, year: this.#year }
    const branchOf = record.branchOf ? (this.#ids.get(record.branchOf) ?? null) : null
    plan.ops.push({ do: 'insert', table: 'schools', row: { ...schoolRow(context, record, id, position), branchOf } })
    plan.ops.push({ do: 'insert', table: 'school_years', row: { ...schoolYearRow(context, record, id) } })
    if (record.group) plan.ops.push(...this.#join(record, id, []))
    if (record.pairedSchool && record.pairedClasses) plan.ops.push(...this.#pair(record, id))
    return plan
  }

  #known(row: Row, stored: StoredSchool): RowPlan {
    const { record } = row
    const after = cellsOfRecord(record)
    const before = cellsOfStored(stored, record.pairedSchool)
    const said = new Set(row.cells ?? [])
    if (said.has('localityCode')) said.add('locality')
    const changes: CellChange[] = [...said].flatMap((field) => {
      if (!(field in after)) return []
      const [old, value] = [before[field as keyof typeof before] ?? null, after[field as keyof typeof after] ?? null]
      if (JSON.stringify(old) === JSON.stringify(value)) return []
      const conflict = this.#touched.get(stored.school.id)?.has(keptIn(field)) === true
      return [{ field, old, new: value, ...(conflict ? { conflict: true as const } : {}) }]
    })
    const changed = new Set(changes.filter((one) => isTaken(this.#options, row, one)).map(({ field }) => field))
    const plan: RowPlan = { ...at(row), outcome: outcomeOf(changes), changes, findings: [], ops: [] }
    if (touchesYear(changed) && stored.year?.closedAt) {
      plan.outcome = 'refused'
      plan.findings.push(rowFinding(row, 'E-YEAR-CLOSED', 'error', { year: this.#year }))
      return plan
    }
    if (this.#options.withOps && changed.size > 0) plan.ops = this.#changeOps(stored, record, changed, after)
    return plan
  }

  #changeOps(
    { school, year }: StoredSchool,
    record: SchoolRecord,
    changed: ReadonlySet<string>,
    cells: ReturnType<typeof cellsOfRecord>,
  ): RowOp[] {
    const { at: now, districtId } = this.#context
    const own: StoredRow = {}
    for (const field of [...OWN_CELLS, 'x', 'y'] as const) if (changed.has(field)) own[field] = cells[field]
    if (changed.has('name')) Object.assign(own, pinyinKeys(record.name))
    if (changed.has('branchOf')) own.branchOf = record.branchOf ? (this.#ids.get(record.branchOf) ?? null) : null
    const set = { ...differences(school, { ...school, ...own }), version: school.version + 1, changedAt: now }
    const ops: RowOp[] = [{ do: 'update', table: 'schools', row: school, set }]
    if (touchesYear(changed)) {
      const ofYear = yearSet(changed, cells, year)
      if (year)
        ops.push({
          do: 'update',
          table: 'school_years',
          row: year,
          set: { ...ofYear, version: year.version + 1, changedAt: now },
        })
      else {
        const empty = { classes: Array.from({ length: 9 }, () => 0) }
        const row = { districtId, schoolId: school.id, year: this.#year, ...empty, ...ofYear, changedAt: now }
        ops.push({ do: 'insert', table: 'school_years', row })
      }
    }
    const own2 = this.#memberships.filter(({ schoolId }) => schoolId === school.id)
    if (changed.has('group')) ops.push(...this.#join(record, school.id, own2))
    if (changed.has('pairedSchool') || changed.has('pairedClasses')) ops.push(...this.#pair(record, school.id))
    return ops
  }

  /** Into the group from the school year's first day; the membership before ends with it. */
  #join(record: SchoolRecord, schoolId: SchoolId, memberships: Membership[]): RowOp[] {
    const { districtId, on } = this.#context
    const from = schoolYearPeriod(this.#year).from
    const ops: RowOp[] = []
    if (record.group === null) return ops
    let groupId = this.#groups.get(record.group)
    if (!groupId) {
      groupId = newId<GroupId>()
      this.#groups.set(record.group, groupId)
      ops.push({ do: 'insert', table: 'education_groups', row: { districtId, id: groupId, name: record.group } })
    }
    const isCore = record.group.startsWith(record.name)
    const current = onDay(memberships, on)
    if (current && current.during.from >= from)
      return [...ops, { do: 'update', table: 'group_memberships', row: current, set: { groupId, isCore } }]
    const during = { from, until: null }
    const row = { districtId, id: newId<string>(), groupId, schoolId, isCore, during }
    return [
      ...ops,
      ...opsBetween('group_memberships', memberships, endAt(memberships, from)),
      { do: 'insert', table: 'group_memberships', row },
    ]
  }

  /** One row a pair, whichever of the two schools tells of it. */
  #pair(record: SchoolRecord, schoolId: SchoolId): RowOp[] {
    const { districtId, on } = this.#context
    const partnerId = record.pairedSchool ? this.#ids.get(record.pairedSchool) : undefined
    if (!partnerId || !record.pairedClasses) return []
    const key = [schoolId, partnerId].sort().join('|')
    if (this.#pairs.has(key)) return []
    this.#pairs.add(key)
    const current = this.#pairings.find(
      (pair) => contains(pair.during, on) && [pair.schoolId, pair.partnerId].sort().join('|') === key,
    )
    if (current)
      return current.classes === record.pairedClasses
        ? []
        : [{ do: 'update', table: 'school_pairings', row: current, set: { classes: record.pairedClasses } }]
    const during = { from: schoolYearPeriod(this.#year).from, until: null }
    const row = { districtId, id: newId<string>(), schoolId, partnerId, classes: record.pairedClasses, during }
    return [{ do: 'insert', table: 'school_pairings', row }]
  }
}

const at = ({ sheet, row, record }: Row): Pick<RowPlan, 'sheet' | 'row' | 'label' | 'schoolName' | 'teacherId'> => ({
  sheet,
  row,
  label: record.name,
  schoolName: record.name,
  teacherId: null,
})
