import { createTranslator } from 'use-intl/core'
import type { Refusal } from '@/lib/rules/values/outcome.ts'
import { type Locale, messagesOf } from './messages.ts'

export type Values = Record<string, string | number | null | undefined>
/** Sentence of a key; a missing key is an error in tests and shows the key in production. */
export interface Translate {
  (key: string, values?: Values): string
  has(key: string): boolean
  locale: Locale
}

const cache = new Map<Locale, Translate>()

export function translator(locale: Locale): Translate {
  let translate = cache.get(locale)
  if (!translate) {
    const raw = createTranslator({
      locale,
      messages: messagesOf(locale) as Record<string, never>,
      timeZone: 'Asia/Shanghai',
      onError: (error) => {
        if (process.env.NODE_ENV === 'test') throw error
      },
    }) as unknown as ((key: string, values?: Values) => string) & { has(key: string): boolean }
    translate = Object.assign((key: string, values?: Values) => raw(key, values), {
      has: (key: string) => raw.has(key),
      locale,
    })
    cache.set(locale, translate)
  }
  return translate
}

/** The sentence of a refusal, with its rule id where a rule refuses. */
export const refusalText = (t: Translate, refusal: Refusal): string => t(refusal.code, refusal.values)
