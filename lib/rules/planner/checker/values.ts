import { type Facts, headsBy, postName, type Sent } from './facts.ts'
import { unitCounts } from './indicators.ts'

/** Hex digest of UTF-8 text by SHA-256; passed in, because rules know no machine. */
export type Digest = (text: string) => string

/** Place of the school among the person's wishes, 1 first; 0 none. */
export const wishRank = (line: Sent): number => (line.person.single?.wishes.indexOf(line.to.id) ?? -1) + 1

/** Level 1: missing senders and missing heads, weighted. */
function slack(facts: Facts, sent: readonly Sent[]): bigint {
  const { soft } = facts.instance.policy
  const out = headsBy(sent, (line) => line.person.of.school)
  const left = headsBy(sent, (line) => postName(line.person.of.school, line.person.of.stage, line.person.of.subject))
  const came = headsBy(sent, (line) => postName(line.to.id, line.stage, line.subject))
  let missing = 0
  let short = 0
  for (const school of facts.instance.schools) {
    missing += Math.max(0, school.send_target - (out.get(school.id) ?? 0))
    for (const unit of school.units)
      for (const { k, have, need10 } of unit.subjects) {
        const name = postName(school.id, unit.stage, k)
        short += Math.max(0, Math.ceil(need10 / 10) - (have + (came.get(name) ?? 0) - (left.get(name) ?? 0)))
      }
  }
  return BigInt(soft.send) * BigInt(missing) + BigInt(soft.shortage) * BigInt(short)
}

/** Level 2: Σ g(x) with g(x) = floor(scale · w · P_N · x² / (P · T²) + 1/2), each in exact integers. */
function equity(facts: Facts, sent: readonly Sent[]): bigint {
  const { scale, indicators } = facts.instance.policy
  let sum = 0n
  for (const { id, stage, weight } of indicators) {
    const units = unitCounts(facts, sent, id, stage)
    const pupils = units.reduce((all, unit) => all + unit.pupils, 0n)
    const total = units.reduce((all, unit) => all + unit.before, 0n)
    if (total === 0n) continue
    for (const unit of units) {
      const over = unit.pupils * total * total
      sum += (2n * BigInt(scale) * BigInt(weight) * pupils * unit.after * unit.after + over) / (2n * over)
    }
  }
  return sum
}

/** The five values of a plan, whatever the solver printed (planner.md §4). */
export function valuesOf(facts: Facts, sent: readonly Sent[], digest: Digest): bigint[] {
  let wishes = 0n
  let distance = 0n
  let tiebreak = 0n
  for (const line of sent) {
    const rank = wishRank(line)
    if (rank > 0) wishes += BigInt(facts.instance.policy.wish_points[rank - 1] ?? 0)
    distance += BigInt(line.n) * BigInt(facts.distanceOf(line.person.of.school, line.to.id))
    const name = `junheng-plan/1|${line.person.id}|${line.to.id}|${line.stage}|${line.subject}`
    tiebreak += BigInt(line.n) * BigInt(Number.parseInt(digest(name).slice(0, 5), 16))
  }
  return [slack(facts, sent), equity(facts, sent), wishes, distance, tiebreak]
}
