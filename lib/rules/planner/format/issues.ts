import type { z } from 'zod'
import type { Refusal } from '../../values/outcome.ts'

/** More findings of one file than this help nobody; the rest is counted. */
const MOST_SHOWN = 20

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text === undefined ? '' : text.length > 60 ? `${text.slice(0, 60)}…` : text
}

/** Path of a field as people write it: schools[3].units[0].pupils. */
export function fieldPath(path: readonly PropertyKey[]): string {
  let text = ''
  for (const part of path) text += typeof part === 'number' ? `[${part}]` : text ? `.${String(part)}` : String(part)
  return text
}

const valueAt = (source: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, key) => (at !== null && typeof at === 'object' ? (at as Record<PropertyKey, unknown>)[key] : undefined),
    source,
  )

function refusalOf(issue: z.core.$ZodIssue, source: unknown): Refusal[] {
  const field = fieldPath(issue.path)
  const found = valueAt(source, issue.path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        code: 'planner.refusal.unknown_key',
        values: { field: fieldPath([...issue.path, key]), key },
        field: fieldPath([...issue.path, key]),
      }))
    case 'too_small':
    case 'too_big': {
      const limit = String(issue.code === 'too_small' ? issue.minimum : issue.maximum)
      const code = issue.code === 'too_small' ? 'planner.refusal.too_small' : 'planner.refusal.too_big'
      return [{ code, values: { field, found: typeof found === 'number' ? found : shown(found), limit }, field }]
    }
    case 'custom':
      return [{ code: `planner.refusal.${issue.message}`, values: { field, found: shown(found) }, field }]
    case 'invalid_union':
      return [{ code: 'planner.refusal.bad_value', values: { field, found: shown(found) }, field }]
    default:
      if (found === undefined) return [{ code: 'planner.refusal.missing', values: { field }, field }]
      return [{ code: 'planner.refusal.bad_value', values: { field, found: shown(found) }, field }]
  }
}

/** What a schema found, as refusals that name the field. */
export function refusalsOf(error: z.ZodError, source: unknown): Refusal[] {
  const all = error.issues.flatMap((issue) => refusalOf(issue, source))
  return capped(all)
}

/** The first refusals, and one that says how many more there are. */
export function capped(all: Refusal[]): Refusal[] {
  if (all.length <= MOST_SHOWN) return all
  return [...all.slice(0, MOST_SHOWN), { code: 'planner.refusal.more', values: { count: all.length - MOST_SHOWN } }]
}
