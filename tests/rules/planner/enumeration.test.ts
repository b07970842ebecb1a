import { describe, expect, test } from 'vitest'
import { solvePlan } from '@/lib/planner/solve-plan.ts'
import { appraise, checkPlan, type Finding } from '@/lib/rules/planner/checker.ts'
import { checkInstance, LEVELS, type PlanFlow, type PlanInstance, type PlanMove } from '@/lib/rules/planner/format.ts'
import { randomInstance } from './random-instance.ts'
import { sha256 } from './support.ts'

interface Listed {
  values: number[]
  /** Rules broken, by the names a conflict uses, each with its price. */
  broken: Map<string, number>
}

type Place = { to: string; stage: 'P' | 'J'; subject: string }

const nameOf = (one: Finding) => (one.rule === 'H12' || one.rule === 'H14' ? `${one.rule}:${one.item}` : one.rule)
const STRUCTURAL = new Set(['H0', 'H1', 'H2'])

/** Everybody's places that keep H0–H2, found by asking the checker about each place there is. */
function placesOf(instance: PlanInstance, id: string, isGroup: boolean): Place[] {
  const all = instance.schools.flatMap((school) =>
    school.units.flatMap((unit) =>
      unit.subjects.map((post) => ({ to: school.id, stage: unit.stage, subject: post.k })),
    ),
  )
  return all.filter((place) => {
    const lines = linesOf(instance, [{ id, isGroup, places: [place] }])
    return !appraise(instance, lines.moves, lines.flows, sha256).findings.some((one) => STRUCTURAL.has(one.rule))
  })
}

function linesOf(instance: PlanInstance, chosen: { id: string; isGroup: boolean; places: Place[] }[]) {
  const moves: PlanMove[] = []
  const flows: PlanFlow[] = []
  const at = new Map(instance.schools.map((school, index) => [school.id, index]))
  for (const { id, isGroup, places } of chosen) {
    const person = [...instance.teachers, ...instance.groups].find((one) => one.id === id)!
    for (const place of places) {
      const hm = instance.distance[at.get(person.school)!]![at.get(place.to)!]!
      const same = flows.find(
        (f) => f.group === id && f.to === place.to && f.stage === place.stage && f.subject === place.subject,
      )
      if (!isGroup) {
        const rank = instance.teachers.find((one) => one.id === id)!.wishes.indexOf(place.to) + 1
        moves.push({ teacher: id, ...place, rank, hm })
      } else if (same) same.n++
      else flows.push({ group: id, ...place, n: 1, hm })
    }
  }
  return { moves, flows }
}

/** Every multiset of at most `n` places. */
function* choices(places: Place[], n: number, from = 0): Generator<Place[]> {
  yield []
  if (n === 0) return
  for (let at = from; at < places.length; at++)
    for (const rest of choices(places, n - 1, at)) yield [places[at]!, ...rest]
}

/** All plans that keep H0–H2, with what each is worth and breaks. */
function listPlans(instance: PlanInstance): Listed[] {
  const people = [
    ...instance.teachers.map((one) => ({ id: one.id, isGroup: false, n: 1 })),
    ...instance.groups.map((one) => ({ id: one.id, isGroup: true, n: one.n })),
  ].map((one) => ({ ...one, options: [...choices(placesOf(instance, one.id, one.isGroup), one.n)] }))
  const listed: Listed[] = []
  const walk = (at: number, chosen: { id: string; isGroup: boolean; places: Place[] }[]) => {
    const person = people[at]
    if (person) {
      for (const places of person.options) walk(at + 1, [...chosen, { id: person.id, isGroup: person.isGroup, places }])
      return
    }
    const { moves, flows } = linesOf(instance, chosen)
    const { findings, values } = appraise(instance, moves, flows, sha256)
    const broken = new Map<string, number>()
    for (const one of findings) {
      const price = instance.policy.relax_cost[one.rule as keyof typeof instance.policy.relax_cost] * one.by
      broken.set(nameOf(one), (broken.get(nameOf(one)) ?? 0) + price)
    }
    listed.push({ values, broken })
  }
  walk(0, [])
  return listed
}

function isBetter(a: number[], b: number[]): boolean {
  for (const { level, sense } of LEVELS) {
    const difference = a[level - 1]! - b[level - 1]!
    if (difference !== 0) return sense === 'min' ? difference < 0 : difference > 0
  }
  return false
}

const seeds = Array.from({ length: 300 }, (_, at) => at + 1)

describe('the model against a list of all plans', () => {
  const seen = { solved: 0, infeasible: 0, moved: 0 }
  test.each(Array.from({ length: 15 }, (_, part) => part))(
    'twenty random instances, part %i: same values, same conflicts, same cheapest repair',
    async (part) => {
      for (const seed of seeds.slice(part * 20, part * 20 + 20)) {
        const read = checkInstance(randomInstance(seed))
        if (!read.ok) continue
        const instance = read.value
        const plans = listPlans(instance)
        const legal = plans.filter((plan) => plan.broken.size === 0)
        const result = await solvePlan(instance, sha256(String(seed)))
        const report = checkPlan(instance, result, { instanceSha256: sha256(String(seed)), digest: sha256 })
        expect(report.findings, `seed ${seed}`).toEqual([])
        if (legal.length === 0) {
          if (result.status !== 'infeasible') throw new Error(`seed ${seed}: a plan where none exists`)
          seen.infeasible++
          const { rules, each_alone_restores, cost, bound } = result.conflict
          const keeps = (kept: string[]) => plans.some((plan) => kept.every((rule) => !plan.broken.has(rule)))
          expect(keeps(rules), `seed ${seed}: ${rules} conflict`).toBe(false)
          for (const rule of rules)
            expect(keeps(rules.filter((one) => one !== rule)), `seed ${seed}: ${rule} is needed`).toBe(true)
          const restores = (rule: string) => plans.some((plan) => [...plan.broken.keys()].every((one) => one === rule))
          expect(each_alone_restores, `seed ${seed}`).toEqual(rules.filter(restores))
          const costs = plans.map((plan) => [...plan.broken.values()].reduce((sum, one) => sum + one, 0))
          expect([cost, bound], `seed ${seed}`).toEqual([Math.min(...costs), Math.min(...costs)])
        } else {
          const best = legal.reduce((a, b) => (isBetter(b.values, a.values) ? b : a))
          expect(result.status, `seed ${seed}`).toBe('optimal')
          if (result.status !== 'optimal') throw new Error('unreachable')
          expect(
            result.levels.map((level) => level.value),
            `seed ${seed}`,
          ).toEqual(best.values)
          seen.solved++
          if (result.moves.length + result.flows.length > 0) seen.moved++
        }
      }
    },
    60_000,
  )
  test('the random instances are of every sort', () => {
    expect(seen.solved).toBeGreaterThan(100)
    expect(seen.infeasible).toBeGreaterThan(40)
    expect(seen.moved).toBeGreaterThan(70)
  })
})
