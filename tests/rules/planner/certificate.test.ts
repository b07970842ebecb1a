import { describe, expect, test } from 'vitest'
import type { SolvedPlan } from '@/lib/rules/planner/format.ts'
import { copy, findings, sample } from './support.ts'

const { instance, result, sha } = sample('tiny')

describe('every value, count, figure, code and chain, one planted error each', () => {
  type Plant = [what: string, found: RegExp, plant: (said: SolvedPlan) => void]
  const counts = ['E', 'EB', 'V', 'R', 'RB', 'need_R', 'need_RB'] as const
  const plants: Plant[] = [
    ...result.levels.map(
      ({ name }, at): Plant => [
        `value of ${name}`,
        new RegExp(`level ${name} 1 level_value`),
        (said) => {
          Object.assign(said.levels[at]!, { value: said.levels[at]!.value + 1, bound: said.levels[at]!.bound! + 1 })
        },
      ],
    ),
    [
      'gap',
      /level slack 1 level_gap/,
      (said) => {
        said.levels[0]!.gap = 1
      },
    ],
    [
      'bound above a minimum',
      /level slack 1 level_bound/,
      (said) => {
        Object.assign(said.levels[0]!, { bound: 3, gap: 1, status: 'feasible' })
      },
    ],
    [
      'bound below a maximum',
      /level wishes 1 level_bound/,
      (said) => {
        Object.assign(said.levels[2]!, { bound: 15, gap: 1, status: 'feasible' })
      },
    ],
    [
      'level called optimal with a gap',
      /level slack 1 level_status/,
      (said) => {
        Object.assign(said.levels[0]!, { bound: 1, gap: 1 })
      },
    ],
    [
      'levels after one not proven',
      /level equity 1 level_not_last/,
      (said) => {
        Object.assign(said.levels[1]!, { bound: 1, gap: 101754836, status: 'feasible' })
      },
    ],
    [
      'no bound yet proven',
      /level slack 1 level_bound/,
      (said) => {
        Object.assign(said.levels[0]!, { bound: null, gap: null })
      },
    ],
    [
      'levels in another order',
      /level .* 1 level_order/,
      (said) => {
        said.levels.reverse()
      },
    ],
    [
      'optimal with a level missing',
      /status plan 1 status/,
      (said) => {
        said.levels.pop()
      },
    ],
    [
      'feasible with all proven',
      /status plan 1 status/,
      (said) => {
        said.status = 'feasible'
      },
    ],
    ...counts.map(
      (field): Plant => [
        `count ${field}`,
        new RegExp(`counts ${field} 1 count`),
        (said) => {
          said.counts[field] += 1
        },
      ],
    ),
    ...(['A', 'B', 'C'] as const).map(
      (field): Plant => [
        `reading ${field}`,
        new RegExp(`counts ${field} 1 count`),
        (said) => {
          said.counts[field][1] += 1
        },
      ],
    ),
    ...(['cv_before', 'cv_after', 'cv_relation_after'] as const).map(
      (field): Plant => [
        field,
        /equity backbone\/P 1 equity_differs/,
        (said) => {
          said.equity[0]![field]! += 0.0001
        },
      ],
    ),
    ...(['driver_before', 'driver_after'] as const).map(
      (field): Plant => [
        field,
        /equity backbone\/P 1 equity_differs/,
        (said) => {
          said.equity[0]![field] = 'S1'
        },
      ],
    ),
    [
      'unit after',
      /equity backbone\/P 1 equity_units/,
      (said) => {
        said.equity[0]!.units[0]![3] += 1
      },
    ],
    [
      'unit missing',
      /equity backbone\/P 1 equity_units/,
      (said) => {
        said.equity[0]!.units.pop()
      },
    ],
    [
      'indicator missing',
      /equity backbone\/P 1 equity_missing/,
      (said) => {
        said.equity = []
      },
    ],
    [
      'rank',
      /move T01 1 move_rank/,
      (said) => {
        said.moves[0]!.rank = 1
      },
    ],
    [
      'distance',
      /move T01 1 move_distance/,
      (said) => {
        said.moves[0]!.hm = 189
      },
    ],
    [
      'why-not code',
      /why_not T08 1 why_not_differs/,
      (said) => {
        said.why_not.T08 = 'NOT_CHOSEN'
      },
    ],
    [
      'why-not missing',
      /why_not T02 1 why_not_differs/,
      (said) => {
        delete said.why_not.T02
      },
    ],
    [
      'why-not of a mover',
      /why_not T01 1 why_not_stranger/,
      (said) => {
        said.why_not.T01 = 'NOT_CHOSEN'
      },
    ],
    [
      'chain missing',
      /chain T01 1 chain_missing/,
      (said) => {
        said.chains.shift()
      },
    ],
    [
      'chain stranger',
      /chain T02 1 chain_stranger/,
      (said) => {
        said.chains[0]!.teachers.push('T02')
      },
    ],
    [
      'chain twice',
      /chain T01 1 chain_twice/,
      (said) => {
        said.chains.push(said.chains[0]!)
      },
    ],
    [
      'chain broken',
      /chain T06 1 chain_broken/,
      (said) => {
        said.chains[1]!.teachers.reverse()
      },
    ],
    [
      'cycle called a path',
      /chain T04 1 chain_loop/,
      (said) => {
        said.chains[2]!.kind = 'path'
      },
    ],
    [
      'path called a cycle',
      /chain T01 1 chain_open/,
      (said) => {
        said.chains[0]!.kind = 'cycle'
      },
    ],
    [
      'path cut in two',
      /chain S2\/P\/CHN 1 chain_ends/,
      (said) => {
        said.chains.splice(
          1,
          1,
          { kind: 'path', teachers: ['T03'], all_wished: true },
          { kind: 'path', teachers: ['T06'], all_wished: false },
        )
      },
    ],
    [
      'all wished',
      /chain T01 1 chain_wished/,
      (said) => {
        said.chains[0]!.all_wished = true
      },
    ],
    [
      'price of a lock',
      /lock_price L1 1 lock_price/,
      (said) => {
        said.lock_prices![0]!.delta[2] = -3
      },
    ],
    [
      'price of no lock',
      /lock_price L9 1 lock_price/,
      (said) => {
        said.lock_prices![0]!.lock = 'L9'
      },
    ],
    [
      'another instance',
      /instance other 1 other_instance/,
      (said) => {
        said.instance = 'other'
      },
    ],
    [
      'other bytes',
      /instance instance_sha256 1 other_bytes/,
      (said) => {
        said.instance_sha256 = '0'.repeat(64)
      },
    ],
  ]
  test.each(plants)('%s', (_, found, plant) => {
    const said = copy(result)
    plant(said)
    expect(findings(instance, said, sha).join('\n')).toMatch(found)
  })
})

test('a stopped run may state the level it stopped in with its honest gap', () => {
  const said = copy(result)
  said.status = 'feasible'
  said.levels = [said.levels[0]!, { ...said.levels[1]!, bound: 101754000, gap: 837, status: 'feasible' }]
  expect(findings(instance, said, sha)).toEqual([])
})
