import { ActionForm, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { Card } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { FoundPerson } from '@/lib/rotation/queries/scenario-page.ts'
import type { ScenarioView } from '@/lib/rotation/queries/scenario-view.ts'
import { pricesOf } from '@/lib/rotation/scenarios/prices.ts'
import { addHandAction, dropHandAction, priceScenarioAction } from '../actions.ts'
import { PeopleByHand } from './people-by-hand.tsx'
import { priceText } from './price-text.ts'

interface HandRow {
  kind: 'lock' | 'forbid' | 'stay' | 'pair' | 'pin'
  at: number
  who: string
  what: string
  teacherId?: string
  to?: string | null
}

/** What an instance from elsewhere brought with it, under its own ids. */
function foreignRows(t: Translate, { instance, place }: ScenarioView): HandRow[] {
  const school = (id: string) => place(id).name
  const { locks, forbids, stays, not_both } = instance
  return [
    ...locks.map(({ teacher, to }) => ['lock', teacher, t('plan.hand.is.lock', { school: school(to) })] as const),
    ...forbids.map(
      ({ teacher, to }) =>
        [
          'forbid',
          teacher,
          to == null ? t('plan.hand.is.forbidAll') : t('plan.hand.is.forbid', { school: school(to) }),
        ] as const,
    ),
    ...stays.map((teacher) => ['stay', teacher, t('plan.hand.is.stay')] as const),
    ...not_both.map(([a, b]) => ['pair', `${a} · ${b}`, t('plan.hand.is.pair')] as const),
  ].map(([kind, who, what], at) => ({ kind, at, who, what }))
}

/** What was set by hand, each with its price on request; schools' intakes pinned here, people on the lists. */
export function HandTab({
  t,
  view,
  path,
  who,
  found,
  mayEdit,
}: {
  t: Translate
  view: ScenarioView
  path: string
  /** Words looked for, and the people found. */
  who: string
  found: FoundPerson[]
  mayEdit: boolean
}) {
  const { hand } = view
  const schoolName = (id: string | null | undefined) => {
    const code = id ? view.codeOf(id as never) : null
    return code ? view.place(code).name : ''
  }
  const name = (id: string) => {
    const person = view.person(id as never)
    return person ? t('platform.named', { name: person.name, detail: person.staffNo }) : id
  }
  const isForeign = view.row.roundId === null
  const rows: HandRow[] = isForeign
    ? foreignRows(t, view)
    : [
        ...hand.locks.map(({ teacherId, to, source }, at) => ({
          kind: 'lock' as const,
          at,
          who: name(teacherId),
          what: t(source === 'case' ? 'plan.hand.is.lockCase' : 'plan.hand.is.lock', { school: schoolName(to) }),
          teacherId,
          to,
        })),
        ...hand.forbids.map(({ teacherId, to }, at) => ({
          kind: 'forbid' as const,
          at,
          who: name(teacherId),
          what: to === null ? t('plan.hand.is.forbidAll') : t('plan.hand.is.forbid', { school: schoolName(to) }),
        })),
        ...hand.stays.map((id, at) => ({ kind: 'stay' as const, at, who: name(id), what: t('plan.hand.is.stay') })),
        ...hand.notBoth.map(([a, b], at) => ({
          kind: 'pair' as const,
          at,
          who: `${name(a)} · ${name(b)}`,
          what: t('plan.hand.is.pair'),
        })),
        ...hand.pins.map(({ schoolId, low, high }, at) => ({
          kind: 'pin' as const,
          at,
          who: schoolName(schoolId),
          what: t('plan.hand.is.pin', { low, high }),
        })),
      ]
  const prices = pricesOf(view.row.prices)
  const priceOf = (row: HandRow) =>
    Object.values(prices).find(
      ({ kind, teacherId }) => kind === 'lock' && row.kind === 'lock' && teacherId === row.teacherId,
    )
  const hidden = { scenarioId: view.row.id, version: view.row.version }
  const schools = view.instance.schools.flatMap(({ id }) => {
    const place = view.place(id)
    return place.id ? [{ value: place.id as string, text: place.name }] : []
  })
  return (
    <>
      <p className="noted">{t(isForeign ? 'plan.hand.aboutForeign' : 'plan.hand.about')}</p>
      <DataTable
        label={t('plan.hand.heading')}
        rows={rows}
        rowKey={(row) => `${row.kind}${row.at}`}
        cards
        columns={[
          { key: 'who', head: t('plan.hand.who'), cell: (row) => row.who },
          { key: 'what', head: t('plan.hand.what'), cell: (row) => row.what },
          {
            key: 'price',
            head: t('plan.hand.price'),
            cell: (row) => {
              const price = priceOf(row)
              if (price && price.state !== 'failed') return priceText(t, price, schoolName)
              if (row.kind !== 'lock' || !mayEdit || view.row.state !== 'solved') return '—'
              return (
                <ActionForm
                  action={priceScenarioAction}
                  hidden={{ scenarioId: view.row.id, kind: 'lock', teacherId: row.teacherId, to: row.to }}
                  className=""
                >
                  <SubmitButton kind="plain">{t('plan.hand.askPrice')}</SubmitButton>
                </ActionForm>
              )
            },
          },
          ...(mayEdit
            ? [
                {
                  key: 'act',
                  head: t('plan.moves.act'),
                  cell: (row: HandRow) => (
                    <ActionForm action={dropHandAction} hidden={{ ...hidden, kind: row.kind, at: row.at }} className="">
                      <SubmitButton kind="plain">{t('plan.hand.drop')}</SubmitButton>
                    </ActionForm>
                  ),
                },
              ]
            : []),
        ]}
        empty={<p className="empty">{t('plan.hand.none')}</p>}
      />
      {mayEdit && <PeopleByHand t={t} view={view} path={path} who={who} found={found} schools={schools} />}
      {mayEdit && (
        <Card title={t('plan.hand.pinTitle')}>
          <ActionForm action={addHandAction} hidden={{ ...hidden, kind: 'pin' }}>
            <div className="row">
              <SelectField name="to" label={t('plan.moves.school')} options={schools} required />
              <TextField name="low" label={t('plan.hand.low')} defaultValue="0" required />
              <TextField name="high" label={t('plan.hand.high')} defaultValue="0" required />
            </div>
            <div>
              <SubmitButton kind="plain">{t('plan.hand.pin')}</SubmitButton>
            </div>
          </ActionForm>
        </Card>
      )}
    </>
  )
}
