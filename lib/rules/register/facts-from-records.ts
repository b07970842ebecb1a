import type { AbsenceFact, DisciplineFact, PostingFact, SchoolFacts, TeacherFacts } from '../rotation/facts.ts'
import type { OtherForm } from '../rotation/forms.ts'
import { addDays, addMonths, firstDayOf, type LocalDate } from '../values/dates.ts'
import type {
  DisciplineRecord,
  DistrictRecords,
  LeaveRecord,
  RotationRecord,
  SchoolRecord,
  StaffRecord,
} from './records.ts'
import type { LeaveKind, Status } from './vocabulary.ts'

/** Absence that a status in the roster says when no register line says since when. */
export const ABSENCE_OF_STATUS: Partial<Record<Status, AbsenceFact['kind']>> = {
  seconded: 'seconded',
  sick: 'sick',
  maternity: 'maternity',
  study: 'study',
  support: 'support',
}

const OTHER_FORM_WORDS: readonly [string, OtherForm][] = [
  ['跟岗', 'shadowing'],
  ['顶岗', 'substitution'],
  ['结对', 'pairing'],
  ['指导', 'guiding'],
  ['支教', 'support'],
]

const dayAfter = (last: LocalDate | null): LocalDate | null => (last === null ? null : addDays(last, 1))

const schoolFacts = (school: SchoolRecord): SchoolFacts => ({
  id: school.name,
  kind: school.kind,
  locality: school.locality,
  quality: school.quality,
  zone: school.zone,
  isPublic: true,
})

/** What kind of 其他 a note's words name; null when they name none. */
export const otherFormOf = (note: string | null): OtherForm | null =>
  OTHER_FORM_WORDS.find(([word]) => note?.includes(word))?.[1] ?? null

/** A posting "to 2027-07" ends with that month: the day after is 2027-08-01. */
export const postingFact = (record: RotationRecord): PostingFact => ({
  form: record.form,
  other: otherFormOf(record.note),
  movesRelation: record.movesRelation,
  fromSchool: record.fromSchool,
  toSchool: record.toSchool,
  from: firstDayOf(record.start),
  until: record.end === null ? null : firstDayOf(addMonths(record.end, 1)),
  orderedOn: null,
  periodsPerWeek: null,
})

const isAbsence = (kind: LeaveKind): kind is AbsenceFact['kind'] => kind !== 'birth'

function absenceFacts(person: StaffRecord, leaves: readonly LeaveRecord[], asOf: LocalDate): AbsenceFact[] {
  const registered = leaves.flatMap((leave): AbsenceFact[] =>
    isAbsence(leave.kind) ? [{ kind: leave.kind, from: leave.start, until: dayAfter(leave.end), grade: null }] : [],
  )
  const kind = ABSENCE_OF_STATUS[person.status]
  const isRegistered = registered.some(
    (absence) =>
      absence.kind === kind &&
      (absence.from === null || absence.from <= asOf) &&
      (absence.until === null || asOf < absence.until),
  )
  return kind && !isRegistered ? [...registered, { kind, from: null, until: null, grade: null }] : registered
}

function disciplineFacts(person: StaffRecord, records: readonly DisciplineRecord[], asOf: LocalDate): DisciplineFact[] {
  const registered = records.map(
    ({ kind, start, end }): DisciplineFact => ({ kind, from: start, until: dayAfter(end) }),
  )
  return person.status === 'suspended' && !registered.some(({ kind }) => kind === 'investigation')
    ? [...registered, { kind: 'investigation', from: asOf, until: null }]
    : registered
}

/** Facts of one person from a roster row and the register lines of the same ID number. Persons are named by ID number, schools by name. */
export function factsFromRecord(
  person: StaffRecord,
  school: SchoolRecord,
  registers: { rotations: RotationRecord[]; leaves: LeaveRecord[]; disciplines: DisciplineRecord[] },
  asOf: LocalDate,
): TeacherFacts {
  return {
    id: person.idNumber,
    sex: person.sex,
    birth: person.birth,
    form: person.form,
    category: person.category,
    postKind: person.postKind,
    stage: person.stage,
    subject: person.subject,
    duty: person.duty,
    countyRank: false,
    status: person.status,
    school: schoolFacts(school),
    stays: [{ schoolId: school.name, from: person.joinedSchool, until: null }],
    titles: [{ title: person.title, obtained: person.titleObtained, appointed: person.titleAppointed }],
    honours: person.honours,
    absences: absenceFacts(person, registers.leaves, asOf),
    births: registers.leaves.flatMap(({ childBirth }) => childBirth ?? []),
    disciplines: disciplineFacts(person, registers.disciplines, asOf),
    assessments: person.assessments,
    postings: registers.rotations.map(postingFact),
    exemptions: [],
    retirement: { override: null, choice: null },
    bondUntil: null,
  }
}

function byIdNumber<R extends { idNumber: string }>(records: readonly R[]): Map<string, R[]> {
  const groups = new Map<string, R[]>()
  for (const record of records) {
    const group = groups.get(record.idNumber)
    if (group) group.push(record)
    else groups.set(record.idNumber, [record])
  }
  return groups
}

/** Facts of everyone in the workbooks. @throws RangeError when a person's school is not among the schools. */
export function factsFromRecords(records: DistrictRecords): TeacherFacts[] {
  const schools = new Map(records.schools.map((school) => [school.name, school]))
  const rotations = byIdNumber(records.rotations)
  const leaves = byIdNumber(records.leaves)
  const disciplines = byIdNumber(records.disciplines)
  return records.staff.map((person) => {
    const school = schools.get(person.school)
    if (!school) throw new RangeError(`no such school: ${person.school}`)
    return factsFromRecord(
      person,
      school,
      {
        rotations: rotations.get(person.idNumber) ?? [],
        leaves: leaves.get(person.idNumber) ?? [],
        disciplines: disciplines.get(person.idNumber) ?? [],
      },
      records.statisticsDate,
    )
  })
}
