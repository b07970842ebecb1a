import Link from 'next/link'
import { addressOf } from '@/app/_ui/address.ts'
import { EmptyState } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { StudioSchool } from '@/lib/talent/queries/studios.ts'

/** How studios are spread over the schools: hosts and members; each number opens the studios. */
export function StudioSchools({ t, rows, asOf }: { t: Translate; rows: StudioSchool[]; asOf?: LocalDate }) {
  const link = (row: StudioSchool, count: number) =>
    count === 0 ? '0' : <Link href={addressOf('/talent', { school: row.id, asOf }) as never}>{count}</Link>
  return (
    <DataTable
      label={t('talent.viewSchools')}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          key: 'school',
          head: t('talent.studio.school'),
          cell: (row) => <Link href={`/schools/${row.id}` as never}>{row.name}</Link>,
        },
        { key: 'hosts', head: t('talent.schools.hosts'), kind: 'num', cell: (row) => link(row, row.hosts) },
        { key: 'members', head: t('talent.schools.members'), kind: 'num', cell: (row) => link(row, row.members) },
      ]}
      total={[
        t('talent.schools.total', { count: rows.length }),
        rows.reduce((sum, row) => sum + row.hosts, 0),
        rows.reduce((sum, row) => sum + row.members, 0),
      ]}
      empty={<EmptyState title={t('talent.empty.title')} text={t('talent.empty.text')} />}
    />
  )
}
