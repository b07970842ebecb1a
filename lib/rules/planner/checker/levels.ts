import { LEVELS, type SolvedPlan } from '../format/result-schema.ts'
import { type Finding, finding } from './finding.ts'

const level = (name: string, what: string, values: Record<string, string | number> = {}) =>
  finding('level', name, 1, what, values)

/** Do value, bound, gap and status fit together, and is each value what the plan is worth (planner.md §6)? */
export function checkLevels(result: SolvedPlan, values: readonly bigint[]): Finding[] {
  const found: Finding[] = []
  result.levels.forEach((said, at) => {
    const right = LEVELS[at]!
    const isLast = at === result.levels.length - 1
    if (said.level !== right.level || said.name !== right.name || said.sense !== right.sense)
      found.push(level(said.name, 'level_order', { expected: right.name }))
    const worth = values[at]!
    if (BigInt(said.value) !== worth)
      found.push(level(right.name, 'level_value', { found: said.value, right: worth.toString() }))
    if (said.bound === null || said.gap === null) {
      if (said.bound !== said.gap || said.status === 'optimal') found.push(level(right.name, 'level_bound'))
    } else {
      if (said.gap !== Math.abs(said.value - said.bound))
        found.push(level(right.name, 'level_gap', { found: said.gap, right: Math.abs(said.value - said.bound) }))
      const beyond = right.sense === 'min' ? said.bound > said.value : said.bound < said.value
      if (beyond) found.push(level(right.name, 'level_bound', { value: said.value, bound: said.bound }))
      if ((said.status === 'optimal') !== (said.value === said.bound)) found.push(level(right.name, 'level_status'))
    }
    if (!isLast && said.status !== 'optimal') found.push(level(right.name, 'level_not_last'))
  })
  const proven = result.levels.length === LEVELS.length && result.levels.every((said) => said.status === 'optimal')
  if ((result.status === 'optimal') !== proven)
    found.push(finding('status', 'plan', 1, 'status', { found: result.status }))
  return found
}
