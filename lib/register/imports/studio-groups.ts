import type { StudioField } from './studio-columns.ts'
import type { ReadStudio, StudioRecord } from './studios.ts'

/** What every row of a studio says alike: column, and the part of the record it fills. */
const SHARED = [
  ['level', 'level'],
  ['studioKind', 'kind'],
  ['studioSubject', 'subject'],
  ['cycleFrom', 'from'],
  ['cycleLast', 'last'],
] as const satisfies readonly (readonly [StudioField, keyof StudioRecord])[]

/**
 * Rows of one studio complete each other: a clerk writes level and cycle in the first row and leaves the others empty.
 * A row that says otherwise than an earlier one is refused; afterwards each row stands by itself, whichever of the
 * others are taken over.
 */
export function agreeOnStudios(read: readonly ReadStudio[]): void {
  const first = new Map<string, ReadStudio>()
  for (const entry of read) {
    const { row, parsed } = entry
    const { record } = parsed
    if (record.studio === '') continue
    for (const [field, key] of SHARED) {
      if (!row.said.has(field)) continue
      const place = `${record.studio}|${field}`
      const other = first.get(place)
      if (!other) first.set(place, entry)
      else if (other.parsed.record[key] !== record[key])
        row.report(field, 'E-STUDIO-DIFFERS', 'error', { row: other.parsed.row, studio: record.studio })
    }
  }
  for (const { row, parsed } of read) {
    const { record } = parsed
    for (const [field, key] of SHARED) {
      const source = first.get(`${record.studio}|${field}`)
      if (!source || row.said.has(field)) continue
      Object.assign(record, { [key]: source.parsed.record[key] })
      row.said.add(field)
      if (field === 'studioKind') record.kindGuessed = false
    }
    parsed.cells = [...row.said]
  }
}
