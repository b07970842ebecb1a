import { ExportDialog } from '@/app/_domain/export-dialog.tsx'
import { definePage } from '@/app/_server/page.tsx'
import { addressOf } from '@/app/_ui/address.ts'
import { ButtonLink, EmptyState, Screen, Tabs } from '@/app/_ui/screen.tsx'
import { DataTable, TableFoot } from '@/app/_ui/table.tsx'
import { candidateQuery, listCandidates } from '@/lib/reserve/queries/candidates.ts'
import { reserveOverview } from '@/lib/reserve/queries/overview.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { DropAnywhere } from '../imports/_parts/drop-anywhere.tsx'
import { dropLabels } from '../imports/_parts/drop-labels.ts'
import { candidateColumns } from './_parts/candidate-columns.tsx'
import { CandidateFilter } from './_parts/candidate-filter.tsx'
import { Counters } from './_parts/counters.tsx'
import { StateBoard } from './_parts/state-board.tsx'

export default definePage('reserve.candidate.list', {
  query: candidateQuery,
  load: async (tx, { query, actor }) => {
    const bureau = mayUse(actor, 'reserve.candidate.export')
    const board = bureau && query.view === 'board'
    return {
      bureau,
      board,
      ...(await listCandidates(tx, query, actor.today, board)),
      overview: bureau ? await reserveOverview(tx, actor.districtId, actor.today) : null,
    }
  },
  view: ({ bureau, board, rows, total, overview }, { query, actor, t }) => {
    const here = (change: Partial<Record<keyof typeof query, string | number | undefined>>) =>
      addressOf('/reserve', { ...query, page: undefined, view: board ? 'board' : undefined, ...change })
    return (
      <Screen
        title={t('reserve.title')}
        tools={
          bureau && (
            <>
              {mayUse(actor, 'import.batch.upload') && actor.role === 'bureau_hr' && (
                <ButtonLink href="/imports">{t('import.page.title')}</ButtonLink>
              )}
              <ExportDialog
                t={t}
                area="reserve"
                action="/api/reserve/export"
                filter={addressOf('', query).replace(/^\?/, '')}
              />
              {mayUse(actor, 'reserve.candidate.create') && (
                <ButtonLink href="/reserve/new" kind="primary">
                  {t('reserve.candidate.new')}
                </ButtonLink>
              )}
            </>
          )
        }
      >
        {mayUse(actor, 'import.batch.upload') && actor.role === 'bureau_hr' && <DropAnywhere labels={dropLabels(t)} />}
        {overview && <Counters t={t} overview={overview} />}
        {bureau && (
          <Tabs
            label={t('reserve.views')}
            items={[
              { text: t('reserve.viewList'), href: here({ view: undefined }), current: !board },
              { text: t('reserve.viewBoard'), href: here({ view: 'board' }), current: board },
            ]}
          />
        )}
        {bureau && <CandidateFilter t={t} query={query} overview={overview} />}
        {board ? (
          <StateBoard t={t} rows={rows} hrefOf={(state) => here({ state, group: undefined, view: undefined })} />
        ) : (
          <>
            <DataTable
              label={t('reserve.title')}
              columns={candidateColumns(t, bureau, actor.today)}
              rows={rows}
              rowKey={(row) => row.id}
              cards
              empty={
                bureau ? (
                  <EmptyState
                    title={t('reserve.empty.title')}
                    text={t('reserve.empty.text')}
                    next={<ButtonLink href="/reserve">{t('platform.list.reset')}</ButtonLink>}
                  />
                ) : (
                  <EmptyState title={t('reserve.empty.schoolTitle')} text={t('reserve.empty.schoolText')} />
                )
              }
            />
            {total > 0 && (
              <TableFoot
                t={t}
                total={total}
                page={query.page}
                size={query.size}
                summary={t('reserve.total', { count: total })}
                href={(change) => here({ size: query.size, ...change })}
              />
            )}
          </>
        )}
      </Screen>
    )
  },
})
