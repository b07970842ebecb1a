import type { Translate } from '@/lib/i18n/translate.ts'
import { label, type WordList } from '@/lib/i18n/vocabulary.ts'
import type { CollectionColumn } from '@/lib/register/queries/collections.ts'
import {
  CATEGORIES,
  EDUCATION_LEVELS,
  EMPLOYMENT_FORMS,
  POST_KINDS,
  SEXES,
  STAGES,
  STATUSES,
  SUBJECTS,
  TITLES,
} from '@/lib/rules/register/vocabulary.ts'
import type { CellKind } from './edit-cell.tsx'

const LISTS: Partial<Record<CollectionColumn, [WordList, object]>> = {
  sex: ['sex', SEXES],
  highestEducation: ['education', EDUCATION_LEVELS],
  form: ['employmentForm', EMPLOYMENT_FORMS],
  category: ['category', CATEGORIES],
  postKind: ['postKind', POST_KINDS],
  title: ['title', TITLES],
  stage: ['stage', STAGES],
  subject: ['subject', SUBJECTS],
  status: ['status', STATUSES],
}
const MONTHS: readonly CollectionColumn[] = ['joinedWork', 'joinedSchool', 'titleObtained', 'titleAppointed']
const NUMBERS: readonly CollectionColumn[] = ['periods', 'postGrade']

/** How a column's cell is filled in; words are those the reader of workbooks knows, in either language. */
export function cellKind(t: Translate, column: CollectionColumn): CellKind {
  const list = LISTS[column]
  if (list) return { kind: 'choice', options: Object.keys(list[1]).map((code) => label(t, list[0], code)) }
  if (column === 'isClassTeacher') return { kind: 'choice', options: [t('import.row.yes'), t('import.row.no')] }
  if (MONTHS.includes(column)) return { kind: 'month' }
  return { kind: NUMBERS.includes(column) ? 'number' : 'text' }
}
