/** Who leads, who teaches a class, who is away: 行政职务, 班主任, 人员状态. */
import type { StaffRecord } from '../../lib/rules/register/records.ts'
import type { Status } from '../../lib/rules/register/vocabulary.ts'
import { STATUS_COUNTS } from './census.ts'
import type { Person } from './people.ts'
import type { Random } from './random.ts'
import type { PlannedSchool } from './schools.ts'

export type Member = Person & { record: StaffRecord }

const PRINCIPAL = ['校长', '校长', '党支部书记、校长'] as const
export const isPrincipal = (record: StaffRecord): boolean => record.duty !== null && /(^|、)校长$/.test(record.duty)

export function giveDuties(random: Random, members: Member[], schools: PlannedSchool[]): void {
  schools.forEach((school, position) => {
    const own = members.filter((m) => m.school === position)
    if (school.record.kind === 'research') {
      leadResearch(random, own)
      return
    }
    choosePrincipal(random, own).record.duty = random.pick(PRINCIPAL)
    const office = ['副校长', '副校长', '办公室主任', '总务主任', '副校长', '干事']
    own
      .filter((m) => m.category === 'administrative' && m.record.duty === null)
      .forEach((m, i) => {
        m.record.duty = office[Math.min(i, office.length - 1)]!
      })
    const middle = [
      '教务主任',
      '德育主任',
      '年级主任',
      '教科研主任',
      school.group?.pupils.P ? '少先队大队辅导员' : '团委书记',
    ]
    const able = own.filter(
      (m) => m.category === 'teacher' && m.form === 'in' && m.band >= 30 && m.record.duty === null,
    )
    random.sample(able, Math.min(middle.length, able.length)).forEach((m, i) => {
      m.record.duty = middle[i]!
    })
  })
}

/** An experienced administrator where there is one, else a teacher who leads and teaches. */
function choosePrincipal(random: Random, own: Member[]): Member {
  const experienced = (m: Member) => m.form === 'in' && m.band >= 40 && m.band <= 50 && m.title !== 'second'
  const teaching = random.chance(0.45)
  const first = own.filter((m) => m.category === (teaching ? 'teacher' : 'administrative') && experienced(m))
  const second = own.filter((m) => m.category === 'teacher' && experienced(m))
  return random.pick(first.length > 0 ? first : second)
}

function leadResearch(random: Random, own: Member[]): void {
  const [director, deputy] = random.shuffled(own.filter((m) => m.band >= 40 && m.title !== 'second'))
  if (director) director.record.duty = '教研中心主任'
  if (deputy) deputy.record.duty = '教研中心副主任'
}

const NOTES: Partial<Record<Status, readonly string[]>> = {
  seconded: ['借调团区委', '借调街道办', '借调区教体局', '借调区委宣传部'],
  support: ['援疆', '援派乡镇', '三区支教'],
}

/** 156 teachers are away; nobody with a duty, nobody of the research centre. */
export function giveStatuses(random: Random, members: Member[]): void {
  const free = () =>
    members.filter((m) => m.unit !== null && m.unit !== 'R' && m.record.duty === null && m.record.status === 'on_post')
  const away = (status: Status, count: number, test: (m: Member) => boolean) => {
    for (const m of random.sample(free().filter(test), count)) {
      m.record.status = status
      const notes = NOTES[status]
      if (notes) m.record.note = random.pick(notes)
    }
  }
  const inside = (m: Member) => m.form === 'in'
  away('maternity', STATUS_COUNTS.maternity, (m) => m.sex === 'F' && m.band >= 25 && m.band <= 35)
  away('seconded', STATUS_COUNTS.seconded, (m) => inside(m) && m.band >= 25 && m.band <= 45)
  away('sick', STATUS_COUNTS.sick, (m) => inside(m) && m.band >= 30)
  away('support', STATUS_COUNTS.support, (m) => inside(m) && m.band >= 25 && m.band <= 45)
  away('study', STATUS_COUNTS.study, (m) => inside(m) && m.band >= 25 && m.band <= 35)
  away('suspended', STATUS_COUNTS.suspended, (m) => inside(m) && m.band >= 30)
}

/** One class teacher a class, of those who teach many periods there. */
export function giveClasses(random: Random, members: Member[], schools: PlannedSchool[]): void {
  schools.forEach((school, position) => {
    const blank = random.chance(0.5)
    for (const unit of ['P', 'J'] as const) {
      const grades = unit === 'P' ? school.record.classes.slice(0, 6) : school.record.classes.slice(6)
      const teachers = members.filter((m) => m.school === position && m.unit === unit)
      // Some schools' clerks write 否, others leave the cell empty.
      for (const m of teachers) m.record.isClassTeacher = blank ? null : false
      const able = teachers.filter(
        (m) => m.record.status === 'on_post' && m.record.duty === null && m.record.workSchool === m.record.school,
      )
      const count = grades.reduce((a, b) => a + b, 0)
      const weight = (m: Member) => (m.subject === 'CHN' ? 6 : m.subject === 'MATH' || m.subject === 'ENG' ? 3 : 1)
      for (const m of random.sample(able, count, weight)) m.record.isClassTeacher = true
    }
  })
}
