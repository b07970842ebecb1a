/** How a school's clerk writes: one way throughout, and no two schools alike. */
import type { Random } from './random.ts'

export type MonthStyle =
  | 'dot'
  | 'dot-short'
  | 'dot-number'
  | 'digits'
  | 'digits-number'
  | 'chinese'
  | 'chinese-short'
  | 'dash'
  | 'date'

export interface Clerk {
  months: MonthStyle
  /** 汉, 蒙古 · 党员, 团员. */
  shortEthnic: boolean
  shortPolitical: boolean
  /** 高级教师 · 高级 (only the middle titles have a short form) · 小学高级, 中学一级 …. */
  titles: 'full' | 'short' | 'old'
  /** 8 · 八级 · 专业技术八级. */
  grades: 'number' | 'level' | 'full'
  /** 品德, 体育, 信息技术 ….  */
  oldSubjects: boolean
  shortCategory: boolean
  establishedForm: '在编' | '事业编'
  noTitle: '未定级' | '未评职称' | null
  classTeacher: '是' | '√'
  honourSeparator: '；' | '、' | '\n'
  assessments: 'slash' | 'comma' | 'years'
  /** 现任教单位 left empty means the school itself. */
  blankWorkSchool: boolean
  dashedPhone: boolean
  /** Between the characters of a two-character name. */
  nameGap: '' | ' ' | '  ' | '\u3000'
  trailingSpaces: boolean
  lowerX: boolean
  /** Some citizen numbers have stray spaces or full-width digits. */
  strayIds: boolean
  /** The school's name as this clerk writes it; null for the full one. */
  schoolAlias: string | null
}

/** Writes everything as the register itself would. */
export const TIDY: Clerk = {
  months: 'dash',
  shortEthnic: false,
  shortPolitical: false,
  titles: 'full',
  grades: 'number',
  oldSubjects: false,
  shortCategory: false,
  establishedForm: '在编',
  noTitle: '未定级',
  classTeacher: '是',
  honourSeparator: '；',
  assessments: 'slash',
  blankWorkSchool: false,
  dashedPhone: false,
  nameGap: '',
  trailingSpaces: false,
  lowerX: false,
  strayIds: false,
  schoolAlias: null,
}

/** The nine ways of writing a month each occur: the first schools of a workbook take them in turn. */
const MONTH_STYLES: readonly MonthStyle[] = [
  'dot',
  'dot-number',
  'dash',
  'digits-number',
  'dot-short',
  'chinese',
  'digits',
  'date',
  'chinese-short',
]

export function inventClerk(random: Random, position: number): Clerk {
  return {
    months:
      position < MONTH_STYLES.length
        ? MONTH_STYLES[position]!
        : random.chance(0.35)
          ? 'dot'
          : random.pick(MONTH_STYLES),
    shortEthnic: random.chance(0.45),
    shortPolitical: random.chance(0.5),
    titles: random.weighted([
      ['full', 60],
      ['short', 28],
      ['old', 12],
    ]),
    grades: random.weighted([
      ['number', 50],
      ['level', 17],
      ['full', 33],
    ]),
    oldSubjects: random.chance(0.4),
    shortCategory: random.chance(0.25),
    establishedForm: random.chance(0.75) ? '在编' : '事业编',
    noTitle: random.pick(['未定级', '未评职称', null]),
    classTeacher: random.chance(0.84) ? '是' : '√',
    honourSeparator: random.weighted([
      ['；', 50],
      ['、', 33],
      ['\n', 17],
    ]),
    assessments: random.pick(['slash', 'comma', 'years']),
    blankWorkSchool: random.chance(0.4),
    dashedPhone: random.chance(0.12),
    nameGap: random.weighted([
      ['', 60],
      ['  ', 14],
      [' ', 14],
      ['\u3000', 12],
    ]),
    trailingSpaces: random.chance(0.15),
    lowerX: random.chance(0.28),
    strayIds: true,
    schoolAlias: null,
  }
}
