import Link from 'next/link'
import { signed } from '@/app/_domain/charts/need-heatmap.tsx'
import { ButtonLink, Card, EmptyState, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import type { RunningPosting } from '@/lib/home/queries/flows.ts'
import type { SubjectGap } from '@/lib/home/queries/school-home.ts'
import { formatPeriod } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { addDays } from '@/lib/rules/values/dates.ts'

/** Principal and school HR: who is away, who has come, and each subject against its need. */
export function SchoolHome({
  t,
  out,
  in: come,
  gaps,
}: {
  t: Translate
  out: RunningPosting[]
  in: RunningPosting[]
  gaps: SubjectGap[]
}) {
  const short = gaps.filter((gap) => gap.have < gap.need)
  return (
    <>
      <div className="columns">
        <Movers
          t={t}
          title={t('home.school.out', { count: out.length })}
          rows={out}
          place={(row) => row.to}
          none="out"
        />
        <Movers
          t={t}
          title={t('home.school.in', { count: come.length })}
          rows={come}
          place={(row) => row.from}
          none="in"
        />
      </div>
      <Card
        title={t('home.school.gaps', { short: short.length, count: gaps.length })}
        tools={<ButtonLink href="/schools">{t('home.school.open')}</ButtonLink>}
      >
        <DataTable
          label={t('home.school.gapsTitle')}
          rows={gaps}
          rowKey={(gap) => `${gap.stage} ${gap.subject}`}
          compact
          columns={[
            {
              key: 'subject',
              head: t('home.school.subject'),
              kind: 'nowrap',
              cell: (gap) => (
                <Link href={`/teachers?basis=workplace&stage=${gap.stage}&subject=${gap.subject}` as never}>
                  {t('home.school.post', {
                    stage: t(`vocabulary.stage.${gap.stage}`),
                    subject: t(`vocabulary.subject.${gap.subject}`),
                  })}
                </Link>
              ),
            },
            { key: 'have', head: t('home.school.have'), kind: 'num', cell: (gap) => gap.have.toFixed(1) },
            { key: 'need', head: t('home.school.need'), kind: 'num', cell: (gap) => gap.need.toFixed(1) },
            { key: 'gap', head: t('home.school.gap'), kind: 'num', cell: (gap) => signed(gap.have - gap.need) },
            {
              key: 'state',
              head: t('home.school.state'),
              kind: 'nowrap',
              cell: (gap) => (
                <State kind={gap.have < gap.need ? 'wait' : 'good'}>
                  {t(gap.have < gap.need ? 'home.school.short' : 'home.school.enough')}
                </State>
              ),
            },
          ]}
          empty={<EmptyState title={t('home.school.noNeed')} text={t('home.school.noNeedText')} />}
        />
        <p className="small muted">{t('home.school.note')}</p>
      </Card>
    </>
  )
}

function Movers({
  t,
  title,
  rows,
  place,
  none,
}: {
  t: Translate
  title: string
  rows: RunningPosting[]
  place: (row: RunningPosting) => string
  none: 'out' | 'in'
}) {
  return (
    <Card title={title}>
      {rows.length === 0 ? (
        <EmptyState title={t(`home.school.${none}None`)} text={t(`home.school.${none}NoneText`)} />
      ) : (
        <ul className="lines">
          {rows.map((row) => (
            <li key={row.id}>
              {t(none === 'out' ? 'home.school.outLine' : 'home.school.inLine', {
                name: row.name,
                subject: row.subject ? t(`vocabulary.subject.${row.subject}`) : '—',
                school: place(row),
                period: formatPeriod(
                  { from: row.startsOn, until: row.endsOn ? addDays(row.endsOn, 1) : null },
                  t.locale,
                ),
              })}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
