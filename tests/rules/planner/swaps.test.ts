import { describe, expect, test } from 'vitest'
import { findChains } from '@/lib/planner/certificate/chains.ts'
import { findExchanges, swapInstance } from '@/lib/planner/swaps.ts'
import { checkInstance } from '@/lib/rules/planner/format.ts'
import { copy, sample } from './support.ts'

describe('pure swap finding', () => {
  test('everyone gets a wished school, no school’s head-count changes, and the points are the most there are', async () => {
    const { instance } = sample('tiny')
    const { cycles, points, status } = await findExchanges(instance)
    expect(status).toBe('optimal')
    const net = new Map<string, number>()
    for (const { moves } of cycles) {
      for (const [at, move] of moves.entries()) expect(move.to).toBe(moves[(at + 1) % moves.length]!.from)
      for (const move of moves) {
        expect(move.rank).toBeGreaterThan(0)
        net.set(move.from, (net.get(move.from) ?? 0) - 1)
        net.set(move.to, (net.get(move.to) ?? 0) + 1)
      }
    }
    expect([...net.values()].every((change) => change === 0)).toBe(true)
    // Everybody with a wish but T08, who hosts a studio; T10 and T11 by their second wish.
    expect(cycles.flatMap(({ moves }) => moves.map((move) => move.teacher)).sort()).toEqual([
      'T01',
      'T03',
      'T04',
      'T07',
      'T09',
      'T10',
      'T11',
    ])
    expect(points).toBe(5 + 5 + 5 + 5 + 5 + 3 + 3)
  }, 30_000)
  test('the round of a swap search is a legal instance', () => {
    expect(checkInstance(swapInstance(sample('tiny').instance)).ok).toBe(true)
  })
  test('nobody wishes, nobody swaps', async () => {
    const round = copy(sample('tiny').instance)
    for (const teacher of round.teachers) teacher.wishes = []
    expect(await findExchanges(round)).toEqual({ cycles: [], points: 0, status: 'optimal' })
  })
})

test('chains: paths from losing posts first, loops cut off as cycles, everybody once', () => {
  const step = (teacher: string, from: string, to: string) => ({ teacher, from, to, wished: true })
  const chains = findChains([
    step('1', 'a', 'b'),
    step('2', 'b', 'c'),
    step('3', 'c', 'b'),
    step('4', 'b', 'd'),
    step('5', 'x', 'y'),
    step('6', 'y', 'x'),
  ])
  expect(chains.map(({ kind, teachers }) => `${kind} ${teachers.join('')}`)).toEqual([
    'cycle 23',
    'path 14',
    'cycle 56',
  ])
})
