import { expect, test } from 'vitest'
import { buildModel } from '@/lib/planner/model/build.ts'
import { solveLevels } from '@/lib/planner/solve-levels.ts'
import { solvePlan } from '@/lib/planner/solve-plan.ts'
import { solveZones } from '@/lib/planner/solve-zones.ts'
import { checkInstance } from '@/lib/rules/planner/format.ts'
import { randomInstance } from './random-instance.ts'

test('zone by zone gives the proven values of levels 1 and 2, and the search goes on from there to the same plan', async () => {
  let split = 0
  for (let seed = 1; seed <= 160; seed++) {
    const instance = { ...randomInstance(seed) }
    instance.policy = { ...instance.policy, zone_only: true }
    if (!checkInstance(instance).ok) continue
    const whole = await solvePlan(instance, 'd'.repeat(64))
    const zones = await solveZones(buildModel(instance, { spans: false }), {})
    if (!zones) continue
    if (whole.status !== 'optimal') throw new Error(`seed ${seed}: zones found a plan where there is none`)
    split++
    const on = await solveLevels(buildModel(instance), { proven: zones })
    expect(on.kind === 'plan' && on.levels.map((level) => level.value), `seed ${seed}`).toEqual(
      whole.levels.map((level) => level.value),
    )
  }
  expect(split).toBeGreaterThan(25)
}, 60_000)

test('every level in whole numbers at once gives what the chain of relaxations gives', async () => {
  for (let seed = 200; seed <= 230; seed++) {
    const instance = randomInstance(seed)
    if (!checkInstance(instance).ok) continue
    const chain = await solveLevels(buildModel(instance))
    const direct = await solveLevels(buildModel(instance, { partialSums: false }), { relaxations: false })
    expect(direct.kind, `seed ${seed}`).toBe(chain.kind)
    if (direct.kind === 'plan' && chain.kind === 'plan')
      expect(
        direct.levels.map((level) => level.value),
        `seed ${seed}`,
      ).toEqual(chain.levels.map((level) => level.value))
  }
}, 60_000)
