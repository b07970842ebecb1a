import Link from 'next/link'
import { Card } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { ScenarioView } from '@/lib/rotation/queries/scenario-view.ts'
import type { Relief } from '@/lib/rotation/scenarios/relief.ts'
import type { PlanConflict } from '@/lib/rules/planner/format.ts'
import type { Outcome } from '@/lib/rules/values/outcome.ts'
import { limitText } from './limit-text.ts'
import { FIELD_OF_RULE } from './policy-fields.tsx'
import { ReliefForms } from './relief-forms.tsx'

const HAND_RULES = ['H12', 'H13', 'H14']
/** Where the facts behind a rule are kept that is no field of the plan. */
const PLACE_OF_RULE: Record<string, (roundId: string) => string> = {
  H3: (roundId) => `/rotation/rounds/${roundId}/vacancies`,
  H4: () => '/policies',
  H7b: () => '/talent',
  H16: (roundId) => `/rotation/rounds/${roundId}/schools`,
}

/** Why there is no plan: the rules that cannot hold together, each a link to its field, and the cheapest way out. */
export function ConflictCard({
  t,
  view,
  conflict,
  relief,
  path,
  round,
  mayEdit,
}: {
  t: Translate
  view: ScenarioView
  conflict: PlanConflict
  relief: Outcome<Relief> | null
  path: string
  round: { id: string; name: string } | null
  mayEdit: boolean
}) {
  const person = (id: string) => {
    const key = view.row.members[id]?.[0]
    return key ? (view.person(key)?.name ?? id) : id
  }
  const lockOf = (id: string) => {
    const lock = view.instance.locks.find((one) => one.id === id)
    return { name: lock ? person(lock.teacher) : id, school: lock ? view.place(lock.to).name : '' }
  }
  const pairOf = (item: string) => {
    const [a = '', b = ''] = item.split('+')
    return { a: person(a), b: person(b) }
  }
  const words = (rule: string): string => {
    const [family = '', item] = rule.split(':')
    if (family === 'H12' && item) return t('plan.conflict.lock', lockOf(item))
    if (family === 'H14' && item) return t('plan.conflict.pair', pairOf(item))
    return limitText(t, view.instance, family)
  }
  const hrefOf = (rule: string): string | null => {
    if (!round) return null
    const family = rule.split(':')[0]!
    const pinned = family === 'H9' && view.hand.pins.length > 0
    if (HAND_RULES.includes(family) || pinned) return `${path}?tab=hand`
    const field = FIELD_OF_RULE[family]
    return field ? `${path}/policy#policy-${field}` : (PLACE_OF_RULE[family]?.(round.id) ?? null)
  }
  const linked = (rule: string, text: string) => {
    const href = hrefOf(rule)
    if (!href) return text
    // the browser itself goes to a field: it scrolls there and marks it
    return href.includes('#') ? <a href={href}>{text}</a> : <Link href={href as never}>{text}</Link>
  }
  const item = (rule: string, text: string): string => {
    if (rule === 'H12') return t('plan.conflict.lockItem', lockOf(text))
    if (rule === 'H14') return t('plan.conflict.pairItem', pairOf(text))
    if (text === 'plan') return t('plan.conflict.wholePlan')
    const [id = '', stage, subject] = text.split('/')
    const school = view.instance.schools.some((one) => one.id === id) ? view.place(id).name : person(id)
    const parts = [school, stage ? t(`vocabulary.stage.${stage}`) : '', subject ? label(t, 'subject', subject) : '']
    return parts.filter(Boolean).join(' · ')
  }
  return (
    <Card title={t('plan.conflict.title')}>
      <p>{t('plan.conflict.words', { count: conflict.rules.length })}</p>
      <ul>
        {conflict.rules.map((rule) => (
          <li key={rule}>
            {linked(rule, words(rule))}
            {conflict.rules.length > 1 && conflict.each_alone_restores.includes(rule) && (
              <span className="muted small"> {t('plan.conflict.alone')}</span>
            )}
          </li>
        ))}
      </ul>
      <h3>{t('plan.conflict.cheapest', { cost: conflict.cost })}</h3>
      <DataTable
        label={t('plan.conflict.cheapest', { cost: conflict.cost })}
        compact
        rows={conflict.relaxation}
        rowKey={({ rule, item: what }) => `${rule}${what}`}
        columns={[
          {
            key: 'rule',
            head: t('plan.conflict.rule'),
            cell: ({ rule }) => linked(rule, t(`planner.rule.${rule}`)),
          },
          { key: 'item', head: t('plan.conflict.item'), cell: (one) => item(one.rule, one.item) },
          {
            key: 'by',
            head: t('plan.conflict.by'),
            kind: 'num',
            cell: ({ by }) => t('plan.conflict.heads', { count: by }),
          },
        ]}
        empty={null}
      />
      <p className="muted small">
        {t(conflict.bound === conflict.cost ? 'plan.conflict.proven' : 'plan.conflict.unproven')}
      </p>
      {mayEdit && relief && round && <ReliefForms t={t} view={view} relief={relief} round={round} path={path} />}
    </Card>
  )
}
