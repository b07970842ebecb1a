import { z } from 'zod'
import { ExportDialog } from '@/app/_domain/export-dialog.tsx'
import { QuotaMeter } from '@/app/_domain/quota-meter.tsx'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { addressOf, pagingQuery } from '@/app/_ui/address.ts'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { QueryForm, QuerySelect, QueryText } from '@/app/_ui/query-form.tsx'
import { ButtonLink, Card, EmptyState, Facts, Screen } from '@/app/_ui/screen.tsx'
import { DataTable, TableFoot } from '@/app/_ui/table.tsx'
import { formatCount, formatSchoolYear } from '@/lib/i18n/format.ts'
import { choices } from '@/lib/i18n/vocabulary.ts'
import { CASE_SOURCES, caseFilter, caseQueryOf } from '@/lib/rotation/queries/case-filter.ts'
import { countByState, listCases } from '@/lib/rotation/queries/cases.ts'
import { roundById } from '@/lib/rotation/queries/rounds.ts'
import { schoolChoices } from '@/lib/rotation/queries/school-choices.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { SUBJECTS } from '@/lib/rules/register/vocabulary.ts'
import { CASE_STATES } from '@/lib/rules/rotation/case-states.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { caseColumns } from '../../_parts/case-columns.tsx'
import { RoundTabs } from '../../_parts/round-tabs.tsx'
import { SelectAll } from '../../_parts/select-all.tsx'
import { closeRoundAction, openRoundAction, reopenRoundAction } from '../../actions.ts'

const query = z.object({ ...caseFilter, ...pagingQuery })

export default definePage('rotation.round.view', {
  params: z.object({ roundId: idSchema<RoundId>() }),
  query,
  load: async (tx, { actor, params, query: asked }) => {
    const round = await roundById(tx, params.roundId)
    if (!round) return null
    const list = await listCases(tx, {
      ...caseQueryOf(params.roundId, asked, actor.today),
      size: asked.size,
      skip: (asked.page - 1) * asked.size,
    })
    return { round, list, states: await countByState(tx, params.roundId), schools: await schoolChoices(tx) }
  },
  view: ({ round, list, states, schools }, { actor, query: asked, t }) => {
    const path = `/rotation/rounds/${round.id}`
    const at = (change: Record<string, string | number | undefined>) => addressOf(path, { ...asked, ...change })
    const isBureau = mayUse(actor, 'rotation.round.quota')
    const mayBulk = mayUse(actor, 'rotation.case.bulk') && round.state === 'open'
    const hidden = { roundId: round.id, version: round.version }
    return (
      <Screen
        title={round.name}
        crumbs={[
          { text: t('board.rounds.title'), href: '/rotation' },
          { text: formatSchoolYear(round.year, t.locale) },
        ]}
        foot={[t('board.print.filledBy'), t('board.print.checkedBy'), t('board.print.date', { day: actor.today })]}
        tools={
          <>
            {mayUse(actor, 'rotation.case.export') && list.total > 0 && (
              <ExportDialog
                t={t}
                area="board"
                action="/api/cases/export"
                filter={addressOf('', { ...asked, page: undefined, size: undefined, round: round.id }).replace(
                  /^\?/,
                  '',
                )}
              />
            )}
            {round.state === 'open' && mayUse(actor, 'rotation.case.create') && (
              <ButtonLink href={`${path}/add`} kind="primary">
                {t('board.add.open')}
              </ButtonLink>
            )}
            {round.state === 'open' && mayUse(actor, 'rotation.case.nominate') && (
              <ButtonLink href={`${path}/add`} kind="primary">
                {t('board.add.nominate')}
              </ButtonLink>
            )}
            {round.state === 'preparing' && mayUse(actor, 'rotation.round.open') && (
              <DialogButton
                label={t('board.round.open')}
                title={t('board.round.open')}
                kind="primary"
                close={t('platform.close')}
              >
                <p>{t('board.round.openEffect', { snapshot: round.snapshotDate })}</p>
                <ActionForm action={openRoundAction} hidden={hidden} closeDialog>
                  <TextField
                    name="applyUntil"
                    type="date"
                    label={t('board.rounds.applyUntil')}
                    defaultValue={round.applyUntil ?? ''}
                  />
                  <SubmitButton>{t('board.round.openNow')}</SubmitButton>
                </ActionForm>
              </DialogButton>
            )}
            {round.state === 'open' && mayUse(actor, 'rotation.round.close') && (
              <DialogButton label={t('board.round.close')} title={t('board.round.close')} close={t('platform.close')}>
                <p>{t('board.round.closeEffect')}</p>
                <ActionForm action={closeRoundAction} hidden={hidden} closeDialog>
                  <SubmitButton kind="danger">{t('board.round.closeNow')}</SubmitButton>
                </ActionForm>
              </DialogButton>
            )}
            {round.state === 'closed' && round.kind === 'regular' && mayUse(actor, 'rotation.round.reopen') && (
              <DialogButton label={t('board.round.reopen')} title={t('board.round.reopen')} close={t('platform.close')}>
                <ActionForm action={reopenRoundAction} hidden={hidden} closeDialog>
                  <TextField name="reason" label={t('board.reason')} required maxLength={500} />
                  <SubmitButton>{t('board.round.reopenAsk')}</SubmitButton>
                </ActionForm>
              </DialogButton>
            )}
          </>
        }
      >
        <RoundTabs t={t} actor={actor} roundId={round.id} current="cases" />
        <div className={isBureau && round.figures ? 'with-panel' : undefined}>
          <div>
            <QueryForm
              t={t}
              path={path}
              moreOpen={Boolean(asked.source || asked.backbone || asked.only)}
              more={
                <>
                  <QuerySelect
                    name="source"
                    label={t('board.case.source')}
                    value={asked.source}
                    all={t('board.all')}
                    options={CASE_SOURCES.map((source) => ({ value: source, text: t(`board.source.${source}`) }))}
                  />
                  <QuerySelect
                    name="backbone"
                    label={t('board.case.backbone')}
                    value={asked.backbone}
                    all={t('board.all')}
                    options={[
                      { value: 'yes', text: t('board.yes') },
                      { value: 'no', text: t('board.no') },
                    ]}
                  />
                  <QuerySelect
                    name="only"
                    label={t('board.case.only')}
                    value={asked.only}
                    all={t('board.all')}
                    options={(['live', 'late', 'open'] as const).map((only) => ({
                      value: only,
                      text: t(`board.only.${only}`),
                    }))}
                  />
                </>
              }
            >
              <QueryText
                name="who"
                label={t('board.case.who')}
                value={asked.who}
                placeholder={t('board.case.whoHint')}
              />
              <QuerySelect
                name="state"
                label={t('board.case.state')}
                value={asked.state}
                all={t('board.all')}
                options={CASE_STATES.map((state) => ({
                  value: state,
                  text: `${t(`board.state.${state}`)} ${states[state] ?? 0}`,
                }))}
              />
              <QuerySelect
                name="school"
                label={t('board.case.school')}
                value={asked.school}
                all={t('board.all')}
                options={schools}
              />
              <QuerySelect
                name="side"
                label={t('board.case.side')}
                value={asked.side}
                all={t('board.all')}
                options={[
                  { value: 'out', text: t('board.case.out') },
                  { value: 'in', text: t('board.case.in') },
                ]}
              />
              <QuerySelect
                name="subject"
                label={t('board.case.subject')}
                value={asked.subject}
                all={t('board.all')}
                options={choices(t, 'subject', Object.keys(SUBJECTS)).map(({ value, label }) => ({
                  value,
                  text: label,
                }))}
              />
            </QueryForm>
            <form action="/rotation/bulk" method="get">
              <input type="hidden" name="round" value={round.id} />
              {mayBulk && list.rows.length > 0 && (
                <div className="selection no-print">
                  <span>{t('board.bulk.selected')}</span>
                  {bulkActionsOf(actor.role).map((action) => (
                    <button key={action} className="button" type="submit" name="action" value={action}>
                      {t(`board.bulk.action.${action}`)}
                    </button>
                  ))}
                </div>
              )}
              <DataTable
                label={t('board.round.part.cases')}
                rows={list.rows}
                rowKey={(row) => row.id}
                columns={caseColumns(t, actor.today, (row) => `/rotation/cases/${row.id}`)}
                lead={
                  mayBulk
                    ? {
                        head: <SelectAll label={t('board.bulk.all')} name="case" />,
                        cell: (row) => (
                          <input
                            type="checkbox"
                            name="case"
                            value={row.id}
                            aria-label={t('board.bulk.pick', { name: row.name })}
                          />
                        ),
                      }
                    : undefined
                }
                sorting={{
                  by: asked.sort,
                  down: asked.down === '1',
                  href: (by, down) => at({ sort: by, down: down ? '1' : undefined, page: 1 }),
                }}
                cards
                empty={
                  <EmptyState
                    title={round.state === 'preparing' ? t('board.case.notOpen') : t('board.case.none')}
                    text={round.state === 'preparing' ? t('board.case.notOpenText') : t('board.case.noneText')}
                  />
                }
              />
            </form>
            <TableFoot
              t={t}
              total={list.total}
              page={asked.page}
              size={asked.size}
              href={at}
              summary={t('board.case.total', { count: formatCount(list.total) })}
            />
          </div>
          {isBureau && round.figures && (
            <Card title={t('board.meter.heading')}>
              <QuotaMeter t={t} figures={round.figures} href={(part) => `${path}/people?part=${part}`} />
              <Facts
                items={[
                  { label: t('board.rounds.policy'), value: round.policyTitle },
                  { label: t('board.rounds.snapshot'), value: round.snapshotDate },
                  { label: t('board.rounds.effective'), value: round.effectiveOn },
                  { label: t('board.rounds.applyUntil'), value: round.applyUntil ?? '—' },
                ]}
              />
            </Card>
          )}
        </div>
      </Screen>
    )
  },
})

const bulkActionsOf = (role: string): string[] =>
  ({
    bureau_hr: ['submit', 'check', 'return', 'reject'],
    bureau_reviewer: ['return', 'reject'],
    principal: ['submit', 'approve', 'return'],
    school_hr: ['submit', 'withdraw'],
  })[role] ?? []
