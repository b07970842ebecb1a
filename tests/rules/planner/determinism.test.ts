import { describe, expect, test } from 'vitest'
import { solvePlan } from '@/lib/planner/solve-plan.ts'
import { checkPlan } from '@/lib/rules/planner/checker.ts'
import type { PlanInstance, SolvedPlan } from '@/lib/rules/planner/format.ts'
import { randomInstance } from './random-instance.ts'
import { hasSample, sample, sha256 } from './support.ts'

/** The same people, schools and subjects in another order. */
function shuffled(instance: PlanInstance): PlanInstance {
  const turn = <T>(list: readonly T[]): T[] =>
    [...list].reverse().sort((a, b) => (sha256(JSON.stringify(a)) < sha256(JSON.stringify(b)) ? -1 : 1))
  const order = turn(instance.schools.map((_, at) => at))
  return {
    ...instance,
    subjects: turn(instance.subjects),
    schools: order.map((at) => ({
      ...instance.schools[at]!,
      units: turn(instance.schools[at]!.units.map((unit) => ({ ...unit, subjects: turn(unit.subjects) }))),
    })),
    distance: order.map((a) => order.map((b) => instance.distance[a]![b]!)),
    teachers: turn(instance.teachers),
    groups: turn(instance.groups),
    locks: turn(instance.locks),
    stays: turn(instance.stays),
    forbids: turn(instance.forbids),
    not_both: turn(instance.not_both),
  }
}

const bare = (result: unknown) => {
  const { levels, ...rest } = result as SolvedPlan
  return { ...rest, levels: levels?.map(({ seconds, ...level }) => level) }
}

describe('the same input gives the same plan', () => {
  test.each(['tiny', ...(hasSample('small.json') ? ['small'] : [])])(
    '%s, twice and shuffled',
    async (name) => {
      const { instance, sha } = sample(name)
      const first = bare(await solvePlan(instance, sha))
      expect(bare(await solvePlan(instance, sha))).toEqual(first)
      expect(bare(await solvePlan(shuffled(instance), sha))).toEqual(first)
    },
    60_000,
  )
  test('random instances shuffled, conflicts and repairs included', async () => {
    for (let seed = 401; seed <= 420; seed++) {
      const instance = randomInstance(seed)
      const sha = sha256(String(seed))
      const first = bare(await solvePlan(instance, sha))
      expect(bare(await solvePlan(shuffled(instance), sha)), `seed ${seed}`).toEqual(first)
    }
  }, 60_000)
})

describe('one more lock, from the plan before', () => {
  test('gives what solving it afresh gives', async () => {
    const { instance, sha } = sample('tiny')
    const before = await solvePlan(instance, sha)
    for (const teacher of instance.teachers)
      for (const school of instance.schools) {
        if (school.id === teacher.school || instance.locks.some((lock) => lock.teacher === teacher.id)) continue
        if (instance.forbids.some((forbid) => forbid.teacher === teacher.id && forbid.to === school.id)) continue
        const locked = { ...instance, locks: [...instance.locks, { id: 'LX', teacher: teacher.id, to: school.id }] }
        const afresh = await solvePlan(locked, sha)
        const from = await solvePlan(locked, sha, { previous: { instance, result: before } })
        expect(from.status, `${teacher.id} to ${school.id}`).toBe(afresh.status)
        if (from.status === 'optimal' && afresh.status === 'optimal') {
          expect(from.levels.map((level) => level.value)).toEqual(afresh.levels.map((level) => level.value))
          expect(from.moves).toEqual(afresh.moves)
        }
        expect(checkPlan(locked, from, { instanceSha256: sha, digest: sha256 }).findings).toEqual([])
      }
  }, 60_000)
})
