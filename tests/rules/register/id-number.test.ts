import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idCheckCharacter, readIdNumber } from '@/lib/rules/register/id-number.ts'

const read = (typed: string) => {
  const outcome = readIdNumber(typed)
  return outcome.ok ? outcome.value : outcome.fault
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
    expect(read(typed)).toMatchObject({ text: typed, birth, sex, knownArea: true })
  })

  test('a small x is mended; an unknown province only warns', () => {
    expect(read('34052419800101001x')).toMatchObject({ text: '34052419800101001X' })
    const unknown = `990699${'19850312123'}`
    expect(read(unknown + idCheckCharacter(unknown))).toMatchObject({ birth: '1985-03-12', knownArea: false })
  })

  test.each([
    ['340524800101001', 'E-ID-15'],
    ['3405241980010100', 'E-ID-LENGTH'],
    ['34052419800101001Y', 'E-ID-CHARS'],
    ['340524198002300019', 'E-ID-DATE'],
    ['150699190002291021', 'E-ID-DATE'],
    ['340524198001010018', 'E-ID-CHECKSUM'],
  ])('%s is refused: %s', (typed, code) => {
    expect(read(typed)).toBe(code)
  })

  test('a changed digit, or two neighbours swapped, is always found', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 17, maxLength: 17 })
    fc.assert(
      fc.property(digits, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (list, at, step) => {
        const check = idCheckCharacter(list.join(''))
        const changed = list.with(at, (list[at]! + step) % 10)
        expect(idCheckCharacter(changed.join(''))).not.toBe(check)
        const next = at === 16 ? 15 : at + 1
        const swapped = list.with(at, list[next]!).with(next, list[at]!)
        if (list[at] !== list[next]) expect(idCheckCharacter(swapped.join(''))).not.toBe(check)
      }),
    )
  })

  test('two neighbours typed the wrong way round are named as such', () => {
    expect(readIdNumber('150699198503121293')).toMatchObject({ ok: false, fault: 'E-ID-CHECKSUM' })
    expect(readIdNumber('150699198503112239')).toMatchObject({ ok: false, swapped: true })
  })
})
