import type { z } from 'zod'
import type { Refusal } from '@/lib/rules/values/outcome.ts'

const MESSAGE_KEY = /^[a-z][A-Za-z]*(\.[A-Za-z0-9]+)+$/

/** Refusals of an input that does not fit its schema, each beside its field; a schema may name its own message key. */
export function problemsOf(error: z.ZodError): Refusal[] {
  return error.issues.map((issue) => {
    const field = issue.path.join('.')
    const own = MESSAGE_KEY.test(issue.message) ? issue.message : null
    const values = {
      field,
      limit: 'maximum' in issue ? Number(issue.maximum) : 'minimum' in issue ? Number(issue.minimum) : 0,
    }
    return { code: own ?? codeOf(issue), field, values }
  })
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small')
    return issue.origin === 'string' && issue.minimum === 1 ? 'platform.refusal.required' : 'platform.refusal.tooSmall'
  if (issue.code === 'too_big')
    return issue.origin === 'string' ? 'platform.refusal.tooLong' : 'platform.refusal.tooBig'
  if (issue.code === 'unrecognized_keys') return 'platform.refusal.unknownField'
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'platform.refusal.required'
  return 'platform.refusal.invalid'
}
