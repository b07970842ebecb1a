import { type FieldSpec, TitleIndex } from '../../platform/workbook/titles.ts'
import type { StaffRecord } from '../../rules/register/records.ts'

/** Columns of a roster that are no field of the record: worked out by the system, or read together with another. */
export type RosterField =
  | Exclude<keyof StaffRecord, 'birth'>
  | 'seq'
  | 'birth'
  | 'age'
  | 'teachingYears'
  | 'honourDates'
  | 'inEstablishment'

/** Titles of domain.md §7.3 (a) and (c), and what bureaus call the same. */
export const ROSTER_FIELDS: readonly FieldSpec<RosterField>[] = [
  { field: 'seq', titles: ['序号', '编号', '顺序号', 'No'] },
  {
    field: 'school',
    titles: [
      '学校',
      '学校名称',
      '单位',
      '单位名称',
      '所在学校',
      '工作单位',
      '所在单位',
      '人事关系学校',
      '人事关系单位',
      '编制单位',
      '编制所在学校',
      '校名',
      'School',
    ],
  },
  {
    field: 'staffNo',
    titles: ['教职工号', '工号', '职工号', '教工号', '人员编号', '教师编号', '员工编号', 'Staff no'],
  },
  { field: 'name', titles: ['姓名', '教师姓名', '教职工姓名', '人员姓名', 'Name'], key: true },
  { field: 'sex', titles: ['性别', 'Sex', 'Gender'] },
  {
    field: 'idNumber',
    titles: [
      '身份证号',
      '身份证号码',
      '身份证',
      '公民身份号码',
      '公民身份证号码',
      '身份证件号',
      '身份证件号码',
      '证件号码',
      '居民身份证号码',
      'ID number',
    ],
    key: true,
  },
  { field: 'birth', titles: ['出生年月', '出生日期', '出生年月日', '出生时间', '生日', 'Birth'] },
  { field: 'age', titles: ['年龄', '周岁', 'Age'] },
  { field: 'ethnic', titles: ['民族', '族别'] },
  { field: 'nativePlace', titles: ['籍贯', '籍贯地', '原籍'] },
  { field: 'political', titles: ['政治面貌', '政治面目', '党派'] },
  { field: 'joinedParty', titles: ['入党时间', '入党年月', '入党日期', '加入党派时间', '参加党派时间'] },
  { field: 'joinedWork', titles: ['参加工作时间', '参加工作年月', '参加工作日期', '参工时间', '工作时间', '参加工作'] },
  {
    field: 'joinedSchool',
    titles: [
      '进入本单位时间',
      '进本校年月',
      '进入本校时间',
      '到本校时间',
      '到校时间',
      '进校时间',
      '调入时间',
      '调入本校时间',
      '到本单位时间',
      '进本单位时间',
      '来校时间',
      '进本园年月',
      '进本校时间',
    ],
  },
  { field: 'teachingYears', titles: ['教龄', '工龄', '从教年限', '连续教龄'] },
  { field: 'firstEducation', titles: ['第一学历', '全日制学历', '初始学历', '全日制教育学历'] },
  {
    field: 'firstEducationAt',
    titles: [
      '第一学历毕业院校及专业',
      '第一学历毕业学校及专业',
      '全日制毕业院校及专业',
      '第一学历院校及专业',
      '第一学历毕业院校',
    ],
  },
  { field: 'highestEducation', titles: ['最高学历', '现学历', '学历', '文化程度', '现有学历'] },
  {
    field: 'highestEducationAt',
    titles: [
      '最高学历毕业院校及专业',
      '最高学历毕业学校及专业',
      '毕业院校及专业',
      '现学历毕业院校及专业',
      '最高学历院校及专业',
      '最高学历毕业院校',
      '毕业院校',
    ],
  },
  { field: 'degree', titles: ['学位', '最高学位', '学位名称'] },
  {
    field: 'form',
    titles: ['编制性质', '用人形式', '编制类型', '编制情况', '人员性质', '用工形式', '用工性质', '身份性质'],
  },
  { field: 'inEstablishment', titles: ['是否在编', '在编情况', '在编'] },
  { field: 'category', titles: ['教职工类别', '人员类别', '教职工类型', '岗位性质', '类别'] },
  { field: 'postKind', titles: ['岗位类别', '岗位类型', '聘任岗位类别'] },
  { field: 'postGrade', titles: ['岗位等级', '岗位级别', '聘任岗位等级', '现聘岗位等级', '专技等级', '岗级'] },
  {
    field: 'postSince',
    titles: ['岗位聘任时间', '现岗位聘任时间', '聘任开始日期', '岗位等级聘任时间', '现岗位等级聘任时间', '聘岗时间'],
  },
  {
    field: 'title',
    titles: [
      '职称',
      '专业技术职务',
      '专业技术职称',
      '现聘职称',
      '聘任专业技术职务',
      '现任专业技术职务',
      '教师职称',
      '职称名称',
    ],
  },
  {
    field: 'titleObtained',
    titles: ['职称取得时间', '职称评定时间', '取得职称时间', '资格取得时间', '任职资格取得时间', '评定时间'],
  },
  {
    field: 'titleAppointed',
    titles: ['职称聘任时间', '聘任时间', '职称聘用时间', '现职称聘任时间', '专业技术职务聘任时间'],
  },
  { field: 'duty', titles: ['行政职务', '职务', '校内职务', '担任职务', '现任职务'] },
  { field: 'stage', titles: ['任教学段', '学段', '任教段'] },
  {
    field: 'subject',
    titles: ['任教学科', '任教课程', '学科', '所教学科', '任课学科', '现任教学科', '任教科目', '教授学科'],
  },
  { field: 'periods', titles: ['周课时', '周课时数', '周课时量', '每周课时', '课时'] },
  { field: 'isClassTeacher', titles: ['是否班主任', '班主任', '是否担任班主任', '担任班主任'] },
  {
    field: 'certificateKind',
    titles: ['教师资格种类', '教师资格证种类', '资格证种类', '教师资格类别', '教师资格证类别', '资格种类', '教师资格'],
  },
  { field: 'certificateSubject', titles: ['资格学科', '教师资格学科', '教师资格证学科', '资格证学科', '任教资格学科'] },
  {
    field: 'certificateNo',
    titles: [
      '教师资格证号',
      '教师资格证号码',
      '教师资格证书号',
      '教师资格证书号码',
      '资格证号',
      '资格证书号码',
      '教师资格证编号',
    ],
  },
  { field: 'putonghua', titles: ['普通话等级', '普通话水平', '普通话', '普通话证书等级'] },
  {
    field: 'honours',
    titles: [
      '荣誉称号及级别',
      '荣誉称号',
      '荣誉',
      '骨干称号',
      '骨干教师类别级别',
      '获得荣誉',
      '荣誉及级别',
      '业务称号',
      '称号',
    ],
  },
  { field: 'honourDates', titles: ['获得时间', '荣誉获得时间', '授予时间', '荣誉时间', '称号获得时间', '获奖时间'] },
  {
    field: 'assessments',
    titles: [
      '年度考核',
      '近三年年度考核',
      '近三年考核',
      '年度考核结果',
      '近三年年度考核结果',
      '考核结果',
      '考核情况',
      '年度考核近三年',
    ],
  },
  {
    field: 'workSchool',
    titles: [
      '现任教单位',
      '现任教学校',
      '现工作单位',
      '任教学校',
      '实际任教单位',
      '任教单位',
      '现工作学校',
      '实际工作单位',
    ],
  },
  { field: 'status', titles: ['人员状态', '在岗状态', '在岗情况', '状态', '人员现状', '在职状态', '是否在岗'] },
  { field: 'phone', titles: ['联系电话', '手机', '手机号', '手机号码', '电话', '电话号码', '联系方式', '移动电话'] },
  { field: 'note', titles: ['备注', '说明', '其他', '备注说明'] },
]

export const ROSTER_INDEX = new TitleIndex<RosterField>(ROSTER_FIELDS)

/** Without one of these a person cannot be taken up. 任教学段 and 任教学科 are required of 专任教师 alone. */
export const ROSTER_REQUIRED = [
  'school',
  'name',
  'sex',
  'idNumber',
  'joinedWork',
  'joinedSchool',
  'form',
  'category',
  'status',
] as const satisfies readonly RosterField[]
export const ROSTER_COMPUTED: ReadonlySet<RosterField> = new Set(['seq', 'age', 'teachingYears'])
