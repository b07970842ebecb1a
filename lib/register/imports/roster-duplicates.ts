import type { Finding } from '../../platform/workbook/finding.ts'
import type { StaffRecord } from '../../rules/register/records.ts'
import type { ParsedRow } from './parsed.ts'

export interface SeenPerson extends ParsedRow<StaffRecord> {
  refused: boolean
  /** Letter of the ID column. */
  column: string | null
}

/**
 * One person on several rows: twice in one school (E-DUP-PERSON) or in the lists of two (E-DUP-SCHOOLS). Which row is
 * right nobody can tell from the file, so all wait; identical rows may leave the first standing.
 */
export function refuseDuplicates(
  people: readonly SeenPerson[],
  findings: Finding[],
  keepFirst: boolean,
): Set<SeenPerson> {
  const byId = new Map<string, SeenPerson[]>()
  for (const person of people) {
    const others = byId.get(person.record.idNumber)
    if (others) others.push(person)
    else byId.set(person.record.idNumber, [person])
  }
  const refused = new Set<SeenPerson>()
  for (const group of byId.values()) {
    if (group.length < 2) continue
    const schools = [...new Set(group.map(({ record }) => record.school))]
    const code = schools.length > 1 ? 'E-DUP-SCHOOLS' : 'E-DUP-PERSON'
    const first = JSON.stringify(group[0]!.record)
    const same = keepFirst && code === 'E-DUP-PERSON' && group.every(({ record }) => JSON.stringify(record) === first)
    const rows = group.map(({ row }) => row).join('、')
    for (const [i, person] of group.entries()) {
      const kept = same && i === 0
      if (!kept) refused.add(person)
      findings.push({
        sheet: person.sheet,
        row: person.row,
        column: person.column,
        field: 'idNumber',
        code: kept ? 'W-DUP-KEPT' : code,
        severity: kept ? 'warning' : 'error',
        values: { rows, schools: schools.join('、') },
        original: person.record.idNumber,
        mended: null,
      })
    }
  }
  return refused
}
