import { beforeAll, describe, expect, test } from 'vitest'
import { solvePlan } from '@/lib/planner/solve-plan.ts'
import type { InfeasiblePlan, PlanInstance, SolvedPlan } from '@/lib/rules/planner/format.ts'
import { copy, findings, sample } from './support.ts'

const tiny = sample('tiny').instance

/** Tiny with T02 and T03 as a group of two. */
function grouped(): PlanInstance {
  const plan = copy(tiny)
  const { host, mode, wishes, max_hm, ...standing } = plan.teachers.find((one) => one.id === 'T03')!
  plan.teachers = plan.teachers.filter((one) => one.id !== 'T02' && one.id !== 'T03')
  plan.groups = [{ ...standing, id: 'G1', n: 2 }]
  plan.forbids = []
  plan.not_both = []
  plan.schools.find((one) => one.id === 'S1')!.send_min = 4
  plan.policy.net_default = [-3, 3]
  plan.policy.leave_share = [30, 100]
  return plan
}

describe('flows of groups, one planted error each', () => {
  const plan = grouped()
  const sha = 'a'.repeat(64)
  let result: SolvedPlan
  beforeAll(async () => {
    const solved = await solvePlan(plan, sha)
    if (solved.status !== 'optimal') throw new Error('not solved')
    result = solved
  })
  test('the plan sends people of the group and is sound', () => {
    expect(result.flows.length).toBeGreaterThan(0)
    expect(findings(plan, result, sha)).toEqual([])
  })
  test.each<[string, RegExp, (said: SolvedPlan) => void]>([
    [
      'H1 more than it has',
      /H1 G1 \d sent_twice/,
      (said) => {
        said.flows[0]!.n += 2
      },
    ],
    [
      'H0 a person called a group',
      /H0 T05 1 unlisted/,
      (said) => {
        said.flows[0]!.group = 'T05'
      },
    ],
    [
      'H0 a group called a person',
      /H0 G1 1 unlisted/,
      (said) => {
        said.moves.push({ teacher: 'G1', to: 'S2', stage: 'P', subject: 'CHN', rank: 0, hm: 24 })
      },
    ],
    [
      'H0 one line twice',
      /H0 G1 1 line_twice/,
      (said) => {
        said.flows.push({ ...said.flows[0]! })
      },
    ],
    [
      'distance',
      /move G1 1 move_distance/,
      (said) => {
        said.flows[0]!.hm += 1
      },
    ],
    [
      'values',
      /level distance 1 level_value/,
      (said) => {
        said.flows[0]!.n += 1
      },
    ],
  ])('%s', (_, found, plant) => {
    const said = copy(result)
    plant(said)
    expect(findings(plan, said, sha).join('\n')).toMatch(found)
  })
})

describe('no plan exists: 60 % of eligible backbone against 10 % of a school’s', () => {
  const plan = copy(tiny)
  plan.policy.backbone_reading = 'B'
  plan.policy.rate_backbone = [60, 100]
  plan.policy.backbone_leave_share = [10, 100]
  plan.locks = []
  const sha = 'b'.repeat(64)
  let result: InfeasiblePlan
  beforeAll(async () => {
    const solved = await solvePlan(plan, sha)
    if (solved.status !== 'infeasible') throw new Error('a plan was found')
    result = solved
  })
  test('the only minimal conflict is {H6, H7c}, with its cheapest repair', () => {
    const { rules, each_alone_restores, relaxation, cost, bound } = result.conflict
    expect(rules).toEqual(['H6', 'H7c'])
    expect(each_alone_restores).toEqual(['H6', 'H7c'])
    expect(bound).toBe(cost)
    expect(relaxation.map(({ rule, item, by }) => `${rule} ${item} ${by}`).sort()).toEqual(['H7c S1/P 2', 'H7c S2/P 1'])
    expect(findings(plan, result, sha)).toEqual([])
  })
  test.each<[string, RegExp, (said: InfeasiblePlan) => void]>([
    [
      'cost',
      /relaxation cost 1 relaxation_cost/,
      (said) => {
        said.conflict.cost += 1
      },
    ],
    [
      'bound above the cost',
      /relaxation bound 1 relaxation_bound/,
      (said) => {
        said.conflict.bound = said.conflict.cost + 1
      },
    ],
    [
      'amount',
      /relaxation .* 1 relaxation_differs/,
      (said) => {
        said.conflict.relaxation[0]!.by += 1
      },
    ],
    [
      'item missing',
      /relaxation .* 1 relaxation_missing/,
      (said) => {
        said.conflict.relaxation.pop()
      },
    ],
    [
      'unknown rule',
      /conflict rules 1 conflict_rules/,
      (said) => {
        said.conflict.rules.push('H12:L9')
      },
    ],
    [
      'no rules',
      /conflict rules 1 conflict_rules/,
      (said) => {
        said.conflict.rules = []
      },
    ],
    [
      'restores',
      /conflict each_alone_restores 1 conflict_restores/,
      (said) => {
        said.conflict.each_alone_restores = ['H15']
      },
    ],
    [
      'a conflict the witness keeps',
      /conflict rules 1 conflict_untouched/,
      (said) => {
        said.conflict.rules = ['H15']
        said.conflict.each_alone_restores = []
      },
    ],
    [
      'witness breaks more',
      /relaxation .* 1 relaxation_(missing|differs)/,
      (said) => {
        said.conflict.moves.splice(0, 2)
      },
    ],
    [
      'witness breaks H2',
      /H2 .* own_school/,
      (said) => {
        said.conflict.moves[0]!.to = plan.teachers.find((one) => one.id === said.conflict.moves[0]!.teacher)!.school
      },
    ],
  ])('planted: %s', (_, found, plant) => {
    const said = copy(result)
    plant(said)
    expect(findings(plan, said, sha).join('\n')).toMatch(found)
  })
})

test('H12 a lock that no place fits is a conflict of its own, never skipped', async () => {
  const plan = copy(tiny)
  plan.locks = [{ id: 'L7', teacher: 'T08', to: 'S4' }]
  const result = await solvePlan(plan, 'c'.repeat(64))
  expect(result.status === 'infeasible' && result.conflict.rules.sort()).toEqual(['H12:L7', 'H7b'])
  expect(findings(plan, result, 'c'.repeat(64))).toEqual([])
})
