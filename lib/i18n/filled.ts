import { type MessageTree, messagesOf } from './messages.ts'
import { placeholders } from './placeholders.ts'
import type { Translate, Values } from './translate.ts'

/** Names of the values a sentence asks for. */
export function valuesAsked(t: Translate, key: string): string[] {
  let at: MessageTree | string | undefined = messagesOf(t.locale)
  for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined
  return typeof at === 'string' ? placeholders(at) : []
}

/** A sentence written from values kept earlier: one that is no longer known, or was not yet kept then, reads as an ellipsis. */
export function filledSentence(t: Translate, key: string, values: Values | undefined): string {
  const missing = valuesAsked(t, key).filter((name) => values?.[name] === undefined || values[name] === null)
  return t(key, { ...values, ...Object.fromEntries(missing.map((name) => [name, '…'])) }).replaceAll('NaN', '…')
}
