/** Staff records of a district: every person on a post, with a career that fits. */

import type { StaffRecord } from '../../lib/rules/register/records.ts'
import type { AssessmentResult } from '../../lib/rules/register/vocabulary.ts'
import { addMonths, month, monthOf, type YearMonth, yearOf } from '../../lib/rules/values/dates.ts'
import { inventCareer, later } from './careers.ts'
import type { Member } from './duties.ts'
import { phoneOf } from './id-numbers.ts'
import { inventName } from './names.ts'
import type { Person } from './people.ts'
import { inventCertificate, inventEducation } from './qualifications.ts'
import type { Random } from './random.ts'
import type { PlannedSchool } from './schools.ts'

const NATIVE_PLACES = [
  ['内蒙古东胜', 18],
  ['内蒙古达拉特旗', 16],
  ['内蒙古准格尔旗', 14],
  ['内蒙古伊金霍洛旗', 10],
  ['内蒙古杭锦旗', 7],
  ['内蒙古乌兰察布', 6],
  ['内蒙古包头', 5],
  ['内蒙古乌审旗', 5],
  ['陕西神木', 5],
  ['内蒙古鄂托克旗', 4],
  ['陕西府谷', 4],
  ['内蒙古巴彦淖尔', 3],
  ['内蒙古呼和浩特', 3],
  ['陕西榆林', 3],
  ['山西河曲', 3],
  ['内蒙古通辽', 2],
  ['内蒙古赤峰', 2],
  ['山西偏关', 2],
  ['山西忻州', 2],
  ['河北张家口', 1],
] as const

/** Records in the order of schools, principals and administrators first as clerks list them; staff numbers D + school + place. */
export function writeStaff(random: Random, people: Person[], schools: PlannedSchool[], district: number): Member[] {
  const seat = new Map<number, number>()
  return people.map((person, serial) => {
    const place = (seat.get(person.school) ?? 0) + 1
    seat.set(person.school, place)
    const staffNo = `D${String(person.school + 1).padStart(2, '0')}${String(place).padStart(4, '0')}`
    const record = writeRecord(random, person, schools[person.school]!.record.name, staffNo)
    record.phone = phoneOf(district, serial)
    const certificate = inventCertificate(random, person, yearOf(record.joinedWork), district * 6_300 + serial)
    return { ...person, record: Object.assign(record, certificate) }
  })
}

function writeRecord(random: Random, person: Person, school: string, staffNo: string): StaffRecord {
  const education = inventEducation(random, person)
  const career = inventCareer(random, person, education.firstEducation)
  const taught = person.category === 'teacher'
  return {
    school,
    staffNo,
    ...inventName(random, person.sex, yearOf(person.birth)),
    sex: person.sex,
    idNumber: person.idNumber,
    birth: person.birth,
    nativePlace: random.weighted(NATIVE_PLACES),
    ...politics(random, person, career.joinedWork),
    ...career,
    ...education,
    form: person.form,
    category: person.category,
    postKind: person.category === 'worker' ? 'worker' : 'professional',
    postGrade: person.grade,
    title: person.title,
    duty: null,
    stage: person.unit,
    subject: person.subject,
    periods: taught && person.unit !== 'R' ? periodsOf(random, person) : null,
    isClassTeacher: null,
    certificateKind: null,
    certificateSubject: null,
    certificateNo: null,
    putonghua: null,
    honours: [],
    assessments: assessmentsOf(random, career.joinedWork),
    workSchool: school,
    status: 'on_post',
    phone: null,
    note: null,
  }
}

function politics(random: Random, person: Person, work: YearMonth): Pick<StaffRecord, 'political' | 'joinedParty'> {
  if (person.band <= 25 && random.chance(0.5)) return { political: '共青团员', joinedParty: null }
  const political = random.weighted([
    ['群众', 60],
    ['中共党员', 36],
    ['民盟盟员', 1],
    ['民进会员', 1],
    ['九三学社社员', 0.4],
  ])
  if (political !== '中共党员') return { political, joinedParty: null }
  const adult = addMonths(monthOf(person.birth), 12 * 19)
  const wanted = addMonths(work, random.int(-24, 150))
  const joined = later(adult, wanted)
  return { political, joinedParty: joined > month('2026-06') ? month('2026-06') : joined }
}

const LOAD: Record<string, readonly [number, number]> = {
  CHN: [6, 9],
  MATH: [7, 10],
  J_CHN: [9, 12],
  J_MATH: [9, 12],
  J_ENG: [7, 10],
}

function periodsOf(random: Random, person: Person): number {
  const [low, high] = LOAD[`${person.unit === 'J' ? 'J_' : ''}${person.subject}`] ?? [9, 15]
  return random.int(low, high)
}

/** The first year is 不定等次 (probation), the years before work are absent. */
function assessmentsOf(random: Random, work: YearMonth): StaffRecord['assessments'] {
  return [2023, 2024, 2025].flatMap((year) => {
    if (yearOf(work) > year) return []
    const result: AssessmentResult =
      yearOf(work) === year
        ? 'ungraded'
        : random.weighted([
            ['excellent', 150],
            ['pass', 845],
            ['basic', 4],
            ['fail', 1],
          ])
    return [{ year, result }]
  })
}
