import { expect, test } from 'vitest'
import { buildModel } from '@/lib/planner/model/build.ts'
import { solveLevels } from '@/lib/planner/solve-levels.ts'
import { solvePlan } from '@/lib/planner/solve-plan.ts'
import { solveZones } from '@/lib/planner/solve-zones.ts'
import { checkInstance, LEVELS } from '@/lib/rules/planner/format.ts'
import { randomInstance } from './random-instance.ts'

test('zone by zone, with prices on the rules of the round, gives what the whole gives; what stays open a search closes', async () => {
  const ended = { allProven: 0, leftOpen: 0 }
  for (let seed = 1; seed <= 160; seed++) {
    const instance = { ...randomInstance(seed) }
    instance.policy = { ...instance.policy, zone_only: true }
    if (!checkInstance(instance).ok) continue
    const whole = await solvePlan(instance, 'd'.repeat(64))
    const zones = await solveZones(instance, buildModel(instance))
    if (!zones) continue
    if (whole.status !== 'optimal') throw new Error(`seed ${seed}: zones found a plan where there is none`)
    const values = whole.levels.map((level) => level.value)
    for (const { level, value, bound, gap } of zones.levels)
      expect([value, bound, gap], `seed ${seed}, level ${level}`).toEqual([values[level - 1], values[level - 1], 0])
    const isAll = zones.levels.length === values.length
    ended[isAll ? 'allProven' : 'leftOpen']++
    const open = LEVELS[zones.levels.length]
    if (open && zones.bound !== null)
      expect(
        open.sense === 'min' ? zones.bound <= values[open.level - 1]! : zones.bound >= values[open.level - 1]!,
        `seed ${seed}, bound of level ${open.level}`,
      ).toBe(true)
    const on = await solveLevels(buildModel(instance), { proven: zones })
    expect(on.kind === 'plan' && on.levels.map((level) => level.value), `seed ${seed}`).toEqual(values)
  }
  expect(ended.allProven).toBeGreaterThan(20)
  expect(ended.leftOpen).toBeGreaterThan(2)
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
