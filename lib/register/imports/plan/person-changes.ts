import type { HonourRecord, StaffRecord } from '../../../rules/register/records.ts'
import { DEFAULT_HONOUR_VALIDITY, honourValidity } from '../../../rules/standing/backbone.ts'
import { type LocalDate, monthOf } from '../../../rules/values/dates.ts'
import type { SchoolId } from '../../../rules/values/ids.ts'
import type { CellChange } from './row-plan.ts'
import { currentRecord, type StoredPerson } from './stored-person.ts'

/** Values of these never stand in the open: f1 and f2, and what of f7 the record holds (security.md §2.2). */
export const SENSITIVE_FIELDS: ReadonlySet<string> = new Set(['idNumber', 'phone', 'certificateNo'])
const LISTS = new Set<keyof StaffRecord>([
  'honours',
  'assessments',
  'certificateKind',
  'certificateSubject',
  'idNumber',
  'birth',
])

/**
 * Field by field, what a roster's row says otherwise than the register says for the same day. Only said fields are
 * looked at: an empty cell never clears a value (R-IMP-1).
 */
export function personChanges(
  person: StoredPerson,
  { record, said }: { record: StaffRecord; said: readonly (keyof StaffRecord)[] },
  on: LocalDate,
  nameOf: (id: SchoolId) => string | null,
): CellChange[] {
  const current = currentRecord(person, on, nameOf)
  const changes: CellChange[] = []
  for (const field of said) {
    if (LISTS.has(field)) continue
    const [before, after] = [current[field as keyof typeof current] ?? null, record[field] ?? null]
    if (before === after) continue
    changes.push({
      field,
      old: before,
      new: after,
      ...(SENSITIVE_FIELDS.has(field) ? { sensitive: true as const } : {}),
    })
  }
  if (said.includes('honours')) {
    const fresh = newHonours(person, record.honours)
    if (fresh.length > 0) changes.push({ field: 'honours', old: person.honours.map(honourOf), new: fresh })
    const gone = honoursLeftOut(person, record.honours, on)
    // A question, answered by "kept" unless somebody chooses otherwise
    if (gone.length > 0) changes.push({ field: 'honoursEnded', old: gone.map(honourOf), new: null, conflict: true })
  }
  if (said.includes('assessments')) {
    const fresh = newAssessments(person, record)
    if (fresh.length > 0)
      changes.push({
        field: 'assessments',
        old: person.assessments.filter(({ year }) => fresh.some((one) => one.year === year)).map(resultOf),
        new: fresh,
      })
  }
  return [...changes, ...certificateChange(person, record, said)]
}

const honourOf = (row: StoredPerson['honours'][number]): HonourRecord => ({
  kind: row.kind,
  level: row.level,
  awarded: row.awardedMonth ? monthOf(row.awardedMonth) : null,
})
const resultOf = ({ year, result }: { year: number; result: string }) => ({ year, result })

/**
 * Honours of the row that the register does not hold. One that a row leaves out stays: taking an honour away is a
 * revocation by two people, never the silence of a workbook. A row without the date means the one on file.
 */
export function newHonours(person: StoredPerson, honours: readonly HonourRecord[]): HonourRecord[] {
  const left = person.honours.map(honourOf)
  return honours.filter((honour) => {
    const alike = left.filter(({ kind, level }) => kind === honour.kind && level === honour.level)
    const match =
      alike.find(({ awarded }) => awarded === honour.awarded) ?? (honour.awarded === null ? alike[0] : undefined)
    if (match) left.splice(left.indexOf(match), 1)
    return match === undefined
  })
}

/** Honours on file and valid on the day that a row with an honours cell does not name. */
export function honoursLeftOut(
  person: StoredPerson,
  honours: readonly HonourRecord[],
  on: LocalDate,
): StoredPerson['honours'] {
  const named = [...honours]
  return person.honours.filter((row) => {
    const validity = honourValidity({ ...honourOf(row), validUntil: row.validUntil }, DEFAULT_HONOUR_VALIDITY)
    const ended = row.validUntil ?? validity?.until ?? null
    const isOver = (ended !== null && ended <= on) || (row.revokedOn !== null && row.revokedOn <= on)
    const at = named.findIndex(
      ({ kind, level, awarded }) =>
        kind === row.kind &&
        level === row.level &&
        (awarded === null || row.awardedMonth === null || awarded === monthOf(row.awardedMonth)),
    )
    if (at >= 0) named.splice(at, 1)
    return at < 0 && !isOver
  })
}

export const newAssessments = (person: StoredPerson, { assessments }: StaffRecord): StaffRecord['assessments'] =>
  assessments.filter(({ year, result }) => person.assessments.find((row) => row.year === year)?.result !== result)

/** A person may hold several certificates: one that is on file already is no change, another kind is one more. */
function certificateChange(
  person: StoredPerson,
  record: StaffRecord,
  said: readonly (keyof StaffRecord)[],
): CellChange[] {
  if (!said.includes('certificateKind') || record.certificateKind === null) return []
  const ofKind = person.certificates.filter(({ kind }) => kind === record.certificateKind)
  const saysSubject = said.includes('certificateSubject')
  if (ofKind.some(({ subject }) => !saysSubject || subject === record.certificateSubject)) return []
  if (ofKind.length === 0)
    return [
      {
        field: 'certificateKind',
        old: person.certificates.map(({ kind }) => kind).join('、') || null,
        new: record.certificateKind,
      },
    ]
  return [{ field: 'certificateSubject', old: ofKind[0]!.subject, new: record.certificateSubject }]
}
