import { formatCount } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { AskedPrice } from '@/lib/rotation/scenarios/prices.ts'
import { levelName } from '@/lib/rotation/scenarios/progress.ts'

/** The price of a lock or a choice in words: the first level that gets worse, and by how much (planner.md §6). */
export function priceText(t: Translate, price: AskedPrice, schoolName: (id: string) => string): string {
  const found = price.answer && 'to' in price.answer ? price.answer.to : null
  // Without a school named the answer is the best place there is.
  const school = price.to
    ? schoolName(price.to)
    : found
      ? t('plan.price.best', { school: schoolName(found) })
      : t('plan.price.anywhere')
  if (price.state === 'waiting') return t('plan.price.waiting', { school })
  const answer = price.answer
  if (price.state === 'failed' || !answer || answer.kind === 'unknown') return t('plan.price.unknown', { school })
  if (answer.kind === 'tie') return t('plan.price.tie', { school })
  if (answer.kind === 'conflict') return t('plan.price.conflict', { school, rules: ruleWords(t, answer.rules) })
  const name = levelName(answer.level)
  if (name === 'equity' && answer.cv) {
    const changed = answer.cv.filter(({ from, until }) => from !== until)
    if (changed.length > 0)
      return t('plan.price.equity', {
        school,
        changes: changed
          .map(({ stage, from, until }) => `${t(`vocabulary.stage.${stage}`)} ${from.toFixed(4)} → ${until.toFixed(4)}`)
          .join('；'),
      })
  }
  if (name === 'distance') return t('plan.price.distance', { school, km: (answer.by / 10).toFixed(1) })
  return t(`plan.price.${name === 'wishes' ? 'wishes' : name === 'equity' ? 'equityUnits' : 'slack'}`, {
    school,
    by: formatCount(answer.by),
  })
}

/** Rules by their names, each once: H12:L3 and H12:L7 are both a lock. */
const ruleWords = (t: Translate, rules: readonly string[]): string =>
  [...new Set(rules.map((rule) => t(`planner.rule.${rule.split(':')[0]}`)))].join(t('board.schools.join'))
