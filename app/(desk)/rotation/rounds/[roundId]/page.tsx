import { z } from 'zod'
import { ExportDialog } from '@/app/_domain/export-dialog.tsx'
import { QuotaMeter } from '@/app/_domain/quota-meter.tsx'
import { definePage } from '@/app/_server/page.tsx'
import { addressOf, pagingQuery } from '@/app/_ui/address.ts'
import { Card, EmptyState, Facts, Screen } from '@/app/_ui/screen.tsx'
import { DataTable, TableFoot } from '@/app/_ui/table.tsx'
import { formatCount, formatSchoolYear } from '@/lib/i18n/format.ts'
import { caseFilter, caseQueryOf } from '@/lib/rotation/queries/case-filter.ts'
import { countByState, listCases } from '@/lib/rotation/queries/cases.ts'
import { roundById } from '@/lib/rotation/queries/rounds.ts'
import { schoolChoices } from '@/lib/rotation/queries/school-choices.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { caseColumns } from '../../_parts/case-columns.tsx'
import { RoundTabs } from '../../_parts/round-tabs.tsx'
import { SelectAll } from '../../_parts/select-all.tsx'
import { CaseQueryForm } from './_parts/case-query-form.tsx'
import { RoundTools } from './_parts/round-tools.tsx'

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
            <RoundTools t={t} actor={actor} round={round} path={path} />
          </>
        }
      >
        <RoundTabs t={t} actor={actor} roundId={round.id} current="cases" />
        <div className={isBureau && round.figures ? 'with-panel' : undefined}>
          <div>
            <CaseQueryForm t={t} path={path} asked={asked} states={states} schools={schools} />
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
