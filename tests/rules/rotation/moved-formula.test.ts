import { describe, expect, test } from 'vitest'
import { afterInsertion, onLine } from '@/lib/rotation/documents/moved-formula.ts'

describe('套表 formulas of somebody else’s form', () => {
  test.each([
    ['COUNTA(B3:B4)', 'COUNTA(B3:B14)', 'a sum under the table takes the new lines in'],
    ['SUM($C$3:$C$4)/2', 'SUM($C$3:$C$14)/2', 'also with fixed references'],
    ['B5+A2', 'B15+A2', 'what lies below moves, what lies above stays'],
    ['SUM(A1:A2)', 'SUM(A1:A2)', 'a range above stays'],
    ['SUM(A6:A9)', 'SUM(A16:A19)', 'a range below moves whole'],
    ['LOG10(B5)&"B5"', 'LOG10(B15)&"B5"', 'neither a function’s name nor a text is a reference'],
    ["'附表'!B5+Sheet2!C9", "'附表'!B5+Sheet2!C9", 'another sheet has no new lines'],
  ])('%s → %s: %s', (formula, expected) => {
    expect(afterInsertion(formula, 5, 10)).toBe(expected)
  })

  test('a line’s formula is continued on another line, its fixed heading is not', () => {
    expect(onLine('C3*D3+$A$1', 3, 9)).toBe('C9*D9+$A$1')
  })
})
