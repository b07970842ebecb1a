import { ActionForm, SelectField, SubmitButton } from '@/app/_ui/action-form.tsx'
import { addressOf } from '@/app/_ui/address.ts'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { QueryForm, QuerySelect, QueryText } from '@/app/_ui/query-form.tsx'
import { EmptyState } from '@/app/_ui/screen.tsx'
import { DataTable, TableFoot } from '@/app/_ui/table.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { PlanPerson, ScenarioView } from '@/lib/rotation/queries/scenario-view.ts'
import { moveReasons } from '@/lib/rotation/scenarios/case-reason-text.ts'
import { addHandAction, swapMembersAction } from '../actions.ts'
import { eligibleReason } from './eligible-reason.ts'
import { PersonName } from './person-name.tsx'

export interface MovesQuery {
  who?: string
  school?: string
  backbone?: string
  wished?: string
  page: number
  size: number
}

/** Everybody who goes, each with why: what made them eligible, what the move gains, the chain they are in. */
export function MovesTab({
  t,
  view,
  path,
  query,
  mayEdit,
  others,
}: {
  t: Translate
  view: ScenarioView
  path: string
  query: MovesQuery
  mayEdit: boolean
  /** Members of groups who stay, by group. */
  others: Map<string, PlanPerson[]>
}) {
  const chainOf = new Map(view.chains.flatMap((chain, at) => chain.teachers.map((id) => [id, { chain, at }] as const)))
  const rows = view.lines
    .map((line) => ({ line, person: view.person(line.teacherId) }))
    .filter(
      ({ line, person }) =>
        (!query.who ||
          (person ? [person.name, person.staffNo] : [line.teacherId]).some((text) => text.includes(query.who!))) &&
        (!query.school || line.from === query.school || line.to === query.school) &&
        (query.backbone !== 'yes' || line.backbone) &&
        (query.wished !== 'yes' || line.rank > 0),
    )
  const shown = rows.slice((query.page - 1) * query.size, query.page * query.size)
  const hidden = { scenarioId: view.row.id, version: view.row.version }
  const at = (change: Record<string, string | number | undefined>) =>
    addressOf(path, { tab: 'moves', ...query, ...change })
  return (
    <>
      <QueryForm t={t} path={path} keep={{ tab: 'moves' }}>
        <QueryText name="who" label={t('plan.moves.who')} value={query.who} />
        <QuerySelect
          name="school"
          label={t('plan.moves.school')}
          value={query.school}
          all={t('plan.all')}
          options={view.instance.schools.map(({ id }) => ({ value: id, text: view.place(id).name }))}
        />
        <QuerySelect
          name="backbone"
          label={t('plan.moves.backbone')}
          value={query.backbone}
          all={t('plan.all')}
          options={[{ value: 'yes', text: t('plan.yes') }]}
        />
      </QueryForm>
      <DataTable
        label={t('plan.moves.heading')}
        rows={shown}
        rowKey={({ line }) => line.teacherId}
        cards
        columns={[
          {
            key: 'who',
            head: t('plan.moves.person'),
            cell: ({ line, person }) => (
              <span className="nowrap">
                <PersonName person={person} id={line.teacherId} />
                {line.backbone && <span className="small"> · {t('plan.moves.isBackbone')}</span>}
              </span>
            ),
          },
          {
            key: 'subject',
            head: t('plan.moves.subject'),
            kind: 'nowrap',
            cell: ({ line }) => label(t, 'subject', line.subject),
          },
          {
            key: 'way',
            head: t('plan.moves.way'),
            cell: ({ line }) => (
              <>
                {view.place(line.from).name} → {view.place(line.to).name}
                {chainOf.get(line.teacherId) && chainOf.get(line.teacherId)!.chain.teachers.length > 1 && (
                  <a className="small" href={`${path}?tab=chains#chain-${chainOf.get(line.teacherId)!.at}`}>
                    {' '}
                    {t('plan.moves.chain', { length: chainOf.get(line.teacherId)!.chain.teachers.length })}
                  </a>
                )}
              </>
            ),
          },
          {
            key: 'why',
            head: t('plan.moves.why'),
            cell: ({ line, person }) => (
              <details>
                <summary>
                  {moveReasons(t, line, view.instance, view.effects, (code) => view.place(code).name)[0]}
                </summary>
                <ul className="small">
                  {person && <li>{eligibleReason(t, person, line.isGroup)}</li>}
                  {moveReasons(t, line, view.instance, view.effects, (code) => view.place(code).name).map((text) => (
                    <li key={text}>{text}</li>
                  ))}
                </ul>
              </details>
            ),
          },
          ...(mayEdit
            ? [
                {
                  key: 'act',
                  head: t('plan.moves.act'),
                  cell: ({ line, person }: (typeof rows)[number]) => (
                    <DialogButton
                      label={t('plan.moves.change')}
                      title={person?.name ?? line.teacherId}
                      kind="link"
                      close={t('platform.close')}
                    >
                      <p>{t('plan.hand.effect')}</p>
                      <div className="actions">
                        <ActionForm
                          action={addHandAction}
                          hidden={{ ...hidden, kind: 'lock', teacherIds: line.teacherId, to: view.place(line.to).id }}
                          className=""
                        >
                          <SubmitButton kind="plain">
                            {t('plan.hand.lockHere', { school: view.place(line.to).name })}
                          </SubmitButton>
                        </ActionForm>
                        <ActionForm
                          action={addHandAction}
                          hidden={{ ...hidden, kind: 'forbid', teacherIds: line.teacherId, to: view.place(line.to).id }}
                          className=""
                        >
                          <SubmitButton kind="plain">
                            {t('plan.hand.forbidHere', { school: view.place(line.to).name })}
                          </SubmitButton>
                        </ActionForm>
                        <ActionForm
                          action={addHandAction}
                          hidden={{ ...hidden, kind: 'stay', teacherIds: line.teacherId }}
                          className=""
                        >
                          <SubmitButton kind="plain">{t('plan.hand.stay')}</SubmitButton>
                        </ActionForm>
                      </div>
                      {(others.get(line.listed)?.length ?? 0) > 0 && (
                        <ActionForm
                          action={swapMembersAction}
                          hidden={{ ...hidden, leaves: line.teacherId }}
                          closeDialog
                        >
                          <SelectField
                            name="joins"
                            label={t('plan.swap.label')}
                            hint={t('plan.swap.hint')}
                            options={others.get(line.listed)!.map(({ id, name, staffNo }) => ({
                              value: id,
                              text: t('platform.named', { name, detail: staffNo }),
                            }))}
                          />
                          <SubmitButton kind="plain">{t('plan.swap.submit')}</SubmitButton>
                        </ActionForm>
                      )}
                    </DialogButton>
                  ),
                },
              ]
            : []),
        ]}
        empty={<EmptyState title={t('plan.moves.none')} />}
      />
      <TableFoot t={t} total={rows.length} page={query.page} size={query.size} href={at} />
    </>
  )
}
