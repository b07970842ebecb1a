import { expect, test } from 'vitest'
import { ruleLimits } from '@/lib/rules/planner/limits.ts'
import { copy, sample } from './support.ts'

const tiny = sample('tiny').instance

test('R-QUOTA-1 the people behind each rule of a conflict: what the quotas ask for and what may leave', () => {
  // 40 % of 12 is 4.8; 9, 6, 2 and 0 backbone teachers at 25 % each; 30, 26, 18 and 10 staff at 20 % each
  expect(ruleLimits(tiny)).toEqual({
    eligible: 12,
    eligibleBackbone: 5,
    mustMove: 5,
    mustMoveBackbone: null,
    backboneMayLeave: 2 + 1 + 0 + 0,
    mayLeave: 6 + 5 + 3 + 2,
  })
})

test('R-QUOTA-2 readings B and C ask for backbone before anybody is chosen; who is not offered counts too', () => {
  const plan = copy(tiny)
  plan.policy.extra_eligible = { E: 8, EB: 2 }
  plan.policy.backbone_reading = 'B'
  expect(ruleLimits(plan)).toMatchObject({ eligible: 20, eligibleBackbone: 7, mustMove: 8, mustMoveBackbone: 2 })
  plan.policy.backbone_reading = 'C'
  expect(ruleLimits(plan).mustMoveBackbone).toBe(4)
})
