import type { ReactNode } from 'react'
import { DotPlot } from '@/app/_domain/charts/dot-plot.tsx'
import { FlowChart } from '@/app/_domain/charts/flow-chart.tsx'
import { addressOf } from '@/app/_ui/address.ts'
import { ButtonLink, Card, EmptyState, Stat } from '@/app/_ui/screen.tsx'
import type { BureauFigures } from '@/lib/home/queries/bureau-home.ts'
import { countFlows, type RunningPosting } from '@/lib/home/queries/flows.ts'
import { formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { ReserveOverview } from '@/lib/reserve/queries/overview.ts'
import { INDICATORS } from '@/lib/rules/equity/indicators.ts'
import { type LocalDate, yearOf } from '@/lib/rules/values/dates.ts'
import { QuotaCard } from './quota-card.tsx'

const BACKBONE = INDICATORS.find(({ number }) => number === 2)!

/** Bureau: the quotas with their line, who works where, backbone per school, the reserve's year. */
export function BureauHome({
  t,
  figures,
  postings,
  reserve,
  today,
  timeZone,
  todo,
  calendar,
}: {
  t: Translate
  figures: BureauFigures
  postings: RunningPosting[]
  reserve: ReserveOverview
  today: LocalDate
  timeZone: string
  /** Stand beside the figures, so that neither leaves a hole. */
  todo: ReactNode
  calendar: ReactNode
}) {
  const isEmpty = figures.quota.total === null && figures.dots.length === 0 && postings.length === 0
  if (isEmpty)
    return (
      <div className="columns">
        <div>{todo}</div>
        <div>{calendar}</div>
      </div>
    )
  const flows = countFlows(postings)
  const year = reserve.years.find((one) => one.year === yearOf(today))
  const read = formatMoment(figures.readAt, timeZone)
  return (
    <>
      <div className="columns">
        <div>
          {todo}
          <QuotaCard t={t} figures={figures} timeZone={timeZone} />
        </div>
        <div>
          {calendar}
          <Card title={t('home.reserve.title')}>
            <div className="stats">
              <Stat
                label={t('home.reserve.entered', { year: String(yearOf(today)), target: year?.target ?? 0 })}
                value={year?.entered.length ?? 0}
                href={addressOf('/reserve', { entered: yearOf(today) })}
              />
              <Stat
                label={t('home.reserve.pool')}
                value={(reserve.byState.pooled ?? 0) + (reserve.byState.awaiting ?? 0)}
                href="/reserve?group=pool"
              />
              <Stat label={t('home.reserve.ages')} value={reserve.agesRunningOut} href="/reserve?age=soon" />
            </div>
          </Card>
        </div>
      </div>
      <Card title={t('home.equity.title')}>
        {figures.dots.length === 0 ? (
          <EmptyState
            title={t('home.equity.none')}
            text={t('home.equity.noneText')}
            next={<ButtonLink href="/schools">{t('home.equity.schools')}</ButtonLink>}
          />
        ) : (
          <div className="columns">
            {(['P', 'J'] as const).map((stage) => {
              const dots = figures.dots.filter((dot) => dot.stage === stage)
              const limit = BACKBONE.threshold[stage].num / BACKBONE.threshold[stage].den
              const below = (value: (dot: (typeof dots)[number]) => number) =>
                dots.filter((dot) => value(dot) < limit).length
              return (
                <DotPlot
                  key={stage}
                  t={t}
                  text={{
                    title: t('home.equity.finding', {
                      stage: t(`vocabulary.stage.${stage}`),
                      before: below((dot) => dot.byRelation),
                      after: below((dot) => dot.byWorkplace),
                      count: dots.length,
                    }),
                    note: t('home.equity.note', { read }),
                  }}
                  schools={dots.map((dot) => ({
                    key: dot.schoolId,
                    name: dot.name,
                    before: dot.byRelation,
                    after: dot.byWorkplace,
                    href: `/schools/${dot.schoolId}`,
                  }))}
                  threshold={{ value: limit, label: t('home.equity.limit', { limit: limit.toFixed(2) }) }}
                />
              )
            })}
          </div>
        )}
      </Card>
      <Card title={t('home.flow.title')}>
        {flows.length === 0 ? (
          <EmptyState title={t('home.flow.none')} text={t('home.flow.noneText')} />
        ) : (
          <FlowChart
            t={t}
            text={{
              title: t('home.flow.finding', {
                count: postings.length,
                from: new Set(flows.map(({ from }) => from.id)).size,
                to: new Set(flows.map(({ to }) => to.id)).size,
              }),
              note: t('home.flow.note', { on: today }),
            }}
            flows={flows.map((flow) => ({
              from: flow.from,
              to: flow.to,
              kind: flow.subject ?? '',
              kindName: flow.subject ? t(`vocabulary.subject.${flow.subject}`) : '—',
              count: flow.count,
              href: addressOf('/teachers', { school: flow.from.id, posted: 'out', subject: flow.subject }),
            }))}
            hrefOf={(from) => addressOf('/teachers', { school: from, posted: 'out' })}
          />
        )}
      </Card>
    </>
  )
}
