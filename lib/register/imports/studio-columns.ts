import { type FieldSpec, TitleIndex } from '../../platform/workbook/titles.ts'

export type StudioField =
  | 'seq'
  | 'studio'
  | 'level'
  | 'studioKind'
  | 'studioSubject'
  | 'cycle'
  | 'cycleFrom'
  | 'cycleLast'
  | 'role'
  | 'name'
  | 'staffNo'
  | 'idNumber'
  | 'school'
  | 'memberFrom'
  | 'memberLast'
  | 'host'
  | 'hostSchool'
  | 'members'

/**
 * Studios 名师名校长工作室 (domain.md §1.5), in the two ways bureaus list them: one person a row, or one studio a row
 * with its host and its members' names in one cell.
 */
export const STUDIO_FIELDS: readonly FieldSpec<StudioField>[] = [
  { field: 'seq', titles: ['序号', '编号'] },
  {
    field: 'studio',
    titles: ['工作室名称', '工作室', '名师工作室', '名校长工作室', '名师工作室名称', '所在工作室', '所属工作室'],
    key: true,
  },
  { field: 'level', titles: ['级别', '工作室级别', '层级', '等级', '工作室层级', '评定级别'] },
  { field: 'studioKind', titles: ['类别', '工作室类别', '工作室类型', '类型', '工作室性质'] },
  { field: 'studioSubject', titles: ['学科', '工作室学科', '领衔学科', '研修学科', '学科领域', '所属学科'] },
  { field: 'cycle', titles: ['周期', '工作周期', '周期年限', '建设周期', '起止时间', '周期起止'] },
  {
    field: 'cycleFrom',
    titles: ['周期开始', '周期开始日期', '周期起', '成立时间', '成立日期', '批准时间', '授牌时间', '挂牌时间'],
  },
  {
    field: 'cycleLast',
    titles: ['周期截止', '周期截止日期', '周期止', '周期结束', '期满时间', '期满日期', '到期时间', '到期日期'],
  },
  { field: 'role', titles: ['身份', '角色', '成员身份', '工作室身份', '室内职务', '工作室职务'] },
  { field: 'name', titles: ['姓名', '人员姓名', '成员姓名', '教师姓名'] },
  { field: 'staffNo', titles: ['教职工号', '工号', '职工号', '教师编号', '人员编号'] },
  { field: 'idNumber', titles: ['身份证号', '身份证号码', '公民身份号码', '证件号码'] },
  { field: 'school', titles: ['学校', '所在学校', '单位', '工作单位', '所在单位', '任教学校', '学校名称'] },
  { field: 'memberFrom', titles: ['加入日期', '开始日期', '加入时间', '任期开始', '起始日期', '入室时间', '聘任时间'] },
  { field: 'memberLast', titles: ['退出日期', '截止日期', '退出时间', '任期截止', '结束日期', '离室时间', '最后一天'] },
  { field: 'host', titles: ['主持人', '领衔人', '主持人姓名', '工作室主持人', '领衔名师', '负责人'] },
  { field: 'hostSchool', titles: ['主持人单位', '主持人学校', '主持人所在学校', '主持人所在单位', '领衔人单位'] },
  { field: 'members', titles: ['成员', '工作室成员', '成员名单', '研修成员', '学员', '成员姓名及单位'] },
]

export const STUDIO_INDEX = new TitleIndex<StudioField>(STUDIO_FIELDS)
