/** Studios, expert pools, training bases and paired classes of a demo district (domain.md §9.1 no. 12–18). All people invented but the two published hosts. */
import type { DistrictRecords, StaffRecord } from '../../lib/rules/register/records.ts'
import { SUBJECTS, type Subject } from '../../lib/rules/register/vocabulary.ts'
import type { StudioKind } from '../../lib/rules/talent/studio.ts'
import { addMonths, firstDayOf, type LocalDate, month, type YearMonth } from '../../lib/rules/values/dates.ts'
import { PUBLISHED_HOSTS } from './district.ts'
import { type ClassPairing, type Expert, fileExperts, isBackbone, pairClasses } from './partnerships.ts'
import { Random } from './random.ts'

export type StudioLevel = 'national' | 'city' | 'county'
export interface StudioMember {
  idNumber: string
  name: string
  school: string
  from: LocalDate
  /** Day after the last; null while a member. */
  until: LocalDate | null
}

export interface StudioRecord {
  name: string
  level: StudioLevel
  kind: StudioKind
  subject: Subject | null
  /** Full years of one cycle. */
  cycleYears: number
  from: LocalDate
  until: LocalDate
  host: { idNumber: string; name: string; school: string }
  members: StudioMember[]
}

export interface TalentRecords {
  studios: StudioRecord[]
  /** 42 people of city level or above, each in one to three pools. */
  experts: Expert[]
  /** First batch of training bases: thirty schools. */
  trainingBases: string[]
  pairings: ClassPairing[]
}

const isLead = (p: StaffRecord) => p.duty !== null && /(^|、)校长$/.test(p.duty)
const isHead = (p: StaffRecord) => p.duty !== null && /校长$/.test(p.duty)
/** Everything of the talent register that belongs to a generated district. */
export function generateTalent(district: DistrictRecords & { seed: string | number; index: number }): TalentRecords {
  const random = new Random(`talent/${district.seed}/${district.index}`)
  const atWork = district.staff.filter((p) => p.status === 'on_post')
  return {
    studios: [...principalStudios(random, atWork), ...cityStudios(random, atWork), ...countyStudios(random, atWork)],
    experts: fileExperts(random, atWork),
    trainingBases: random
      .sample(
        district.schools.filter((s) => s.kind !== 'research'),
        30,
        (s) => (s.quality ? 3 : 1),
      )
      .map((s) => s.name),
    pairings: pairClasses(random, district),
  }
}

function principalStudios(random: Random, staff: StaffRecord[]): StudioRecord[] {
  const published = staff.filter((p) => isLead(p) && (PUBLISHED_HOSTS as readonly string[]).includes(p.name))
  const hosts =
    published.length === 2
      ? published
      : random.sample(
          staff.filter((p) => isLead(p) && p.title === 'senior'),
          2,
        )
  const taken = new Set(hosts.map((h) => h.idNumber))
  return hosts.map((host) =>
    studio(
      random,
      { level: 'national', kind: 'principal', subject: null, host, cycleYears: 3, from: month('2024-03') },
      staff.filter(isHead),
      random.int(6, 9),
      taken,
    ),
  )
}

/** Nine researchers host city studios of their subject. */
function cityStudios(random: Random, staff: StaffRecord[]): StudioRecord[] {
  const hosts = random.sample(
    staff.filter((p) => p.stage === 'R' && isBackbone(p) && p.duty === null),
    9,
  )
  const taken = new Set(hosts.map((h) => h.idNumber))
  return hosts.map((host) => {
    const open = staff.filter((p) => p.subject === host.subject && p.stage !== 'R' && isBackbone(p))
    return studio(
      random,
      { level: 'city', kind: 'subject', subject: host.subject, host, cycleYears: 3, from: month('2024-09') },
      open,
      random.int(7, 11),
      taken,
    )
  })
}

/** 27 of the district: 23 by subject and stage, 4 for 德育. */
function countyStudios(random: Random, staff: StaffRecord[]): StudioRecord[] {
  const subjects: Subject[] = [
    'CHN',
    'CHN',
    'CHN',
    'CHN',
    'MATH',
    'MATH',
    'MATH',
    'ENG',
    'ENG',
    'MORAL',
    'MORAL',
    'SCI',
    'HIST',
    'GEO',
    'BIO',
    'PHY',
    'CHEM',
    'PE',
    'PE',
    'MUS',
    'ART',
    'IT',
    'PSY',
  ]
  const taken = new Set<string>()
  const able = (p: StaffRecord) =>
    p.category === 'teacher' && p.stage !== 'R' && isBackbone(p) && !taken.has(p.idNumber) && !isHead(p)
  const hosts = subjects.map((subject) => {
    const open = staff.filter((p) => able(p) && p.subject === subject && (p.title === 'senior' || p.title === 'first'))
    const host = random.pick(open)
    taken.add(host.idNumber)
    return host
  })
  const moral = Array.from({ length: 4 }, () => {
    const open = staff.filter(
      (p) => able(p) && (p.duty === '德育主任' || (p.isClassTeacher === true && p.title === 'senior')),
    )
    const host = random.pick(open)
    taken.add(host.idNumber)
    return host
  })
  // Every cycle runs on the day of the registers: one of two years begins later than one of three may.
  const from = (i: number) => month(i % 4 === 3 || i % 3 === 2 ? '2025-09' : i % 3 === 0 ? '2024-03' : '2024-09')
  return [
    ...hosts.map((host, i) =>
      studio(
        random,
        {
          level: 'county',
          kind: 'subject',
          subject: host.subject,
          host,
          cycleYears: i % 4 === 3 ? 2 : 3,
          from: from(i),
        },
        staff.filter((p) => p.subject === host.subject && p.stage === host.stage && p.title !== 'none'),
        random.int(6, 10),
        taken,
      ),
    ),
    ...moral.map((host, i) =>
      studio(
        random,
        { level: 'county', kind: 'moral', subject: null, host, cycleYears: 3, from: from(i) },
        staff.filter((p) => p.isClassTeacher === true),
        random.int(6, 10),
        taken,
      ),
    ),
  ]
}

interface StudioPlan {
  level: StudioLevel
  kind: StudioKind
  subject: Subject | null
  host: StaffRecord
  cycleYears: number
  from: YearMonth
}

/** `taken` keeps hosts and members of one level apart: nobody is in two studios of the same level. */
function studio(random: Random, plan: StudioPlan, open: StaffRecord[], size: number, taken: Set<string>): StudioRecord {
  const { host, from, cycleYears, ...rest } = plan
  const start = firstDayOf(from)
  const free = open.filter((p) => !taken.has(p.idNumber))
  const members = random.sample(free, Math.min(size, free.length)).map((p): StudioMember => {
    taken.add(p.idNumber)
    const joinedLate = random.chance(0.2)
    const joined = joinedLate ? firstDayOf(addMonths(from, random.int(2, 9))) : start
    const left = !joinedLate && random.chance(0.08) ? firstDayOf(addMonths(from, 10)) : null
    return { idNumber: p.idNumber, name: p.name, school: p.school, from: joined, until: left }
  })
  return {
    ...rest,
    name: studioName(plan),
    cycleYears,
    from: start,
    until: firstDayOf(addMonths(from, cycleYears * 12)),
    host: { idNumber: host.idNumber, name: host.name, school: host.school },
    members,
  }
}

function studioName({ level, kind, subject, host }: StudioPlan): string {
  if (kind === 'principal') return `${host.name}名校长工作室`
  if (kind === 'moral') return `${host.name}德育名师工作室`
  const stage = level === 'city' ? '' : host.stage === 'P' ? '小学' : '初中'
  return `${host.name}${stage}${SUBJECTS[subject!]}名师工作室`
}
