import { filledSentence } from './filled.ts'
import type { Translate, Values } from './translate.ts'

interface Request {
  operation: string
  /** Values of its sentence, kept when it was asked. */
  summary: unknown
}

/** What the second person agrees to, in one sentence: `twoPerson.summary.<operation>`, each area brings its own. */
export function summaryOf(request: Request, t: Translate): string {
  const key = `twoPerson.summary.${request.operation}`
  return t.has(key)
    ? filledSentence(t, key, worded(request.summary, t))
    : t('twoPerson.summaryMissing', { operation: request.operation })
}

/** What happens when the second person confirms. */
export const effectOf = (request: Request, t: Translate): string =>
  filledSentence(t, `twoPerson.effect.${request.operation}`, worded(request.summary, t))

/** A value that is a code (a role, a flag, a limit's name) has a word of its own. */
function worded(summary: unknown, t: Translate): Values {
  const values = { ...(summary as Values) }
  if (typeof values.role === 'string' && t.has(`platform.role.${values.role}`))
    values.role = t(`platform.role.${values.role}`)
  if (typeof values.flags === 'string')
    values.flags = values.flags
      .split(' ')
      .map((flag) => t(`account.flag.${flag}`))
      .join(' · ')
  if (typeof values.changes === 'string')
    values.changes = values.changes.replace(/\b[a-z]+[A-Z]\w*\b/g, (name) =>
      t.has(`settings.limit.${name}`) ? t(`settings.limit.${name}`) : name,
    )
  if (values.form !== undefined && values.form !== '' && t.has(`vocabulary.rotationForm.${values.form}`))
    values.form = t(`vocabulary.rotationForm.${values.form}`)
  for (const [name, words] of [
    ['level', 'honourLevel'],
    ['kind', 'honourKind'],
  ] as const)
    if (t.has(`vocabulary.${words}.${values[name]}`)) values[name] = t(`vocabulary.${words}.${values[name]}`)
  return values
}
