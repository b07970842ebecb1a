import en from '../../i18n/messages/en/vocabulary.json' with { type: 'json' }
import {
  ASSESSMENT_RESULTS,
  CATEGORIES,
  CERTIFICATE_KINDS,
  DISCIPLINE_KINDS,
  EDUCATION_LEVELS,
  EMPLOYMENT_FORMS,
  HONOUR_KINDS,
  HONOUR_LEVELS,
  LEAVE_KINDS,
  LOCALITIES,
  POST_KINDS,
  ROTATION_FORMS,
  SCHOOL_KINDS,
  SEXES,
  STAGES,
  STATUSES,
  SUBJECTS,
  TITLES,
} from '../../rules/register/vocabulary.ts'

export interface Word<T> {
  value: T
  /** The term itself, as the system writes it. */
  term: string
  /** 'term' is written so already, 'short' another spelling, 'old' a name no longer in use. */
  form: 'term' | 'short' | 'old'
}

type Spellings<K extends string> = Partial<Record<K, { short?: string; old?: string }>>

const squeezed = (text: string): string => text.normalize('NFKC').replace(/\s/g, '')

/** Spellings of one vocabulary; what a workbook may hold beside the terms themselves. */
export class Words<K extends string> {
  readonly #words = new Map<string, Word<K>>()

  /** @param english the terms as our own workbooks write them for an English reader */
  constructor(terms: Record<K, string>, spellings: Spellings<K> = {}, english: Partial<Record<K, string>> = {}) {
    const entries = Object.entries(terms) as [K, string][]
    for (const [value, term] of entries) {
      const { short = '', old = '' } = spellings[value] ?? {}
      for (const text of old.split(' ')) this.#add(text, { value, term, form: 'old' })
      for (const text of short.split(' ')) this.#add(text, { value, term, form: 'short' })
      this.#words.set(term, { value, term, form: 'term' })
      const translated = english[value]
      if (translated !== undefined) this.#words.set(squeezed(translated), { value, term, form: 'term' })
    }
  }

  #add(text: string, word: Word<K>): void {
    if (text !== '' && !this.#words.has(text)) this.#words.set(text, word)
  }

  /** The same terms as another of our lists writes them: no spelling to be mended. */
  also(terms: Partial<Record<K, string>>): this {
    for (const [value, text] of Object.entries(terms) as [K, string][]) {
      const known = [...this.#words.values()].find((word) => word.value === value)
      if (known) this.#words.set(squeezed(text), { ...known, form: 'term' })
    }
    return this
  }

  read(text: string): Word<K> | null {
    return this.#words.get(text) ?? this.#words.get(squeezed(text)) ?? null
  }
}

export const SEX_WORDS = new Words(SEXES, { M: { short: '男性 1' }, F: { short: '女性 2' } }, en.sex)
export const CATEGORY_WORDS = new Words(
  CATEGORIES,
  {
    teacher: { short: '教师 专任 专职教师 任课教师' },
    administrative: { short: '行政 管理人员 行政管理人员' },
    support: { short: '教辅 教学辅助人员' },
    worker: { short: '工勤 后勤 后勤人员 工人' },
  },
  en.category,
)
export const FORM_WORDS = new Words(
  EMPLOYMENT_FORMS,
  {
    in: { short: '事业编 事业编制 编内 在编人员 全额事业 全额拨款 是' },
    contract: { short: '聘用 合同 合同制 合同聘用 聘用制' },
    agency: { short: '派遣 劳务派遣制' },
    purchased: { short: '购买服务 政府购买 政府购买岗位' },
    filed: { short: '控制数 备案 备案制 备案管理 员额' },
  },
  en.employmentForm,
)
export const POST_KIND_WORDS = new Words(
  POST_KINDS,
  {
    professional: { short: '专业技术 专技 专技岗 专技岗位 专业技术岗' },
    management: { short: '管理 管理岗' },
    worker: { short: '工勤 工勤岗 工勤岗位 工勤技能 工勤技能岗' },
  },
  en.postKind,
)
/** Old titles of domain.md §1.3 [S27]. */
export const TITLE_WORDS = new Words(
  TITLES,
  {
    full_senior: { short: '正高 正高级', old: '中学正高级 中学正高级教师' },
    senior: { short: '高级 副高 副高级', old: '中学高级 中学高级教师 中教高级 中高' },
    first: {
      short: '一级 中级',
      old: '中学一级 中学一级教师 中教一级 中一 小学高级 小学高级教师 小教高级 小高 幼儿园高级 幼教高级',
    },
    second: {
      short: '二级 助理级 初级',
      old: '中学二级 中学二级教师 中教二级 中二 小学一级 小学一级教师 小教一级 小一 幼儿园一级 幼教一级',
    },
    third: {
      short: '三级 员级',
      old: '中学三级 中学三级教师 中教三级 小学二级 小学二级教师 小教二级 小学三级 小学三级教师 小教三级',
    },
    none: { short: '未评职称 未评 未定职级 未定 无 无职称 见习 试用期' },
  },
  en.title,
)
export const STAGE_WORDS = new Words(
  STAGES,
  {
    P: { short: '小学段 小学学段' },
    J: { short: '初级中学 初中段 初中学段 中学' },
    S: { short: '普通高中 高级中学 高中段' },
    K: { short: '学前 学前教育 幼教' },
    R: { short: '教研机构 教研室 教研中心 教研员' },
  },
  en.stage,
)
/** Old subject names of domain.md §7.2. */
export const SUBJECT_WORDS = new Words(
  SUBJECTS,
  {
    MORAL: { short: '道法 道德与法制', old: '品德 思想品德 品德与生活 品德与社会 品生 品社 政治 思想政治 思品' },
    SCI: { old: '自然 自然科学' },
    BIO: { old: '生物' },
    PE: { old: '体育 体育与保健' },
    IT: { old: '信息技术 信息 计算机 微机 电脑' },
    PSY: { short: '心理 心理健康教育 心理辅导' },
    LAB: { short: '劳动 综合实践活动 综合实践 劳动教育 综合', old: '劳动技术 劳技 劳动与技术' },
    MONG: { short: '蒙语 蒙文 蒙语文 蒙古语' },
    CHN: { old: '汉语文 汉语' },
    LOCAL: { short: '地方' },
    SCHOOL: { short: '校本' },
    KIND: { short: '学前 学前教育全科 幼儿教育 学前教育(全科) 全科' },
  },
  en.subject,
)
export const STATUS_WORDS = new Words(
  STATUSES,
  {
    on_post: { short: '在职 在校 正常 在岗在编' },
    seconded: { short: '借出 外借 被借调' },
    sick: { short: '病休 长病 长期病假 病假' },
    maternity: { short: '休产假 生育假' },
    study: { short: '脱产 进修 脱产进修' },
    support: { short: '支教 援派 援疆 援藏 援外 三区支教 援青' },
    suspended: { short: '停职调查' },
    retired: { short: '已退休 离退休' },
    moved_out: { short: '已调出 调离' },
    resigned: { short: '已辞职 离职' },
    deceased: { short: '去世 病故' },
  },
  en.status,
)
export const EDUCATION_WORDS = new Words(
  EDUCATION_LEVELS,
  {
    doctor: { short: '博士研究生 博研' },
    master: { short: '硕士研究生 研究生 硕研 在职研究生' },
    bachelor: { short: '大学本科 大学 全日制本科 函授本科 本科学历' },
    college: { short: '专科 大学专科 大专学历 高职' },
    normal: { short: '中等师范 中师学历 师范' },
    secondary: { short: '中等专业学校 中专学历 职高 职业高中 技校' },
    high: { short: '普通高中 高中学历' },
    junior: { short: '初级中学 初中及以下 初中学历' },
  },
  en.education,
)
export const CERTIFICATE_WORDS = new Words(
  CERTIFICATE_KINDS,
  {
    kindergarten: { short: '幼儿园 幼儿园教师资格证' },
    primary: { short: '小学 小学教师资格证' },
    junior: { short: '初中 初级中学 初中教师资格 初级中学教师资格证 初中教师资格证' },
    senior: { short: '高中 高级中学 高中教师资格 高级中学教师资格证 高中教师资格证' },
    vocational: { short: '中职 中等职业学校 中职教师资格 中等职业学校教师资格证' },
    practice: { short: '实习指导 中等职业学校实习指导教师资格' },
    higher: { short: '高校 高等学校 高校教师资格 高等学校教师资格证' },
  },
  en.certificateKind,
)
export const HONOUR_KIND_WORDS = new Words(HONOUR_KINDS, {
  teaching_expert: { short: '教学能手称号 能手' },
  subject_leader: { short: '学科带头人称号' },
  backbone: { short: '骨干 优秀骨干教师 教学骨干' },
  famous: { short: '名教师 教学名师' },
  special_grade: { short: '特级' },
  young_star: { short: '教学新秀' },
})
export const HONOUR_LEVEL_WORDS = new Words(HONOUR_LEVELS, {
  national: { short: '国家 全国 部级' },
  region: { short: '自治区 省级 省' },
  city: { short: '市 盟市级 盟市 地市级 盟级' },
  county: { short: '区 县级 县 旗级 旗县级 旗 旗区级 县区级 区县级' },
  school: { short: '校 学校' },
})
export const ASSESSMENT_WORDS = new Words(ASSESSMENT_RESULTS, {
  excellent: { short: '优' },
  pass: { short: '称职 合' },
  basic: { short: '基本称职' },
  fail: { short: '不称职' },
  ungraded: { short: '未定等次 不定 不确定等次 未确定等次 只写评语 不定等' },
})
export const SCHOOL_KIND_WORDS = new Words(
  SCHOOL_KINDS,
  {
    primary: { short: '完全小学 完小 教学点' },
    junior: { short: '初中' },
    nine_year: { short: '九年一贯制学校 九年制' },
    complete_middle: { short: '完中' },
    senior: { short: '高中 普通高中' },
    twelve_year: { short: '十二年一贯制学校' },
    special: { short: '特殊教育学校 特教' },
    research: { short: '教研 教研室 教研中心' },
  },
  en.schoolKind,
)
export const LOCALITY_WORDS = new Words(
  LOCALITIES,
  {
    urban: { short: '城市 市区 城' },
    town: { short: '镇 乡镇 县镇' },
    rural: { short: '农村 村 乡' },
  },
  en.locality,
)
export const LEAVE_WORDS = new Words(LEAVE_KINDS, {
  birth: { short: '生育 子女出生 出生登记 哺乳期' },
  maternity: { short: '休产假 生育假' },
  pregnancy: { short: '怀孕 妊娠' },
  sick: { short: '病休 长病 长期病假 病假' },
  illness: { short: '重病 大病' },
  disability: { short: '残疾登记' },
  seconded: { short: '外借 借出' },
  support: { short: '支教 援派 援疆 援藏 援外 三区支教' },
  study: { short: '脱产 脱产进修 进修' },
})
export const DISCIPLINE_WORDS = new Words(DISCIPLINE_KINDS, {
  warning: { short: '警告' },
  demerit: { short: '记过' },
  demotion: { short: '降低岗位等级' },
  dismissal: { short: '开除' },
  investigation: { short: '立案调查 接受调查 停职' },
})
const FORM_TERMS: Record<`${keyof typeof ROTATION_FORMS}`, string> = ROTATION_FORMS
export const ROTATION_FORM_WORDS = new Words(FORM_TERMS, {
  1: { short: '定期轮岗 交流轮岗' },
  2: { short: '竞聘' },
  3: { short: '学区一体化' },
  4: { short: '联盟' },
  5: { short: '名校办分校制' },
  6: { short: '集团化 教育集团' },
  7: { short: '支援 支教' },
  8: { short: '走教' },
  9: { short: '顶岗 跟岗 结对互助 指导' },
})
