/** Demo users: who may sign in to see what. The bureau's console roles are three people (三员), deciders are nobody's clerk. */
import type { DistrictRecords, SchoolRecord, StaffRecord } from '../../lib/rules/register/records.ts'
import { addMonths, month } from '../../lib/rules/values/dates.ts'

export type DemoRole =
  | 'bureau_admin'
  | 'bureau_security'
  | 'bureau_auditor'
  | 'bureau_hr'
  | 'bureau_reviewer'
  | 'researcher'
  | 'principal'
  | 'school_hr'
  | 'teacher'

export interface DemoAccount {
  login: string
  displayName: string
  role: DemoRole
  /** School of the role; null for the bureau's. */
  schoolCode: string | null
  /** The person of the roster behind the account; null for bureau people, who are no school staff. */
  staffNo: string | null
  /** Why a demo teacher is interesting; null for everyone else. */
  story: TeacherStory | null
}

export type TeacherStory =
  | 'eligible'
  | 'eligible_backbone'
  | 'eligible_short_subject'
  | 'posted_new'
  | 'posted_continuing'
  | 'posted_before'
  | 'tenure_short'
  | 'near_retirement'
  | 'nursing'
  | 'maternity'
  | 'seconded'
  | 'disciplined'

const BUREAU: readonly [login: string, name: string, role: DemoRole][] = [
  ['admin', '尚文澜', 'bureau_admin'],
  ['security', '佟海川', 'bureau_security'],
  ['auditor', '闵知远', 'bureau_auditor'],
  ['hr1', '阮清和', 'bureau_hr'],
  ['hr2', '娜仁托娅', 'bureau_hr'],
  ['hr3', '卞志诚', 'bureau_hr'],
  ['reviewer1', '苗正宏', 'bureau_reviewer'],
  ['reviewer2', '斯日古楞', 'bureau_reviewer'],
]

/** One list for a district; logins are unique inside it. Passwords are not the plan's business. */
export function planAccounts(district: DistrictRecords): DemoAccount[] {
  const researchers = district.schools.filter((s) => s.kind === 'research')
  const schools = district.schools.filter((s) => s.kind !== 'research')
  return [
    ...BUREAU.map(([login, displayName, role]) => ({
      login,
      displayName,
      role,
      schoolCode: null,
      staffNo: null,
      story: null,
    })),
    ...researchers.flatMap((centre) => {
      const person =
        district.staff.find((p) => p.school === centre.name && p.duty !== null) ??
        district.staff.find((p) => p.school === centre.name)
      return person ? [account('researcher1', 'researcher', centre, person)] : []
    }),
    ...schools.flatMap((school, i) => schoolAccounts(district, school, `s${String(i + 1).padStart(2, '0')}`)),
    ...teacherAccounts(district),
  ]
}

const account = (
  login: string,
  role: DemoRole,
  school: SchoolRecord,
  person: StaffRecord,
  story: TeacherStory | null = null,
): DemoAccount => ({
  login,
  displayName: person.name,
  role,
  schoolCode: school.code,
  staffNo: person.staffNo,
  story,
})

const isPrincipal = (p: StaffRecord) => p.duty !== null && /(^|、)校长$/.test(p.duty)

/** The real principal, and for personnel work the head of the office or whoever is nearest to it. */
function schoolAccounts(district: DistrictRecords, school: SchoolRecord, suffix: string): DemoAccount[] {
  const own = district.staff.filter(
    (p) => p.school === school.name && p.workSchool === school.name && p.status === 'on_post',
  )
  const principal = own.find(isPrincipal)
  const others = own.filter((p) => !isPrincipal(p))
  const clerk =
    others.find((p) => p.duty === '办公室主任') ??
    others.find((p) => p.duty === '总务主任' || p.duty === '干事') ??
    others.find((p) => p.category === 'administrative' || p.category === 'support') ??
    others.find((p) => p.duty === '教务主任') ??
    others[0]
  return [
    ...(principal ? [account(`principal.${suffix}`, 'principal', school, principal)] : []),
    ...(clerk ? [account(`schoolhr.${suffix}`, 'school_hr', school, clerk)] : []),
  ]
}

/** Twelve teachers in states worth looking at, from different schools, `teacher1` … `teacher12`. */
function teacherAccounts(district: DistrictRecords): DemoAccount[] {
  const posting = new Map(district.rotations.map((r) => [r.idNumber, r]))
  const leave = new Map(district.leaves.map((l) => [l.idNumber, l.kind]))
  const disciplined = new Map(district.disciplines.map((d) => [d.idNumber, d.kind]))
  const honoured = (p: StaffRecord) =>
    p.honours.some((h) => h.level !== 'school' && h.kind !== 'young_star' && h.awarded! >= '2024-01')
  const served = (p: StaffRecord) => addMonths(p.joinedSchool, 71) <= month('2026-08')
  const clear = (p: StaffRecord) =>
    !posting.has(p.idNumber) && !leave.has(p.idNumber) && !disciplined.has(p.idNumber) && p.duty === null
  const settled = (p: StaffRecord) => clear(p) && served(p) && p.birth >= '1978-01-01'
  const stories: [TeacherStory, (p: StaffRecord) => boolean][] = [
    ['eligible', (p) => settled(p) && p.honours.length === 0 && p.subject === 'MATH'],
    ['eligible_backbone', (p) => settled(p) && honoured(p)],
    ['eligible_short_subject', (p) => settled(p) && p.stage === 'P' && (p.subject === 'MUS' || p.subject === 'PE')],
    ['posted_new', (p) => posting.get(p.idNumber)?.planned === true && posting.get(p.idNumber)!.start === '2026-09'],
    [
      'posted_continuing',
      (p) => posting.get(p.idNumber)?.planned === true && posting.get(p.idNumber)!.start === '2025-09' && honoured(p),
    ],
    [
      'posted_before',
      (p) => (posting.get(p.idNumber)?.end ?? '9999') <= '2026-07' && posting.get(p.idNumber)!.end! >= '2023-07',
    ],
    ['tenure_short', (p) => clear(p) && p.joinedSchool > '2020-09' && p.joinedSchool <= '2021-09'],
    ['near_retirement', (p) => clear(p) && served(p) && p.sex === 'F' && p.title === 'first' && p.birth < '1974-01-01'],
    ['nursing', (p) => leave.get(p.idNumber) === 'birth' && served(p)],
    ['maternity', (p) => leave.get(p.idNumber) === 'maternity' && p.form === 'in'],
    ['seconded', (p) => leave.get(p.idNumber) === 'seconded'],
    ['disciplined', (p) => disciplined.has(p.idNumber) && p.status === 'on_post'],
  ]
  const teachers = district.staff.filter(
    (p) => p.category === 'teacher' && (p.stage === 'P' || p.stage === 'J') && p.form === 'in',
  )
  const taken = new Set<string>()
  return stories
    .flatMap(([story, test]) => {
      const open = teachers.filter((p) => test(p) && !taken.has(p.idNumber))
      const person = open.find((p) => !taken.has(p.school)) ?? open[0]
      if (!person) return []
      taken.add(person.idNumber)
      taken.add(person.school)
      const school = district.schools.find((s) => s.name === person.school)!
      return [{ person, school, story }]
    })
    .map(({ person, school, story }, i) => account(`teacher${i + 1}`, 'teacher', school, person, story))
}
