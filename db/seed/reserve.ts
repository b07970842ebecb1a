/** 储备教师 of three calendar years, recruited by shortage (R-POOL-1): at least a hundred a year by date of entry (R-POOL-2). */
import type { DistrictRecords, StaffRecord } from '../../lib/rules/register/records.ts'
import type { EducationLevel, Sex, Subject } from '../../lib/rules/register/vocabulary.ts'
import { addDays, addMonthsToDay, day, type LocalDate, yearOf } from '../../lib/rules/values/dates.ts'
import type { Unit } from './census.ts'
import { IdNumbers, phoneOf } from './id-numbers.ts'
import { inventName } from './names.ts'
import { Random } from './random.ts'

/** campus 校园招聘, experienced 成熟教师引进, talent 高层次人才引进. */
export type ReserveChannel = 'campus' | 'experienced' | 'talent'
/** pooled 入库, waiting 待派岗, assigned 派岗, employed 聘用, left 出库. */
export type ReserveState = 'pooled' | 'waiting' | 'assigned' | 'employed' | 'left'

export interface ReserveRecord {
  /** Year of the plan the seat belongs to; the counter goes by `entered`. */
  year: number
  channel: ReserveChannel
  stage: Unit
  subject: Subject
  name: string
  sex: Sex
  idNumber: string
  birth: LocalDate
  phone: string
  education: EducationLevel
  university: string
  major: string
  /** Points out of 100; no written exam for the campus tour (domain.md §6.2). */
  written: number | null
  interview: number
  state: ReserveState
  entered: LocalDate
  /** First day past the pool age of 24 months. */
  poolEnds: LocalDate
  placement: { school: string; from: LocalDate } | null
  /** Staff number once employed and on the roster. */
  staffNo: string | null
  left: { on: LocalDate; reason: string } | null
}

/** Seats of R-POOL-1's worked case: 100 by the district's net shortages. */
export const SEATS_BY_SHORTAGE: Record<Unit, Partial<Record<Subject, number>>> = {
  P: { MORAL: 12, SCI: 14, PE: 17, MUS: 10, ART: 14, IT: 6, PSY: 6 },
  J: { PHY: 3, PE: 7, MUS: 2, ART: 3, IT: 3, PSY: 3 },
}
export const POOL_MONTHS = 24

interface YearPlan {
  year: number
  /** Seats beyond the hundred, in the subjects of most shortage. */
  extra: number
  rounds: readonly (readonly [entered: LocalDate, channel: ReserveChannel, weight: number])[]
  states: readonly (readonly [ReserveState, number])[]
}

/** Two rounds a year, autumn tour and spring; early years are mostly placed, the newest mostly waits. */
const YEARS: readonly YearPlan[] = [
  {
    year: 2024,
    extra: 2,
    rounds: [
      [day('2024-05-20'), 'campus', 45],
      [day('2024-06-14'), 'experienced', 22],
      [day('2024-12-06'), 'campus', 30],
      [day('2024-12-18'), 'talent', 3],
    ],
    states: [
      ['employed', 55],
      ['assigned', 22],
      ['left', 12],
      ['waiting', 11],
    ],
  },
  {
    year: 2025,
    extra: 6,
    rounds: [
      [day('2025-04-25'), 'campus', 42],
      [day('2025-06-10'), 'experienced', 26],
      [day('2025-11-28'), 'campus', 28],
      [day('2025-07-02'), 'talent', 4],
    ],
    states: [
      ['employed', 30],
      ['assigned', 42],
      ['left', 6],
      ['waiting', 22],
    ],
  },
  {
    year: 2026,
    extra: 4,
    rounds: [
      [day('2026-04-24'), 'campus', 44],
      [day('2026-06-12'), 'experienced', 24],
      [day('2026-11-13'), 'campus', 28],
      [day('2026-06-26'), 'talent', 4],
    ],
    states: [
      ['assigned', 46],
      ['waiting', 50],
      ['left', 4],
    ],
  },
]

const MAJOR: Partial<Record<Subject, string>> = {
  MORAL: '思想政治教育',
  SCI: '科学教育',
  PE: '体育教育',
  MUS: '音乐学',
  ART: '美术学',
  IT: '教育技术学',
  PSY: '应用心理学',
  PHY: '物理学',
}
const UNIVERSITIES = [
  '内蒙古师范大学',
  '陕西师范大学',
  '东北师范大学',
  '西北师范大学',
  '华中师范大学',
  '内蒙古大学',
  '山西师范大学',
  '西南大学',
]

export function generateReserve(district: DistrictRecords & { seed: string | number; index: number }): ReserveRecord[] {
  const random = new Random(`reserve/${district.seed}/${district.index}`)
  const ids = new IdNumbers(district.index, district.staff)
  const hired = new Set<string>()
  let serial = 6_300
  return YEARS.flatMap((plan) =>
    seatsOf(random, plan.extra).map(([stage, subject]) => {
      const [entered, channel] = random.weighted(plan.rounds.map((round) => [round, round[2]] as const))
      const settled = entered <= '2026-09-01'
      const drawn = settled
        ? random.weighted(plan.states)
        : entered >= '2026-11-01'
          ? random.pick(['pooled', 'waiting'] as const)
          : 'waiting'
      // An employed reserve hire is a person of the roster; without a fitting one the seat stays a posting.
      const person =
        drawn === 'employed' ? hiredPerson(random, district.staff, stage, subject, entered, channel, hired) : null
      const state: ReserveState = drawn === 'employed' && !person ? 'assigned' : drawn
      return write(
        random,
        { plan, stage, subject, entered, channel, state, person, phone: phoneOf(district.index, serial++) },
        district,
        ids,
      )
    }),
  )
}

function seatsOf(random: Random, extra: number): [Unit, Subject][] {
  const seats = (['P', 'J'] as const).flatMap((stage) =>
    (Object.entries(SEATS_BY_SHORTAGE[stage]) as [Subject, number][]).flatMap(([subject, count]) =>
      Array.from({ length: count }, (): [Unit, Subject] => [stage, subject]),
    ),
  )
  return random.shuffled([...seats, ...Array.from({ length: extra }, () => random.pick(seats))])
}

/** Someone of the roster in establishment who came to the school after entering the pool, and only then. */
function hiredPerson(
  random: Random,
  staff: StaffRecord[],
  stage: Unit,
  subject: Subject,
  entered: LocalDate,
  channel: ReserveChannel,
  hired: Set<string>,
): StaffRecord | null {
  const fits = (p: StaffRecord) =>
    p.form === 'in' && p.stage === stage && p.subject === subject && p.status === 'on_post' && p.duty === null
  // The campus tour brings people without an earlier post, the other channels those who had one.
  const began = (p: StaffRecord) => channel !== 'campus' || `${p.joinedWork}-01` > entered
  const recent = (p: StaffRecord) => `${p.joinedSchool}-01` > entered && yearOf(p.joinedWork) >= 2012 && began(p)
  const open = staff.filter((p) => fits(p) && recent(p) && !hired.has(p.idNumber))
  if (open.length === 0) return null
  const found = random.pick(open)
  hired.add(found.idNumber)
  return found
}

interface Seat {
  plan: YearPlan
  stage: Unit
  subject: Subject
  entered: LocalDate
  channel: ReserveChannel
  state: ReserveState
  person: StaffRecord | null
  phone: string
}

function write(random: Random, seat: Seat, district: DistrictRecords, ids: IdNumbers): ReserveRecord {
  const { plan, entered, channel, state, person } = seat
  const graduate = channel === 'talent' ? 'doctor' : random.chance(0.3) ? 'master' : 'bachelor'
  const education: EducationLevel = channel === 'talent' && random.chance(0.7) ? 'master' : graduate
  return {
    year: plan.year,
    channel,
    stage: seat.stage,
    subject: seat.subject,
    ...(person
      ? { name: person.name, sex: person.sex, idNumber: person.idNumber, birth: person.birth }
      : stranger(random, ids, entered, channel)),
    phone: person?.phone ?? seat.phone,
    education: person?.highestEducation ?? education,
    university: random.pick(UNIVERSITIES),
    major: MAJOR[seat.subject] ?? '教育学',
    written: channel === 'campus' || channel === 'talent' ? null : random.int(620, 890) / 10,
    interview: random.int(740, 935) / 10,
    state,
    entered,
    poolEnds: addMonthsToDay(entered, POOL_MONTHS),
    placement: placementOf(random, seat, district),
    staffNo: person?.staffNo ?? null,
    left: state === 'left' ? leaving(random, entered) : null,
  }
}

function stranger(
  random: Random,
  ids: IdNumbers,
  entered: LocalDate,
  channel: ReserveChannel,
): Pick<ReserveRecord, 'name' | 'sex' | 'idNumber' | 'birth'> {
  const sex: Sex = random.chance(0.76) ? 'F' : 'M'
  const [young, old] = channel === 'campus' ? [22, 26] : channel === 'talent' ? [26, 34] : [27, 36]
  const latest = addMonthsToDay(entered, -12 * young)
  const earliest = addMonthsToDay(entered, -12 * old)
  const taken = ids.take(addDays(earliest, random.int(0, (old - young) * 365)), sex, earliest, latest)
  return { ...inventName(random, sex, yearOf(taken.birth)), ...taken, sex }
}

/** Placed from the September after entry, at a school with classes of the stage; employed ones where they are now. */
function placementOf(random: Random, seat: Seat, district: DistrictRecords): ReserveRecord['placement'] {
  if (seat.state !== 'assigned' && seat.state !== 'employed') return null
  if (seat.person) return { school: seat.person.school, from: `${seat.person.joinedSchool}-01` as LocalDate }
  const open = district.schools.filter((s) => s.pupils[seat.stage] > 0)
  const year = yearOf(seat.entered) + (seat.entered.slice(5) > '08-31' ? 1 : 0)
  const school = random.weighted(open.map((s) => [s.name, s.locality === 'urban' ? 1 : 3] as const))
  return { school, from: day(`${year}-09-01`) }
}

function leaving(random: Random, entered: LocalDate): { on: LocalDate; reason: string } {
  const reason = random.weighted([
    ['放弃', 5],
    ['体检不合格', 1],
    ['考入外地', 3],
    ['服务期内解除', 1],
  ])
  const on = addDays(entered, random.int(20, 120))
  return { on: on > '2026-11-20' ? day('2026-11-20') : on, reason }
}
