import {
  checkInstance,
  leastScale,
  PLAN_FORMAT,
  type PlanInstance,
  type PlanTeacher,
} from '@/lib/rules/planner/format.ts'
import { done, type Outcome, type Refusal, refuseAll } from '@/lib/rules/values/outcome.ts'
import { groupPeople, type Listed, repeatedKeys } from './instance/grouping.ts'
import { type OpaqueIds, opaqueIds } from './instance/opaque-ids.ts'
import { DEFAULT_FLOOR_SHARE, type InputPerson, type InputSchool, type PlanInput } from './instance/plan-input.ts'

export interface BuiltInstance {
  instance: PlanInstance
  /** Id of a person listed singly → register key. */
  people: Map<string, string>
  /** Group id → register keys in the order they go. */
  members: Map<string, string[]>
  /** School id → register key. */
  schools: Map<string, string>
}

const LEAST_SCALE = 100_000_000

/** S001 … in the order of the keys: schools are public, their order only has to be stable. */
function schoolIds(schools: readonly InputSchool[]): Map<string, string> {
  const keys = schools.map((school) => school.key).sort()
  const width = Math.max(3, String(keys.length).length)
  return new Map(keys.map((key, at) => [key, `S${String(at + 1).padStart(width, '0')}`]))
}

function distanceTable(input: PlanInput, found: Refusal[]): number[][] {
  const known = new Map<string, number>()
  for (const { a, b, hm } of input.distances) {
    known.set(`${a}|${b}`, hm)
    known.set(`${b}|${a}`, hm)
  }
  return input.schools.map((a) =>
    input.schools.map((b) => {
      if (a.key === b.key) return 0
      const given = known.get(`${a.key}|${b.key}`)
      if (given !== undefined) return given
      if (a.position && b.position)
        return Math.round(10 * Math.hypot(a.position.x - b.position.x, a.position.y - b.position.y))
      const id = a.position ? b.name : a.name
      if (!found.some((one) => one.code === 'planner.refusal.no_distance' && one.values?.id === id))
        found.push({ code: 'planner.refusal.no_distance', values: { id, field: 'distance' }, field: 'distance' })
      return 0
    }),
  )
}

/** Vacancies, where a round has them, say how far a post may be filled; otherwise its need does. */
function offeredNeed(
  input: PlanInput,
  school: string,
  stage: string,
  subject: string,
  have: number,
  need10: number,
): number {
  if (!input.vacancies) return need10
  const places = input.vacancies
    .filter((one) => one.school === school && one.stage === stage && one.subject === subject)
    .reduce((sum, one) => sum + one.places, 0)
  return places > 0 ? (have + places) * 10 : Math.min(need10, have * 10)
}

function listSchools(input: PlanInput, idOf: Map<string, string>, coded: boolean): PlanInstance['schools'] {
  const [n, d] = DEFAULT_FLOOR_SHARE
  return input.schools.map((school) => ({
    id: idOf.get(school.key)!,
    name: coded ? idOf.get(school.key)! : school.name,
    sender: school.sender,
    receiver: school.receiver,
    zone: school.zone ?? '',
    staff: school.staff,
    senior: school.senior,
    net: school.net,
    send_target: school.sendTarget,
    send_min: school.sendMin,
    units: school.units.map((unit) => ({
      stage: unit.stage,
      pupils: unit.pupils,
      backbone: unit.backbone,
      over_qualified: unit.overQualified,
      subjects: unit.posts.map(({ subject, have, need10, floor }) => ({
        k: subject,
        have,
        need10: offeredNeed(input, school.key, unit.stage, subject, have, need10),
        floor: Math.min(have, floor ?? Math.floor((need10 * n) / (10 * d))),
      })),
    })),
  }))
}

function listPerson(person: InputPerson, ids: OpaqueIds, schoolId: (key: string) => string): Listed {
  const teacher: PlanTeacher = {
    id: ids.person(person.key),
    school: schoolId(person.school),
    stage: person.stage,
    subject: person.subject,
    status: person.status,
    backbone: person.backbone,
    senior: person.senior,
    degree: person.degree,
    host: person.host,
    cert: person.certificate,
    consent_cross: person.consentCross,
    retrain: [...person.retrain].sort(),
    mode: person.wishedOnly || person.status === 'voluntary' ? 'wished' : 'any',
    wishes: person.wishes.map(schoolId),
    max_hm: person.maxHm,
  }
  return { key: person.key, months: person.months, staffNo: person.staffNo, teacher }
}

function inputFindings(input: PlanInput): Refusal[] {
  const found: Refusal[] = repeatedKeys(input.people).map((id) => ({
    code: 'planner.refusal.person_twice',
    values: { id, field: 'people' },
    field: 'people',
  }))
  const placed = new Map<string, string>()
  for (const { person, to } of input.locks) {
    const before = placed.get(person)
    if (before !== undefined && before !== to)
      found.push({ code: 'planner.refusal.two_vacancies', values: { id: person, field: 'locks' }, field: 'locks' })
    placed.set(person, to)
  }
  return found
}

/**
 * Builds the instance of a round from plain data: groups, opaque ids, distances, floors and scale, and the maps that lead
 * from its ids back to the register, which are kept beside it and never exported.
 * @param coded school names replaced by their ids, for an export that reveals nothing
 */
export function buildInstance(input: PlanInput, { coded = false }: { coded?: boolean } = {}): Outcome<BuiltInstance> {
  const found = inputFindings(input)
  const ids = opaqueIds(input.secret)
  const schools = schoolIds(input.schools)
  const schoolId = (key: string) => schools.get(key) ?? key
  const hand = [
    ...input.locks.map((one) => one.person),
    ...input.stays,
    ...input.forbids.map((one) => one.person),
    ...input.notBoth.flat(),
  ]
  const touched = new Set(hand.map(ids.person))
  const mayMove = (person: InputPerson) => person.status === 'eligible' || person.status === 'voluntary'
  const listed = input.people
    .filter((person) => mayMove(person) || touched.has(ids.person(person.key)))
    .map((person) => listPerson(person, ids, schoolId))
  const withDegree = input.policy.indicators.some((one) => one.id === 'over_qualified')
  const { teachers, groups, members } = groupPeople(listed, touched, withDegree, ids)
  const draft: PlanInstance = {
    format: PLAN_FORMAT,
    kind: 'instance',
    name: input.name,
    policy: { ...input.policy, scale: LEAST_SCALE },
    subjects: input.subjects,
    pe_arts: input.peArts,
    schools: listSchools(input, schools, coded),
    distance: distanceTable(input, found),
    teachers,
    groups,
    locks: input.locks.map(({ id, person, to }) => ({ id, teacher: ids.person(person), to: schoolId(to) })),
    stays: input.stays.map(ids.person),
    forbids: input.forbids.map(({ id, person, to }) => ({
      id,
      teacher: ids.person(person),
      to: to === null ? null : schoolId(to),
    })),
    not_both: input.notBoth.map(([a, b]) => [ids.person(a), ids.person(b)]),
  }
  if (found.length > 0) return refuseAll(found)
  while (draft.policy.scale < leastScale(draft)) draft.policy.scale *= 10
  const checked = checkInstance(draft)
  if (!checked.ok) return checked
  const singly = new Set(teachers.map((teacher) => teacher.id))
  return done({
    instance: checked.value,
    people: new Map(listed.filter((one) => singly.has(one.teacher.id)).map((one) => [one.teacher.id, one.key])),
    members,
    schools: new Map([...schools].map(([key, id]) => [id, key])),
  })
}
