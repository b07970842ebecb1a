/** Part of a roster with planted faults, and the list of findings a reader must come to. */
import type { DistrictRecords, StaffRecord } from '../../lib/rules/register/records.ts'
import { TIDY } from './clerks.ts'
import type { Severity, Target } from './faults/fault.ts'
import { FAULTS } from './faults.ts'
import { Random } from './random.ts'
import { letterOf, plainHeading, positionOf, ROSTER_COLUMNS } from './roster-layout.ts'
import { addRosterSheet, bytesOf, FIRST_ROSTER_ROW, newWorkbook } from './sheet.ts'
import { type Cell, rosterRow } from './spelling.ts'

export interface ExpectedFinding {
  /** Row of the sheet, as the person's own file numbers it. */
  row: number
  column: string
  letter: string
  kind: string
  severity: Severity
  /** Who the row is about before the fault. */
  person: string
  reason: string
}

export interface FaultyRoster {
  bytes: Uint8Array
  firstDataRow: number
  lastDataRow: number
  totalsRow: number
  /** One per planted fault, in the order of rows; unlisted rows are clean. */
  findings: ExpectedFinding[]
  /** Rows with an error: they must be refused, all others can be imported. */
  refusedRows: number[]
}

/**
 * Five schools of the district, written tidily and then spoilt: 67 findings of all 48 kinds, one a row.
 * A reader may add findings on a spoilt row that follow from the planted one; it must not refuse a clean row.
 * The district itself must be known to the reader (its schools' workbook imported first).
 */
export async function writeFaultyRoster(
  records: DistrictRecords,
  { seed }: { seed: string | number },
): Promise<FaultyRoster> {
  const random = new Random(`faults/${seed}`)
  const targets = pickPeople(records).map((person, i): Target => {
    return { person, cells: rosterRow(random, person, TIDY, i + 1, records.statisticsDate), row: FIRST_ROSTER_ROW + i }
  })
  const planted = new Planter(random, targets)
  const merged = planted.mergeSchool()
  planted.duplicate('E-DUP-PERSON')
  planted.duplicate('E-DUP-SCHOOLS')
  for (const fault of FAULTS) planted.plant(fault)
  const hidden = planted.hideRows(2)
  const totals: Cell[] = ROSTER_COLUMNS.map(() => null)
  totals[0] = '合计'
  totals[positionOf('name')] = targets.length
  const workbook = newWorkbook()
  addRosterSheet(workbook, {
    title: '教职工花名册（部分学校，2026年9月）',
    subtitle: '填报单位：五所学校汇总　　统计时间：2026年9月1日　　【演示数据，人员均为虚构】',
    rows: targets.map((t) => t.cells),
    totals,
    signature: null,
    hidden,
    merged: [merged],
  })
  const findings = planted.findings.sort((a, b) => a.row - b.row)
  const lastDataRow = FIRST_ROSTER_ROW + targets.length - 1
  return {
    bytes: await bytesOf(workbook),
    firstDataRow: FIRST_ROSTER_ROW,
    lastDataRow,
    totalsRow: lastDataRow + 1,
    findings,
    refusedRows: findings.filter((f) => f.severity === 'error').map((f) => f.row),
  }
}

/** The first branch, a town primary, a nine-year school and two rural ones; people who work where they belong. */
function pickPeople({ schools, staff }: DistrictRecords): StaffRecord[] {
  const wanted = [
    schools.find((s) => s.branchOf !== null),
    schools.find((s) => s.kind === 'primary' && s.locality === 'town' && s.branchOf === null),
    schools.find((s) => s.kind === 'nine_year' && s.locality === 'town'),
    ...schools.filter((s) => s.locality === 'rural').slice(0, 2),
  ]
  const names = new Set(wanted.flatMap((school) => (school ? [school.name] : [])))
  if (names.size < 5) throw new Error('the district lacks the five kinds of schools of the faulty roster')
  return staff.filter((p) => names.has(p.school) && p.workSchool === p.school)
}

/** Keeps rows with a fault apart, so that every finding has one cause. */
class Planter {
  readonly findings: ExpectedFinding[] = []
  readonly #used = new Set<Target>()
  readonly #random: Random
  readonly #targets: Target[]

  constructor(random: Random, targets: Target[]) {
    this.#random = random
    this.#targets = targets
  }

  plant({ kind, severity, column, count, fits, plant }: (typeof FAULTS)[number]): void {
    for (let nth = 0; nth < count; nth++) {
      const target = this.#take(fits ?? (() => true), kind)
      const reason = plant(target, nth)
      this.#note(target, column, kind, severity, reason)
    }
  }

  /** Three rows of one school share a merged cell: the second and third take the top one's value. */
  mergeSchool(): string {
    const start = this.#targets.findIndex(
      ({ person }, i) => i >= 8 && this.#targets[i + 2]?.person.school === person.school,
    )
    const rows = this.#targets.slice(start, start + 3)
    for (const target of rows) this.#used.add(target)
    const position = positionOf('school')
    for (const target of rows.slice(1)) {
      target.cells[position] = null
      this.#note(target, 'school', 'W-MERGED', 'warning', `学校列合并单元格，取第${rows[0]!.row}行的值`)
    }
    return `${letterOf(position)}${rows[0]!.row}:${letterOf(position)}${rows[2]!.row}`
  }

  /** The second row becomes the first one's person: the whole row in the same school, all but the school in another. */
  duplicate(kind: 'E-DUP-PERSON' | 'E-DUP-SCHOOLS'): void {
    const first = this.#take(() => true, kind)
    const same = kind === 'E-DUP-PERSON'
    const second = this.#take((p) => (p.school === first.person.school) === same, kind)
    const kept = same ? ['serial'] : ['serial', 'school', 'staffNo', 'workSchool']
    ROSTER_COLUMNS.forEach(({ key }, i) => {
      if (!kept.includes(key)) second.cells[i] = first.cells[i] ?? null
    })
    const rows = [first, second].sort((a, b) => a.row - b.row)
    const where = rows.map((t) => t.row).join('、')
    for (const target of rows) {
      const reason = same ? `同校重复（第${where}行）` : `同一人出现在两所学校（第${where}行）`
      this.#note(target, 'idNumber', kind, 'error', reason)
    }
  }

  hideRows(count: number): number[] {
    return Array.from({ length: count }, () => {
      const target = this.#take(() => true, 'W-HIDDEN-ROW')
      this.#note(target, 'serial', 'W-HIDDEN-ROW', 'warning', '隐藏行')
      return target.row
    })
  }

  #take(fits: (person: StaffRecord) => boolean, kind: string): Target {
    const open = this.#targets.filter((t) => !this.#used.has(t) && fits(t.person))
    if (open.length === 0) throw new Error(`no row to plant ${kind} in`)
    const target = this.#random.pick(open)
    this.#used.add(target)
    return target
  }

  #note(target: Target, column: string, kind: string, severity: Severity, reason: string): void {
    const position = positionOf(column)
    this.findings.push({
      row: target.row,
      column: plainHeading(position),
      letter: letterOf(position),
      kind,
      severity,
      person: target.person.name,
      reason,
    })
  }
}
