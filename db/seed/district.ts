/** The demo district 演示数据: made of a seed alone, the same on every machine, without clock or database. */
import type { DistrictRecords } from '../../lib/rules/register/records.ts'
import { recordDisciplines, recordLeaves } from './absences.ts'
import { STATISTICS_DATE } from './census.ts'
import { districtName } from './district-names.ts'
import { giveClasses, giveDuties, giveStatuses, isPrincipal, type Member } from './duties.ts'
import { giveHonours } from './honours.ts'
import { IdNumbers } from './id-numbers.ts'
import { planPeople } from './people.ts'
import { recordPostings } from './postings.ts'
import { approveEstablishment, planPosts } from './posts.ts'
import { Random } from './random.ts'
import { type PlannedSchool, planSchools } from './schools.ts'
import { writeStaff } from './staff.ts'

export interface DemoDistrict extends DistrictRecords {
  /** Area code, 6 digits. */
  code: string
  name: string
  seed: string | number
  index: number
}

export interface DistrictOptions {
  seed: string | number
  /** 0–99; districts with different indexes share no citizen number, telephone number or school code. */
  index?: number
}

/**
 * A whole district that realises the census plan of domain.md §9: 50 schools and the research centre, 6 230 people,
 * 671 postings, 238 leaves and births, 10 disciplinary entries. All people are invented.
 */
export function generateDistrict({ seed, index = 0 }: DistrictOptions): DemoDistrict {
  const random = new Random(`${seed}/${index}`)
  const schools = planSchools(random, index)
  const posts = planPosts(random, schools)
  approveEstablishment(random, schools, posts)
  const members = writeStaff(random, planPeople(random, posts, new IdNumbers(index)), schools, index)
  giveDuties(random, members, schools)
  giveStatuses(random, members)
  giveHonours(random, members, schools)
  noteHeldTitles(random, members)
  const rotations = recordPostings(random, members, schools)
  giveClasses(random, members, schools)
  restAway(members)
  if (index === 0) namePublishedHosts(members, schools)
  const leaves = recordLeaves(random, members)
  const disciplines = recordDisciplines(random, members)
  return {
    ...districtName(index),
    seed,
    index,
    statisticsDate: STATISTICS_DATE,
    schools: schools.map(({ record }) => record),
    staff: members.map(({ record }) => record),
    rotations,
    leaves,
    disciplines,
  }
}

/** Who is away teaches no periods. */
function restAway(members: Member[]): void {
  for (const { record } of members) if (record.status !== 'on_post') record.periods = null
}

/** Some hold the senior title without being appointed to a post of it: pay, counts and R-RET-3 use the appointment. */
function noteHeldTitles(random: Random, members: Member[]): void {
  const able = members.filter(
    ({ record }) =>
      record.title === 'first' &&
      record.note === null &&
      record.category === 'teacher' &&
      record.titleObtained! < '2018-01',
  )
  for (const { record } of random.sample(able, 25))
    record.note = `已取得高级教师资格（${random.pick(['2023.12', '2024.12', '2025.12'])}），未聘`
}

/** The two published hosts of national principal studios (domain.md §9.1 no. 12); everything else about them is invented. */
export const PUBLISHED_HOSTS = ['郭彩霞', '訾慧'] as const

function namePublishedHosts(members: Member[], schools: PlannedSchool[]): void {
  const women = members.filter((m) => m.sex === 'F' && isPrincipal(m.record) && schools[m.school]!.record.quality)
  const others = members.filter((m) => m.sex === 'F' && isPrincipal(m.record) && !women.includes(m))
  PUBLISHED_HOSTS.forEach((name, i) => {
    for (const { record } of members) if (record.name === name) record.name = `${name}儿`
    const host = [...women.reverse(), ...others][i]
    if (!host) throw new Error('no woman heads a school of this district')
    host.record.name = name
    host.record.ethnic = '汉族'
  })
}

/** A smaller district of whole schools, for tests and trials: everything that stays among the named ones. */
export function onlySchools(records: DistrictRecords, names: readonly string[]): DistrictRecords {
  const kept = new Set(names)
  const staff = records.staff.filter((person) => kept.has(person.school) && kept.has(person.workSchool))
  const people = new Set(staff.map((person) => person.idNumber))
  return {
    ...records,
    schools: records.schools
      .filter((school) => kept.has(school.name))
      .map((school) => ({
        ...school,
        branchOf: school.branchOf && kept.has(school.branchOf) ? school.branchOf : null,
        pairedSchool: school.pairedSchool && kept.has(school.pairedSchool) ? school.pairedSchool : null,
        pairedClasses: school.pairedSchool && kept.has(school.pairedSchool) ? school.pairedClasses : null,
      })),
    staff,
    rotations: records.rotations.filter(
      (r) => people.has(r.idNumber) && kept.has(r.fromSchool) && kept.has(r.toSchool),
    ),
    leaves: records.leaves.filter((entry) => people.has(entry.idNumber)),
    disciplines: records.disciplines.filter((entry) => people.has(entry.idNumber)),
  }
}
