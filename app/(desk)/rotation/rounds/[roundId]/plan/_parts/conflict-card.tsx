import Link from 'next/link'
import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import { Card } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { ScenarioView } from '@/lib/rotation/queries/scenario-view.ts'
import type { PlanConflict } from '@/lib/rules/planner/format.ts'
import { relaxScenarioAction } from '../actions.ts'
import { FIELD_OF_RULE } from './policy-fields.tsx'

/** Why there is no plan: the rules that cannot hold together, each a link to its field, and the cheapest way out. */
export function ConflictCard({
  t,
  view,
  conflict,
  path,
  mayEdit,
}: {
  t: Translate
  view: ScenarioView
  conflict: PlanConflict
  path: string
  mayEdit: boolean
}) {
  const person = (id: string) => {
    const key = view.row.members[id]?.[0]
    return key ? (view.person(key)?.name ?? id) : id
  }
  const words = (rule: string): string => {
    const [family = '', item] = rule.split(':')
    if (family === 'H12' && item) {
      const lock = view.instance.locks.find(({ id }) => id === item)
      return t('plan.conflict.lock', {
        name: lock ? person(lock.teacher) : item,
        school: lock ? view.place(lock.to).name : '',
      })
    }
    if (family === 'H14' && item) {
      const [a = '', b = ''] = item.split('+')
      return t('plan.conflict.pair', { a: person(a), b: person(b) })
    }
    return t(`planner.rule.${family}`)
  }
  const hrefOf = (rule: string) => {
    const family = rule.split(':')[0]!
    if (['H12', 'H13', 'H14', 'H9'].includes(family) && FIELD_OF_RULE[family] === undefined) return `${path}?tab=hand`
    const field = FIELD_OF_RULE[family]
    return field ? `${path}/policy#policy-${field}` : '/settings/policies'
  }
  const item = (text: string): string => {
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
            <Link href={hrefOf(rule) as never}>{words(rule)}</Link>
            {conflict.each_alone_restores.includes(rule) && (
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
            cell: ({ rule }) => <Link href={hrefOf(rule) as never}>{t(`planner.rule.${rule}`)}</Link>,
          },
          { key: 'item', head: t('plan.conflict.item'), cell: (one) => item(one.item) },
          { key: 'by', head: t('plan.conflict.by'), kind: 'num', cell: ({ by }) => by },
        ]}
        empty={null}
      />
      <p className="muted small">
        {t(conflict.bound === conflict.cost ? 'plan.conflict.proven' : 'plan.conflict.unproven')}
      </p>
      {mayEdit && (
        <ActionForm action={relaxScenarioAction} hidden={{ scenarioId: view.row.id, name: view.row.name, solve: true }}>
          <p>{t('plan.conflict.effect')}</p>
          <div>
            <SubmitButton>{t('plan.conflict.apply')}</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Card>
  )
}
