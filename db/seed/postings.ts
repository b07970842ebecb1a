/**
 * 交流轮岗记录: running postings (their end lies ahead), completed ones, and moves with the personnel relation.
 * The story: 286 of about 2 700 eligible are on a posting (over 10 %), 63 of them backbone (over 20 % of those moved),
 * while only a few of the district's backbone teachers move at all: readings A and B disagree (R-QUOTA-2).
 */

import type { RotationRecord } from '../../lib/rules/register/records.ts'
import type { RotationForm } from '../../lib/rules/register/vocabulary.ts'
import { addMonths, month, monthsBetween, type YearMonth, yearOf } from '../../lib/rules/values/dates.ts'
import { monthOn } from './careers.ts'
import type { Member } from './duties.ts'
import type { Random } from './random.ts'
import type { PlannedSchool } from './schools.ts'

const RUNNING: readonly (readonly [start: string, end: string, count: number])[] = [
  ['2026-09', '2027-07', 70],
  ['2026-09', '2028-07', 67],
  ['2026-09', '2029-07', 57],
  ['2025-09', '2027-07', 64],
  ['2025-09', '2028-07', 28],
]
const RUNNING_BACKBONE = 63
/** People on a posting who had not served long enough: they volunteered (R-ELIG-13). */
const VOLUNTEERS = 6
const COMPLETED = 315
const MOVED = { competition: 46, regular: 24 }

export function recordPostings(random: Random, members: Member[], schools: PlannedSchool[]): RotationRecord[] {
  const taken = new Set<Member>()
  const free = members.filter(
    (m) =>
      (m.unit === 'P' || m.unit === 'J') && m.form === 'in' && m.record.status === 'on_post' && m.record.duty === null,
  )
  const records = [
    ...moved(random, free, taken, schools),
    ...running(random, free, taken, schools),
    ...completed(random, free, taken, schools),
  ]
  const order = new Map(members.map((m, i) => [m.idNumber, i]))
  return records.sort((a, b) => order.get(a.idNumber)! - order.get(b.idNumber)!)
}

/** How strongly a group sends and receives: from quality and urban schools to town and rural ones. */
const SENDS: Record<string, number> = { A: 3, B: 3, C: 3, D: 1.6, G: 1, I: 0.7, E: 0, H: 0, K: 0, F1: 0, F2: 0, F3: 0 }
const RECEIVES: Record<string, number> = {
  E: 34,
  F1: 36,
  F2: 26,
  F3: 12,
  H: 45,
  K: 70,
  I: 26,
  G: 14,
  D: 8,
  A: 0,
  B: 0,
  C: 0,
}

function running(random: Random, free: Member[], taken: Set<Member>, schools: PlannedSchool[]): RotationRecord[] {
  const terms = random.shuffled(
    RUNNING.flatMap(([start, end, count]) =>
      Array.from({ length: count }, () => ({ start: month(start), end: month(end) })),
    ),
  )
  const open = free.filter((m) => !taken.has(m) && m.band <= 45 && (SENDS[groupOf(m, schools)] ?? 0) > 0)
  const weight = (m: Member) => SENDS[groupOf(m, schools)]!
  const served = (m: Member) => monthsBetween(m.record.joinedSchool, month('2025-08')) + 1 >= 72
  const plain = open.filter((m) => served(m) && m.record.honours.length === 0)
  const late = open.filter(
    (m) =>
      !served(m) &&
      m.record.honours.length === 0 &&
      m.band >= 25 &&
      m.record.joinedSchool <= '2023-09' &&
      m.record.joinedSchool >= '2021-01',
  )
  const backbone = random.sample(
    open.filter((m) => served(m) && isBackbone(m)),
    RUNNING_BACKBONE,
    weight,
  )
  const chosen = [
    ...backbone,
    ...random.sample(late, VOLUNTEERS, weight),
    ...random.sample(plain, terms.length - RUNNING_BACKBONE - VOLUNTEERS, weight),
  ]
  return random.shuffled(chosen).map((m, i) => {
    taken.add(m)
    const to = destination(random, m, schools)
    m.record.workSchool = to.record.name
    return posting(random, m, to, terms[i]!.start, terms[i]!.end, true, schools)
  })
}

/** Counted honours still valid are dated October 2021 or later, those that are over June 2021 or before. */
const isBackbone = (m: Member) =>
  m.record.honours.some((h) => h.level !== 'school' && h.kind !== 'young_star' && h.awarded! >= '2021-10')

/** Over by July 2026; about two in three recent enough to restart the clock (R-ELIG-11). */
function completed(random: Random, free: Member[], taken: Set<Member>, schools: PlannedSchool[]): RotationRecord[] {
  const open = free.filter(
    (m) => !taken.has(m) && m.band >= 30 && m.record.joinedSchool <= '2014-09' && (SENDS[groupOf(m, schools)] ?? 0) > 0,
  )
  return random
    .sample(open, COMPLETED, (m) => SENDS[groupOf(m, schools)]!)
    .map((m) => {
      taken.add(m)
      const start = monthOn(
        random.weighted([
          [2014, 6],
          [2015, 20],
          [2016, 32],
          [2017, 24],
          [2018, 24],
          [2019, 22],
          [2020, 30],
          [2021, 30],
          [2022, 42],
          [2023, 38],
          [2024, 28],
          [2025, 20],
        ]),
        9,
      )
      const years = Math.min(
        random.weighted([
          [1, 60],
          [2, 24],
          [3, 16],
        ]),
        2026 - yearOf(start),
      )
      return posting(
        random,
        m,
        destination(random, m, schools),
        start,
        addMonths(start, years * 12 - 2),
        false,
        schools,
      )
    })
}

function posting(
  random: Random,
  m: Member,
  to: PlannedSchool,
  start: YearMonth,
  end: YearMonth,
  planned: boolean,
  schools: PlannedSchool[],
): RotationRecord {
  const from = schools[m.school]!
  return {
    ...identity(m),
    form: formOf(random, from, to),
    movesRelation: false,
    fromSchool: from.record.name,
    toSchool: to.record.name,
    start,
    end,
    planned,
    note: planned ? '计划期满' : null,
  }
}

function formOf(random: Random, from: PlannedSchool, to: PlannedSchool): RotationForm {
  if (to.record.branchOf === from.record.name) return 5
  if (from.record.group !== null && from.record.group === to.record.group) return 6
  if (from.record.zone === to.record.zone) return 3
  return random.weighted<RotationForm>([
    [1, 70],
    [7, 19],
    [4, 8],
    [3, 3],
  ])
}

/** The school came to by 跨校竞聘 or a transfer is the school of the personnel relation now, since that month. */
function moved(random: Random, free: Member[], taken: Set<Member>, schools: PlannedSchool[]): RotationRecord[] {
  const open = free.filter(
    (m) =>
      m.record.joinedSchool > m.record.joinedWork &&
      m.record.joinedSchool >= '2021-01' &&
      m.record.joinedSchool <= '2025-09',
  )
  return random
    .sample(open, MOVED.competition + MOVED.regular, (m) => (schools[m.school]!.record.quality ? 2 : 1))
    .map((m, i) => {
      taken.add(m)
      const others = schools.filter((s, position) => position !== m.school && s.staff[m.unit as 'P' | 'J'] > 0)
      return {
        ...identity(m),
        form: i < MOVED.competition ? 2 : 1,
        movesRelation: true,
        fromSchool: random.pick(others).record.name,
        toSchool: m.record.school,
        start: m.record.joinedSchool,
        end: null,
        planned: false,
        note: null,
      }
    })
}

const identity = (m: Member) => ({ name: m.record.name, idNumber: m.idNumber, relationSchool: m.record.school })
const groupOf = (m: Member, schools: PlannedSchool[]) => schools[m.school]!.group?.key ?? ''

/** A receiving school of the same stage; branches mostly from their own core school. */
function destination(random: Random, m: Member, schools: PlannedSchool[]): PlannedSchool {
  const unit = m.unit as 'P' | 'J'
  const from = schools[m.school]!
  const open = schools.filter(
    (s, position) => position !== m.school && s.staff[unit] > 0 && (RECEIVES[s.group?.key ?? ''] ?? 0) > 0,
  )
  return random.weighted(
    open.map((s) => [s, RECEIVES[s.group!.key]! * (s.record.branchOf === from.record.name ? 4 : 1)] as const),
  )
}
