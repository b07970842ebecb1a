import type { PlanInstance, PlanStage } from './format/instance-schema.ts'

/** One person's move as a plan has it, from post to post. */
export interface EffectLine {
  from: string
  fromStage: PlanStage
  fromSubject: string
  to: string
  stage: PlanStage
  subject: string
  backbone: boolean
}

export interface PostEffect {
  school: string
  stage: PlanStage
  subject: string
  have: number
  /** Need in tenths (R-SUB-1). */
  need10: number
  floor: number
  out: number
  in: number
  after: number
}

export interface UnitEffect {
  school: string
  stage: PlanStage
  pupils: number
  backbone: number
  backboneAfter: number
}

export interface SchoolEffectLine {
  school: string
  staff: number
  out: number
  in: number
  backboneOut: number
  backboneIn: number
  /** Whole heads lacking over all posts, before and after (planner.md §4 level 1). */
  shortage: number
  shortageAfter: number
  sendTarget: number
}

export interface PlanEffects {
  post: (school: string, stage: string, subject: string) => PostEffect | null
  unit: (school: string, stage: string) => UnitEffect | null
  units: UnitEffect[]
  schools: SchoolEffectLine[]
}

const key = (...parts: string[]) => parts.join('|')
const lacking = (need10: number, heads: number) => Math.max(0, Math.ceil(need10 / 10) - heads)

/** What a plan does to every post, unit and school: heads, cover, backbone and shortage, before and after. */
export function planEffects(instance: PlanInstance, lines: readonly EffectLine[]): PlanEffects {
  const posts = new Map<string, PostEffect>()
  const units = new Map<string, UnitEffect>()
  for (const school of instance.schools)
    for (const unit of school.units) {
      const { stage, pupils, backbone } = unit
      units.set(key(school.id, stage), { school: school.id, stage, pupils, backbone, backboneAfter: backbone })
      for (const { k, have, need10, floor } of unit.subjects)
        posts.set(key(school.id, stage, k), {
          school: school.id,
          stage,
          subject: k,
          have,
          need10,
          floor,
          out: 0,
          in: 0,
          after: have,
        })
    }
  const schools = new Map(
    instance.schools.map((school): [string, SchoolEffectLine] => [
      school.id,
      {
        school: school.id,
        staff: school.staff,
        out: 0,
        in: 0,
        backboneOut: 0,
        backboneIn: 0,
        shortage: 0,
        shortageAfter: 0,
        sendTarget: school.send_target,
      },
    ]),
  )
  for (const line of lines) {
    const left = posts.get(key(line.from, line.fromStage, line.fromSubject))
    const joined = posts.get(key(line.to, line.stage, line.subject))
    if (left) {
      left.out += 1
      left.after -= 1
    }
    if (joined) {
      joined.in += 1
      joined.after += 1
    }
    const [origin, destination] = [schools.get(line.from), schools.get(line.to)]
    if (origin) origin.out += 1
    if (destination) destination.in += 1
    if (!line.backbone) continue
    if (origin) origin.backboneOut += 1
    if (destination) destination.backboneIn += 1
    const [a, b] = [units.get(key(line.from, line.fromStage)), units.get(key(line.to, line.stage))]
    if (a) a.backboneAfter -= 1
    if (b) b.backboneAfter += 1
  }
  for (const post of posts.values()) {
    const school = schools.get(post.school)!
    school.shortage += lacking(post.need10, post.have)
    school.shortageAfter += lacking(post.need10, post.after)
  }
  return {
    post: (school, stage, subject) => posts.get(key(school, stage, subject)) ?? null,
    unit: (school, stage) => units.get(key(school, stage)) ?? null,
    units: [...units.values()],
    schools: [...schools.values()],
  }
}
