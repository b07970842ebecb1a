import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { largestRemainder } from '@/lib/rules/values/apportion.ts'
import { ceilShare, percentText, ratio } from '@/lib/rules/values/ratio.ts'

const weights = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 60 })
const claims = (list: number[]) => list.map((weight, key) => ({ key, weight }))

describe('R-QUOTA-3 largest remainder', () => {
  test('shares add up to the total and keep quota: floor or floor + 1', () =>
    fc.assert(
      fc.property(weights, fc.integer({ min: 0, max: 2000 }), (list, total) => {
        const sum = list.reduce((all, weight) => all + weight, 0)
        const shares = largestRemainder(total, claims(list)).map(({ share }) => share)
        expect(shares.reduce((all, share) => all + share, 0)).toBe(sum === 0 ? 0 : total)
        if (sum === 0) return
        for (const [index, share] of shares.entries()) {
          const floor = Math.floor((total * list[index]!) / sum)
          expect(share === floor || share === floor + 1).toBe(true)
        }
      }),
    ))

  test('a larger weight never gets less; scaling all weights changes nothing', () =>
    fc.assert(
      fc.property(weights, fc.integer({ min: 0, max: 500 }), fc.integer({ min: 2, max: 9 }), (list, total, scale) => {
        const shares = largestRemainder(total, claims(list)).map(({ share }) => share)
        const sorted = list.map((weight, index) => [weight, shares[index]!] as const).sort((a, b) => a[0] - b[0])
        for (let index = 1; index < sorted.length; index += 1)
          if (sorted[index]![0] > sorted[index - 1]![0])
            expect(sorted[index]![1]).toBeGreaterThanOrEqual(sorted[index - 1]![1])
        const scaled = largestRemainder(
          total,
          list.map((weight, key) => ({ key, weight: ratio(weight, scale) })),
        )
        expect(scaled.map(({ share }) => share)).toEqual(shares)
      }),
    ))
})

describe('R-QUOTA-2 integer shares', () => {
  test('need is the smallest head-count that reaches the share', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 1, max: 100 }), (base, percent) => {
        const need = ceilShare(base, ratio(percent, 100))
        expect(need * 100).toBeGreaterThanOrEqual(base * percent)
        expect((need - 1) * 100).toBeLessThan(base * percent)
      }),
    ))

  test('7 % of 100 is 7, where binary floats say 8', () => {
    expect(Math.ceil(0.07 * 100)).toBe(8)
    expect(ceilShare(100, ratio(7, 100))).toBe(7)
  })

  test('9.996 % shows as 10.00 but is not 10 %', () => {
    expect(percentText(ratio(9996, 100_000))).toBe('10.00')
    expect(9996 >= ceilShare(100_000, ratio(10, 100))).toBe(false)
  })
})
