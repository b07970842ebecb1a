import type { Translate } from '@/lib/i18n/translate.ts'
import { label, type WordList } from '@/lib/i18n/vocabulary.ts'

const LISTS: Record<string, WordList> = {
  sex: 'sex',
  form: 'employmentForm',
  category: 'category',
  postKind: 'postKind',
  title: 'title',
  stage: 'stage',
  subject: 'subject',
  status: 'status',
  firstEducation: 'education',
  highestEducation: 'education',
  certificateKind: 'certificateKind',
  locality: 'locality',
  education: 'education',
  studioSubject: 'subject',
  certificateSubject: 'subject',
}

/** Words of the two registers beside that of people, by kind of workbook and field. */
const OWN_WORDS: Record<string, string> = {
  'studios.level': 'talent.level',
  'studios.studioKind': 'talent.kind',
  'studios.role': 'talent.role',
  'reserve.channel': 'reserve.channel',
  'reserve.state': 'reserve.state',
  'reserve.basis': 'reserve.basis',
}

/** A stored or read value in the words of the page. `kind` tells a rotation's form and a school's kind from a person's. */
export function valueText(t: Translate, kind: string, field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return t('import.row.empty')
  if (typeof value === 'boolean') return t(value ? 'import.row.yes' : 'import.row.no')
  if (Array.isArray(value)) return value.map((item) => itemText(t, field, item)).join(t('import.row.separator'))
  if (kind === 'registers' && field === 'form') return label(t, 'rotationForm', value as number)
  if (kind === 'schools' && field === 'kind') return label(t, 'schoolKind', value as string)
  const own = typeof value === 'string' ? `${OWN_WORDS[`${kind}.${field}`]}.${value}` : ''
  if (t.has(own)) return t(own)
  const list = LISTS[field]
  return list && typeof value === 'string' && t.has(`vocabulary.${list}.${value}`)
    ? label(t, list, value)
    : String(value)
}

function itemText(t: Translate, field: string, item: unknown): string {
  if (field === 'honours' || field === 'honoursEnded') {
    const { level, kind, awarded } = item as { level: string; kind: string; awarded: string | null }
    const name = `${label(t, 'honourLevel', level)}${label(t, 'honourKind', kind)}`
    return awarded ? t('import.row.dated', { name, date: awarded }) : name
  }
  if (field === 'assessments') {
    const { year, result } = item as { year: number; result: string }
    return t('import.row.dated', { name: label(t, 'assessment', result), date: year })
  }
  return String(item)
}

export const fieldText = (t: Translate, field: string): string =>
  t.has(`import.field.${field}`) ? t(`import.field.${field}`) : field
