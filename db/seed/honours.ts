/** Honours: exactly the planned backbone of every unit on the statistics date, and what does not count any more or yet. */

import type { HonourRecord, StaffRecord } from '../../lib/rules/register/records.ts'
import type { HonourKind, HonourLevel } from '../../lib/rules/register/vocabulary.ts'
import { addMonths, month, type YearMonth } from '../../lib/rules/values/dates.ts'
import { later } from './careers.ts'
import { BACKBONE_KINDS, RESEARCH_CENTRE, SPECIAL_GRADE } from './census.ts'
import type { Person } from './people.ts'
import type { Random } from './random.ts'
import type { PlannedSchool } from './schools.ts'

type Member = Person & { record: StaffRecord }

/** Months an honour is valid by default (domain.md §1.4, DESIGN): used here only to keep the plan's count true. */
const VALID_MONTHS: Partial<Record<HonourKind, number>> = {
  teaching_expert: 36,
  subject_leader: 36,
  backbone: 60,
  famous: 60,
}
const AWARD_MONTHS = [5, 6, 9, 11, 12, 12, 12]
const LEVELS: readonly (readonly [HonourLevel, number])[] = [
  ['county', 76],
  ['city', 20],
  ['region', 4],
]

export function giveHonours(random: Random, members: Member[], schools: PlannedSchool[]): void {
  const backbone = schools.flatMap((school, position) =>
    (['P', 'J', 'R'] as const).flatMap((unit) => {
      const wanted =
        unit === 'R' ? (position === schools.length - 1 ? RESEARCH_CENTRE.backbone : 0) : school.backbone[unit]
      const open = members.filter((m) => m.school === position && m.unit === unit && mayLead(m))
      return random.sample(
        open,
        wanted,
        (m) => ({ second: 1, first: 2, senior: 3, full_senior: 9 })[m.title as string] ?? 1,
      )
    }),
  )
  const kinds = random.shuffled(
    Object.entries(BACKBONE_KINDS).flatMap(([kind, count]) => Array<HonourKind>(count).fill(kind as HonourKind)),
  )
  backbone.forEach((m, i) => {
    m.record.honours.push(validHonour(random, kinds[i]!, m.record))
    if (random.chance(0.13)) addExpired(random, m.record, m.record.honours[0]!.awarded!)
  })
  giveSpecialGrade(random, backbone)
  const others = members.filter((m) => m.category === 'teacher' && m.record.honours.length === 0 && m.title !== 'none')
  for (const m of random.sample(others, 150)) m.record.honours.push(starHonour(random, m.record))
  for (const m of random.sample(others, 40))
    m.record.honours.push({ ...starHonour(random, m.record), kind: 'backbone', level: 'school' })
  for (const m of random.sample(others, 320)) addExpired(random, m.record, month('2026-08'))
}

const mayLead = (m: Member) => m.form === 'in' && m.band >= 25 && !['none', 'third'].includes(m.title)

/** A counted honour valid on 2026-09-01 and awarded by June 2026. */
function validHonour(random: Random, kind: HonourKind, record: StaffRecord): HonourRecord {
  const oldest = addMonths(month('2026-09'), 1 - VALID_MONTHS[kind]!)
  const newest = month('2026-06')
  const wanted = random.chance(0.55)
    ? random.pick(['2024-12', '2024-09', '2025-06', '2025-11', '2025-12', '2026-06'].map(month))
    : awardMonth(random, oldest, newest)
  return { kind, level: random.weighted(LEVELS), awarded: later(wanted, later(oldest, record.joinedWork)) }
}

/** An earlier 骨干教师 of the county: over before the statistics date, not counted any more. */
function addExpired(random: Random, record: StaffRecord, before: YearMonth): void {
  const latest = [addMonths(before, -6), month('2021-06')].reduce((a, b) => (a < b ? a : b))
  if (record.joinedWork >= addMonths(latest, -24)) return
  const oldest = later(addMonths(record.joinedWork, 12), month('2010-01'))
  record.honours.push({ kind: 'backbone', level: 'county', awarded: awardMonth(random, oldest, latest) })
}

/** 教坛新秀: a young talent's honour that does not count as backbone. */
function starHonour(random: Random, record: StaffRecord): HonourRecord {
  const awarded = awardMonth(random, later(month('2022-01'), record.joinedWork), month('2026-06'))
  return {
    kind: 'young_star',
    level: random.weighted([
      ['county', 64],
      ['city', 36],
    ]),
    awarded,
  }
}

/** Nine famous teachers of the region or the city are 特级教师 too: no end, and nobody is counted twice. */
function giveSpecialGrade(random: Random, backbone: Member[]): void {
  const famous = backbone.filter((m) => m.record.honours[0]!.kind === 'famous')
  for (const m of random.sample(famous, SPECIAL_GRADE, (f) =>
    f.title === 'full_senior' ? 50 : f.title === 'senior' ? 5 : 1,
  )) {
    m.record.honours[0]!.level = random.pick(['region', 'city'])
    const awarded = awardMonth(random, later(month('2014-01'), m.record.joinedWork), month('2025-12'))
    m.record.honours.push({ kind: 'special_grade', level: 'region', awarded })
  }
}

function awardMonth(random: Random, oldest: YearMonth, newest: YearMonth): YearMonth {
  const years = [Number(oldest.slice(0, 4)), Number(newest.slice(0, 4))] as const
  const wanted = month(`${random.int(...years)}-${String(random.pick(AWARD_MONTHS)).padStart(2, '0')}`)
  if (wanted > newest) return newest
  return later(wanted, oldest)
}
