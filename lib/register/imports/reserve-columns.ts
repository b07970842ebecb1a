import { type FieldSpec, TitleIndex } from '../../platform/workbook/titles.ts'

/** Numbers and results of the examination (f2, f4): entered on the person's page, never by a workbook. */
export const RESERVE_NOT_READ = [
  'idNumber',
  'phone',
  'written',
  'interview',
  'total',
  'rank',
  'medical',
  'background',
] as const

export type ReserveField =
  | 'seq'
  | 'number'
  | 'name'
  | 'sex'
  | 'year'
  | 'channel'
  | 'stage'
  | 'subject'
  | 'post'
  | 'education'
  | 'graduatedFrom'
  | 'major'
  | 'certificateKind'
  | 'certificateSubject'
  | 'state'
  | 'pooledOn'
  | 'poolUntil'
  | 'placedSchool'
  | 'placedFrom'
  | 'basis'
  | 'leftOn'
  | 'leftReason'
  | (typeof RESERVE_NOT_READ)[number]

/** 储备人才库名册 (domain.md §7.3 i); results of the examination have columns there that are not read. */
export const RESERVE_FIELDS: readonly FieldSpec<ReserveField>[] = [
  { field: 'seq', titles: ['序号'] },
  { field: 'number', titles: ['编号', '储备编号', '人员编号', '考生编号', '准考证号'] },
  { field: 'name', titles: ['姓名', '教师姓名', '考生姓名'], key: true },
  { field: 'sex', titles: ['性别'] },
  { field: 'year', titles: ['招聘年度', '年度', '招聘年份', '储备年度', '入库年度'] },
  { field: 'channel', titles: ['渠道', '招聘渠道', '引进渠道', '招聘方式', '来源渠道', '引进方式'] },
  { field: 'stage', titles: ['学段', '报考学段', '岗位学段', '任教学段'] },
  { field: 'subject', titles: ['学科', '报考学科', '岗位学科', '任教学科'] },
  { field: 'post', titles: ['报考岗位', '岗位', '岗位名称', '学段学科', '招聘岗位'] },
  { field: 'education', titles: ['学历', '最高学历', '学历学位', '学历层次'] },
  { field: 'graduatedFrom', titles: ['毕业院校', '毕业学校', '院校', '毕业院校名称'] },
  { field: 'major', titles: ['专业', '所学专业', '毕业专业'] },
  { field: 'certificateKind', titles: ['教师资格', '教师资格种类', '资格证种类', '教师资格证种类', '教师资格证'] },
  { field: 'certificateSubject', titles: ['资格学科', '资格证学科', '教师资格学科', '教师资格证学科'] },
  { field: 'state', titles: ['状态', '当前状态', '人员状态', '储备状态', '办理状态'] },
  { field: 'pooledOn', titles: ['入库日期', '入库时间', '入库', '入库年月'] },
  { field: 'poolUntil', titles: ['库龄到期', '库龄到期日', '库龄截止', '在库截止'] },
  { field: 'placedSchool', titles: ['派岗学校', '派往学校', '派岗单位', '分配学校', '聘用学校'] },
  { field: 'placedFrom', titles: ['派岗日期', '派岗时间', '到岗日期', '到岗时间', '报到日期'] },
  { field: 'basis', titles: ['用人方式', '合同类型', '用工方式', '聘用方式', '合同性质'] },
  { field: 'leftOn', titles: ['离开日期', '出库日期', '出库时间', '退出日期', '离库日期'] },
  { field: 'leftReason', titles: ['离开原因', '出库原因', '退出原因', '离库原因'] },
  { field: 'idNumber', titles: ['身份证号', '身份证号码', '公民身份号码', '证件号码'] },
  { field: 'phone', titles: ['联系电话', '手机号码', '联系方式', '电话', '手机'] },
  { field: 'written', titles: ['笔试', '笔试成绩', '笔试分数'] },
  { field: 'interview', titles: ['面试', '面试成绩', '试讲', '试讲成绩', '面试分数'] },
  { field: 'total', titles: ['总成绩', '总分', '综合成绩'] },
  { field: 'rank', titles: ['名次', '排名', '综合排名'] },
  { field: 'medical', titles: ['体检', '体检结果'] },
  { field: 'background', titles: ['考察', '考察结果', '政审'] },
]

export const RESERVE_INDEX = new TitleIndex<ReserveField>(RESERVE_FIELDS)
