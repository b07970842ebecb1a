import { type Mover, type Post, type Roll, weighs } from './roll.ts'

/** Rules that shut single places to a person rather than limiting a sum. */
export type GateRule = 'H7b' | 'H11' | 'H13'

/** A place a person or group may be sent to. */
export interface Option {
  mover: number
  post: Post
  hm: number
  /** Wish rank, 0 none. */
  rank: number
  /** Gates that shut it; empty for an option of the normal model. */
  shut: GateRule[]
}

function keepsTotals(roll: Roll, mover: Mover, own: Post, to: Post): boolean {
  return roll.policy.indicators.every(({ id, stage, weight }) => {
    if (weight === 0) return true
    const left = own.unit.stage === stage && own.unit.pupils > 0 && weighs(roll, mover, id, stage, own.subject)
    const joins = to.unit.stage === stage && to.unit.pupils > 0 && weighs(roll, mover, id, stage, to.subject)
    return left === joins
  })
}

/** H2 apart from the subject and the school, which the caller has chosen. */
function fits(roll: Roll, mover: Mover, own: Post, to: Post): boolean {
  const { person } = mover
  if (!to.exists) return false
  if (to.unit.stage !== own.unit.stage && !(person.consent_cross && (person.cert === 'J' || to.unit.stage === 'P')))
    return false
  return keepsTotals(roll, mover, own, to)
}

/**
 * All places that fit a person (H2); those behind a gate (H7b host, H11 distance, H13 forbidden) only `withShut`.
 * @param own the post the person holds
 */
function optionsOf(roll: Roll, index: number, own: Post, withShut: boolean, postsBySchool: Post[][]): Option[] {
  const mover = roll.movers[index]!
  const { person, single, home } = mover
  const wishedOnly = person.status === 'voluntary' || single?.mode === 'wished'
  const limit = single?.max_hm ?? roll.policy.commute_hm
  const forbidden = roll.forbids.get(mover.id)
  const found: Option[] = []
  for (let school = 0; school < roll.schools.length; school++) {
    if (school === home) continue
    const place = roll.schools[school]!
    if (roll.policy.zone_only && place.zone !== roll.schools[home]!.zone) continue
    const rank = single ? single.wishes.indexOf(place.id) + 1 : 0
    if (wishedOnly && rank === 0) continue
    const hm = roll.distance(home, school)
    const shut: GateRule[] = []
    if (single?.host) shut.push('H7b')
    if (limit !== null && hm > limit) shut.push('H11')
    if (forbidden?.has(null) || forbidden?.has(school)) shut.push('H13')
    if (shut.length > 0 && !withShut) continue
    for (const post of postsBySchool[school]!) {
      if (post.subject !== person.subject && !person.retrain.includes(post.subject)) continue
      if (fits(roll, mover, own, post)) found.push({ mover: index, post, hm, rank, shut })
    }
  }
  return found
}

export interface OptionTable {
  options: Option[]
  /** Per mover: the post held. */
  own: Post[]
  /** Per mover: positions of its options. */
  of: number[][]
}

export function listOptions(roll: Roll, withShut: boolean): OptionTable {
  const bySchool: Post[][] = roll.schools.map(() => [])
  const held = new Map<string, Post>()
  for (const post of roll.posts) {
    bySchool[post.school]!.push(post)
    held.set(`${post.school}|${post.unit.stage}|${post.subject}`, post)
  }
  const table: OptionTable = { options: [], own: [], of: [] }
  roll.movers.forEach((mover, index) => {
    const own = held.get(`${mover.home}|${mover.person.stage}|${mover.person.subject}`)!
    table.own.push(own)
    const mine = optionsOf(roll, index, own, withShut, bySchool)
    table.of.push(mine.map((_, at) => table.options.length + at))
    table.options.push(...mine)
  })
  return table
}
