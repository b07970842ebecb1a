import { createHash } from 'node:crypto'
import type {
  IndicatorKind,
  PlanGroup,
  PlanInstance,
  PlanPolicy,
  PlanPost,
  PlanSchool,
  PlanStage,
  PlanTeacher,
} from '@/lib/rules/planner/format.ts'

/** A person, or a group of interchangeable people, that the model may send. */
export interface Mover {
  id: string
  n: number
  person: PlanTeacher | PlanGroup
  /** Null for a group. */
  single: PlanTeacher | null
  home: number
}

export interface Unit {
  school: number
  stage: PlanStage
  pupils: number
  backbone: number
  overQualified: number
  posts: Post[]
}

export interface Post {
  index: number
  school: number
  unit: Unit
  subject: string
  have: number
  need: number
  floor: number
  cap: number
  exists: boolean
}

/** The instance with everything sorted by id, so that the same people in another order make the same model. */
export interface Roll {
  instance: PlanInstance
  policy: PlanPolicy
  schools: PlanSchool[]
  distance(from: number, to: number): number
  units: Unit[]
  posts: Post[]
  movers: Mover[]
  peArts: Set<string>
  /** Schools a person may not go to; null is nowhere. */
  forbids: Map<string, Set<number | null>>
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

function makePost(post: PlanPost, index: number, school: number, unit: Unit): Post {
  const need = Math.ceil(post.need10 / 10)
  return {
    index,
    school,
    unit,
    subject: post.k,
    have: post.have,
    need,
    floor: Math.max(post.floor, post.have > 0 ? 1 : 0),
    cap: Math.max(post.have, need),
    exists: post.have > 0 || post.need10 > 0,
  }
}

export function readRoll(instance: PlanInstance): Roll {
  const order = instance.schools.map((school, at) => ({ id: school.id, school, at })).sort(byId)
  const indexOf = new Map(order.map(({ id }, at) => [id, at]))
  const units: Unit[] = []
  const posts: Post[] = []
  order.forEach(({ school }, at) => {
    for (const unit of [...school.units].sort((a, b) => (a.stage < b.stage ? -1 : 1))) {
      const made: Unit = {
        school: at,
        stage: unit.stage,
        pupils: unit.pupils,
        backbone: unit.backbone,
        overQualified: unit.over_qualified,
        posts: [],
      }
      for (const post of [...unit.subjects].sort((a, b) => (a.k < b.k ? -1 : 1))) {
        const place = makePost(post, posts.length, at, made)
        posts.push(place)
        made.posts.push(place)
      }
      units.push(made)
    }
  })
  const mayMove = (person: { status: string }) => person.status === 'eligible' || person.status === 'voluntary'
  const stays = new Set(instance.stays)
  const forbids = new Map<string, Set<number | null>>()
  const forbid = (id: string, to: number | null) => forbids.set(id, (forbids.get(id) ?? new Set()).add(to))
  for (const id of stays) forbid(id, null)
  for (const { teacher, to } of instance.forbids) forbid(teacher, to == null ? null : indexOf.get(to)!)
  return {
    instance,
    policy: instance.policy,
    schools: order.map(({ school }) => school),
    distance: (from, to) => instance.distance[order[from]!.at]![order[to]!.at]!,
    units,
    posts,
    movers: [
      ...instance.teachers.map((person) => ({ id: person.id, n: 1, person, single: person })),
      ...instance.groups.map((person) => ({ id: person.id, n: person.n, person, single: null })),
    ]
      .filter(({ person }) => mayMove(person))
      .map((mover) => ({ ...mover, home: indexOf.get(mover.person.school)! }))
      .sort(byId),
    peArts: new Set(instance.pe_arts),
    forbids,
  }
}

/** 1 when the person counts for the indicator while teaching this subject in this stage. */
export function weighs(roll: Roll, mover: Mover, kind: IndicatorKind, stage: PlanStage, subject: string): boolean {
  switch (kind) {
    case 'backbone':
      return mover.person.backbone
    case 'over_qualified':
      return mover.person.degree >= (stage === 'P' ? 2 : 3)
    case 'pe_arts':
      return roll.peArts.has(subject)
  }
}

/** The tie-break number of a move: first 20 bits of SHA-256 of its name (planner.md §4.5). */
export function tieNumber(mover: string, school: string, stage: string, subject: string): number {
  const digest = createHash('sha256').update(`junheng-plan/1|${mover}|${school}|${stage}|${subject}`).digest()
  return (digest[0]! << 12) | (digest[1]! << 4) | (digest[2]! >> 4)
}
