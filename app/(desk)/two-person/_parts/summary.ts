import type { Translate, Values } from '@/lib/i18n/translate.ts'

/**
 * What the second person agrees to, in one sentence: `twoPerson.summary.<operation>`, each area brings its own. A value that
 * is a code (a role, a flag) has a sentence of its own.
 */
export function summaryOf(request: { operation: string; summary: unknown }, t: Translate): string {
  const values = { ...(request.summary as Values) }
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
  for (const [name, words] of [
    ['level', 'honourLevel'],
    ['kind', 'honourKind'],
  ] as const)
    if (t.has(`vocabulary.${words}.${values[name]}`)) values[name] = t(`vocabulary.${words}.${values[name]}`)
  const key = `twoPerson.summary.${request.operation}`
  return t.has(key) ? t(key, values) : t('twoPerson.summaryMissing', { operation: request.operation })
}
