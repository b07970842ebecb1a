import { describe, expect, test } from 'vitest'
import { type ChoicePrice, priceChoice, priceLock } from '@/lib/planner/prices.ts'
import { solvePlan } from '@/lib/planner/solve-plan.ts'
import type { PlanInstance, SolvedPlan } from '@/lib/rules/planner/format.ts'
import { randomInstance } from './random-instance.ts'
import { findings, sample } from './support.ts'

const { instance, result, sha } = sample('tiny')

/** Values of levels 1–4, the third turned so that less is always better; nothing where there is no plan. */
const worth = (price: ChoicePrice): number[] | null =>
  price.result.status === 'optimal'
    ? price.result.levels.slice(0, 4).map(({ value, sense }) => (sense === 'min' ? value : -value))
    : null
const isBetter = (a: number[], b: number[]) => {
  const at = a.findIndex((value, index) => value !== b[index])
  return at >= 0 && a[at]! < b[at]!
}

/** The best of asking for every school by name. */
async function bestNamed(round: PlanInstance, plan: SolvedPlan, teacher: string): Promise<number[] | null> {
  let best: number[] | null = null
  const home = round.teachers.find(({ id }) => id === teacher)!.school
  for (const { id: to } of round.schools) {
    if (to === home) continue
    const found = worth(await priceChoice(round, plan, { teacher, to }))
    if (found && (!best || isBetter(found, best))) best = found
  }
  return best
}

describe('planner.md §6 what choosing somebody costs', () => {
  test.each(Object.keys(result.why_not).filter((id) => result.why_not[id] === 'NOT_CHOSEN'))(
    '%s to no school in particular costs what the best school costs, and the plan sends them there',
    async (teacher) => {
      const price = await priceChoice(instance, result, { teacher })
      expect(worth(price)).toEqual(await bestNamed(instance, result, teacher))
      if (price.result.status !== 'optimal') throw new Error('a plan was expected')
      expect(price.result.moves.map((move) => move.teacher)).toContain(teacher)
      expect(findings(instance, price.result, sha)).toEqual([])
      expect(price.kind).toMatch(/worse|tie/)
    },
  )

  test('on random rounds too, and where nobody can have them there is a conflict that names the rules', async () => {
    let asked = 0
    let impossible = 0
    for (let seed = 1; seed <= 60; seed++) {
      const round = randomInstance(seed)
      const plan = await solvePlan(round, sha)
      if (plan.status !== 'optimal') continue
      const [teacher] = Object.entries(plan.why_not).find(([, code]) => code === 'NOT_CHOSEN') ?? []
      if (!teacher) continue
      asked += 1
      const price = await priceChoice(round, plan, { teacher })
      const best = await bestNamed(round, plan, teacher)
      expect(worth(price), `seed ${seed}`).toEqual(best)
      if (best) continue
      impossible += 1
      if (price.result.status !== 'infeasible') throw new Error('a conflict was expected')
      expect(price.result.conflict.rules.length, `seed ${seed}`).toBeGreaterThan(0)
      const goes = [...price.result.conflict.moves].some((move) => move.teacher === teacher)
      expect(goes, `seed ${seed}: the witness sends the person asked about`).toBe(true)
    }
    expect(asked).toBeGreaterThan(15)
    expect(impossible).toBeGreaterThan(0)
  })

  test('planner.md §8 the lock of the example costs four points of wishes and saves nine units of road', async () => {
    const price = await priceLock(instance, result, 'L1')
    expect(price).toMatchObject({ values_without: [2, 101754837, 20, 688], delta: [0, 0, -4, -9], proven: true })
  })
})
