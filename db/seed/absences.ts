/** 请休假、借调与生育登记 and 处分与调查: what the roster cannot say, matching everyone's status. */

import type { DisciplineRecord, LeaveRecord } from '../../lib/rules/register/records.ts'
import type { LeaveKind } from '../../lib/rules/register/vocabulary.ts'
import { addDays, type LocalDate } from '../../lib/rules/values/dates.ts'
import type { Member } from './duties.ts'
import type { Random } from './random.ts'

/** Children born in the year before the registers' date whose mothers are at work again, or not on leave yet. */
const BIRTHS = 85

const date = (text: string) => text as LocalDate

export function recordLeaves(random: Random, members: Member[]): LeaveRecord[] {
  const mothers = members.filter(
    (m) =>
      m.sex === 'F' &&
      m.unit !== null &&
      m.unit !== 'R' &&
      m.record.status === 'on_post' &&
      m.record.duty === null &&
      m.band >= 25 &&
      m.band <= 35 &&
      m.record.workSchool === m.record.school,
  )
  const births = new Set(random.sample(mothers, BIRTHS))
  return members.flatMap((m) => {
    if (births.has(m)) return [leave(m, 'birth', null, null, birthDay(random))]
    const kind = m.record.status
    if (kind === 'maternity') return [maternity(random, m)]
    if (kind === 'seconded') return [leave(m, kind, monthStart(random, 2023, 2026), null)]
    if (kind === 'sick')
      return [
        leave(
          m,
          kind,
          date(
            random.pick([
              '2025-07-01',
              '2025-08-01',
              '2025-09-01',
              '2025-10-01',
              '2025-12-01',
              '2026-01-01',
              '2026-02-01',
            ]),
          ),
          random.chance(0.4) ? date('2027-02-28') : null,
        ),
      ]
    if (kind === 'support')
      return [
        leave(
          m,
          kind,
          date(random.pick(['2025-09-01', '2025-12-01', '2026-02-01', '2026-05-01', '2026-08-01'])),
          random.pick([null, date('2027-07-31'), date('2028-07-31')]),
        ),
      ]
    if (kind === 'study')
      return [
        leave(
          m,
          kind,
          date(random.pick(['2025-09-01', '2026-03-01', '2026-05-01'])),
          random.pick([null, date('2027-06-30')]),
        ),
      ]
    return []
  })
}

function leave(
  m: Member,
  kind: LeaveKind,
  start: LocalDate | null,
  end: LocalDate | null,
  childBirth: LocalDate | null = null,
): LeaveRecord {
  return { name: m.record.name, idNumber: m.idNumber, school: m.record.school, kind, start, end, childBirth }
}

/** On leave on 1 September 2026: 158 days or so from a few days before the birth. */
function maternity(random: Random, m: Member): LeaveRecord {
  const start = addDays(date('2026-04-08'), random.int(0, 140))
  return leave(
    m,
    'maternity',
    start,
    addDays(start, random.pick([157, 157, 165, 172])),
    addDays(start, random.int(1, 18)),
  )
}

/** Half between September and November 2026, known by the registers' date; the rest in the year before. */
function birthDay(random: Random): LocalDate {
  return random.chance(0.5)
    ? addDays(date('2026-09-02'), random.int(0, 76))
    : addDays(date('2025-09-03'), random.int(0, 210))
}

function monthStart(random: Random, from: number, to: number): LocalDate {
  const year = random.int(from, to)
  return date(`${year}-${String(random.int(year === 2023 ? 3 : 1, year === 2026 ? 8 : 12)).padStart(2, '0')}-01`)
}

/** Ten entries: the three suspended are under investigation, the others at work while a period runs. */
export function recordDisciplines(random: Random, members: Member[]): DisciplineRecord[] {
  const terms = [
    ['warning', '2026-04-10', '2026-10-09', 4],
    ['demerit', '2026-05-20', '2027-05-19', 2],
    ['demotion', '2026-03-02', '2028-03-01', 1],
  ] as const
  const entries = terms.flatMap(([kind, start, end, count]) =>
    Array.from({ length: count }, () => ({ kind, start: date(start), end: date(end) })),
  )
  const atWork = members.filter(
    (m) =>
      m.unit !== null &&
      m.unit !== 'R' &&
      m.form === 'in' &&
      m.record.status === 'on_post' &&
      m.record.duty === null &&
      m.record.workSchool === m.record.school &&
      m.record.honours.length === 0 &&
      m.record.joinedWork < '2022-01',
  )
  const order = random.sample(atWork, entries.length)
  const found = new Map(order.map((m, i) => [m, entries[i]!]))
  return members.flatMap((m): DisciplineRecord[] => {
    const who = { name: m.record.name, idNumber: m.idNumber, school: m.record.school }
    if (m.record.status === 'suspended')
      return [{ ...who, kind: 'investigation', start: date('2026-06-15'), end: null }]
    const entry = found.get(m)
    return entry ? [{ ...who, ...entry }] : []
  })
}
