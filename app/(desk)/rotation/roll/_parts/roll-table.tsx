import Link from 'next/link'
import { EligibilityWord } from '@/app/_domain/roll-reasons.tsx'
import { EmptyState } from '@/app/_ui/screen.tsx'
import { type Column, DataTable } from '@/app/_ui/table.tsx'
import { formatMonths } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { RollRow } from '@/lib/rotation/queries/roll-list.ts'
import { shownReason } from '@/lib/rotation/roll/reason-text.ts'

function columns(t: Translate, role: string, personHref: (row: RollRow) => string): Column<RollRow>[] {
  return [
    {
      key: 'name',
      head: t('roll.column.name'),
      kind: 'nowrap',
      cell: (row) => <Link href={personHref(row) as never}>{row.name}</Link>,
    },
    {
      key: 'school',
      head: t('roll.column.school'),
      kind: 'clip',
      cell: (row) => row.schoolName,
      title: (row) => row.schoolName,
    },
    {
      key: 'subject',
      head: t('roll.column.subject'),
      kind: 'nowrap',
      cell: (row) => (row.subject ? t(`vocabulary.subject.${row.subject}`) : '—'),
    },
    { key: 'backbone', head: t('roll.column.backbone'), cell: (row) => (row.isBackbone ? t('roll.isBackbone') : '') },
    { key: 'state', head: t('roll.column.state'), cell: (row) => <EligibilityWord state={row.state} t={t} /> },
    {
      key: 'why',
      head: t('roll.column.why'),
      kind: 'clip',
      cell: (row) => whyText(t, role, row),
      title: (row) => whyText(t, role, row),
    },
    {
      key: 'tenure',
      head: t('roll.column.tenure'),
      kind: 'num',
      cell: (row) => formatMonths(row.tenureMonths, t.locale),
    },
    { key: 'retirement', head: t('roll.column.retirement'), kind: 'nowrap', cell: (row) => row.retirementDate ?? '—' },
    { key: 'next', head: t('roll.column.next'), kind: 'nowrap', cell: (row) => row.nextChange ?? '—' },
  ]
}

const whyText = (t: Translate, role: string, row: RollRow): string =>
  row.reasons.map((reason) => shownReason(t, reason, role).text).join('；') || '—'

export function RollTable({
  t,
  role,
  rows,
  current,
  personHref,
  resetHref,
}: {
  t: Translate
  role: string
  rows: RollRow[]
  current: string | undefined
  personHref: (row: RollRow) => string
  resetHref: string
}) {
  return (
    <DataTable
      label={t('roll.title')}
      columns={columns(t, role, personHref)}
      rows={rows}
      rowKey={(row) => row.teacherId}
      current={current}
      cards
      empty={
        <EmptyState
          title={t('roll.none')}
          text={t('roll.noneText')}
          next={
            <Link className="button" href={resetHref as never}>
              {t('platform.list.reset')}
            </Link>
          }
        />
      }
    />
  )
}
