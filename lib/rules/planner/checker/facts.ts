import type { PlanGroup, PlanInstance, PlanPost, PlanSchool, PlanTeacher, PlanUnit } from '../format/instance-schema.ts'
import type { PlanFlow, PlanMove } from '../format/result-schema.ts'

/** A person or group as the checker looks at it; a group has no wish, host flag or limit of its own. */
export interface Person {
  id: string
  n: number
  of: PlanTeacher | PlanGroup
  single: PlanTeacher | null
}

/** One line of the plan whose ids all exist: `n` of `person` go to a post. */
export interface Sent {
  person: Person
  n: number
  to: PlanSchool
  stage: 'P' | 'J'
  subject: string
  post: PlanPost | null
}

export interface Facts {
  instance: PlanInstance
  people: Map<string, Person>
  schools: Map<string, PlanSchool>
  distanceOf(from: string, to: string): number
  postOf(school: string, stage: string, subject: string): PlanPost | null
  unitOf(school: string, stage: string): PlanUnit | null
  stays: Set<string>
  /** Person → schools forbidden to them; null is everywhere. */
  forbidden: Map<string, Set<string | null>>
}

export const postName = (school: string, stage: string, subject: string): string => `${school}/${stage}/${subject}`

/** Indexes the instance; a plain reading of it, nothing is derived. */
export function readFacts(instance: PlanInstance): Facts {
  const people = new Map<string, Person>()
  for (const teacher of instance.teachers)
    people.set(teacher.id, { id: teacher.id, n: 1, of: teacher, single: teacher })
  for (const group of instance.groups) people.set(group.id, { id: group.id, n: group.n, of: group, single: null })
  const place = new Map(instance.schools.map((school, at) => [school.id, at]))
  const forbidden = new Map<string, Set<string | null>>()
  for (const forbid of instance.forbids) {
    const set = forbidden.get(forbid.teacher) ?? new Set<string | null>()
    forbidden.set(forbid.teacher, set.add(forbid.to ?? null))
  }
  const unitOf = (school: string, stage: string) => {
    const at = place.get(school)
    return at === undefined ? null : (instance.schools[at]!.units.find((unit) => unit.stage === stage) ?? null)
  }
  return {
    instance,
    people,
    schools: new Map(instance.schools.map((school) => [school.id, school])),
    distanceOf: (from, to) => instance.distance[place.get(from)!]![place.get(to)!]!,
    unitOf,
    postOf: (school, stage, subject) => unitOf(school, stage)?.subjects.find((post) => post.k === subject) ?? null,
    stays: new Set(instance.stays),
    forbidden,
  }
}

/** The lines of a plan with known ids; H0 reports the others. */
export function readSent(facts: Facts, moves: readonly PlanMove[], flows: readonly PlanFlow[]): Sent[] {
  const lines = [
    ...moves.map((move) => ({ id: move.teacher, n: 1, single: true, move })),
    ...flows.map((flow) => ({ id: flow.group, n: flow.n, single: false, move: flow })),
  ]
  return lines.flatMap(({ id, n, single, move }) => {
    const person = facts.people.get(id)
    const to = facts.schools.get(move.to)
    if (!person || !to || (person.single !== null) !== single) return []
    return [
      { person, n, to, stage: move.stage, subject: move.subject, post: facts.postOf(to.id, move.stage, move.subject) },
    ]
  })
}

/** Sum of heads over the lines that pass. */
export const heads = (sent: readonly Sent[], passes: (line: Sent) => boolean = () => true): number =>
  sent.reduce((sum, line) => sum + (passes(line) ? line.n : 0), 0)

/** Heads by a name each line gives; null leaves the line out. */
export function headsBy(sent: readonly Sent[], nameOf: (line: Sent) => string | null): Map<string, number> {
  const by = new Map<string, number>()
  for (const line of sent) {
    const name = nameOf(line)
    if (name !== null) by.set(name, (by.get(name) ?? 0) + line.n)
  }
  return by
}

/** ceil(a · n / d) in exact integers. */
export const ceilOf = (a: number, [n, d]: readonly [number, number]): number =>
  Number((BigInt(a) * BigInt(n) + BigInt(d) - 1n) / BigInt(d))
/** floor(a · n / d) in exact integers. */
export const floorOf = (a: number, [n, d]: readonly [number, number]): number =>
  Number((BigInt(a) * BigInt(n)) / BigInt(d))
