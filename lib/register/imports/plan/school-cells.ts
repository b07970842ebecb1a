import type { schools, schoolYears } from '@/db/schema/index.ts'
import type { SchoolRecord, StageResources } from '../../../rules/register/records.ts'
import { CLASS_FIELDS, RESOURCE_KINDS, type SchoolField } from '../school-columns.ts'
import type { StoredRow } from './row-plan.ts'

/** A school on file with the numbers of one school year and what it belongs to on a day. */
export interface StoredSchool {
  school: typeof schools.$inferSelect
  year: typeof schoolYears.$inferSelect | null
  group: string | null
  branchOf: string | null
  /** Partner's name → classes paired. */
  pairings: Map<string, number>
}

/** Columns of the school list that are columns of `schools` under the same name. */
export const OWN_CELLS = [
  'code',
  'name',
  'shortName',
  'aliases',
  'kind',
  'typeCode',
  'localityCode',
  'locality',
  'quality',
  'zone',
  'foundedYear',
  'oneSchoolOnePlan',
  'interactive',
  'smartCampus',
] as const
export const YEAR_CELLS = ['establishment', 'seats', 'addedSeats'] as const

type Cells = Partial<Record<SchoolField, unknown>>

const resourceCells = (stage: 'P' | 'J', resources: StageResources | null): Cells =>
  Object.fromEntries(RESOURCE_KINDS.map((kind) => [`${stage}_${kind}`, resources?.[kind] ?? null]))

/** What a row of the workbook says, column by column. */
export function cellsOfRecord(record: SchoolRecord): Cells {
  return {
    ...Object.fromEntries(OWN_CELLS.map((field) => [field, record[field]])),
    ...Object.fromEntries(YEAR_CELLS.map((field) => [field, record[field]])),
    ...Object.fromEntries(CLASS_FIELDS.map((field, grade) => [field, record.classes[grade] ?? 0])),
    ...resourceCells('P', record.resources.P),
    ...resourceCells('J', record.resources.J),
    pupilsP: record.pupils.P,
    pupilsJ: record.pupils.J,
    group: record.group,
    branchOf: record.branchOf,
    pairedSchool: record.pairedSchool,
    pairedClasses: record.pairedClasses,
    x: record.position?.x ?? null,
    y: record.position?.y ?? null,
  }
}

/** The same of a school on file; `partner` is the one the row speaks of, for a school may have several. */
export function cellsOfStored(stored: StoredSchool, partner: string | null): Cells {
  const { school, year, pairings } = stored
  const paired = partner !== null && pairings.has(partner) ? partner : ([...pairings.keys()][0] ?? null)
  return {
    ...Object.fromEntries(OWN_CELLS.map((field) => [field, school[field]])),
    ...Object.fromEntries(YEAR_CELLS.map((field) => [field, year?.[field] ?? null])),
    ...Object.fromEntries(CLASS_FIELDS.map((field, grade) => [field, year?.classes[grade] ?? null])),
    ...resourceCells('P', year?.resourcesPrimary ?? null),
    ...resourceCells('J', year?.resourcesJunior ?? null),
    pupilsP: year?.pupilsPrimary ?? null,
    pupilsJ: year?.pupilsJunior ?? null,
    group: stored.group,
    branchOf: stored.branchOf,
    pairedSchool: paired,
    pairedClasses: paired === null ? null : (pairings.get(paired) ?? null),
    x: school.x,
    y: school.y,
  }
}

const isYearCell = (field: string): boolean =>
  (YEAR_CELLS as readonly string[]).includes(field) || /^(class\d|[PJ]_|pupils[PJ])/.test(field)

/** Of the changed columns those of the school year, as the row of that year is to hold them. */
export function yearSet(
  changed: ReadonlySet<string>,
  cells: Cells,
  year: StoredSchool['year'],
): Partial<typeof schoolYears.$inferSelect> {
  const set: StoredRow = {}
  for (const field of YEAR_CELLS) if (changed.has(field)) set[field] = cells[field]
  if (changed.has('pupilsP')) set.pupilsPrimary = cells.pupilsP
  if (changed.has('pupilsJ')) set.pupilsJunior = cells.pupilsJ
  if (CLASS_FIELDS.some((field) => changed.has(field)))
    set.classes = CLASS_FIELDS.map((field, grade) => (changed.has(field) ? cells[field] : (year?.classes[grade] ?? 0)))
  for (const [stage, column] of [
    ['P', 'resourcesPrimary'],
    ['J', 'resourcesJunior'],
  ] as const) {
    if (!RESOURCE_KINDS.some((kind) => changed.has(`${stage}_${kind}`))) continue
    set[column] = Object.fromEntries(
      RESOURCE_KINDS.map((kind) => {
        const field = `${stage}_${kind}` as const
        return [kind, changed.has(field) ? cells[field] : (year?.[column]?.[kind] ?? null)]
      }),
    )
  }
  return set as Partial<typeof schoolYears.$inferSelect>
}

export const touchesYear = (changed: ReadonlySet<string>): boolean => [...changed].some(isYearCell)

/** Column of the school list → entity and column under which the record of changes keeps it. */
export function keptIn(field: string): string {
  if (field.startsWith('P_')) return 'school_years.resourcesPrimary'
  if (field.startsWith('J_')) return 'school_years.resourcesJunior'
  if (field.startsWith('class')) return 'school_years.classes'
  if (field === 'pupilsP') return 'school_years.pupilsPrimary'
  if (field === 'pupilsJ') return 'school_years.pupilsJunior'
  return isYearCell(field) ? `school_years.${field}` : `schools.${field}`
}
