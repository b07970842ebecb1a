import { columnLetter } from '../../platform/workbook/sheet.ts'
import type { FieldSpec } from '../../platform/workbook/titles.ts'
import { type OutCell, type OutSheet, writeXlsx } from '../../platform/workbook/xlsx-write.ts'
import {
  CATEGORIES,
  CERTIFICATE_KINDS,
  DISCIPLINE_KINDS,
  EDUCATION_LEVELS,
  EMPLOYMENT_FORMS,
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
import { CANDIDATE_STATES, RESERVE_CHANNELS } from '../../rules/reserve/pipeline.ts'
import { STUDIO_KINDS, STUDIO_LEVELS } from '../../rules/talent/studio.ts'
import { DISCIPLINE_FIELDS, LEAVE_FIELDS, ROTATION_FIELDS } from './register-columns.ts'
import { RESERVE_FIELDS, RESERVE_NOT_READ } from './reserve-columns.ts'
import { ROSTER_FIELDS, ROSTER_REQUIRED } from './roster-columns.ts'
import { SCHOOL_FIELDS, SCHOOL_REQUIRED } from './school-columns.ts'
import { importSentences } from './sentences.ts'
import { STUDIO_FIELDS } from './studio-columns.ts'
import { PLACEMENT_BASES, STUDIO_ROLES } from './talent-words.ts'

export const TEMPLATE_KINDS = ['roster', 'schools', 'rotations', 'leaves', 'disciplines', 'studios', 'reserve'] as const
export type TemplateKind = (typeof TEMPLATE_KINDS)[number]

interface Template {
  title: string
  fields: readonly FieldSpec<string>[]
  required: readonly string[]
  choices: Record<string, readonly string[]>
  hints: Record<string, string>
}

const YES_NO = ['是', '否']
const MONTH = '年-月，如 2012-09'
const DAY = '年-月-日，如 2026-09-01'
const ID = '18位，单元格须为文本'

const TEMPLATES: Record<TemplateKind, Template> = {
  roster: {
    title: '教职工花名册',
    fields: ROSTER_FIELDS.filter(({ field }) => field !== 'inEstablishment'),
    required: ROSTER_REQUIRED,
    choices: {
      sex: Object.values(SEXES),
      form: Object.values(EMPLOYMENT_FORMS),
      category: Object.values(CATEGORIES),
      postKind: Object.values(POST_KINDS),
      postGrade: Array.from({ length: 13 }, (_, i) => String(i + 1)),
      title: Object.values(TITLES),
      stage: Object.values(STAGES),
      subject: Object.values(SUBJECTS),
      isClassTeacher: YES_NO,
      firstEducation: Object.values(EDUCATION_LEVELS),
      highestEducation: Object.values(EDUCATION_LEVELS),
      certificateKind: Object.values(CERTIFICATE_KINDS),
      status: Object.values(STATUSES),
    },
    hints: {
      idNumber: ID,
      birth: MONTH,
      joinedWork: MONTH,
      joinedSchool: MONTH,
      age: '系统计算，可不填',
      teachingYears: '系统计算，可不填',
      honours: '级别加称号，多项用顿号隔开，如 市级教学能手、区级骨干教师',
      honourDates: '与荣誉同序，用顿号隔开',
      assessments: '2023合格，2024优秀，2025合格',
      stage: '专任教师必填',
      subject: '专任教师必填',
      workSchool: '与本单位相同可不填',
    },
  },
  schools: {
    title: '学校基本情况一览表',
    fields: SCHOOL_FIELDS,
    required: [...SCHOOL_REQUIRED, 'locality'],
    choices: {
      kind: Object.values(SCHOOL_KINDS),
      locality: Object.values(LOCALITIES),
      quality: YES_NO,
      oneSchoolOnePlan: YES_NO,
      interactive: YES_NO,
      smartCampus: YES_NO,
    },
    hints: { code: '10位数字，单元格须为文本', aliases: '多个用顿号隔开' },
  },
  rotations: {
    title: '教师交流轮岗记录',
    fields: ROTATION_FIELDS,
    required: ['idNumber', 'form', 'fromSchool', 'toSchool', 'start'],
    choices: { form: Object.values(ROTATION_FORMS), formCode: Object.keys(ROTATION_FORMS), movesRelation: YES_NO },
    hints: { idNumber: ID, start: MONTH, end: MONTH },
  },
  leaves: {
    title: '请休假、借调与生育登记',
    fields: LEAVE_FIELDS,
    required: ['idNumber', 'kind'],
    choices: { kind: Object.values(LEAVE_KINDS) },
    hints: { idNumber: ID, start: DAY, end: DAY, childBirth: DAY },
  },
  disciplines: {
    title: '处分与调查登记',
    fields: DISCIPLINE_FIELDS,
    required: ['idNumber', 'kind', 'start'],
    choices: { kind: Object.values(DISCIPLINE_KINDS) },
    hints: { idNumber: ID, start: DAY, end: DAY },
  },
  studios: {
    title: '名师名校长工作室人员',
    fields: STUDIO_FIELDS.filter(
      ({ field }) => !['cycle', 'host', 'hostSchool', 'members', 'idNumber'].includes(field),
    ),
    required: ['studio', 'level', 'cycleFrom', 'name'],
    choices: {
      level: STUDIO_LEVELS.map((level) => HONOUR_LEVELS[level]),
      studioKind: Object.values(STUDIO_KINDS),
      studioSubject: Object.values(SUBJECTS),
      role: Object.values(STUDIO_ROLES),
    },
    hints: {
      studio: '每人一行；同一工作室的级别、周期可只填第一行',
      studioSubject: '学科名师工作室必填',
      cycleFrom: DAY,
      cycleLast: '年-月-日；不填按三年',
      role: '每个工作室须有一位主持人；不填为成员',
      staffNo: '有重名时必填',
      memberFrom: '不填：新建的为周期开始，原有的为统计时间',
      memberLast: '不填为周期截止',
    },
  },
  reserve: {
    title: '储备教师名册',
    fields: RESERVE_FIELDS.filter(({ field }) => field !== 'post' && !RESERVE_NOT_READ.some((one) => one === field)),
    required: ['name', 'sex', 'year', 'channel', 'stage', 'subject', 'state'],
    choices: {
      sex: Object.values(SEXES),
      channel: Object.values(RESERVE_CHANNELS),
      stage: [STAGES.P, STAGES.J],
      subject: Object.values(SUBJECTS),
      education: Object.values(EDUCATION_LEVELS),
      certificateKind: Object.values(CERTIFICATE_KINDS),
      certificateSubject: Object.values(SUBJECTS),
      state: Object.values(CANDIDATE_STATES),
      basis: Object.values(PLACEMENT_BASES),
    },
    hints: {
      number: '系统编号，如 2026-105；新报的可不填',
      year: '如 2026',
      pooledOn: '年-月-日；入库及以后的状态必填',
      poolUntil: '不填由入库日期推算',
      placedSchool: '派岗、聘用必填',
      placedFrom: DAY,
      leftOn: '退出、出库的必填',
    },
  },
}

const LIST_SHEET = '选项'
const FIRST_ROW = 3
const LAST_ROW = 5000

/** An empty form to fill in: the columns the import knows, * before the required ones, drop-downs for closed lists. */
export async function writeTemplate(kind: TemplateKind): Promise<Buffer> {
  const { title, fields, required, choices, hints } = TEMPLATES[kind]
  const { fieldName, say } = importSentences('zh-CN')
  const listed = Object.keys(choices).filter((field) => fields.some((spec) => spec.field === field))
  const header: OutCell[] = fields.map(({ field, titles }) => ({
    value: `${required.includes(field) ? '*' : ''}${titles[0]}`,
    look: 'header',
  }))
  const main: OutSheet = {
    name: title,
    columns: fields.map(({ titles }) => ({ width: Math.max(10, [...titles[0]!].length * 2 + 4) })),
    rows: [[{ value: title, look: 'title' }], header],
    frozenRows: 2,
    merges: [`A1:${columnLetter(fields.length - 1)}1`],
    choices: fields.flatMap(({ field }, i) => {
      const at = listed.indexOf(field)
      if (at < 0) return []
      const [own, list] = [columnLetter(i), columnLetter(at)]
      return [
        {
          cells: `${own}${FIRST_ROW}:${own}${LAST_ROW}`,
          source: `'${LIST_SHEET}'!$${list}$2:$${list}$${choices[field]!.length + 1}`,
        },
      ]
    }),
  }
  const longest = Math.max(...listed.map((field) => choices[field]!.length))
  const lists: OutSheet = {
    name: LIST_SHEET,
    columns: listed.map(() => ({ width: 18 })),
    rows: [
      listed.map((field) => ({ value: fieldName(field), look: 'header' as const })),
      ...Array.from({ length: longest }, (_, i) =>
        listed.map((field) => (choices[field]![i] === undefined ? null : { value: choices[field]![i] })),
      ),
    ],
  }
  const instructions: OutSheet = {
    name: say('workbook.instructions'),
    columns: [{ width: 26 }, { width: 8 }, { width: 60 }],
    rows: fields.map(({ field, titles }) => [
      { value: titles[0]! },
      required.includes(field) ? { value: '必填' } : null,
      hints[field] ? { value: hints[field] } : null,
    ]),
  }
  return writeXlsx([main, lists, instructions])
}
