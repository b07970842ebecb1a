import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]
export const DEFAULT_LOCALE: Locale = 'zh-CN'
export const isLocale = (text: unknown): text is Locale => LOCALES.includes(text as Locale)

export interface MessageTree {
  [key: string]: string | MessageTree
}

// Asked for when read: a command goes to the product's own folder first
const folder = () => path.join(process.cwd(), 'lib', 'i18n', 'messages')
const cache = new Map<Locale, MessageTree>()

/** All sentences of a language; one file an area, its name is the first part of every key in it. */
export function messagesOf(locale: Locale): MessageTree {
  let messages = cache.get(locale)
  if (!messages) {
    messages = {}
    for (const file of readdirSync(path.join(folder(), locale))
      .filter((name) => name.endsWith('.json'))
      .sort())
      messages[file.slice(0, -5)] = JSON.parse(readFileSync(path.join(folder(), locale, file), 'utf8')) as MessageTree
    cache.set(locale, messages)
  }
  return messages
}
