import { describe, expect, test } from 'vitest'
import {
  checkInstance,
  instanceNotices,
  leastScale,
  MAX_INSTANCE_BYTES,
  type PlanInstance,
  parseInstance,
  parseResult,
} from '@/lib/rules/planner/format.ts'
import { copy, sample } from './support.ts'

const { instance } = sample('tiny')

/** First refusal as code and field; the sentence names the field. */
function refused(plant: (plan: PlanInstance & Record<string, unknown>) => void): string[] {
  const plan = copy(instance) as PlanInstance & Record<string, unknown>
  plant(plan)
  const read = checkInstance(plan)
  if (read.ok) throw new Error('it was accepted')
  for (const one of read.refusals) expect(one.values?.field ?? one.field).toBeTruthy()
  return read.refusals.map((one) => `${one.code.replace('planner.refusal.', '')} ${one.field}`)
}

describe('an instance that is not as it should be is refused with the field it names', () => {
  test.each<[string, (plan: PlanInstance & Record<string, unknown>) => void]>([
    ['unknown_key extra', (plan) => Object.assign(plan, { extra: 1 })],
    ['unknown_key policy.rate', (plan) => Object.assign(plan.policy, { rate: 1 })],
    ['unknown_key teachers[2].age', (plan) => Object.assign(plan.teachers[2]!, { age: 40 })],
    ['wrong_version format', (plan) => Object.assign(plan, { format: 'junheng-plan/2' })],
    ['wrong_kind kind', (plan) => Object.assign(plan, { kind: 'result' })],
    ['missing policy.max_moves', (plan) => Reflect.deleteProperty(plan.policy, 'max_moves')],
    ['too_small policy.max_moves', (plan) => Object.assign(plan.policy, { max_moves: -1 })],
    ['bad_value policy.max_moves', (plan) => Object.assign(plan.policy, { max_moves: 'many' })],
    ['share_above_one policy.rate_total', (plan) => Object.assign(plan.policy, { rate_total: [120, 100] })],
    ['too_small policy.rate_total[1]', (plan) => Object.assign(plan.policy, { rate_total: [1, 0] })],
    ['range_reversed policy.net_default', (plan) => Object.assign(plan.policy, { net_default: [2, -2] })],
    ['too_small policy.relax_cost.H6', (plan) => Object.assign(plan.policy.relax_cost, { H6: 0 })],
    ['scale_too_small policy.scale', (plan) => Object.assign(plan.policy, { scale: 10 })],
    ['more_than_whole policy.continuing.RB', (plan) => Object.assign(plan.policy.continuing, { R: 1, RB: 2 })],
    ['duplicate_id policy.indicators[1]', (plan) => plan.policy.indicators.push({ ...plan.policy.indicators[0]! })],
    ['duplicate_id teachers[1].id', (plan) => Object.assign(plan.teachers[1]!, { id: 'T01' })],
    ['duplicate_id schools[3].id', (plan) => Object.assign(plan.schools[3]!, { id: 'S3' })],
    ['unknown_id teachers[0].school', (plan) => Object.assign(plan.teachers[0]!, { school: 'S9' })],
    ['unknown_id teachers[0].wishes[0]', (plan) => Object.assign(plan.teachers[0]!, { wishes: ['S9'] })],
    ['no_such_unit teachers[0].stage', (plan) => Object.assign(plan.teachers[0]!, { stage: 'J' })],
    ['no_such_post teachers[0].subject', (plan) => Object.assign(plan.teachers[0]!, { subject: 'PE' })],
    ['unknown_id locks[0].teacher', (plan) => Object.assign(plan.locks[0]!, { teacher: 'T99' })],
    ['unknown_id stays[0]', (plan) => plan.stays.push('T99')],
    ['unknown_id forbids[0].to', (plan) => Object.assign(plan.forbids[0]!, { to: 'S9' })],
    ['unknown_id not_both[0][1]', (plan) => Object.assign(plan, { not_both: [['T01', 'T99']] })],
    ['locked_twice locks[1].teacher', (plan) => plan.locks.push({ id: 'L2', teacher: 'T10', to: 'S4' })],
    ['locked_and_stays locks[0].teacher', (plan) => plan.stays.push('T10')],
    ['locked_and_forbidden forbids[1].teacher', (plan) => plan.forbids.push({ id: 'F2', teacher: 'T10', to: 'S1' })],
    ['locked_at_home locks[0].to', (plan) => Object.assign(plan.locks[0]!, { to: 'S3' })],
    [
      'more_than_whole schools[0].units[0].subjects[0].floor',
      (plan) => Object.assign(plan.schools[0]!.units[0]!.subjects[0]!, { floor: 14 }),
    ],
    [
      'more_listed_than_have teachers[2].subject',
      (plan) => Object.assign(plan.schools[0]!.units[0]!.subjects[0]!, { have: 2, floor: 2 }),
    ],
    ['distance_shape distance', (plan) => plan.distance.pop()],
    ['too_small distance[0][1]', (plan) => Object.assign(plan.distance[0]!, { 1: -5 })],
    [
      'nobody_eligible teachers',
      (plan) => Object.assign(plan, { teachers: plan.teachers.map((one) => ({ ...one, status: 'exempt' })) }),
    ],
  ])('%s', (expected, plant) => {
    expect(refused((plan) => void plant(plan))).toContain(expected)
  })

  test('a lock on both of a pair that may not both move', () => {
    const found = refused((plan) => {
      plan.locks = [
        { id: 'L1', teacher: 'T01', to: 'S3' },
        { id: 'L2', teacher: 'T02', to: 'S3' },
      ]
    })
    expect(found).toEqual(['locked_both not_both[0]'])
  })

  test('30 MB are refused before they are read', () => {
    const read = parseInstance(new Uint8Array(30 * 1024 * 1024))
    expect(read).toMatchObject({
      ok: false,
      refusals: [{ code: 'planner.refusal.too_large', values: { found: 30, limit: 20 } }],
    })
    expect(MAX_INSTANCE_BYTES).toBe(20 * 1024 * 1024)
  })

  test.each(['', '{', '[]', 'null', '"x"', '\u0000'])('%j is no instance', (text) => {
    expect(parseInstance(text).ok).toBe(false)
    expect(parseResult(text).ok).toBe(false)
  })

  test('a thousand faults are counted, not all printed', () => {
    const plan = copy(instance)
    for (let at = 0; at < 1000; at++) plan.stays.push(`X${at}`)
    const read = checkInstance(plan)
    expect(read.ok === false && read.refusals.at(-1)).toMatchObject({
      code: 'planner.refusal.more',
      values: { count: 980 },
    })
  })
})

test('a school without pupils is legal and worth a notice', () => {
  const plan = copy(instance)
  plan.schools[2]!.units[0]!.pupils = 0
  expect(checkInstance(plan).ok).toBe(true)
  expect(instanceNotices(plan)).toMatchObject([
    { code: 'planner.notice.no_pupils', field: 'schools[2].units[0].pupils' },
  ])
})

test('the least scale makes every step of g at least one', () => {
  const plan = copy(instance)
  plan.policy.scale = leastScale(plan)
  expect(checkInstance(plan).ok).toBe(true)
  plan.policy.scale -= 1
  expect(checkInstance(plan).ok).toBe(false)
})
