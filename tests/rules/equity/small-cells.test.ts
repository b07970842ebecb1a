import { describe, expect, test } from 'vitest'
import { isSmallCell } from '@/lib/rules/equity/small-cells.ts'

describe('security.md §2.3 small cells', () => {
  test.each([
    { people: 2, known: 0, small: true, why: 'two people can be told apart' },
    { people: 3, known: 0, small: false, why: 'three cannot' },
    { people: 0, known: 0, small: false, why: 'nobody is nobody' },
    { people: 5, known: 4, small: true, why: 'taking off the own four leaves one' },
    { people: 5, known: 5, small: false, why: 'all of them are the own school’s' },
    { people: 5, known: 2, small: false, why: 'three others are left' },
    { people: 2.5, known: 0, small: true, why: 'half a post is somebody too' },
  ])('$people of whom $known are known: $why', ({ people, known, small }) => {
    expect(isSmallCell(people, known)).toBe(small)
  })
})
