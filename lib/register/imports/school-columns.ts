import { type FieldSpec, TitleIndex } from '../../platform/workbook/titles.ts'

const GRADES = ['一', '二', '三', '四', '五', '六', '七', '八', '九'] as const
export type ClassField = `class${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`
export const CLASS_FIELDS = GRADES.map((_, i) => `class${i + 1}`) as ClassField[]

export const RESOURCE_KINDS = ['teachingArea', 'sportsArea', 'equipmentValue', 'networkedRooms'] as const
export type ResourceField = `${'P' | 'J'}_${(typeof RESOURCE_KINDS)[number]}`

export type SchoolField =
  | 'seq'
  | 'code'
  | 'name'
  | 'shortName'
  | 'aliases'
  | 'kind'
  | 'typeCode'
  | 'localityCode'
  | 'locality'
  | 'quality'
  | 'zone'
  | 'group'
  | 'branchOf'
  | 'foundedYear'
  | 'pupilsP'
  | 'pupilsJ'
  | ClassField
  | 'establishment'
  | 'seats'
  | 'oneSchoolOnePlan'
  | 'addedSeats'
  | 'interactive'
  | 'pairedSchool'
  | 'pairedClasses'
  | 'smartCampus'
  | ResourceField
  | 'x'
  | 'y'

const RESOURCES: Record<(typeof RESOURCE_KINDS)[number], string[]> = {
  teachingArea: ['教学及辅助用房面积', '教学及辅助用房', '教学辅助用房面积'],
  sportsArea: ['体育运动场馆面积', '体育运动场馆', '运动场馆面积'],
  equipmentValue: ['教学仪器设备值', '教学仪器设备', '仪器设备值'],
  networkedRooms: ['网络多媒体教室', '网络多媒体教室数', '多媒体教室'],
}
const STAGE_TITLES = { P: ['小学'], J: ['初中', '初级中学'] } as const

/** A figure of one stage: the stage before or after the thing counted, as a title or under a caption. */
const ofStage = (things: readonly string[], stage: 'P' | 'J'): string[] =>
  things.flatMap((thing) => STAGE_TITLES[stage].flatMap((name) => [`${thing}${name}`, `${name}${thing}`]))

const classTitles = (grade: string, number: number): string[] => {
  const junior = number > 6 ? [`初${GRADES[number - 7]}`] : []
  return [`${grade}年级`, `${number}年级`, ...junior].flatMap((name) => [
    `${name}班数`,
    `${name}班级数`,
    `${name}`,
    `班数${name}`,
    `班级数${name}`,
  ])
}

export const SCHOOL_FIELDS: readonly FieldSpec<SchoolField>[] = [
  { field: 'seq', titles: ['序号', '编号'] },
  {
    field: 'code',
    titles: ['学校标识码', '学校代码', '标识码', '学校(机构)标识码', '机构标识码', '单位代码'],
    key: true,
  },
  { field: 'name', titles: ['学校名称', '学校', '单位名称', '校名', '学校全称', '学校(机构)名称'], key: true },
  { field: 'shortName', titles: ['简称', '学校简称'] },
  { field: 'aliases', titles: ['其他叫法', '别名', '曾用名', '其他名称', '又名'] },
  { field: 'kind', titles: ['学段', '学校类型', '学校类别', '办学类型'] },
  { field: 'typeCode', titles: ['办学类型代码', '学校类型代码', '办学类型码'] },
  { field: 'localityCode', titles: ['城乡分类代码', '城乡代码', '城乡分类码'] },
  { field: 'locality', titles: ['城乡类别', '城乡类型', '城乡', '城乡分类', '所在地城乡类型'] },
  { field: 'quality', titles: ['优质学校', '是否优质学校', '优质校'] },
  { field: 'zone', titles: ['学区', '所属学区', '学区名称'] },
  { field: 'group', titles: ['教育集团', '所属教育集团', '集团', '集团名称'] },
  { field: 'branchOf', titles: ['分校', '所属本校', '本校', '总校', '分校(所属本校)'] },
  { field: 'foundedYear', titles: ['建校年份', '建校时间', '建校年', '建校年月'] },
  { field: 'pupilsP', titles: ofStage(['在校生', '在校生数', '学生数', '在校学生数', '在校生人数'], 'P') },
  { field: 'pupilsJ', titles: ofStage(['在校生', '在校生数', '学生数', '在校学生数', '在校生人数'], 'J') },
  ...GRADES.map((grade, i) => ({ field: CLASS_FIELDS[i]!, titles: classTitles(grade, i + 1) })),
  { field: 'establishment', titles: ['核定编制', '核定编制数', '编制数', '教职工编制', '编制'] },
  { field: 'seats', titles: ['学位', '学位数', '核定学位', '学位总数'] },
  { field: 'oneSchoolOnePlan', titles: ['一校一案', '是否一校一案'] },
  { field: 'addedSeats', titles: ['扩增优质学位', '新增优质学位', '扩增学位'] },
  { field: 'interactive', titles: ['同频互动教室', '同频互动课堂', '同频互动'] },
  { field: 'pairedSchool', titles: ['结对学校', '结对校', '帮扶学校'] },
  { field: 'pairedClasses', titles: ['结对班级数', '结对班级', '结对班数'] },
  { field: 'smartCampus', titles: ['智慧校园示范校', '智慧校园', '智慧校园示范学校'] },
  ...(['P', 'J'] as const).flatMap((stage) =>
    RESOURCE_KINDS.map((kind) => ({
      field: `${stage}_${kind}` as ResourceField,
      titles: ofStage(RESOURCES[kind], stage),
    })),
  ),
  { field: 'x', titles: ['平面坐标X', '坐标X', 'X坐标', 'X'] },
  { field: 'y', titles: ['平面坐标Y', '坐标Y', 'Y坐标', 'Y'] },
]

export const SCHOOL_INDEX = new TitleIndex<SchoolField>(SCHOOL_FIELDS)
export const SCHOOL_REQUIRED = ['code', 'name', 'kind'] as const satisfies readonly SchoolField[]
