/**
 * The independent checker (planner.md §9). From the instance and the list of moves alone, in exact integers and
 * fractions, it recomputes every rule, value, count and code of a result. It shares no code with the model that made
 * the plan: a plan is right when this says so, not when a solver does. Optimality itself rests on the solver's bound.
 */
import { checkCounts, checkLines, checkPrices } from './checker/certificate.ts'
import { checkChains } from './checker/chains.ts'
import { countPlan } from './checker/counts.ts'
import { checkEquity, equityOf } from './checker/equity.ts'
import { type Facts, readFacts, readSent } from './checker/facts.ts'
import { type Finding, finding } from './checker/finding.ts'
import { checkLevels } from './checker/levels.ts'
import { checkRules } from './checker/rules.ts'
import { checkFits, checkListed, checkOnce } from './checker/structure.ts'
import { type Digest, valuesOf } from './checker/values.ts'
import { checkWhyNot } from './checker/why-not.ts'
import { checkWitness } from './checker/witness.ts'
import type { PlanInstance } from './format/instance-schema.ts'
import type { PlanCounts, PlanEquity, PlanFlow, PlanMove, PlanResult, SolvedPlan } from './format/result-schema.ts'

export type { Finding } from './checker/finding.ts'
export type { Digest } from './checker/values.ts'

export interface CheckContext {
  /** SHA-256 of the stored instance's bytes, hex. */
  instanceSha256: string
  digest: Digest
}

export interface CheckReport {
  ok: boolean
  findings: Finding[]
  /** The five values as recomputed; null when there is no plan to value. */
  values: number[] | null
}

/** What a list of moves is worth and breaks, without any claim about it: for a plan changed by hand. */
export interface PlanAppraisal {
  findings: Finding[]
  values: number[]
  counts: PlanCounts
  equity: PlanEquity[]
}

const structure = (facts: Facts, moves: readonly PlanMove[], flows: readonly PlanFlow[]): Finding[] => {
  const sent = readSent(facts, moves, flows)
  return [...checkListed(facts, moves, flows), ...checkOnce(sent), ...checkFits(facts, sent)]
}

/** Rules H0–H16, values, counts and equity of any list of moves (an exchange by hand, a plan from elsewhere). */
export function appraise(
  instance: PlanInstance,
  moves: readonly PlanMove[],
  flows: readonly PlanFlow[],
  digest: Digest,
): PlanAppraisal {
  const facts = readFacts(instance)
  const sent = readSent(facts, moves, flows)
  return {
    findings: [...structure(facts, moves, flows), ...checkRules(facts, sent), ...checkLines(facts, sent, moves, flows)],
    values: valuesOf(facts, sent, digest).map(Number),
    counts: countPlan(facts, sent),
    equity: equityOf(facts, sent),
  }
}

function checkSolved(facts: Facts, result: SolvedPlan, digest: Digest): CheckReport {
  const sent = readSent(facts, result.moves, result.flows)
  const values = valuesOf(facts, sent, digest)
  const findings = [
    ...structure(facts, result.moves, result.flows),
    ...checkRules(facts, sent),
    ...checkLevels(result, values),
    ...checkLines(facts, sent, result.moves, result.flows),
    ...checkCounts(facts, sent, result.counts),
    ...checkEquity(facts, sent, result.equity),
    ...checkWhyNot(facts, sent, result.why_not),
    ...checkChains(sent, result.chains),
    ...checkPrices(facts, result.lock_prices ?? [], values),
  ]
  return { ok: findings.length === 0, findings, values: values.map(Number) }
}

/** Is the result true of the instance? Never throws on a well-formed pair. */
export function checkPlan(instance: PlanInstance, result: PlanResult, context: CheckContext): CheckReport {
  const facts = readFacts(instance)
  const report: CheckReport =
    result.status === 'error'
      ? { ok: false, findings: [finding('status', 'plan', 1, 'no_plan')], values: null }
      : result.status === 'infeasible'
        ? { ok: true, findings: checkWitness(facts, result), values: null }
        : checkSolved(facts, result, context.digest)
  const ties: Finding[] = []
  if (result.instance !== instance.name) ties.push(finding('instance', result.instance, 1, 'other_instance'))
  if (result.instance_sha256 !== context.instanceSha256)
    ties.push(finding('instance', 'instance_sha256', 1, 'other_bytes'))
  const findings = [...ties, ...report.findings]
  return { ok: findings.length === 0, findings, values: report.values }
}
