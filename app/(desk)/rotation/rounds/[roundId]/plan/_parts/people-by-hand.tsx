import { ActionForm, SelectField, SubmitButton } from '@/app/_ui/action-form.tsx'
import { QueryForm, QueryText } from '@/app/_ui/query-form.tsx'
import { Card } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { FoundPerson } from '@/lib/rotation/queries/scenario-page.ts'
import type { ScenarioView } from '@/lib/rotation/queries/scenario-view.ts'
import { addHandAction } from '../actions.ts'

/** More people than this are not offered to be ticked: the words were too wide. */
const MOST = 30
const KINDS = ['lock', 'forbid', 'stay', 'pair'] as const

/** Anybody of the scenario by name: lock, forbid, stay, and two people of whom at most one goes; also before it is solved. */
export function PeopleByHand({
  t,
  view,
  path,
  who,
  found,
  schools,
}: {
  t: Translate
  view: ScenarioView
  path: string
  who: string
  found: FoundPerson[]
  schools: { value: string; text: string }[]
}) {
  return (
    <Card title={t('plan.hand.addTitle')}>
      <QueryForm t={t} path={path} keep={{ tab: 'hand' }}>
        <QueryText name="who" label={t('plan.hand.find')} value={who} />
      </QueryForm>
      {who !== '' && found.length === 0 && <p className="empty">{t('plan.hand.findNone')}</p>}
      {found.length > 0 && (
        <ActionForm action={addHandAction} hidden={{ scenarioId: view.row.id, version: view.row.version }}>
          <fieldset>
            <legend>{t('plan.hand.choose')}</legend>
            {found.slice(0, MOST).map((person) => (
              <label key={person.id} className="check">
                <input type="checkbox" name="teacherIds" value={person.id} defaultChecked={found.length === 1} />{' '}
                {t('plan.hand.personOf', { ...person, subject: label(t, 'subject', person.subject) })}
              </label>
            ))}
          </fieldset>
          {found.length > MOST && (
            <p className="warned">{t('plan.hand.findMore', { count: found.length, shown: MOST })}</p>
          )}
          <div className="row">
            <SelectField
              name="kind"
              label={t('plan.hand.kind')}
              options={KINDS.map((kind) => ({ value: kind, text: t(`plan.hand.kinds.${kind}`) }))}
            />
            <SelectField name="to" label={t('plan.hand.school')} options={[{ value: '', text: '—' }, ...schools]} />
          </div>
          <p className="muted small">{t(view.row.state === 'draft' ? 'plan.hand.effectDraft' : 'plan.hand.effect')}</p>
          <div>
            <SubmitButton kind="plain">{t('plan.hand.submit')}</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Card>
  )
}
