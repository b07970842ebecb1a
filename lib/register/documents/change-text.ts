import type { Translate } from '@/lib/i18n/translate.ts'
import { label, type WordList } from '@/lib/i18n/vocabulary.ts'
import type { ChangeEntry } from '../queries/teacher-record.ts'

/** Columns whose values are codes, by table where a name means two things. */
const CODES: Record<string, WordList> = {
  sex: 'sex',
  stage: 'stage',
  subject: 'subject',
  title: 'title',
  form: 'employmentForm',
  category: 'category',
  postKind: 'postKind',
  status: 'status',
  result: 'assessment',
  firstEducation: 'education',
  highestEducation: 'education',
  level: 'honourLevel',
  locality: 'locality',
  'honours.kind': 'honourKind',
  'certificates.kind': 'certificateKind',
}
/** Not for a reader: keys of other rows. */
const LEFT_OUT = ['schoolId', 'id']

/** A kept value in words; of a new row every column that a person can read. */
export function changeText(
  t: Translate,
  change: Pick<ChangeEntry, 'entity' | 'field' | 'sensitive'>,
  value: unknown,
): string {
  if (change.sensitive) return t('register.change.hidden')
  if (value === null || value === undefined || value === '') return '—'
  if (change.field && LEFT_OUT.includes(change.field)) return t('register.change.seeRecord')
  if (typeof value === 'object' && !Array.isArray(value))
    return Object.entries(value)
      .filter(([name, part]) => part !== null && !LEFT_OUT.includes(name))
      .map(([name, part]) => valueText(t, change.entity, name, part))
      .join(' · ')
  return valueText(t, change.entity, change.field ?? '', value)
}

function valueText(t: Translate, entity: string, field: string, value: unknown): string {
  const list = CODES[`${entity}.${field}`] ?? CODES[field]
  const code = String(value)
  if (list && t.has(`vocabulary.${list}.${code}`)) return label(t, list, code)
  if (field === 'kind' && t.has(`register.line.${code}`)) return t(`register.line.${code}`)
  return code
}
