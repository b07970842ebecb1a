import type { PlanFlow, PlanGroup, PlanTeacher } from '@/lib/rules/planner/format.ts'
import type { OpaqueIds } from './opaque-ids.ts'
import type { InputPerson } from './plan-input.ts'

/** A person under the ids of the instance, with what decides who of a group goes. */
export interface Listed {
  key: string
  months: number
  staffNo: string | null
  teacher: PlanTeacher
}

export interface Grouping {
  teachers: PlanTeacher[]
  groups: PlanGroup[]
  /** Group id → register keys of its members, in the order they go. */
  members: Map<string, string[]>
}

/** Longest in the school first (R-TEN-1), then staff number, then key. */
const firstToGo = (a: Listed, b: Listed): number =>
  b.months - a.months || (a.staffNo ?? '').localeCompare(b.staffNo ?? '', 'en') || (a.key < b.key ? -1 : 1)

const isPlain = ({ teacher }: Listed): boolean =>
  teacher.status === 'eligible' &&
  teacher.mode === 'any' &&
  teacher.wishes.length === 0 &&
  teacher.max_hm === null &&
  !teacher.host

/**
 * Puts interchangeable people into groups (planner.md §7): equal in everything the plan looks at, and with nothing of
 * their own. Whoever the hand has touched (lock, forbid, stay, pair) stays single.
 * @param withDegree degree tells people apart only where over-qualified teachers are an indicator
 */
export function groupPeople(
  listed: readonly Listed[],
  touched: ReadonlySet<string>,
  withDegree: boolean,
  ids: OpaqueIds,
): Grouping {
  const teachers: PlanTeacher[] = []
  const byStanding = new Map<string, Listed[]>()
  for (const one of listed) {
    if (!isPlain(one) || touched.has(one.teacher.id)) {
      teachers.push(one.teacher)
      continue
    }
    const { school, stage, subject, status, backbone, senior, degree, cert, consent_cross, retrain } = one.teacher
    const standing = JSON.stringify([
      school,
      stage,
      subject,
      status,
      backbone,
      senior,
      withDegree ? degree : 0,
      cert,
      consent_cross,
      retrain,
    ])
    const group = byStanding.get(standing)
    if (group) group.push(one)
    else byStanding.set(standing, [one])
  }
  const members = new Map<string, string[]>()
  const groups = [...byStanding.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([standing, people]): PlanGroup => {
      const id = ids.group(standing)
      const { host, mode, wishes, max_hm, ...shared } = people[0]!.teacher
      members.set(
        id,
        [...people].sort(firstToGo).map((one) => one.key),
      )
      return { ...shared, id, n: people.length, degree: Math.min(...people.map((one) => one.teacher.degree)) }
    })
  return { teachers: teachers.sort((a, b) => (a.id < b.id ? -1 : 1)), groups, members }
}

export interface NamedMove {
  key: string
  to: string
  stage: PlanFlow['stage']
  subject: string
}

/**
 * Who goes when a group sends some (planner.md §7): the first of its members, to the places in the order school, stage,
 * subject. Members are equal for the plan, so they may be exchanged by name afterwards.
 */
export function nameFlows(flows: readonly PlanFlow[], members: ReadonlyMap<string, readonly string[]>): NamedMove[] {
  const order = (flow: PlanFlow) => `${flow.to}|${flow.stage}|${flow.subject}`
  const used = new Map<string, number>()
  return [...flows]
    .sort((a, b) => (a.group === b.group ? (order(a) < order(b) ? -1 : 1) : a.group < b.group ? -1 : 1))
    .flatMap(({ group, to, stage, subject, n }) => {
      const from = used.get(group) ?? 0
      used.set(group, from + n)
      const going = members.get(group)?.slice(from, from + n) ?? []
      if (going.length < n) throw new RangeError(`group ${group} has fewer than ${from + n} members`)
      return going.map((key) => ({ key, to, stage, subject }))
    })
}

/** Keys that occur twice, for a refusal that names them. */
export function repeatedKeys(people: readonly InputPerson[]): string[] {
  const seen = new Set<string>()
  return people.flatMap(({ key }) => {
    if (seen.has(key)) return [key]
    seen.add(key)
    return []
  })
}
