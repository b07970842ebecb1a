import type { LockPrice, PlanFlow, PlanMove, SolvedPlan } from '../format/result-schema.ts'
import { countPlan } from './counts.ts'
import type { Facts, Sent } from './facts.ts'
import { type Finding, finding } from './finding.ts'
import { wishRank } from './values.ts'

/** The ranks and distances printed beside each move. */
export function checkLines(
  facts: Facts,
  sent: readonly Sent[],
  moves: readonly PlanMove[],
  flows: readonly PlanFlow[],
): Finding[] {
  const found: Finding[] = []
  const rankOf = new Map(sent.map((line) => [`${line.person.id}|${line.to.id}`, wishRank(line)]))
  for (const move of moves) {
    const person = facts.people.get(move.teacher)
    if (!person || !facts.schools.has(move.to)) continue
    const rank = rankOf.get(`${move.teacher}|${move.to}`) ?? 0
    if (move.rank !== rank) found.push(finding('move', move.teacher, 1, 'move_rank', { found: move.rank, right: rank }))
    const hm = facts.distanceOf(person.of.school, move.to)
    if (move.hm !== hm) found.push(finding('move', move.teacher, 1, 'move_distance', { found: move.hm, right: hm }))
  }
  for (const flow of flows) {
    const person = facts.people.get(flow.group)
    if (!person || !facts.schools.has(flow.to)) continue
    const hm = facts.distanceOf(person.of.school, flow.to)
    if (flow.hm !== hm) found.push(finding('move', flow.group, 1, 'move_distance', { found: flow.hm, right: hm }))
  }
  return found
}

export function checkCounts(facts: Facts, sent: readonly Sent[], stated: SolvedPlan['counts']): Finding[] {
  const right = countPlan(facts, sent)
  return (Object.keys(right) as (keyof typeof right)[]).flatMap((field) =>
    JSON.stringify(stated[field]) === JSON.stringify(right[field])
      ? []
      : [finding('counts', field, 1, 'count', { found: String(stated[field]), right: String(right[field]) })],
  )
}

/** A price is this plan's value minus the value without the lock; whether that value is right takes a solve. */
export function checkPrices(facts: Facts, prices: readonly LockPrice[], values: readonly bigint[]): Finding[] {
  return prices.flatMap((price) => {
    const known = facts.instance.locks.some((lock) => lock.id === price.lock)
    const fits =
      price.delta.length === price.values_without.length &&
      price.delta.every((delta, at) => BigInt(delta) === values[at]! - BigInt(price.values_without[at]!))
    return known && fits ? [] : [finding('lock_price', price.lock, 1, 'lock_price')]
  })
}
