import Link from 'next/link'
import { addressOf } from '@/app/_ui/address.ts'
import { Card, EmptyState, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatTenths } from '@/lib/i18n/tenths.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { SchoolPage } from '@/lib/register/queries/school-page.ts'
import { needTenths } from '@/lib/rules/register/subject-need.ts'

/** Staff by subject against need (R-SUB-1): the shortest first. */
export function NeedList({ t, page, asOf }: { t: Translate; page: SchoolPage; asOf?: string }) {
  const rows = [...page.needs].sort((a, b) => (a.gap ? needTenths(a.gap) : 999) - (b.gap ? needTenths(b.gap) : 999))
  return (
    <Card title={t('school.need.title')}>
      <DataTable
        label={t('school.need.title')}
        cards
        columns={[
          { key: 'stage', head: t('teacher.field.stage'), kind: 'nowrap', cell: (row) => label(t, 'stage', row.stage) },
          {
            key: 'subject',
            head: t('teacher.field.subject'),
            kind: 'nowrap',
            cell: (row) => label(t, 'subject', row.subject),
          },
          {
            key: 'have',
            head: t('school.need.have'),
            kind: 'num',
            cell: (row) => (
              <Link
                href={
                  addressOf('/teachers', {
                    school: page.school.id,
                    stage: row.stage,
                    subject: row.subject,
                    category: 'teacher',
                    asOf,
                  }) as never
                }
              >
                {formatTenths(needTenths(row.have))}
              </Link>
            ),
          },
          {
            key: 'need',
            head: t('school.need.need'),
            kind: 'num',
            cell: (row) => (row.need ? formatTenths(needTenths(row.need)) : '—'),
          },
          {
            key: 'gap',
            head: t('school.need.gap'),
            kind: 'num',
            cell: (row) => (row.gap ? formatTenths(needTenths(row.gap), true) : '—'),
          },
          {
            key: 'state',
            head: t('school.need.state'),
            kind: 'nowrap',
            cell: (row) => <GapState t={t} tenths={row.gap ? needTenths(row.gap) : null} />,
          },
        ]}
        rows={rows}
        rowKey={(row) => `${row.stage} ${row.subject}`}
        empty={<EmptyState title={t('school.need.none')} text={t('school.need.noneHint')} />}
      />
      <p className="small muted">{t('school.need.about', { on: page.on })}</p>
    </Card>
  )
}

function GapState({ t, tenths }: { t: Translate; tenths: number | null }) {
  if (tenths === null) return <State kind="off">{t('school.need.partTime')}</State>
  if (tenths <= -5) return <State kind="bad">{t('school.need.short')}</State>
  return tenths >= 10 ? (
    <State kind="wait">{t('school.need.over')}</State>
  ) : (
    <State kind="good">{t('school.need.enough')}</State>
  )
}
