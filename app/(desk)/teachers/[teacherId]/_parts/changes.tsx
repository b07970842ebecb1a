import { Card, EmptyState } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { changeText } from '@/lib/register/documents/change-text.ts'
import type { ChangeEntry } from '@/lib/register/queries/teacher-record.ts'

/** What was entered and corrected: when, what, from what to what, who and why. */
export function ChangesTable({ t, changes, timeZone }: { t: Translate; changes: ChangeEntry[]; timeZone: string }) {
  return (
    <Card title={t('register.change.title')}>
      <DataTable
        label={t('register.change.title')}
        cards
        columns={[
          { key: 'at', head: t('register.change.at'), kind: 'nowrap', cell: (row) => formatMoment(row.at, timeZone) },
          {
            key: 'what',
            head: t('register.change.what'),
            cell: (row) =>
              t('register.change.field', {
                entity: t(`register.entity.${row.entity}`),
                has: hasName(t, row) ? 'yes' : 'no',
                field: hasName(t, row) ? t(`register.column.${row.field}`) : '',
              }),
          },
          { key: 'old', head: t('register.change.old'), cell: (row) => changeText(t, row, row.old) },
          { key: 'new', head: t('register.change.new'), cell: (row) => changeText(t, row, row.new) },
          { key: 'by', head: t('register.change.by'), kind: 'nowrap', cell: (row) => row.by },
          {
            key: 'reason',
            head: t('register.change.reason'),
            cell: (row) => row.reason ?? (row.imported ? t('register.record.source.import') : '—'),
          },
        ]}
        rows={changes}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('register.change.none')} text={t('register.change.noneHint')} />}
      />
    </Card>
  )
}

const hasName = (t: Translate, row: ChangeEntry): boolean => row.field !== null && t.has(`register.column.${row.field}`)
