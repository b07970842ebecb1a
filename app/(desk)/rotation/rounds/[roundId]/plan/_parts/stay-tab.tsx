import { ActionForm, SelectField, SubmitButton } from '@/app/_ui/action-form.tsx'
import { addressOf } from '@/app/_ui/address.ts'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { QueryForm, QuerySelect, QueryText } from '@/app/_ui/query-form.tsx'
import { EmptyState } from '@/app/_ui/screen.tsx'
import { DataTable, TableFoot } from '@/app/_ui/table.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { ScenarioView, StayingPerson } from '@/lib/rotation/queries/scenario-view.ts'
import { pricesOf } from '@/lib/rotation/scenarios/prices.ts'
import { WHY_NOT_CODES } from '@/lib/rules/planner/format.ts'
import { addHandAction, priceScenarioAction } from '../actions.ts'
import type { MovesQuery } from './moves-tab.tsx'
import { PersonName } from './person-name.tsx'
import { priceText } from './price-text.ts'

/** Everybody listed who stays, with the reason, and on request the price of choosing them. */
export function StayTab({
  t,
  view,
  path,
  query,
  staying,
  mayEdit,
}: {
  t: Translate
  view: ScenarioView
  path: string
  query: MovesQuery & { code?: string }
  staying: StayingPerson[]
  mayEdit: boolean
}) {
  const rows = staying.filter((one) => {
    const person = view.person(one.teacherId)
    return (
      (!query.who ||
        (person ? [person.name, person.staffNo] : [one.teacherId]).some((text) => text.includes(query.who!))) &&
      (!query.school || one.school === query.school) &&
      (!query.code || one.code === query.code) &&
      (query.backbone !== 'yes' || one.backbone)
    )
  })
  const shown = rows.slice((query.page - 1) * query.size, query.page * query.size)
  const prices = Object.values(pricesOf(view.row.prices)).filter(({ kind }) => kind === 'choose')
  /** Whether the best place is being looked for, or known. */
  const isAsked = (teacherId: string) =>
    prices.some((price) => price.teacherId === teacherId && price.to === null && price.state !== 'failed')
  const hidden = { scenarioId: view.row.id, version: view.row.version }
  const schools = view.instance.schools.flatMap(({ id }) => {
    const place = view.place(id)
    return place.id ? [{ value: place.id as string, text: place.name, code: id }] : []
  })
  const at = (change: Record<string, string | number | undefined>) =>
    addressOf(path, { tab: 'stay', ...query, ...change })
  return (
    <>
      <QueryForm t={t} path={path} keep={{ tab: 'stay' }}>
        <QueryText name="who" label={t('plan.moves.who')} value={query.who} />
        <QuerySelect
          name="school"
          label={t('plan.moves.school')}
          value={query.school}
          all={t('plan.all')}
          options={schools.map(({ code, text }) => ({ value: code, text }))}
        />
        <QuerySelect
          name="code"
          label={t('plan.stay.code')}
          value={query.code}
          all={t('plan.all')}
          options={WHY_NOT_CODES.map((code) => ({ value: code, text: t(`planner.why_not.${code}`) }))}
        />
        <QuerySelect
          name="backbone"
          label={t('plan.moves.backbone')}
          value={query.backbone}
          all={t('plan.all')}
          options={[{ value: 'yes', text: t('plan.yes') }]}
        />
      </QueryForm>
      {mayEdit && <p className="muted small no-print">{t('plan.stay.askBestHint')}</p>}
      <DataTable
        label={t('plan.stay.heading')}
        rows={shown}
        rowKey={(row) => row.teacherId}
        cards
        columns={[
          {
            key: 'who',
            head: t('plan.moves.person'),
            cell: (row) => (
              <span className="nowrap">
                <PersonName person={view.person(row.teacherId)} id={row.teacherId} />
                {row.backbone && <span className="small"> · {t('plan.moves.isBackbone')}</span>}
              </span>
            ),
          },
          { key: 'school', head: t('plan.moves.school'), cell: (row) => view.place(row.school).name },
          {
            key: 'subject',
            head: t('plan.moves.subject'),
            kind: 'nowrap',
            cell: (row) => label(t, 'subject', row.subject),
          },
          { key: 'code', head: t('plan.stay.code'), cell: (row) => t(`planner.why_not.${row.code}`) },
          {
            key: 'price',
            head: t('plan.stay.price'),
            cell: (row) => (
              <>
                {prices
                  .filter(({ teacherId }) => teacherId === row.teacherId)
                  .map((price) => (
                    <p key={price.to ?? 'best'} className="small">
                      {priceText(t, price, (id) => schools.find(({ value }) => value === id)?.text ?? '')}
                    </p>
                  ))}
                {mayEdit && row.code === 'NOT_CHOSEN' && (
                  <div className="actions">
                    {!isAsked(row.teacherId) && (
                      <ActionForm
                        action={priceScenarioAction}
                        hidden={{ scenarioId: view.row.id, kind: 'choose', teacherId: row.teacherId }}
                        className=""
                      >
                        <SubmitButton kind="plain">{t('plan.stay.askBest')}</SubmitButton>
                      </ActionForm>
                    )}
                    <DialogButton
                      label={t('plan.stay.ask')}
                      title={view.person(row.teacherId)?.name ?? ''}
                      kind="link"
                      close={t('platform.close')}
                    >
                      <ActionForm
                        action={priceScenarioAction}
                        hidden={{ scenarioId: view.row.id, kind: 'choose', teacherId: row.teacherId }}
                        closeDialog
                      >
                        <SelectField
                          name="to"
                          label={t('plan.stay.to')}
                          hint={t('plan.stay.askHint')}
                          required
                          options={schools.filter(({ code }) => code !== row.school)}
                        />
                        <SubmitButton>{t('plan.stay.ask')}</SubmitButton>
                      </ActionForm>
                      <ActionForm
                        action={addHandAction}
                        hidden={{ ...hidden, kind: 'lock', teacherIds: row.teacherId }}
                      >
                        <SelectField
                          name="to"
                          label={t('plan.hand.lockTo')}
                          hint={t('plan.hand.effect')}
                          required
                          options={schools.filter(({ code }) => code !== row.school)}
                        />
                        <SubmitButton kind="plain">{t('plan.hand.lock')}</SubmitButton>
                      </ActionForm>
                    </DialogButton>
                  </div>
                )}
              </>
            ),
          },
        ]}
        empty={<EmptyState title={t('plan.stay.none')} />}
      />
      <TableFoot t={t} total={rows.length} page={query.page} size={query.size} href={at} />
    </>
  )
}
