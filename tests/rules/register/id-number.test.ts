import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idNumberCheck, idNumberWarnings, maskIdNumber, readIdNumber } from '@/lib/rules/register/id-number.ts'

const read = (typed: string) => {
  const outcome = readIdNumber(typed)
  return outcome.ok ? outcome.value : outcome.refusals[0]!.code
}

describe('7.1 公民身份号码 (GB 11643)', () => {
  test.each([
    ['34052419800101001X', '1980-01-01', 'M'],
    ['370101190102039973', '1901-02-03', 'M'],
    ['150699198503121239', '1985-03-12', 'M'],
    ['150699197203152469', '1972-03-15', 'F'],
    ['150699196610313114', '1966-10-31', 'M'],
    ['150699199011076683', '1990-11-07', 'F'],
    ['150699200002291029', '2000-02-29', 'F'],
  ])('%s: born %s, %s', (typed, birth, sex) => {
    expect(read(typed)).toMatchObject({ idNumber: typed, birth, sex, last4: typed.slice(14) })
  })

  test('spaces, full-width digits and small x are mended', () => {
    expect(read(' ３４０５２４ 19800101 001x ')).toMatchObject({ idNumber: '34052419800101001X' })
  })

  test.each([
    ['', 'missing'],
    ['340524800101001', 'legacy15'],
    ['3405241980010100', 'length'],
    ['34052419800101001Y', 'characters'],
    ['340524198002300019', 'birth'],
    ['150699190002291021', 'birth'],
    ['340524198001010018', 'check'],
  ])('%s is refused: %s', (typed, code) => {
    expect(read(typed)).toBe(`register.refusal.idNumber.${code}`)
  })

  test('a changed digit, or two neighbours swapped, is always found', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 17, maxLength: 17 })
    fc.assert(
      fc.property(digits, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (list, at, step) => {
        const check = idNumberCheck(list.join(''))
        const changed = list.with(at, (list[at]! + step) % 10)
        expect(idNumberCheck(changed.join(''))).not.toBe(check)
        const next = at === 16 ? 15 : at + 1
        const swapped = list.with(at, list[next]!).with(next, list[at]!)
        if (list[at] !== list[next]) expect(idNumberCheck(swapped.join(''))).not.toBe(check)
      }),
    )
  })

  test('W-ID-MISMATCH and unknown areas warn', () => {
    const facts = read('150699198503121239')
    if (typeof facts === 'string') throw new Error(facts)
    expect(idNumberWarnings(facts, { birth: '1985-03', sex: 'M' })).toEqual([])
    expect(idNumberWarnings(facts, { birth: '1985-04', sex: 'F' }).map(({ code }) => code)).toEqual([
      'W-ID-MISMATCH',
      'W-ID-MISMATCH',
    ])
    expect(idNumberWarnings(facts, { birth: null, sex: null }, new Set(['150602']))[0]?.code).toBe('W-ID-AREA')
    expect(maskIdNumber(facts.idNumber)).toBe('**************1239')
  })
})
