import type { Translate } from '@/lib/i18n/translate.ts'
import { label, type WordList } from '@/lib/i18n/vocabulary.ts'

/** Every code of a word list as options of a select. */
export const optionsOf = (t: Translate, list: WordList, terms: object): { value: string; text: string }[] =>
  Object.keys(terms).map((code) => ({ value: code, text: label(t, list, code) }))
