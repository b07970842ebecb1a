/** 储备教师 of three calendar years, recruited by shortage (R-POOL-1): at least a hundred a year by date of entry (R-POOL-2). */
import type { DistrictRecords, StaffRecord } from '../../lib/rules/register/records.ts'
import type { EducationLevel, Sex, Subject } from '../../lib/rules/register/vocabulary.ts'
import type { ReserveChannel } from '../../lib/rules/reserve/pipeline.ts'
import { addDays, addMonthsToDay, day, type LocalDate, yearOf } from '../../lib/rules/values/dates.ts'
import { REGISTERS_DATE, type Unit } from './census.ts'
import { IdNumbers, phoneOf } from './id-numbers.ts'
import { inventName } from './names.ts'
import { Random } from './random.ts'
import { POOL_MONTHS, type ReserveState, SEATS_BY_SHORTAGE, YEARS, type YearPlan } from './reserve-plan.ts'

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

/** The registers are kept up to this day. */
const LAST_ENTRY = REGISTERS_DATE

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
          ? random.pick(['pooled', 'awaiting'] as const)
          : 'awaiting'
      // An employed reserve hire is a person of the roster; without a fitting one the seat stays a posting.
      const person =
        drawn === 'employed' ? hiredPerson(random, district.staff, stage, subject, entered, channel, hired) : null
      const state = possibleState(drawn, person !== null, entered)
      return write(
        random,
        { plan, stage, subject, entered, channel, state, person, phone: phoneOf(district.index, serial++) },
        district,
        ids,
      )
    }),
  )
}

/** No employment without a person of the roster, no pool age over before its day. */
function possibleState(drawn: ReserveState, isHired: boolean, entered: LocalDate): ReserveState {
  if (drawn === 'employed' && !isHired) return 'placed'
  return drawn === 'expired' && addMonthsToDay(entered, POOL_MONTHS) > LAST_ENTRY ? 'awaiting' : drawn
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
    left: leaving(random, state, entered),
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
  if (seat.state !== 'placed' && seat.state !== 'employed') return null
  if (seat.person) return { school: seat.person.school, from: `${seat.person.joinedSchool}-01` as LocalDate }
  const open = district.schools.filter((s) => s.pupils[seat.stage] > 0)
  const year = yearOf(seat.entered) + (seat.entered.slice(5) > '08-31' ? 1 : 0)
  const school = random.weighted(open.map((s) => [s.name, s.locality === 'urban' ? 1 : 3] as const))
  return { school, from: day(`${year}-09-01`) }
}

/** What ended it, by state; null while in the pool or at a school. */
const REASONS: Partial<Record<ReserveState, readonly string[]>> = {
  withdrew: ['考入外地', '升学', '个人放弃'],
  expired: ['库龄到期，未重新评估'],
  dismissed: ['服务期内解除'],
  left: ['聘用后调往外地'],
}

function leaving(random: Random, state: ReserveState, entered: LocalDate): ReserveRecord['left'] {
  const reasons = REASONS[state]
  if (!reasons) return null
  const after = { withdrew: [20, 150], dismissed: [300, 500], left: [400, 560] }[state as string] ?? [0, 0]
  const on =
    state === 'expired' ? addMonthsToDay(entered, POOL_MONTHS) : addDays(entered, random.int(after[0]!, after[1]!))
  return { on: on > LAST_ENTRY ? LAST_ENTRY : on, reason: random.pick(reasons) }
}
