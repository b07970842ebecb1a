/** The roster workbook as a bureau keeps it: 44 columns under a merged header of two rows (domain.md §7.3 c). */

interface Column {
  key: string
  /** Heading as printed, with the asterisk of a required column and line breaks. */
  heading: string
  width: number
}

const column = (key: string, heading: string, width: number): Column => ({ key, heading, width })

/** Headings over several columns; a column without one is merged over both header rows. */
export const GROUPS: readonly { heading: string; from: string; to: string }[] = [
  { heading: '基本信息', from: 'name', to: 'teachingYears' },
  { heading: '学历学位', from: 'firstEducation', to: 'degree' },
  { heading: '编制与岗位', from: 'form', to: 'duty' },
  { heading: '任教情况', from: 'stage', to: 'isClassTeacher' },
  { heading: '教师资格', from: 'certificateKind', to: 'putonghua' },
  { heading: '荣誉与考核', from: 'honours', to: 'assessments' },
]

export const ROSTER_COLUMNS = [
  column('serial', '序号', 6),
  column('school', '*学校', 18),
  column('staffNo', '教职工号', 10),
  column('name', '*姓名', 10),
  column('sex', '*性别', 5),
  column('idNumber', '*身份证号\n（18位）', 21),
  column('birth', '*出生年月', 11),
  column('age', '年龄\n（周岁）', 6),
  column('ethnic', '民族', 8),
  column('nativePlace', '籍贯', 14),
  column('political', '政治面貌', 10),
  column('joinedParty', '入党时间', 10),
  column('joinedWork', '*参加工作\n时间', 11),
  column('joinedSchool', '*进入本单位\n时间', 11),
  column('teachingYears', '教龄\n（年）', 6),
  column('firstEducation', '第一学历', 8),
  column('firstEducationAt', '第一学历毕业院校及专业', 24),
  column('highestEducation', '最高学历', 8),
  column('highestEducationAt', '最高学历毕业院校及专业', 24),
  column('degree', '学位', 6),
  column('form', '*编制性质', 10),
  column('category', '*教职工类别', 10),
  column('postKind', '岗位类别', 12),
  column('postGrade', '岗位等级\n（级）', 10),
  column('postSince', '岗位聘任时间', 11),
  column('title', '职称', 11),
  column('titleObtained', '职称取得时间', 11),
  column('titleAppointed', '职称聘任时间', 11),
  column('duty', '行政职务', 12),
  column('stage', '*任教学段', 8),
  column('subject', '*任教学科', 11),
  column('periods', '周课时\n（节）', 7),
  column('isClassTeacher', '是否班主任', 7),
  column('certificateKind', '教师资格\n种类', 10),
  column('certificateSubject', '资格学科', 10),
  column('certificateNo', '教师资格证号', 20),
  column('putonghua', '普通话等级', 9),
  column('honours', '荣誉称号及级别', 24),
  column('honourDates', '获得时间', 14),
  column('assessments', '年度考核\n（近三年：2023、2024、2025）', 18),
  column('workSchool', '现任教单位', 18),
  column('status', '*人员状态', 9),
  column('phone', '联系电话', 13),
  column('note', '备注', 20),
] as const

const POSITIONS = new Map(ROSTER_COLUMNS.map((entry, index) => [entry.key, index]))

/** Position of a column, 0 for the first. */
export function positionOf(key: string): number {
  const position = POSITIONS.get(key)
  if (position === undefined) throw new RangeError(`no column ${key}`)
  return position
}

/** 'A' for 0, 'AR' for 43. */
export function letterOf(position: number): string {
  const low = String.fromCharCode(65 + (position % 26))
  return position < 26 ? low : letterOf(Math.floor(position / 26) - 1) + low
}

/** Heading without asterisk and line break, as findings name a column. */
export const plainHeading = (position: number): string => ROSTER_COLUMNS[position]!.heading.replace(/[*\n]/g, '')
