import { describe, expect, test } from 'vitest'
import { movedInYear, postingCounts } from '@/lib/rules/rotation/counted-moves.ts'
import type { PostingFact } from '@/lib/rules/rotation/facts.ts'
import { defaultPolicy } from '@/lib/rules/rotation/policy.ts'
import {
  backboneQuota,
  type MovedPerson,
  quotaFigures,
  type RollPerson,
  totalQuota,
} from '@/lib/rules/rotation/quota.ts'
import { schoolTargets } from '@/lib/rules/rotation/targets.ts'
import { day, type SchoolYear } from '@/lib/rules/values/dates.ts'
import { ceilShare, percentText, ratio } from '@/lib/rules/values/ratio.ts'

const quota = defaultPolicy.quota

describe('R-QUOTA-2 worked: E 2 450, EB 760, R 271, RB 63', () => {
  const worked = { eligible: 2450, eligibleBackbone: 760, moved: 271, movedBackbone: 63 }
  test('total: need 245, 11.06 %, met', () => {
    const verdict = totalQuota(worked, ratio(10, 100))
    expect(verdict).toMatchObject({ kind: 'measured', need: 245, met: true })
    expect(verdict.kind === 'measured' && percentText(verdict.share)).toBe('11.06')
  })
  test.each([
    { reading: 'A', need: 55, met: true, shown: '23.25' },
    { reading: 'B', need: 152, met: false, shown: '8.29' },
    { reading: 'C', need: 490, met: false, shown: '2.57' },
  ] as const)('reading $reading: need $need, $shown %', ({ reading, need, met, shown }) => {
    const verdict = backboneQuota(worked, ratio(20, 100), reading)
    expect(verdict).toMatchObject({ kind: 'measured', need, met })
    expect(verdict.kind === 'measured' && percentText(verdict.share)).toBe(shown)
  })
  test('nobody eligible: no base, neither 0 % nor 100 %', () => {
    const nobody = { eligible: 0, eligibleBackbone: 0, moved: 0, movedBackbone: 0 }
    expect(totalQuota(nobody, ratio(10, 100))).toEqual({ kind: 'no_base' })
    for (const reading of ['A', 'B', 'C'] as const)
      expect(backboneQuota(nobody, ratio(20, 100), reading)).toEqual({ kind: 'no_base' })
  })
})

describe('R-QUOTA-3 targets', () => {
  const base = (eligible: number[], zone: (index: number) => string | null = () => 'Z') =>
    eligible.map((count, index) => ({ schoolId: `S${index + 1}`, zone: zone(index), eligible: count }))

  test('worked: 61, 48, 33, 19, 9, 4, 2 ask for 18: 6, 5, 3, 2, 1, 1, 0; ceilings of each school would ask 21', () => {
    const bases = base([61, 48, 33, 19, 9, 4, 2])
    const targets = schoolTargets(bases, ratio(10, 100), 1)
    expect(targets.map(({ target }) => target)).toEqual([6, 5, 3, 2, 1, 1, 0])
    expect(bases.reduce((sum, { eligible }) => sum + ceilShare(eligible, ratio(10, 100)), 0)).toBe(21)
  })

  test('schools under 5 are pooled by zone and get a target together', () => {
    const targets = schoolTargets(
      base([61, 48, 33, 19, 9, 4, 2, 3], (index) => (index < 7 ? 'Z1' : 'Z2')),
      ratio(10, 100),
      5,
    )
    expect(targets.reduce((sum, { target }) => sum + target, 0)).toBe(18)
    expect(targets.filter(({ pool }) => pool !== null)).toEqual([
      { schoolIds: ['S6', 'S7'], pool: 'Z1', eligible: 6, target: 1 },
      { schoolIds: ['S8'], pool: 'Z2', eligible: 3, target: 0 },
    ])
  })
})

const person = (id: string, more: Partial<RollPerson> = {}): RollPerson => ({
  id,
  schoolId: 'S1',
  locality: 'urban',
  quality: true,
  state: 'eligible',
  isBackbone: false,
  isPrincipal: false,
  ...more,
})
const move = (id: string, kind: MovedPerson['kind'] = 'new', more: Partial<MovedPerson> = {}): MovedPerson => ({
  ...person(id),
  kind,
  ...more,
})

describe('R-QUOTA-1, R-QUOTA-4, R-ELIG-13 figures carry their ids', () => {
  test('who moves twice counts once; a volunteer enters E; principals stand apart', () => {
    const roll = [
      person('a', { isBackbone: true }),
      person('b'),
      person('c', { state: 'not_yet', isBackbone: true }),
      person('head', { isPrincipal: true }),
    ]
    const moves = [
      move('a', 'continuing', { isBackbone: true }),
      move('a', 'new', { isBackbone: true }),
      move('c', 'new', { isBackbone: true }),
      move('head', 'new', { isPrincipal: true }),
    ]
    const figures = quotaFigures(roll, moves, quota)
    expect(figures).toMatchObject({
      eligible: ['a', 'b'],
      eligibleBackbone: ['a'],
      added: ['c'],
      addedBackbone: ['c'],
      moved: ['a', 'c'],
      movedBackbone: ['a', 'c'],
      new: ['a', 'c'],
      continuing: [],
      principals: { eligible: ['head'], moved: ['head'] },
    })
    expect(figures.total).toEqual({ kind: 'measured', need: 1, share: ratio(2, 3), met: true })
    expect(figures.readings.B).toMatchObject({ share: ratio(2, 2) })
    expect(quotaFigures(roll, moves, { ...quota, includePrincipals: true }).eligible).toEqual(['a', 'b', 'head'])
  })

  test('scope urban and quality leaves ordinary rural schools out, on both sides of the fraction', () => {
    const rural = { locality: 'rural', quality: false } as const
    const policy = { ...quota, scope: 'urban_quality' } as const
    const figures = quotaFigures(
      [
        person('a'),
        person('r', rural),
        person('q', { locality: 'rural' }),
        person('t', { locality: 'town', quality: false }),
      ],
      [move('r', 'new', rural)],
      policy,
    )
    expect(figures.eligible).toEqual(['a', 'q', 't'])
    expect(figures.moved).toEqual([])
  })
})

describe('R-QUOTA-1 which postings count', () => {
  const year = 2026 as SchoolYear
  const posting = (from: string, until: string | null, more: Partial<PostingFact> = {}): PostingFact => ({
    form: 1,
    other: null,
    movesRelation: false,
    fromSchool: 'S1',
    toSchool: 'S2',
    from: day(from),
    until: until === null ? null : day(until),
    orderedOn: null,
    periodsPerWeek: null,
    ...more,
  })
  test.each([
    ['begins in September', posting('2026-09-01', '2027-08-01'), 'new'],
    ['ordered in August', posting('2026-08-25', '2027-08-01'), 'new'],
    ['ordered by 30 September, served little', posting('2026-09-30', '2026-12-01'), 'new'],
    ['ordered 1 October, served no semester', posting('2026-10-01', '2027-05-01'), null],
    ['second semester', posting('2027-02-01', '2027-08-01'), 'new'],
    ['year two', posting('2025-09-01', '2027-08-01'), 'continuing'],
    ['ended on 31 July before', posting('2025-09-01', '2026-08-01'), null],
    ['transferred a year ago', posting('2025-09-01', null, { movesRelation: true, form: 2 }), null],
    ['inside one school code', posting('2026-09-01', null, { toSchool: 'S1' }), null],
    ['shadowing', posting('2026-09-01', null, { form: 9, other: 'shadowing' }), null],
    ['itinerant', posting('2026-09-01', null, { form: 8, periodsPerWeek: 8 }), null],
  ])('%s', (_, one, expected) => {
    expect(postingCounts(one, year, quota)).toBe(expected)
  })
  test('count_continuing off; 走教 counts where the policy lists it and the periods suffice', () => {
    expect(postingCounts(posting('2025-09-01', '2027-08-01'), year, { ...quota, countContinuing: false })).toBeNull()
    const itinerant = { ...quota, countedForms: [...quota.countedForms, 8 as const] }
    expect(postingCounts(posting('2026-09-01', null, { form: 8, periodsPerWeek: 8 }), year, itinerant)).toBe('new')
    expect(postingCounts(posting('2026-09-01', null, { form: 8, periodsPerWeek: 2 }), year, itinerant)).toBeNull()
  })
  test('a new move says more than a continuing one', () => {
    const both = [posting('2025-09-01', '2027-08-01'), posting('2026-09-01', '2027-08-01', { toSchool: 'S3' })]
    expect(movedInYear(both, year, quota)).toEqual({ kind: 'new', posting: both[1] })
  })
})
