import { RELAXABLE_RULES } from '../format/instance-schema.ts'
import type { InfeasiblePlan } from '../format/result-schema.ts'
import { checkLines } from './certificate.ts'
import { type Facts, readSent } from './facts.ts'
import { type Finding, finding } from './finding.ts'
import { checkRules } from './rules.ts'
import { checkFits, checkListed, checkOnce } from './structure.ts'

/** Names a conflict may use: H12 and H14 one by one, the other rules as a family. */
function ruleNames(facts: Facts): Set<string> {
  const names = new Set<string>(RELAXABLE_RULES.filter((rule) => rule !== 'H12' && rule !== 'H14'))
  for (const lock of facts.instance.locks) names.add(`H12:${lock.id}`)
  for (const [a, b] of facts.instance.not_both) names.add(`H14:${a}+${b}`)
  return names
}

/**
 * When no plan exists: the witness keeps H0–H2, breaks exactly what the relaxation says, and costs what is stated
 * (planner.md §8). That no plan exists, and that nothing cheaper does, rests on the solver's bound.
 */
export function checkWitness(facts: Facts, result: InfeasiblePlan): Finding[] {
  const { conflict } = result
  const flows = conflict.flows ?? []
  const sent = readSent(facts, conflict.moves, flows)
  const found = [
    ...checkListed(facts, conflict.moves, flows),
    ...checkOnce(sent),
    ...checkFits(facts, sent),
    ...checkLines(facts, sent, conflict.moves, flows),
  ]
  const broken = checkRules(facts, sent)
  const right = new Map(broken.map((one) => [`${one.rule} ${one.item}`, one.by]))
  for (const { rule, item, by } of conflict.relaxation) {
    const name = `${rule} ${item}`
    if (right.get(name) !== by)
      found.push(finding('relaxation', name, 1, 'relaxation_differs', { found: by, right: right.get(name) ?? 0 }))
    right.delete(name)
  }
  for (const [name, by] of right) found.push(finding('relaxation', name, 1, 'relaxation_missing', { right: by }))
  const prices = facts.instance.policy.relax_cost
  const cost = conflict.relaxation.reduce((sum, { rule, by }) => sum + prices[rule] * by, 0)
  if (cost !== conflict.cost)
    found.push(finding('relaxation', 'cost', 1, 'relaxation_cost', { found: conflict.cost, right: cost }))
  if (conflict.bound > conflict.cost || conflict.cost === 0)
    found.push(finding('relaxation', 'bound', 1, 'relaxation_bound'))
  const known = ruleNames(facts)
  const isOdd = (rule: string) => !known.has(rule)
  if (
    conflict.rules.length === 0 ||
    conflict.rules.some(isOdd) ||
    new Set(conflict.rules).size !== conflict.rules.length
  )
    found.push(finding('conflict', 'rules', 1, 'conflict_rules'))
  if (conflict.each_alone_restores.some((rule) => !conflict.rules.includes(rule)))
    found.push(finding('conflict', 'each_alone_restores', 1, 'conflict_restores'))
  // No plan keeps all the rules of the conflict, so the witness breaks one of them.
  const isBroken = (rule: string) => broken.some((one) => one.rule === rule || `${one.rule}:${one.item}` === rule)
  if (!conflict.rules.some(isBroken)) found.push(finding('conflict', 'rules', 1, 'conflict_untouched'))
  return found
}
