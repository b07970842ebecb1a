import { type FieldSpec, TitleIndex } from '../../platform/workbook/titles.ts'

export type RegisterField =
  | 'seq'
  | 'name'
  | 'idNumber'
  | 'school'
  | 'kind'
  | 'start'
  | 'end'
  | 'childBirth'
  | 'note'
  | 'formCode'
  | 'form'
  | 'movesRelation'
  | 'fromSchool'
  | 'toSchool'

const PERSON: readonly FieldSpec<RegisterField>[] = [
  { field: 'seq', titles: ['序号', '编号'] },
  { field: 'name', titles: ['姓名', '教师姓名'] },
  { field: 'idNumber', titles: ['身份证号', '身份证号码', '公民身份号码', '身份证件号', '证件号码'], key: true },
  { field: 'note', titles: ['备注', '说明'] },
]
const SCHOOL = ['人事关系学校', '人事关系单位', '学校', '所在学校', '单位', '学校名称', '工作单位']

/** 交流轮岗记录, the fields of the national teacher system (domain.md §2.6). */
export const ROTATION_FIELDS: readonly FieldSpec<RegisterField>[] = [
  ...PERSON,
  { field: 'school', titles: SCHOOL },
  { field: 'formCode', titles: ['交流轮岗类型代码', '交流形式代码', '类型代码'] },
  { field: 'form', titles: ['交流轮岗类型', '交流形式', '轮岗类型', '交流类型', '轮岗形式'] },
  {
    field: 'movesRelation',
    titles: ['是否调动人事关系', '是否转人事关系', '是否转移人事关系', '人事关系是否调动', '调动人事关系'],
  },
  { field: 'fromSchool', titles: ['原单位名称', '原单位', '派出学校', '派出校', '原学校', '派出单位'] },
  {
    field: 'toSchool',
    titles: ['交流轮岗单位名称', '交流轮岗单位', '接收学校', '接收校', '交流学校', '接收单位', '轮岗学校'],
  },
  { field: 'start', titles: ['开始年月', '起始年月', '开始时间', '起始时间', '交流开始时间', '开始日期'] },
  { field: 'end', titles: ['结束年月', '终止年月', '结束时间', '截止时间', '交流结束时间', '结束日期'] },
]
const EVENT: readonly FieldSpec<RegisterField>[] = [
  ...PERSON,
  { field: 'school', titles: SCHOOL },
  {
    field: 'kind',
    titles: ['事项', '类别', '类型', '事由', '登记事项', '请假类别', '处分种类', '处分类别', '事项类别'],
  },
  { field: 'start', titles: ['开始日期', '起始日期', '开始时间', '起始时间', '处分日期', '生效日期', '处分开始日期'] },
  {
    field: 'end',
    titles: ['结束日期', '终止日期', '结束时间', '截止日期', '解除日期', '预计结束日期', '处分结束日期'],
  },
]
export const LEAVE_FIELDS: readonly FieldSpec<RegisterField>[] = [
  ...EVENT,
  { field: 'childBirth', titles: ['子女出生日期', '子女出生时间', '孩子出生日期', '婴儿出生日期', '出生日期(子女)'] },
]
export const DISCIPLINE_FIELDS = EVENT

export const ROTATION_INDEX = new TitleIndex(ROTATION_FIELDS)
export const LEAVE_INDEX = new TitleIndex(LEAVE_FIELDS)
export const DISCIPLINE_INDEX = new TitleIndex(DISCIPLINE_FIELDS)
