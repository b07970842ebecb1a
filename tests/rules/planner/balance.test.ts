import { describe, expect, test } from 'vitest'
import { coefficient } from '@/lib/rules/planner/checker/equity.ts'
import { appraise } from '@/lib/rules/planner/checker.ts'
import type { PlanInstance, PlanMove } from '@/lib/rules/planner/format.ts'
import { hasSample, sample, sha256 } from './support.ts'

const units = (pupils: number[], counts: number[]) =>
  pupils.map((p, at) => ({ pupils: BigInt(p), count: BigInt(counts[at]!) }))

describe('R-BAL-3 pupil-weighted coefficient of variation', () => {
  test('the published worked case: 0.515, where the unweighted one says 0.489', () => {
    const cv = coefficient(units([45, 37, 89, 76, 55], [279, 137, 935, 160, 402]))!
    expect(cv.toFixed(3)).toBe('0.515')
  })
  test('five schools before and after moving three', () => {
    const pupils = [1900, 1640, 820, 300, 80]
    expect(coefficient(units(pupils, [57, 30, 8, 2, 0]))).toBe(0.4289)
    expect(coefficient(units(pupils, [54, 30, 9, 3, 1]))).toBe(0.3476)
  })
  test('R-BAL-5 nobody to count, or no pupils, is not a number', () => {
    expect(coefficient(units([100, 200], [0, 0]))).toBeNull()
    expect(coefficient([])).toBeNull()
  })
  test('an even spread is 0, and a half is rounded up', () => {
    expect(coefficient(units([100, 200], [1, 2]))).toBe(0)
    // CV² = 1/9999² + …: compared with the exact square root at 4 decimals
    expect(coefficient(units([1, 1], [10001, 9999]))).toBe(0.0001)
    expect(coefficient(units([1, 1], [20001, 19999]))).toBe(0.0001)
    expect(coefficient(units([1, 1], [20003, 20001]))).toBe(0)
  })
})

/** The census plan with every backbone teacher listed, so that the moves of the census story can be told one by one. */
function censusStory(instance: PlanInstance): { story: PlanInstance; moves: PlanMove[] } {
  const story = structuredClone(instance)
  story.groups = []
  story.teachers = []
  Object.assign(story.policy, {
    rate_total: [0, 1],
    rate_backbone: [0, 1],
    direction_rate: [0, 1],
    max_moves: 100,
    commute_hm: null,
    net_default: [-100, 100],
    leave_share: [1, 1],
    backbone_leave_share: [1, 1],
  })
  const moves: PlanMove[] = []
  const index = new Map(story.schools.map((school, at) => [school.id, at]))
  const send = (stage: 'P' | 'J', from: string[], to: string[]) => {
    to.forEach((place, at) => {
      const school = from[at % from.length]!
      const id = `B${String(story.teachers.length + 1).padStart(3, '0')}`
      story.teachers.push({
        id,
        school,
        stage,
        subject: 'CHN',
        status: 'eligible',
        backbone: true,
        senior: false,
        degree: 3,
        host: false,
        cert: stage,
        consent_cross: false,
        retrain: [],
        mode: 'any',
        wishes: [],
        max_hm: null,
      })
      const hm = story.distance[index.get(school)!]![index.get(place)!]!
      moves.push({ teacher: id, to: place, stage, subject: 'CHN', rank: 0, hm })
    })
  }
  const of = (letter: string) =>
    story.schools.filter((school) => school.name.startsWith(letter)).map((school) => school.id)
  const [F1, F2, F3] = of('F')
  const K = of('K')[0]!
  send('P', of('A'), [...of('D'), ...of('E'), F1!, F2!, F2!, F3!, K, K])
  send('J', of('B'), [...of('G'), ...of('H'), ...of('H'), ...of('I'), K])
  return { story, moves }
}

describe.runIf(hasSample('district.json'))('the census story as a plan', () => {
  test('22 primary and 12 junior backbone moves: 0.4511 and 0.3757, beaten by the optimum', () => {
    const { instance, result } = sample('district')
    const { story, moves } = censusStory(instance)
    expect(moves.filter((move) => move.stage === 'P')).toHaveLength(22)
    expect(moves.filter((move) => move.stage === 'J')).toHaveLength(12)
    const { equity, values } = appraise(story, moves, [], sha256)
    expect(equity.map((one) => [one.stage, one.cv_before, one.cv_after])).toEqual([
      ['P', 0.4907, 0.4511],
      ['J', 0.4136, 0.3757],
    ])
    expect(values[1]!).toBeGreaterThan(result.levels[1]!.value)
    expect(result.equity.map((one) => one.cv_after)).toEqual([0.3458, 0.2569])
  })
})
