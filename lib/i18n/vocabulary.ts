import type { Translate } from './translate.ts'

/** The word lists of lib/rules/register/vocabulary.ts as `messages/<language>/vocabulary.json` names them. */
export type WordList =
  | 'stage'
  | 'schoolKind'
  | 'locality'
  | 'category'
  | 'employmentForm'
  | 'postKind'
  | 'title'
  | 'honourKind'
  | 'honourLevel'
  | 'status'
  | 'sex'
  | 'education'
  | 'certificateKind'
  | 'subject'
  | 'assessment'
  | 'leave'
  | 'discipline'
  | 'rotationForm'

/** The word people read for a stored code; a dash when the register holds none. */
export const label = (t: Translate, list: WordList, code: string | number | null | undefined): string =>
  code === null || code === undefined || code === '' ? '—' : t(`vocabulary.${list}.${code}`)

/** Every code of a word list with its word, for a menu. */
export const choices = (
  t: Translate,
  list: WordList,
  codes: readonly (string | number)[],
): { value: string; label: string }[] =>
  codes.map((code) => ({ value: String(code), label: t(`vocabulary.${list}.${code}`) }))
