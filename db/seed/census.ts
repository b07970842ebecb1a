/**
 * The census plan of the demo district (domain.md §9), base date 2026-09-01: what every generated district adds up to.
 * Published totals are carried over unchanged; the split into groups is a design of the demo data.
 */

import type {
  Category,
  EmploymentForm,
  HonourKind,
  Locality,
  SchoolKind,
  Sex,
  Subject,
  Title,
} from '../../lib/rules/register/vocabulary.ts'
import { day, type LocalDate } from '../../lib/rules/values/dates.ts'

export const STATISTICS_DATE: LocalDate = day('2026-09-01')
/** Last day the registers of postings, leaves and discipline are kept up to. */
export const REGISTERS_DATE: LocalDate = day('2026-11-20')

/** The two stages a school of the district has; P primary, J junior. */
export type Unit = 'P' | 'J'
type PerUnit = Record<Unit, number>

export interface SchoolGroup {
  key: string
  kind: SchoolKind
  locality: Locality
  quality: boolean
  schools: number
  pupils: PerUnit
  classes: PerUnit
  staff: PerUnit
  backbone: PerUnit
}

const group = (
  key: string,
  kind: SchoolKind,
  locality: Locality,
  quality: boolean,
  schools: number,
  figures: [pupils: [number, number], classes: [number, number], staff: [number, number], backbone: [number, number]],
): SchoolGroup => {
  const [pupils, classes, staff, backbone] = figures.map(([P, J]) => ({ P, J })) as [PerUnit, PerUnit, PerUnit, PerUnit]
  return { key, kind, locality, quality, schools, pupils, classes, staff, backbone }
}

/** domain.md §9.2, figures of one school. */
export const SCHOOL_GROUPS: readonly SchoolGroup[] = [
  group('A', 'primary', 'urban', true, 11, [
    [1900, 0],
    [45, 0],
    [140, 0],
    [62, 0],
  ]),
  group('B', 'junior', 'urban', true, 6, [
    [0, 1900],
    [0, 42],
    [0, 165],
    [0, 70],
  ]),
  group('C', 'nine_year', 'urban', true, 4, [
    [1350, 800],
    [33, 18],
    [102, 70],
    [44, 28],
  ]),
  group('D', 'primary', 'urban', false, 12, [
    [1640, 0],
    [42, 0],
    [125, 0],
    [20, 0],
  ]),
  group('E', 'primary', 'town', false, 4, [
    [820, 0],
    [22, 0],
    [72, 0],
    [7, 0],
  ]),
  group('F1', 'primary', 'rural', false, 1, [
    [540, 0],
    [18, 0],
    [54, 0],
    [4, 0],
  ]),
  group('F2', 'primary', 'rural', false, 1, [
    [280, 0],
    [12, 0],
    [34, 0],
    [1, 0],
  ]),
  group('F3', 'primary', 'rural', false, 1, [
    [80, 0],
    [6, 0],
    [18, 0],
    [0, 0],
  ]),
  group('G', 'junior', 'urban', false, 5, [
    [0, 1196],
    [0, 27],
    [0, 100],
    [0, 18],
  ]),
  group('H', 'junior', 'town', false, 2, [
    [0, 1196],
    [0, 27],
    [0, 100],
    [0, 12],
  ]),
  group('I', 'nine_year', 'urban', false, 2, [
    [950, 450],
    [25, 11],
    [81, 40],
    [11, 6],
  ]),
  group('K', 'nine_year', 'town', false, 1, [
    [950, 450],
    [25, 11],
    [82, 40],
    [7, 6],
  ]),
]

export const RESEARCH_CENTRE = { staff: 54, backbone: 40, establishment: 57 }

/** 专任教师 of all units; research staff are all 专任教师. */
export const FULL_TIME: PerUnit = { P: 3776, J: 1930 }
/** The other categories, kept by the school as a whole. */
export const OTHER_CATEGORIES = { administrative: 190, support: 170, worker: 110 } as const

/** People outside establishment by category and form; 590 in all. Administrators are all inside. */
export const OUTSIDE: Record<Exclude<Category, 'administrative'>, Record<Exclude<EmploymentForm, 'in'>, number>> = {
  teacher: { contract: 185, filed: 109, purchased: 92, agency: 74 },
  support: { contract: 22, filed: 13, purchased: 18, agency: 5 },
  worker: { contract: 31, filed: 17, purchased: 12, agency: 12 },
}

export const ESTABLISHMENT = { approved: 5720, filled: 5640 }
export const SEATS = { all: 81_625, quality: 40_900, added: 1_200, addedSchools: 7 }
export const INTERACTIVE_SCHOOLS = 49
export const SMART_SCHOOLS = 20

export const SEX_OF_CATEGORY: Record<Category, Record<Sex, number>> = {
  teacher: { F: 4192, M: 1568 },
  administrative: { F: 91, M: 99 },
  support: { F: 137, M: 33 },
  worker: { F: 66, M: 44 },
}

/** Lowest age of each band; 20 stands for ≤ 24 and 60 for ≥ 60. */
export const AGE_BANDS = [20, 25, 30, 35, 40, 45, 50, 55, 60] as const
export type AgeBand = (typeof AGE_BANDS)[number]

/** Ages by category; the columns sum to 187, 872, 1 121, 1 121, 1 059, 935, 685, 225, 25. */
export const AGES_OF_CATEGORY: Record<Category, readonly number[]> = {
  teacher: [168, 807, 1056, 1058, 992, 847, 605, 202, 25],
  administrative: [0, 1, 9, 15, 28, 51, 66, 20, 0],
  support: [9, 37, 36, 29, 23, 22, 11, 3, 0],
  worker: [10, 27, 20, 19, 16, 15, 3, 0, 0],
}

/** Titles in each age band, columns as AGE_BANDS. No senior title under 35, third grade and none mostly under 30. */
export const TITLES_OF_AGE: Record<Title, readonly number[]> = {
  none: [147, 236, 81, 29, 19, 15, 3, 0, 0],
  third: [3, 55, 2, 1, 1, 0, 0, 0, 0],
  second: [37, 559, 768, 386, 110, 9, 0, 0, 0],
  first: [0, 22, 270, 682, 790, 425, 99, 17, 0],
  senior: [0, 0, 0, 23, 136, 475, 570, 205, 24],
  full_senior: [0, 0, 0, 0, 3, 11, 13, 3, 1],
}

/** Post grades of each title. */
export const GRADES: Record<Exclude<Title, 'none'>, Record<number, number>> = {
  full_senior: { 4: 31 },
  senior: { 5: 287, 6: 573, 7: 573 },
  first: { 8: 692, 9: 922, 10: 691 },
  second: { 11: 935, 12: 934 },
  third: { 13: 62 },
}

/** Valid counted honour of every backbone teacher on the statistics date; nine famous teachers are 特级教师 too. */
export const BACKBONE_KINDS = {
  teaching_expert: 386,
  subject_leader: 135,
  famous: 152,
  backbone: 1191,
} as const satisfies Partial<Record<HonourKind, number>>
export const SPECIAL_GRADE = 9

/** domain.md §9.4, 专任教师 by main subject. */
export const SUBJECTS_OF_UNIT: Record<Unit, Partial<Record<Subject, number>>> = {
  P: { CHN: 1465, MATH: 860, ENG: 265, MORAL: 195, SCI: 190, PE: 365, MUS: 180, ART: 172, IT: 60, PSY: 24 },
  J: {
    CHN: 318,
    MATH: 312,
    ENG: 322,
    MORAL: 150,
    HIST: 140,
    GEO: 98,
    BIO: 92,
    PHY: 95,
    CHEM: 72,
    PE: 148,
    MUS: 49,
    ART: 47,
    IT: 30,
    PSY: 12,
    LAB: 45,
  },
}
export const SUBJECTS_OF_RESEARCH: Partial<Record<Subject, number>> = {
  CHN: 11,
  MATH: 10,
  ENG: 7,
  PE: 4,
  MORAL: 4,
  SCI: 3,
  MUS: 3,
  ART: 3,
  IT: 2,
  PSY: 2,
  HIST: 2,
  PHY: 2,
  CHEM: 1,
}

/** Statuses other than 在岗, all of 专任教师. */
export const STATUS_COUNTS = { maternity: 58, seconded: 46, sick: 24, support: 18, study: 7, suspended: 3 } as const

/** Weighted and unweighted CV of indicator 2 by relation, before and after the moves of §9.2. */
export const BALANCE_TARGETS: Record<Unit, { before: number; unweighted: number; after: number }> = {
  P: { before: 0.4907, unweighted: 0.5896, after: 0.4511 },
  J: { before: 0.4136, unweighted: 0.4587, after: 0.3757 },
}
/** The moves of §9.2: backbone gained (lost) by one school of a group; 22 primary and 12 junior in all. */
export const BALANCE_MOVES: Record<Unit, Record<string, number>> = {
  P: { A: -2, D: 1, E: 1, F1: 1, F2: 2, F3: 1, K: 2 },
  J: { B: -2, G: 1, H: 2, I: 1, K: 1 },
}
