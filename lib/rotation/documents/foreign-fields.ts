import type { TeacherRow } from '@/lib/register/queries/teacher-rows.ts'
import type { TeacherField } from '@/lib/rules/access/masks.ts'
import {
  CATEGORIES,
  EDUCATION_LEVELS,
  type EducationLevel,
  EMPLOYMENT_FORMS,
  HONOUR_KINDS,
  HONOUR_LEVELS,
  SEXES,
  STAGES,
  STATUSES,
  SUBJECTS,
  TITLES,
} from '@/lib/rules/register/vocabulary.ts'
import type { CasePaper } from './facts.ts'
import { SUMMARY_COLUMNS, type SummaryKey, summaryRow } from './summary.ts'
import { dottedMonth, monthsText } from './words.ts'

/** What a foreign form asks of a person beside the columns of the rotation summary: known of everybody on the teacher list. */
const LIST_COLUMNS = [
  { key: 'staffNo', title: '教职工号' },
  { key: 'stage', title: '任教学段' },
  { key: 'category', title: '人员类别' },
  { key: 'employment', title: '编制性质' },
  { key: 'status', title: '在岗状态' },
  { key: 'duty', title: '行政职务' },
  { key: 'periods', title: '周课时' },
  { key: 'joinedWork', title: '参加工作时间' },
  { key: 'joinedSchool', title: '到现单位时间' },
] as const
type ListKey = (typeof LIST_COLUMNS)[number]['key']

export type ForeignKey = SummaryKey | ListKey
export type ForeignRow = Partial<Record<ForeignKey, string | number | null>>

/** Every column a foreign form can be filled from. */
export const FOREIGN_COLUMNS: readonly { key: ForeignKey; title: string }[] = [...SUMMARY_COLUMNS, ...LIST_COLUMNS]

/** Fields of the teacher list that `listRow` reads; masks of the reader's role are applied where they are read. */
export const LIST_FIELDS: readonly TeacherField[] = [
  'staffNo',
  'sex',
  'birth',
  'education',
  'title',
  'grade',
  'backbone',
  'tenure',
  'form',
  'category',
  'status',
  'duty',
  'periods',
  'joinedWork',
]

/** A person of the teacher list as a line of a foreign form. */
export function listRow(row: TeacherRow, index: number): ForeignRow {
  const word = <C extends string>(terms: Record<C, string>, code: C | null | undefined) => (code ? terms[code] : null)
  const birth = row.birth?.day ?? row.birth?.month
  return {
    seq: index + 1,
    name: row.name,
    staffNo: row.staffNo ?? null,
    sex: word(SEXES, row.sex),
    birth: birth ? dottedMonth(birth) : null,
    age: row.birth?.age ?? null,
    education: word(EDUCATION_LEVELS, row.education as EducationLevel | null),
    title: word(TITLES, row.title),
    grade: row.grade ?? null,
    subject: word(SUBJECTS, row.subject),
    stage: word(STAGES, row.stage),
    backbone: row.honour
      ? `${HONOUR_LEVELS[row.honour.level]}${HONOUR_KINDS[row.honour.kind]}`
      : row.isBackbone === undefined
        ? null
        : row.isBackbone
          ? '是'
          : '否',
    tenure: row.tenure == null ? null : monthsText(row.tenure),
    from: row.school,
    to: row.workSchool,
    category: word(CATEGORIES, row.category),
    employment: word(EMPLOYMENT_FORMS, row.form),
    status: word(STATUSES, row.status),
    duty: row.duty ?? null,
    periods: row.periods ?? null,
    joinedWork: row.joinedWork ? dottedMonth(row.joinedWork) : null,
    joinedSchool: row.joinedSchool ? dottedMonth(row.joinedSchool) : null,
  }
}

/** A decided case as a line: the person as the register has them, and over it what the case says. */
export const caseRow = (paper: CasePaper, person: TeacherRow | undefined, index: number): ForeignRow => ({
  ...(person ? listRow(person, index) : { staffNo: paper.person.staffNo }),
  ...summaryRow(paper, index),
})
