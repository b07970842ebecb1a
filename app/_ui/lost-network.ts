import type { ActionState } from '@/app/_server/action.ts'
import en from '@/lib/i18n/messages/en/error.json'
import zh from '@/lib/i18n/messages/zh-CN/error.json'

/** What browsers say when a request did not get through: each in its own words, all as a TypeError. */
const NOT_REACHED = /fetch|network|load failed/i

/**
 * The answer of a form that did not reach the server; anything else is thrown on. `at` stays, so the form keeps its key:
 * sending it again has one effect, even if the first did arrive.
 */
export function lostNetwork(error: unknown, before: ActionState): ActionState {
  if (!(error instanceof TypeError && NOT_REACHED.test(error.message))) throw error
  const words = document.documentElement.lang === 'en' ? en : zh
  return {
    status: 'refused',
    refusals: [{ text: words.network, code: 'platform.refusal.network' }],
    at: before.at,
  }
}
