import { describe, expect, test } from 'vitest'
import { translator } from '@/lib/i18n/translate.ts'
import { choices, label, type WordList } from '@/lib/i18n/vocabulary.ts'
import * as vocabulary from '@/lib/rules/register/vocabulary.ts'

const LISTS: Record<WordList, object> = {
  stage: vocabulary.STAGES,
  schoolKind: vocabulary.SCHOOL_KINDS,
  locality: vocabulary.LOCALITIES,
  category: vocabulary.CATEGORIES,
  employmentForm: vocabulary.EMPLOYMENT_FORMS,
  postKind: vocabulary.POST_KINDS,
  title: vocabulary.TITLES,
  honourKind: vocabulary.HONOUR_KINDS,
  honourLevel: vocabulary.HONOUR_LEVELS,
  status: vocabulary.STATUSES,
  sex: vocabulary.SEXES,
  education: vocabulary.EDUCATION_LEVELS,
  certificateKind: vocabulary.CERTIFICATE_KINDS,
  subject: vocabulary.SUBJECTS,
  assessment: vocabulary.ASSESSMENT_RESULTS,
  leave: vocabulary.LEAVE_KINDS,
  discipline: vocabulary.DISCIPLINE_KINDS,
  rotationForm: vocabulary.ROTATION_FORMS,
}

describe('words of stored codes', () => {
  const chinese = translator('zh-CN')
  const english = translator('en')

  test.each(Object.entries(LISTS))('every code of %s has its term and an English word', (list, terms) => {
    for (const [code, term] of Object.entries(terms)) {
      expect(label(chinese, list as WordList, code)).toBe(term)
      expect(english.has(`vocabulary.${list}.${code}`)).toBe(true)
    }
    expect(new Set(choices(english, list as WordList, Object.keys(terms)).map((choice) => choice.label)).size).toBe(
      Object.keys(terms).length,
    )
  })

  test('a fact the register does not hold is a dash', () => {
    expect(label(chinese, 'title', null)).toBe('—')
  })
})
