import Link from 'next/link'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { addressOf, pagingQuery } from '@/app/_ui/address.ts'
import { Card, EmptyState, Screen } from '@/app/_ui/screen.tsx'
import { DataTable, TableFoot } from '@/app/_ui/table.tsx'
import { Watch } from '@/app/_ui/watch.tsx'
import { formatCount, formatMoment } from '@/lib/i18n/format.ts'
import { type BatchRow, listBatches } from '@/lib/register/queries/imports.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { BatchState } from './_parts/state.tsx'
import { Upload } from './_parts/upload.tsx'
import { uploadLabels } from './_parts/upload-labels.ts'

const WORKING = ['uploaded', 'reading', 'confirming', 'undoing']
const TEMPLATES = ['roster', 'schools', 'rotations', 'leaves', 'disciplines', 'studios', 'reserve'] as const

export default definePage('import.batch.list', {
  query: z.object({ ...pagingQuery, said: z.enum(['discarded']).optional().catch(undefined) }),
  load: (tx, { query }) => listBatches(tx, query),
  view: ({ rows, total }, { query, actor, session, t }) => {
    const counts = (row: BatchRow) => (row.counts ?? {}) as Record<string, number>
    const figure = (row: BatchRow, name: string) => (row.counts ? formatCount(counts(row)[name] ?? 0) : '')
    return (
      <Screen title={t('import.page.title')} crumbs={[{ text: t('import.page.people'), href: '/teachers' }]}>
        {query.said && (
          <p className="said" role="status">
            {t(`import.batch.${query.said}`)}
          </p>
        )}
        {rows.some(({ state }) => WORKING.includes(state)) && <Watch seconds={3} />}
        {mayUse(actor, 'import.batch.upload') && (
          <Card title={t('import.page.upload')}>
            <Upload labels={uploadLabels(t)} fixed={actor.role === 'school_hr'} />
            <p className="small muted">{t('import.page.hint')}</p>
            <ul className="actions small" aria-label={t('import.page.templates')}>
              <li className="muted">{t('import.page.templates')}</li>
              {TEMPLATES.filter((kind) => actor.role !== 'school_hr' || kind === 'roster').map((kind) => (
                <li key={kind}>
                  <a href={`/api/import-template/${kind}`} download>
                    {t(`import.template.${kind}`)}
                  </a>
                </li>
              ))}
            </ul>
          </Card>
        )}
        <DataTable
          label={t('import.page.batches')}
          rows={rows}
          rowKey={(row) => row.id}
          cards
          empty={<EmptyState title={t('import.page.empty')} text={t('import.page.emptyText')} />}
          columns={[
            {
              key: 'file',
              head: t('import.page.file'),
              kind: 'clip',
              title: (row) => row.fileName,
              cell: (row) =>
                mayUse(actor, 'import.batch.view') ? (
                  <Link href={`/imports/${row.id}` as never}>{row.fileName}</Link>
                ) : (
                  row.fileName
                ),
            },
            {
              key: 'kind',
              head: t('import.page.kind'),
              kind: 'nowrap',
              cell: (row) => (row.counts || row.state !== 'refused' ? t(`import.kind.${row.kind}`) : '—'),
            },
            { key: 'state', head: t('import.page.state'), cell: (row) => <BatchState state={row.state} t={t} /> },
            { key: 'new', head: t('import.part.new'), kind: 'num', cell: (row) => figure(row, 'new') },
            { key: 'changed', head: t('import.part.changed'), kind: 'num', cell: (row) => figure(row, 'changed') },
            { key: 'refused', head: t('import.part.refused'), kind: 'num', cell: (row) => figure(row, 'refused') },
            { key: 'by', head: t('import.page.by'), kind: 'nowrap', cell: (row) => row.createdByName },
            {
              key: 'at',
              head: t('import.page.at'),
              kind: 'nowrap',
              cell: (row) => formatMoment(row.createdAt, session.district.timeZone),
            },
          ]}
        />
        <TableFoot
          t={t}
          total={total}
          page={query.page}
          size={query.size}
          summary={t('import.page.total', { count: formatCount(total) })}
          href={(change) => addressOf('/imports', { page: query.page, size: query.size, ...change })}
        />
      </Screen>
    )
  },
})
