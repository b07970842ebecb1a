/**
 * Closed vocabularies of the register: the code stored, the Chinese term people write.
 * Codes are stable (database, interchange); labels for pages come from messages `vocabulary.*`.
 * Old and short spellings that a workbook may hold are synonyms of the import, not terms.
 */

/** Stage a teacher teaches or a unit belongs to; P and J as in junheng-plan/1. */
export const STAGES = { P: '小学', J: '初中', S: '高中', K: '幼儿园', R: '教研' } as const
export type Stage = keyof typeof STAGES

export const SCHOOL_KINDS = {
  kindergarten: '幼儿园',
  primary: '小学',
  junior: '初级中学',
  nine_year: '九年一贯制',
  complete_middle: '完全中学',
  senior: '高级中学',
  twelve_year: '十二年一贯制',
  special: '特殊教育',
  research: '教研机构',
} as const
export type SchoolKind = keyof typeof SCHOOL_KINDS

export const LOCALITIES = { urban: '城区', town: '镇区', rural: '乡村' } as const
export type Locality = keyof typeof LOCALITIES

export const CATEGORIES = {
  teacher: '专任教师',
  administrative: '行政人员',
  support: '教辅人员',
  worker: '工勤人员',
} as const
export type Category = keyof typeof CATEGORIES

/** in = 在编; the others are outside establishment. */
export const EMPLOYMENT_FORMS = {
  in: '在编',
  contract: '聘用合同',
  agency: '劳务派遣',
  purchased: '政府购买服务',
  filed: '备案控制数',
} as const
export type EmploymentForm = keyof typeof EMPLOYMENT_FORMS

export const POST_KINDS = { professional: '专业技术岗位', management: '管理岗位', worker: '工勤技能岗位' } as const
export type PostKind = keyof typeof POST_KINDS

export const TITLES = {
  full_senior: '正高级教师',
  senior: '高级教师',
  first: '一级教师',
  second: '二级教师',
  third: '三级教师',
  none: '未定级',
} as const
export type Title = keyof typeof TITLES

/** Post grades inside each title (domain.md §1.3): [lowest number, highest number]. */
export const GRADES_OF_TITLE: Record<Title, readonly [number, number] | null> = {
  full_senior: [1, 4],
  senior: [5, 7],
  first: [8, 10],
  second: [11, 12],
  third: [13, 13],
  none: null,
}

export const HONOUR_KINDS = {
  teaching_expert: '教学能手',
  subject_leader: '学科带头人',
  backbone: '骨干教师',
  famous: '名师',
  special_grade: '特级教师',
  young_star: '教坛新秀',
} as const
export type HonourKind = keyof typeof HONOUR_KINDS

export const HONOUR_LEVELS = {
  national: '国家级',
  region: '自治区级',
  city: '市级',
  county: '区级',
  school: '校级',
} as const
export type HonourLevel = keyof typeof HONOUR_LEVELS

export const STATUSES = {
  on_post: '在岗',
  seconded: '借调',
  sick: '长期病休',
  maternity: '产假',
  study: '脱产学习',
  support: '支教/援派',
  suspended: '停职',
  retired: '退休',
  moved_out: '调出',
  resigned: '辞职',
  deceased: '死亡',
} as const
export type Status = keyof typeof STATUSES

export const SEXES = { M: '男', F: '女' } as const
export type Sex = keyof typeof SEXES

export const EDUCATION_LEVELS = {
  doctor: '博士',
  master: '硕士',
  bachelor: '本科',
  college: '大专',
  normal: '中师',
  secondary: '中专',
  high: '高中',
  junior: '初中',
} as const
export type EducationLevel = keyof typeof EDUCATION_LEVELS

export const CERTIFICATE_KINDS = {
  kindergarten: '幼儿园教师资格',
  primary: '小学教师资格',
  junior: '初级中学教师资格',
  senior: '高级中学教师资格',
  vocational: '中等职业学校教师资格',
  practice: '实习指导教师资格',
  higher: '高等学校教师资格',
} as const
export type CertificateKind = keyof typeof CERTIFICATE_KINDS

/** Codes of compulsory subjects; the first fifteen as in the interchange format of the planner. */
export const SUBJECTS = {
  CHN: '语文',
  MATH: '数学',
  ENG: '英语',
  MORAL: '道德与法治',
  SCI: '科学',
  HIST: '历史',
  GEO: '地理',
  BIO: '生物学',
  PHY: '物理',
  CHEM: '化学',
  PE: '体育与健康',
  MUS: '音乐',
  ART: '美术',
  IT: '信息科技',
  PSY: '心理健康',
  LAB: '劳动与综合实践',
  JPN: '日语',
  RUS: '俄语',
  DANCE: '舞蹈',
  DRAMA: '戏剧',
  MONG: '蒙古语文',
  LOCAL: '地方课程',
  SCHOOL: '校本课程',
  KIND: '学前教育',
} as const
export type Subject = keyof typeof SUBJECTS

export const ASSESSMENT_RESULTS = {
  excellent: '优秀',
  pass: '合格',
  basic: '基本合格',
  fail: '不合格',
  ungraded: '不定等次',
} as const
export type AssessmentResult = keyof typeof ASSESSMENT_RESULTS

/** Events of 请休假、借调与生育登记. `birth` has only the child's birth date; `pregnancy` the expected end of leave. */
export const LEAVE_KINDS = {
  birth: '生育登记',
  maternity: '产假',
  pregnancy: '孕期',
  sick: '长期病休',
  illness: '重大疾病',
  disability: '残疾',
  seconded: '借调',
  support: '支教/援派',
  study: '脱产学习',
} as const
export type LeaveKind = keyof typeof LEAVE_KINDS

export const DISCIPLINE_KINDS = {
  warning: '警告处分',
  demerit: '记过处分',
  demotion: '降低岗位等级处分',
  dismissal: '开除处分',
  investigation: '停职调查',
} as const
export type DisciplineKind = keyof typeof DISCIPLINE_KINDS

/** R-ROT forms of domain.md §2.5 by their national code. */
export const ROTATION_FORMS = {
  1: '定期交流',
  2: '跨校竞聘',
  3: '学区一体化管理',
  4: '学校联盟',
  5: '名校办分校',
  6: '集团化办学',
  7: '对口支援',
  8: '乡镇中心校走教',
  9: '其他',
} as const
export type RotationForm = keyof typeof ROTATION_FORMS
