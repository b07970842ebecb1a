import { STUDIO_KINDS } from '../../../rules/talent/studio.ts'
import { addDays, addMonthsToDay } from '../../../rules/values/dates.ts'
import type { StudioRecord } from '../studios.ts'
import type { PlanContext } from './person-context.ts'
import { type CellChange, rowFinding } from './row-plan.ts'
import type { BookStudio, StudioBook } from './studio-book.ts'
import { refuse, type Work } from './studio-work.ts'
import { isTaken, type PlanOptions } from './whole-plan.ts'

/** Months of a cycle that no column says: three years, as most schemes have it (domain.md §1.5, MV). */
const USUAL_MONTHS = 36

/** A studio the register does not know: founded when its rows say level, kind and beginning; its rows must name a host. */
export function foundStudio(book: StudioBook, rows: readonly Work[], context: PlanContext): BookStudio | null {
  const [first] = rows
  if (!first) return null
  const { record } = first.entry
  const missing = (
    [
      ['level', record.level],
      ['studioKind', record.kind],
      ['cycleFrom', record.from],
      ...(record.kind === 'subject' ? ([['studioSubject', record.subject]] as const) : []),
    ] as const
  ).filter(([, value]) => value === null)
  for (const [field] of missing) for (const row of rows) refuse(row, 'E-REQUIRED', {}, field)
  if (missing.length > 0 || record.from === null) return null
  const last = record.last ?? addDays(addMonthsToDay(record.from, USUAL_MONTHS), -1)
  const say = (code: string, values: Record<string, string>, field: string) =>
    first.plan.findings.push(rowFinding(first.plan, code, 'warning', values, field))
  if (record.last === null) say('W-STUDIO-YEARS', { last }, 'cycleLast')
  if (record.kindGuessed) say('W-STUDIO-KIND', { kind: STUDIO_KINDS[record.kind!] }, 'studioKind')
  return book.found(context.districtId, context.batchId, { ...record, from: record.from, last }, context.at)
}

const COLUMNS = { level: 'level', studioKind: 'kind', studioSubject: 'subject' } as const

/** Makes a known studio what its rows say of it. @returns what changes; null when it cannot be, its rows refused */
export function settleStudio(
  book: StudioBook,
  studio: BookStudio,
  rows: readonly Work[],
  { at }: PlanContext,
  options: PlanOptions,
): CellChange[] | null {
  const [first] = rows
  if (!first) return null
  const { record, cells = [] } = first.entry
  const { plan } = first
  const changes = changesOf(book, studio, record, new Set(cells))
  const taken = new Set(changes.filter((one) => isTaken(options, plan, one)).map(({ field }) => field))
  const next = { ...studio.row }
  for (const [field, column] of Object.entries(COLUMNS))
    if (taken.has(field)) Object.assign(next, { [column]: record[column] })
  // Another kind than that of a subject has none
  if (taken.has('studioKind') && next.kind !== 'subject') next.subject = null
  if ((next.kind === 'subject') !== (next.subject !== null)) {
    for (const row of rows) refuse(row, 'E-STUDIO-SUBJECT', {}, 'studioSubject')
    return null
  }
  const during = {
    from: taken.has('cycleFrom') ? record.from! : next.during.from,
    until: taken.has('cycleLast') ? addDays(record.last!, 1) : next.during.until,
  }
  if (during.until !== null && during.until <= during.from) {
    const end = addDays(during.until, -1)
    for (const row of rows) refuse(row, 'E-PERIOD-ORDER', { start: during.from, end }, 'cycleLast')
    return null
  }
  studio.row = next
  if (taken.has('cycleFrom') || taken.has('cycleLast')) book.moveCycle(studio, during, at)
  return changes
}

function changesOf(
  book: StudioBook,
  studio: BookStudio,
  record: StudioRecord,
  said: ReadonlySet<string>,
): CellChange[] {
  const { row } = studio
  const last = row.during.until === null ? null : addDays(row.during.until, -1)
  const all: (CellChange & { column: string })[] = [
    { field: 'level', old: row.level, new: record.level, column: 'level' },
    { field: 'studioKind', old: row.kind, new: record.kind, column: 'kind' },
    { field: 'studioSubject', old: row.subject, new: record.subject, column: 'subject' },
    { field: 'cycleFrom', old: row.during.from, new: record.from, column: 'during' },
    { field: 'cycleLast', old: last, new: record.last, column: 'during' },
  ]
  return all
    .filter((one) => said.has(one.field) && one.new !== null && one.old !== one.new)
    .map(({ column, ...one }) => (book.isTouched(studio, column) ? { ...one, conflict: true as const } : one))
}
