import Link from 'next/link'
import { EmptyState, State } from '@/app/_ui/screen.tsx'
import { type Column, DataTable } from '@/app/_ui/table.tsx'
import { asNumber, type SchoolValue } from '@/lib/equity/queries/school-values.ts'
import { formatCount } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { valueText } from './indicator-table.tsx'

export interface BothValues {
  relation: SchoolValue
  workplace: SchoolValue | undefined
}

const peopleText = (value: SchoolValue | undefined): string => {
  const amount = asNumber(value?.amount ?? null)
  return amount === null ? '—' : Number.isInteger(amount) ? formatCount(amount) : amount.toFixed(2)
}

/** The table beside the picture: every unit with pupils, amount and value on both bases. */
export function SchoolTable({ rows, label, t }: { rows: BothValues[]; label: string; t: Translate }) {
  const columns: Column<BothValues>[] = [
    {
      key: 'school',
      head: t('equity.school.name'),
      kind: 'clip',
      cell: ({ relation }) => <Link href={`/schools/${relation.schoolId}` as never}>{relation.name}</Link>,
      title: ({ relation }) => relation.name,
    },
    {
      key: 'pupils',
      head: t('equity.school.pupils'),
      kind: 'num',
      cell: ({ relation }) => formatCount(relation.pupils),
    },
    { key: 'amount', head: t('equity.school.amount'), kind: 'num', cell: ({ relation }) => peopleText(relation) },
    {
      key: 'relation',
      head: t('equity.school.relation'),
      kind: 'num',
      cell: ({ relation }) => valueText(relation.value),
    },
    { key: 'work', head: t('equity.school.workAmount'), kind: 'num', cell: ({ workplace }) => peopleText(workplace) },
    {
      key: 'workplace',
      head: t('equity.school.workplace'),
      kind: 'num',
      cell: ({ workplace }) => valueText(workplace?.value ?? null),
    },
    {
      key: 'verdict',
      head: t('equity.school.verdict'),
      cell: ({ relation }) => (
        <State kind={relation.meets ? 'good' : relation.tolerable ? 'wait' : 'bad'}>
          {t(`equity.school.${relation.meets ? 'meets' : relation.tolerable ? 'tolerable' : 'below'}`)}
        </State>
      ),
    },
  ]
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={rows}
      rowKey={({ relation }) => relation.schoolId}
      compact
      empty={<EmptyState title={t('equity.none')} />}
    />
  )
}
