import Link from 'next/link'
import { EligibilityWord } from '@/app/_domain/roll-reasons.tsx'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, CheckField, SelectField, SubmitButton, TextArea } from '@/app/_ui/action-form.tsx'
import { Card, EmptyState, Screen } from '@/app/_ui/screen.tsx'
import { type Column, DataTable } from '@/app/_ui/table.tsx'
import { formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { openRounds } from '@/lib/rotation/queries/policies.ts'
import { listRollChanges, type RollChangeRow } from '@/lib/rotation/queries/roll-changes.ts'
import { versionChanges } from '@/lib/rotation/queries/roll-versions.ts'
import { shownReason } from '@/lib/rotation/roll/reason-text.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { VersionChanges } from '../_parts/version-changes.tsx'
import { compareRollAction, decideRollChangesAction } from './actions.ts'

function Outcome({
  state,
  rule,
  backbone,
  t,
}: {
  state: RollChangeRow['was']
  rule: string | null
  backbone: boolean
  t: Translate
}) {
  return (
    <>
      {state === 'absent' ? t('rotation.eligibility.state.absent') : <EligibilityWord state={state} t={t} />}{' '}
      <span className="small muted">
        {rule} {backbone ? t('roll.isBackbone') : ''}
      </span>
    </>
  )
}

function columns(t: Translate, role: string, zone: string): Column<RollChangeRow>[] {
  return [
    {
      key: 'name',
      head: t('roll.column.name'),
      kind: 'nowrap',
      cell: (row) => <Link href={`/teachers/${row.teacherId}` as never}>{row.name}</Link>,
    },
    {
      key: 'school',
      head: t('roll.column.school'),
      kind: 'clip',
      cell: (row) => row.schoolName ?? '—',
      title: (row) => row.schoolName ?? '',
    },
    {
      key: 'subject',
      head: t('roll.column.subject'),
      cell: (row) => (row.subject ? t(`vocabulary.subject.${row.subject}`) : '—'),
    },
    {
      key: 'was',
      head: t('roll.changes.was'),
      cell: (row) => <Outcome state={row.was} rule={row.wasRule} backbone={row.wasBackbone} t={t} />,
    },
    {
      key: 'now',
      head: t('roll.changes.now'),
      cell: (row) => <Outcome state={row.now} rule={row.nowRule} backbone={row.nowBackbone} t={t} />,
    },
    {
      key: 'why',
      head: t('roll.column.why'),
      kind: 'clip',
      cell: (row) => row.findings.map((reason) => shownReason(t, reason, role).text).join('；') || '—',
    },
    { key: 'found', head: t('roll.changes.found'), kind: 'nowrap', cell: (row) => formatMoment(row.foundAt, zone) },
    {
      key: 'decision',
      head: t('roll.changes.decision'),
      cell: (row) =>
        row.decision
          ? t('roll.changes.decidedBy', {
              decision: t(`roll.changes.decisions.${row.decision}`),
              by: row.decidedByName ?? '—',
            })
          : t('roll.changes.open'),
    },
  ]
}

/** 名册变化: what differs between the frozen roll of an open round and the register, and what was decided about it. */
export default definePage('rotation.roll.changes', {
  load: async (tx) => {
    const rounds = await openRounds(tx)
    const versions = []
    for (const round of rounds) versions.push({ round, changes: await versionChanges(tx, round.id) })
    return { rows: await listRollChanges(tx), rounds, versions }
  },
  view: ({ rows, rounds, versions }, { actor, session, t }) => {
    const zone = session.district.timeZone
    const open = rows.filter(({ decision }) => decision === null)
    const decided = rows.filter(({ decision }) => decision !== null)
    const mayDecide = mayUse(actor, 'rotation.roll.decideChange') && open.length > 0
    const all = columns(t, actor.role, zone)
    const openTable = (
      <DataTable
        label={t('roll.changes.openTitle', { count: open.length })}
        columns={all}
        rows={open}
        rowKey={(row) => row.id}
        cards
        {...(mayDecide
          ? {
              lead: {
                head: '',
                cell: (row: RollChangeRow) => (
                  <CheckField
                    name="changeIds"
                    value={row.id}
                    label={<span className="visually-hidden">{row.name}</span>}
                  />
                ),
              },
            }
          : {})}
        empty={
          <EmptyState
            title={t('roll.changes.none')}
            text={rounds.length === 0 ? t('roll.changes.noRound') : t('roll.changes.noneText')}
          />
        }
      />
    )
    return (
      <Screen
        title={t('roll.changes.title')}
        crumbs={[{ text: t('roll.title'), href: '/rotation/roll' }]}
        tools={
          mayUse(actor, 'rotation.roll.compare') &&
          rounds.map((round) => (
            <ActionForm key={round.id} action={compareRollAction} hidden={{ roundId: round.id }} className="actions">
              <SubmitButton kind="plain">{t('roll.changes.compare', { round: round.name })}</SubmitButton>
            </ActionForm>
          ))
        }
      >
        <p className="muted" style={{ marginBottom: 10 }}>
          {t('roll.changes.about')}
        </p>
        <Card title={t('roll.changes.openTitle', { count: open.length })}>
          {mayDecide ? (
            <ActionForm action={decideRollChangesAction} className="">
              {openTable}
              <div className="form">
                <SelectField
                  name="decision"
                  label={t('roll.changes.decision')}
                  required
                  options={(['keep', 'follow'] as const).map((value) => ({
                    value,
                    text: t(`roll.changes.choice.${value}`),
                  }))}
                />
                <TextArea name="reason" label={t('roll.changes.reason')} required maxLength={500} />
                <SubmitButton>{t('roll.changes.submit')}</SubmitButton>
              </div>
            </ActionForm>
          ) : (
            openTable
          )}
        </Card>
        {versions.map(({ round, changes }) => (
          <VersionChanges key={round.id} roundName={round.name} changes={changes} t={t} />
        ))}
        {decided.length > 0 && (
          <Card title={t('roll.changes.decidedTitle', { count: decided.length })}>
            <DataTable
              label={t('roll.changes.decidedTitle', { count: decided.length })}
              columns={all}
              rows={decided}
              rowKey={(row) => row.id}
              cards
              empty={null}
            />
          </Card>
        )}
      </Screen>
    )
  },
})
