/** Faults of names, schools, honours and the cells themselves. */
import type { StaffRecord } from '../../../lib/rules/register/records.ts'
import { type Fault, fault, isTeacher, put, set, text } from './fault.ts'

export const PERSON_FAULTS: Fault[] = [
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

export const HONOUR_FAULTS: Fault[] = [
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
