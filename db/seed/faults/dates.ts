/** Faults of months: impossible, ahead, ambiguous, out of order. */
import { addMonths, yearOf } from '../../../lib/rules/values/dates.ts'
import { type Fault, fault, put, set, titled } from './fault.ts'

export const DATE_FAULTS: Fault[] = [
  fault('error', 'E-DATE-IMPOSSIBLE', 'joinedSchool', 2, (target, nth) => {
    const value = ['2019-02-31', '2015年13月'][nth % 2]!
    set(target, 'joinedSchool', value)
    return `“${value}”不是有效年月`
  }),
  fault(
    'error',
    'E-DATE-IMPOSSIBLE',
    'joinedWork',
    1,
    put('joinedWork', () => '2010.00', '“2010.00”不是有效年月'),
  ),
  fault(
    'error',
    'E-DATE-FUTURE',
    'joinedSchool',
    1,
    put('joinedSchool', () => '2027-03', '晚于统计时间'),
  ),
  fault(
    'warning',
    'W-DATE-AMBIGUOUS',
    'joinedSchool',
    1,
    put('joinedSchool', () => 2020.1, '数值2020.1可能是1月或10月'),
    (p) => p.joinedWork < '2019-12',
  ),
  fault(
    'error',
    'E-WORK-AGE',
    'joinedWork',
    1,
    put('joinedWork', ({ person }) => `${yearOf(person.birth) + 15}-07`, '参加工作时未满18周岁'),
  ),
  fault(
    'error',
    'E-DATE-ORDER',
    'joinedSchool',
    1,
    put('joinedSchool', ({ person }) => addMonths(person.joinedWork, -24), '进入本单位早于参加工作'),
  ),
  fault(
    'warning',
    'W-TITLE-ORDER',
    'titleAppointed',
    1,
    put('titleAppointed', ({ person }) => addMonths(person.titleObtained!, -10), '聘任时间早于取得时间'),
    (p) => titled(p) && p.joinedWork < '2015-01' && p.titleObtained! > '2017-01',
  ),
  fault(
    'error',
    'E-EXCEL-ERROR',
    'joinedWork',
    1,
    put('joinedWork', () => ({ error: '#REF!' }), '单元格为错误值#REF!'),
  ),
]
