import Link from 'next/link'
import { Card, EmptyState } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { Mover } from '@/lib/register/queries/movers.ts'
import type { SchoolPage } from '@/lib/register/queries/school-page.ts'

/** Who teaches elsewhere and who has come, on the day shown. */
export function Movers({ t, page }: { t: Translate; page: SchoolPage }) {
  const table = (which: 'out' | 'in', rows: Mover[]) => (
    <Card title={t(`school.movers.${which}`, { count: rows.length })}>
      <DataTable
        label={t(`school.movers.${which}`, { count: rows.length })}
        cards
        columns={[
          {
            key: 'name',
            head: t('teacher.field.name'),
            kind: 'nowrap',
            cell: (row) => <Link href={`/teachers/${row.teacherId}` as never}>{row.name}</Link>,
          },
          {
            key: 'subject',
            head: t('teacher.field.subject'),
            kind: 'nowrap',
            cell: (row) => label(t, 'subject', row.subject),
          },
          {
            key: 'other',
            head: t(`school.movers.${which}School`),
            kind: 'nowrap',
            cell: (row) => (which === 'out' ? row.to : row.from),
          },
          {
            key: 'form',
            head: t('school.movers.form'),
            kind: 'nowrap',
            cell: (row) => label(t, 'rotationForm', row.form),
          },
          { key: 'from', head: t('school.movers.from'), kind: 'nowrap', cell: (row) => row.startsOn },
          { key: 'to', head: t('school.movers.to'), kind: 'nowrap', cell: (row) => row.endsOn ?? '—' },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('school.movers.none')} />}
      />
    </Card>
  )
  return (
    <>
      {table('out', page.out)}
      {table('in', page.in)}
    </>
  )
}
