/** Faults of the citizen number and what it says about birth and sex; births past the statutory date. */
import { SEXES } from '../../../lib/rules/register/vocabulary.ts'
import { addMonths, monthOf } from '../../../lib/rules/values/dates.ts'
import { checkDigit } from '../id-numbers.ts'
import { positionOf } from '../roster-layout.ts'
import { fullWidth } from '../spelling.ts'
import { type Fault, fault, put, set, type Target, titled } from './fault.ts'

const renumber = (first17: string) => first17 + checkDigit(first17)

export const ID_FAULTS: Fault[] = [
  fault(
    'error',
    'E-ID-NUMBER-CELL',
    'idNumber',
    3,
    put('idNumber', ({ person }) => Number(`${person.idNumber.slice(0, 15)}000`), '身份证号为数值，末几位已丢失'),
  ),
  fault(
    'error',
    'E-ID-CHECKSUM',
    'idNumber',
    2,
    put(
      'idNumber',
      ({ person: { idNumber } }) => idNumber.slice(0, 17) + (idNumber[17] === '3' ? '5' : '3'),
      ({ person }) => `校验位应为${person.idNumber[17]}`,
    ),
  ),
  fault(
    'error',
    'E-ID-LENGTH',
    'idNumber',
    1,
    put('idNumber', ({ person }) => person.idNumber.slice(0, 17), '只有17位'),
  ),
  fault(
    'error',
    'E-ID-15',
    'idNumber',
    1,
    put('idNumber', ({ person: { idNumber } }) => idNumber.slice(0, 6) + idNumber.slice(8, 17), '15位旧号码'),
  ),
  fault(
    'error',
    'E-ID-DATE',
    'idNumber',
    1,
    put(
      'idNumber',
      ({ person: { idNumber } }) => renumber(`${idNumber.slice(0, 10)}0230${idNumber.slice(14, 17)}`),
      '号码中的2月30日不存在',
    ),
  ),
  fault(
    'error',
    'E-ID-CHARS',
    'idNumber',
    1,
    put('idNumber', ({ person: { idNumber } }) => `${idNumber.slice(0, 10)}O${idNumber.slice(11)}`, '第11位是字母O'),
    (p) => p.idNumber[10] === '0',
  ),
  fault(
    'error',
    'E-ID-MISSING',
    'idNumber',
    1,
    put('idNumber', () => null, '必填项为空'),
  ),
  fault('warning', 'W-ID-MISMATCH', 'birth', 2, ({ person, cells }) => {
    const typed = addMonths(monthOf(person.birth), 5)
    cells[positionOf('birth')] = typed
    return `身份证号为${person.birth.slice(0, 7)}，表中为${typed}`
  }),
  fault(
    'warning',
    'W-ID-MISMATCH',
    'sex',
    1,
    put('sex', ({ person }) => SEXES[person.sex === 'F' ? 'M' : 'F'], '性别与身份证号第17位不符'),
  ),
  fault(
    'warning',
    'W-ID-AREA',
    'idNumber',
    1,
    put('idNumber', ({ person }) => renumber(`999901${person.idNumber.slice(6, 17)}`), '行政区划代码999901不存在'),
  ),
  fault(
    'mended',
    'M-FULLWIDTH',
    'idNumber',
    1,
    put('idNumber', ({ person }) => fullWidth(person.idNumber), '全角数字'),
    (p) => !p.idNumber.endsWith('X'),
  ),
  fault(
    'mended',
    'M-ID-X',
    'idNumber',
    1,
    put('idNumber', ({ person }) => person.idNumber.replace('X', 'x'), '小写x'),
    (p) => p.idNumber.endsWith('X'),
  ),
]

/** A birth moved back, so that the statutory date has passed (R-RET-2): a man and a woman below the senior titles. */
function retire(target: Target, birth: string): void {
  const first17 = `${target.person.idNumber.slice(0, 6)}${birth.replaceAll('-', '')}${target.person.idNumber.slice(14, 17)}`
  set(target, 'idNumber', renumber(first17))
  set(target, 'birth', birth.slice(0, 7))
  set(target, 'age', 2026 - Number(birth.slice(0, 4)) - (birth.slice(5) > '09-01' ? 1 : 0))
}

export const RETIRED_FAULTS: Fault[] = [
  fault(
    'warning',
    'W-RETIRED',
    'birth',
    1,
    (target) => {
      retire(target, '1965-04-30')
      return '法定退休时间2025-05-30'
    },
    (p) => p.sex === 'M' && p.birth < '1975-01-01' && titled(p),
  ),
  fault(
    'warning',
    'W-RETIRED',
    'birth',
    1,
    (target) => {
      retire(target, '1969-12-10')
      return '一级教师，法定退休时间2024-12-10'
    },
    (p) => p.sex === 'F' && p.birth < '1979-01-01' && p.title === 'first',
  ),
]
