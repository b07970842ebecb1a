import Link from 'next/link'
import { LinePlot } from '@/app/_domain/charts/line-plot.tsx'
import { StackedBars } from '@/app/_domain/charts/stacked-bars.tsx'
import { addressOf } from '@/app/_ui/address.ts'
import { Card, EmptyState } from '@/app/_ui/screen.tsx'
import { DataTable, TableFoot } from '@/app/_ui/table.tsx'
import { formatCount, formatSchoolYear } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { AheadList, PlanAhead } from '@/lib/rotation/queries/plan-ahead.ts'
import type { ScenarioView } from '@/lib/rotation/queries/scenario-view.ts'

/** Three years on: who becomes eligible, returns, retires; the path of the coefficient; fairness over time. */
export function AheadTab({
  t,
  view,
  ahead,
  path,
  paging,
}: {
  t: Translate
  view: ScenarioView
  ahead: PlanAhead
  path: string
  paging: { page: number; size: number }
}) {
  const opens = (year: number, kind: AheadList, count: number) =>
    count === 0 ? '0' : <Link href={`${path}?tab=ahead&list=${year}-${kind}` as never}>{formatCount(count)}</Link>
  const { list } = ahead
  const labels = ahead.years.map(({ year }) => formatSchoolYear(year, t.locale))
  const cvOf = (years: PlanAhead['years'], stage: 'P' | 'J') =>
    years.flatMap(({ cv }, at) => (cv[stage] === null ? [] : [{ x: at, y: cv[stage] }]))
  const stages = (['P', 'J'] as const).filter((stage) => cvOf(ahead.years, stage).length > 1)
  const last = ahead.years.at(-1)
  return (
    <>
      {stages.length > 0 && last && (
        <Card>
          <LinePlot
            t={t}
            text={{
              title: t('plan.ahead.title', {
                year: formatSchoolYear(last.year, t.locale),
                primary: last.cv.P?.toFixed(4) ?? '—',
                junior: last.cv.J?.toFixed(4) ?? '—',
              }),
              note: t('plan.ahead.note'),
            }}
            xLabels={labels}
            formatX={(value) => labels[value] ?? ''}
            formatY={(value) => value.toFixed(2)}
            lines={stages.flatMap((stage) => [
              {
                key: `${stage}with`,
                name: t('plan.ahead.with', { stage: t(`vocabulary.stage.${stage}`) }),
                points: cvOf(ahead.years, stage),
              },
              {
                key: `${stage}without`,
                name: t('plan.ahead.without', { stage: t(`vocabulary.stage.${stage}`) }),
                dashed: true,
                points: cvOf(ahead.without, stage),
              },
            ])}
            table={{
              head: [
                { text: t('plan.ahead.year') },
                { text: t('plan.ahead.with', { stage: t('vocabulary.stage.P') }), num: true },
                { text: t('plan.ahead.without', { stage: t('vocabulary.stage.P') }), num: true },
                { text: t('plan.ahead.with', { stage: t('vocabulary.stage.J') }), num: true },
                { text: t('plan.ahead.without', { stage: t('vocabulary.stage.J') }), num: true },
              ],
              rows: ahead.years.map(({ cv }, at) => ({
                key: labels[at]!,
                cells: [
                  { text: labels[at]! },
                  { text: cv.P?.toFixed(4) ?? '—' },
                  { text: ahead.without[at]?.cv.P?.toFixed(4) ?? '—' },
                  { text: cv.J?.toFixed(4) ?? '—' },
                  { text: ahead.without[at]?.cv.J?.toFixed(4) ?? '—' },
                ],
              })),
            }}
          />
        </Card>
      )}
      <Card title={t('plan.ahead.peopleTitle')}>
        <DataTable
          label={t('plan.ahead.peopleTitle')}
          compact
          rows={ahead.years}
          rowKey={({ year }) => String(year)}
          columns={[
            { key: 'year', head: t('plan.ahead.year'), cell: ({ year }) => formatSchoolYear(year, t.locale) },
            {
              key: 'eligible',
              head: t('plan.ahead.eligible'),
              kind: 'num',
              cell: (one) => opens(one.year, 'eligible', one.eligible.length),
            },
            {
              key: 'become',
              head: t('plan.ahead.become'),
              kind: 'num',
              cell: (one) => opens(one.year, 'become', one.becomeEligible.length),
            },
            {
              key: 'return',
              head: t('plan.ahead.return'),
              kind: 'num',
              cell: (one) => opens(one.year, 'return', one.return.length),
            },
            {
              key: 'retire',
              head: t('plan.ahead.retire'),
              kind: 'num',
              cell: (one) => opens(one.year, 'retire', one.retire.length),
            },
          ]}
          empty={null}
        />
      </Card>
      {list && (
        <Card
          title={t('plan.ahead.listOf', {
            year: formatSchoolYear(list.year, t.locale),
            what: t(`plan.ahead.${list.kind}`),
            count: formatCount(list.total),
          })}
        >
          <DataTable
            label={t(`plan.ahead.${list.kind}`)}
            compact
            rows={list.people}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'who',
                head: t('plan.moves.person'),
                cell: ({ id, name }) => <Link href={`/teachers/${id}` as never}>{name}</Link>,
              },
              { key: 'school', head: t('plan.moves.school'), cell: ({ school }) => school },
              {
                key: 'subject',
                head: t('plan.moves.subject'),
                cell: ({ subject }) => (subject ? label(t, 'subject', subject) : '—'),
              },
            ]}
            empty={<EmptyState title={t('plan.moves.none')} />}
          />
          <TableFoot
            t={t}
            total={list.total}
            page={paging.page}
            size={paging.size}
            href={(change) =>
              addressOf(path, { tab: 'ahead', list: `${list.year}-${list.kind}`, ...paging, ...change })
            }
          />
        </Card>
      )}
      <Card title={t('plan.ahead.fairTitle')}>
        <StackedBars
          t={t}
          text={{
            title: t('plan.ahead.fairPicture', {
              sent: ahead.byTimes.reduce((sum, { sent }) => sum + sent, 0),
              never: ahead.byTimes.find(({ times }) => times === 0)?.sent ?? 0,
              again: ahead.sentAgain.length,
            }),
            note: t('plan.ahead.fairNote'),
          }}
          parts={[
            { key: 'sent', name: t('plan.ahead.sent') },
            { key: 'stay', name: t('plan.ahead.stays') },
          ]}
          rows={ahead.byTimes.map(({ times, sent, stay }) => ({
            key: String(times),
            name: t('plan.ahead.times', { times }),
            counts: [sent, stay],
          }))}
        />
        {ahead.sentAgain.length === 0 ? (
          <p>{t('plan.ahead.fair')}</p>
        ) : (
          <>
            <p>{t('plan.ahead.unfair', { count: ahead.sentAgain.length })}</p>
            <ul>
              {ahead.sentAgain.slice(0, 30).map((one) => (
                <li key={one.key}>
                  {t('plan.ahead.again', {
                    name: view.person(one.key as never)?.name ?? '',
                    times: one.timesSent,
                    waiting: one.before.length,
                  })}
                </li>
              ))}
            </ul>
          </>
        )}
      </Card>
    </>
  )
}
