/** Faults that real rosters hold, each with how it is planted: 48 kinds with their severity. */

import type { StaffRecord } from '../../lib/rules/register/records.ts'
import { SEXES } from '../../lib/rules/register/vocabulary.ts'
import { addMonths, monthOf, yearOf } from '../../lib/rules/values/dates.ts'
import { checkDigit } from './id-numbers.ts'
import { positionOf } from './roster-layout.ts'
import { type Cell, fullWidth } from './spelling.ts'

export type Severity = 'error' | 'warning' | 'mended'

/** A clean row to spoil. */
export interface Target {
  person: StaffRecord
  cells: Cell[]
  /** Row of the sheet. */
  row: number
}

export interface Fault {
  kind: string
  severity: Severity
  /** Column the finding points at. */
  column: string
  count: number
  /** Which rows can show it. */
  fits?: (person: StaffRecord) => boolean
  /** Spoils the row's cells; says why it is a fault, in the words a clerk would want. */
  plant: (target: Target, nth: number) => string
}

const set = (target: Target, column: string, value: Cell) => {
  target.cells[positionOf(column)] = value
}
const text = (target: Target, column: string) => String(target.cells[positionOf(column)] ?? '')
const renumber = (first17: string) => first17 + checkDigit(first17)

const fault = (
  severity: Severity,
  kind: string,
  column: string,
  count: number,
  plant: Fault['plant'],
  fits?: Fault['fits'],
): Fault => ({ kind, severity, column, count, plant, ...(fits ? { fits } : {}) })

/** Puts one value into the column and gives the reason. */
const put =
  (
    column: string,
    value: (target: Target, nth: number) => Cell,
    reason: string | ((target: Target) => string),
  ): Fault['plant'] =>
  (target, nth) => {
    const why = typeof reason === 'string' ? reason : reason(target)
    set(target, column, value(target, nth))
    return why
  }

const isTeacher = (p: StaffRecord) => p.category === 'teacher'
const titled = (p: StaffRecord) => isTeacher(p) && p.title !== 'none'

const ID_FAULTS: Fault[] = [
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

const DATE_FAULTS: Fault[] = [
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

const WRONG_GRADE: Record<string, number> = { second: 9, first: 6, senior: 12 }

const POST_FAULTS: Fault[] = [
  fault(
    'error',
    'E-POST-RANGE',
    'postGrade',
    3,
    put('postGrade', ({ person }) => WRONG_GRADE[person.title] ?? 1, '岗位等级与职称不符'),
    (p) => isTeacher(p) && p.title in WRONG_GRADE,
  ),
  fault(
    'mended',
    'M-OLD-TITLE',
    'title',
    1,
    put('title', () => '小学高级', '小学高级 → 一级教师'),
    (p) => p.title === 'first',
  ),
  fault(
    'mended',
    'M-OLD-TITLE',
    'title',
    1,
    put('title', () => '中学高级教师', '中学高级教师 → 高级教师'),
    (p) => p.title === 'senior',
  ),
  fault(
    'warning',
    'W-WORKER-TITLE',
    'title',
    1,
    put('title', () => '二级教师', '工勤人员不应有教师职称'),
    (p) => p.category === 'worker',
  ),
  fault(
    'error',
    'E-CATEGORY',
    'category',
    1,
    put('category', () => '教学人员A', '“教学人员A”不是教职工类别'),
    isTeacher,
  ),
  fault(
    'error',
    'E-STATUS',
    'status',
    1,
    put('status', () => '待定', '“待定”不是人员状态'),
  ),
  fault(
    'error',
    'E-SUBJECT',
    'subject',
    1,
    put('subject', () => '数语', '“数语”不是学科'),
    isTeacher,
  ),
  fault(
    'mended',
    'M-OLD-SUBJECT',
    'subject',
    1,
    put('subject', () => '体育', '体育 → 体育与健康'),
    (p) => p.subject === 'PE',
  ),
  fault(
    'warning',
    'W-CERT-STAGE',
    'certificateKind',
    1,
    put('certificateKind', () => '小学教师资格', '初中任教，资格为小学'),
    (p) => p.stage === 'J',
  ),
  fault(
    'warning',
    'W-CERT-NO',
    'certificateNo',
    1,
    put('certificateNo', ({ person }) => person.certificateNo!.slice(0, 15), '证号15位'),
    (p) => p.certificateNo !== null,
  ),
]

const PERSON_FAULTS: Fault[] = [
  fault(
    'error',
    'E-NAME-MISSING',
    'name',
    1,
    put('name', () => null, '必填项为空'),
  ),
  fault(
    'error',
    'E-SEX',
    'sex',
    1,
    put('sex', () => '不详', '性别不是男或女'),
  ),
  fault('error', 'E-SCHOOL-UNKNOWN', 'school', 2, (target, nth) => {
    const value = ['第三十九小学', '一分校'][nth % 2]!
    set(target, 'school', value)
    return `找不到学校“${value}”`
  }),
  fault(
    'error',
    'E-FORMULA',
    'idNumber',
    1,
    put('idNumber', ({ row }) => ({ formula: `F${row + 400}` }), '必填项是公式且无缓存值'),
  ),
  fault('warning', 'W-FORMULA', 'age', 1, (target) => {
    set(target, 'age', { formula: `2026-LEFT(G${target.row},4)`, result: Number(text(target, 'age')) })
    return '年龄为公式，系统自行计算'
  }),
  fault(
    'warning',
    'W-AGE',
    'age',
    1,
    put(
      'age',
      (target) => Number(text(target, 'age')) + 4,
      (target) => `年龄应为${text(target, 'age')}`,
    ),
  ),
  fault(
    'mended',
    'M-TRAIL',
    'highestEducation',
    1,
    put('highestEducation', (target) => `${text(target, 'highestEducation')} `, '尾部空格'),
  ),
  fault(
    'mended',
    'M-TRAIL',
    'subject',
    1,
    put('subject', (target) => `${text(target, 'subject')} `, '尾部空格'),
    isTeacher,
  ),
  fault(
    'mended',
    'M-NAME-SPACE',
    'name',
    2,
    (target, nth) => {
      const gap = nth % 2 === 0 ? ' ' : '\u3000'
      set(target, 'name', [...target.person.name].join(gap))
      return gap === ' ' ? '姓名中间有空格' : '姓名中间有全角空格'
    },
    (p) => [...p.name].length === 2,
  ),
  fault(
    'mended',
    'W-CONTROL-CHAR',
    'name',
    1,
    put('name', ({ person }) => `${person.name[0]}\u200b${person.name.slice(1)}`, '零宽字符'),
    (p) => /^[\u4e00-\u9fff]+$/.test(p.name),
  ),
  fault(
    'mended',
    'M-ETHNIC',
    'ethnic',
    1,
    put('ethnic', () => '汉', '汉 → 汉族'),
    (p) => p.ethnic === '汉族',
  ),
  fault(
    'mended',
    'M-POLITICAL',
    'political',
    1,
    put('political', () => '党员', '党员 → 中共党员'),
    (p) => p.political === '中共党员',
  ),
  fault(
    'warning',
    'W-PHONE',
    'phone',
    1,
    put('phone', ({ person }) => person.phone!.slice(0, 10), '10位号码'),
  ),
  fault(
    'error',
    'E-TEXT-LONG',
    'note',
    1,
    put('note', () => '备注内容'.repeat(300), '备注1200字'),
  ),
]

/** The honour of a person whose cell holds exactly one. */
const single = (p: StaffRecord) => p.honours.length === 1 && p.honours[0]!.kind === 'backbone'

const HONOUR_FAULTS: Fault[] = [
  fault(
    'warning',
    'W-HONOUR-LEVEL',
    'honours',
    2,
    put('honours', () => '骨干教师', '荣誉无级别'),
    single,
  ),
  fault(
    'warning',
    'W-HONOUR-DATE',
    'honourDates',
    1,
    put('honourDates', () => null, '荣誉无获得时间'),
    single,
  ),
  fault(
    'warning',
    'W-HONOUR-KIND',
    'honours',
    1,
    (target) => {
      set(target, 'honours', '区级师德标兵')
      set(target, 'honourDates', '2024-09')
      return '“师德标兵”不在荣誉类别中'
    },
    (p) => p.honours.length === 0 && isTeacher(p),
  ),
]

/** A birth moved back, so that the statutory date has passed (R-RET-2): a man and a woman below the senior titles. */
function retire(target: Target, birth: string): void {
  const first17 = `${target.person.idNumber.slice(0, 6)}${birth.replaceAll('-', '')}${target.person.idNumber.slice(14, 17)}`
  set(target, 'idNumber', renumber(first17))
  set(target, 'birth', birth.slice(0, 7))
  set(target, 'age', 2026 - Number(birth.slice(0, 4)) - (birth.slice(5) > '09-01' ? 1 : 0))
}

const RETIRED_FAULTS: Fault[] = [
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

/** Faults of a single row; those with few fitting rows first. Pairs, hidden and merged rows are planted by the workbook. */
export const FAULTS: readonly Fault[] = [
  ...RETIRED_FAULTS,
  ...POST_FAULTS,
  ...HONOUR_FAULTS,
  ...ID_FAULTS,
  ...DATE_FAULTS,
  ...PERSON_FAULTS,
]
