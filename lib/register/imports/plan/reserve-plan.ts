import type { Tx } from '@/db/scope.ts'
import { newId } from '../../../platform/new-id.ts'
import { ENDED, leavingState } from '../../../rules/reserve/pipeline.ts'
import { certificateFits } from '../../../rules/standing/certificate.ts'
import { type LocalDate, yearOf } from '../../../rules/values/dates.ts'
import type { CandidateId } from '../../../rules/values/ids.ts'
import type { ParsedRow, RefusedRow } from '../parsed.ts'
import type { ReserveRecord } from '../reserve.ts'
import type { PlanContext } from './person-context.ts'
import { COURSE, ReserveBook, type StoredCandidate } from './reserve-book.ts'
import { type Course, courseProblem, placementOps, poolUntilOf, stepOp } from './reserve-course.ts'
import { type CellChange, outcomeOf, type RowOp, type RowPlan, rowFinding } from './row-plan.ts'
import { isTaken, type MissingRow, type PlanOptions, type WholePlanner } from './whole-plan.ts'

export type ReserveEntry = ParsedRow<ReserveRecord>

/** Columns of a candidate's own row under the names of the record. */
const OWN = [
  'name',
  'sex',
  'year',
  'channel',
  'stage',
  'subject',
  'education',
  'graduatedFrom',
  'major',
  'certificateKind',
  'certificateSubject',
  'state',
  'pooledOn',
  'poolUntil',
  'leftOn',
  'leftReason',
] as const satisfies readonly (keyof ReserveRecord)[]
const NEEDED = ['sex', 'channel', 'stage', 'subject', 'state'] as const satisfies readonly (keyof ReserveRecord)[]

/** Plans a list of reserve hires: a person is known by number, else by name and post. */
export class ReservePlanner implements WholePlanner<ReserveEntry> {
  readonly #context: PlanContext
  readonly #options: PlanOptions
  readonly #met = new Map<string, number>()

  constructor(context: PlanContext, options: PlanOptions) {
    this.#context = context
    this.#options = options
  }

  async plan(tx: Tx, rows: readonly ReserveEntry[]): Promise<RowPlan[]> {
    const book = await ReserveBook.load(tx, this.#context.districtId, this.#options.writtenAt)
    return rows.map((row) => this.#row(book, row))
  }

  /** Still in the reserve, of a recruitment year in the workbook, and in none of its rows. */
  async missing(tx: Tx, rows: readonly ReserveEntry[], refused: readonly RefusedRow[]): Promise<MissingRow[]> {
    const book = await ReserveBook.load(tx, this.#context.districtId, null)
    const known = rows.flatMap(({ record }) => book.find(record))
    const years = new Set([...rows.map(({ record }) => record.year), ...known.map(({ candidate }) => candidate.year)])
    const inFile = new Set(refused.map(({ name }) => name))
    return book.all
      .filter(({ candidate }) => {
        const { id, year, state, name } = candidate
        return years.has(year) && !ENDED.includes(state) && !this.#met.has(id) && !inFile.has(name)
      })
      .map(({ candidate, placement }) => ({
        id: candidate.id,
        label: `${candidate.name}（${candidate.number}）`,
        schoolName: placement ? this.#context.nameOf(placement.schoolId) : null,
        teacherId: null,
      }))
  }

  async leave(tx: Tx, id: string, on: LocalDate): Promise<RowOp[]> {
    const book = await ReserveBook.load(tx, this.#context.districtId, null)
    const stored = book.all.find(({ candidate }) => candidate.id === id)
    const state = stored ? leavingState(stored.candidate.state) : null
    if (!stored || state === null) return []
    return this.#write(book, stored, { ...courseOf(stored, this.#context), state, leftOn: on })
  }

  #row(book: ReserveBook, row: ReserveEntry): RowPlan {
    const { record } = row
    const found = book.find(record)
    if (found.length > 1) {
      const numbers = found.map(({ candidate }) => candidate.number).join('、')
      return this.#refused(row, 'E-RESERVE-SEVERAL', { who: record.name, numbers }, 'name')
    }
    const stored = found[0] ?? null
    const key = stored?.candidate.id ?? `${record.number ?? ''}|${record.name}|${record.year}|${record.subject}`
    const first = this.#met.get(key)
    if (first !== undefined) return this.#refused(row, 'E-RESERVE-TWICE', { row: first }, 'name')
    this.#met.set(key, row.row)
    return stored ? this.#known(book, row, stored) : this.#fresh(book, row)
  }

  #plan(row: ReserveEntry, stored: StoredCandidate | null): RowPlan {
    const { sheet, record } = row
    const name = record.name || stored?.candidate.name || ''
    const number = record.number ?? stored?.candidate.number
    const school = record.placedSchool ?? (stored?.placement ? this.#context.nameOf(stored.placement.schoolId) : null)
    const label = number ? `${name}（${number}）` : name
    return { sheet, row: row.row, outcome: 'unchanged', label, schoolName: school, teacherId: null, ...NOTHING() }
  }

  #refused(row: ReserveEntry, code: string, values: Record<string, string | number>, field: string): RowPlan {
    const plan = this.#plan(row, null)
    return { ...plan, outcome: 'refused', findings: [rowFinding(plan, code, 'error', values, field)] }
  }

  #fresh(book: ReserveBook, row: ReserveEntry): RowPlan {
    const { record } = row
    const missing = NEEDED.find((field) => record[field] === null)
    if (missing) return this.#refused(row, 'E-REQUIRED', {}, missing)
    if (record.name === '') return this.#refused(row, 'E-NAME-MISSING', {}, 'name')
    const numbered = /^(20\d\d)-/.exec(record.number ?? '')?.[1]
    const year = record.year ?? (numbered ? Number(numbered) : record.pooledOn ? yearOf(record.pooledOn) : null)
    if (year === null) return this.#refused(row, 'E-REQUIRED', {}, 'year')
    const next: Course = { ...record, year }
    const problem = courseProblem(null, next)
    if (problem) return this.#refused(row, problem.code, problem.values, problem.field)
    const plan = { ...this.#plan(row, null), outcome: 'new' as const }
    if (record.year === null) plan.findings.push(rowFinding(plan, 'W-RESERVE-YEAR', 'warning', { year }, 'year'))
    const alike = book.find({ ...record, number: null, year })[0]
    if (record.number !== null && alike)
      plan.findings.push(rowFinding(plan, 'W-RESERVE-ALIKE', 'warning', { number: alike.candidate.number }, 'name'))
    this.#certificate(plan, next)
    if (this.#options.withOps) plan.ops = this.#insert(book, record.number ?? book.nextNumber(year), next)
    return plan
  }

  #known(book: ReserveBook, row: ReserveEntry, stored: StoredCandidate): RowPlan {
    const plan = this.#plan(row, stored)
    const now = courseOf(stored, this.#context)
    const said = new Set<string>(row.said)
    const fields = [...OWN, 'placedSchool', 'placedFrom', 'basis'] as const
    const changed = fields.filter((field) => said.has(field) && row.record[field] !== now[field])
    const courseTouched = changed.some((field) => inCourse(field) && isTouched(stored, field))
    const changes = changed.map((field): CellChange => {
      const conflict = inCourse(field)
        ? courseTouched || COURSE.some((one) => isTouched(stored, one))
        : isTouched(stored, field)
      return { field, old: now[field], new: row.record[field], ...(conflict ? { conflict: true as const } : {}) }
    })
    plan.changes = changes
    plan.outcome = outcomeOf(changes)
    const taken = changes.filter((change) => isTaken(this.#options, row, change))
    if (taken.length === 0) return plan
    const next = { ...now, ...Object.fromEntries(taken.map((change) => [change.field, change.new])) } as Course
    // Another day of entry moves the pool age with it, unless the row says its own end
    if (taken.some(({ field }) => field === 'pooledOn') && !taken.some(({ field }) => field === 'poolUntil'))
      next.poolUntil = null
    const problem = courseProblem(stored, next)
    if (problem) return { ...this.#refused(row, problem.code, problem.values, problem.field), label: plan.label }
    this.#certificate(plan, next)
    if (this.#options.withOps) plan.ops = this.#write(book, stored, next)
    return plan
  }

  /** R-CERT-1 is told, not enforced: a list tells what has happened. */
  #certificate(plan: RowPlan, { certificateKind, certificateSubject, stage, subject, placedSchool }: Course): void {
    if (placedSchool === null || stage === null || subject === null) return
    const fits = certificateFits(
      { kind: certificateKind, subject: certificateSubject },
      { stage, subject, strict: false },
    )
    if (!fits.ok) plan.findings.push(rowFinding(plan, 'W-RESERVE-CERT', 'warning', {}, 'certificateKind'))
  }

  #insert(book: ReserveBook, number: string, next: Course): RowOp[] {
    const { districtId, batchId, at } = this.#context
    const id = newId<CandidateId>()
    const own = Object.fromEntries(OWN.map((field) => [field, next[field]]))
    const row = { districtId, id, number, ...own, poolUntil: poolUntilOf(next, book.settings), batchId, changedAt: at }
    return [
      { do: 'insert', table: 'reserve_candidates', row },
      stepOp(this.#context, id, null, next),
      ...placementOps(this.#context, id, null, next),
    ]
  }

  #write(book: ReserveBook, { candidate, placement }: StoredCandidate, next: Course): RowOp[] {
    const poolUntil = poolUntilOf(next, book.settings)
    const after = { ...next, poolUntil } as Record<string, unknown>
    const changed = OWN.filter((field) => after[field] !== (candidate as Record<string, unknown>)[field])
    const set = Object.fromEntries(changed.map((field) => [field, after[field]]))
    const version = { version: candidate.version + 1, changedAt: this.#context.at }
    return [
      { do: 'update', table: 'reserve_candidates', row: candidate, set: { ...set, ...version } },
      ...(next.state !== candidate.state ? [stepOp(this.#context, candidate.id, candidate.state, next)] : []),
      ...placementOps(this.#context, candidate.id, placement, next),
    ]
  }
}

const NOTHING = (): Pick<RowPlan, 'changes' | 'findings' | 'ops'> => ({ changes: [], findings: [], ops: [] })
const inCourse = (field: string): boolean => (COURSE as readonly string[]).includes(field)
const isTouched = ({ touched }: StoredCandidate, field: string): boolean => touched.has(field)

function courseOf({ candidate, placement }: StoredCandidate, { nameOf }: PlanContext): Course {
  const own = Object.fromEntries(OWN.map((field) => [field, candidate[field]]))
  return {
    ...own,
    placedSchool: placement ? nameOf(placement.schoolId) : null,
    placedFrom: placement?.during.from ?? null,
    basis: placement?.basis ?? null,
  } as Course
}
