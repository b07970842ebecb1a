import { LinePlot } from '@/app/_domain/charts/line-plot.tsx'
import { Card } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatCount, formatSchoolYear } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { PlanAhead } from '@/lib/rotation/queries/plan-ahead.ts'
import type { ScenarioView } from '@/lib/rotation/queries/scenario-view.ts'

/** Three years on: who becomes eligible, returns, retires; the path of the coefficient; fairness over time. */
export function AheadTab({ t, view, ahead }: { t: Translate; view: ScenarioView; ahead: PlanAhead }) {
  const labels = ahead.years.map(({ year }) => formatSchoolYear(year, t.locale))
  const path = (years: PlanAhead['years'], stage: 'P' | 'J') =>
    years.flatMap(({ cv }, at) => (cv[stage] === null ? [] : [{ x: at, y: cv[stage] }]))
  const stages = (['P', 'J'] as const).filter((stage) => path(ahead.years, stage).length > 1)
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
                points: path(ahead.years, stage),
              },
              {
                key: `${stage}without`,
                name: t('plan.ahead.without', { stage: t(`vocabulary.stage.${stage}`) }),
                dashed: true,
                points: path(ahead.without, stage),
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
              cell: (one) => formatCount(one.eligible.length),
            },
            {
              key: 'become',
              head: t('plan.ahead.become'),
              kind: 'num',
              cell: (one) => formatCount(one.becomeEligible.length),
            },
            { key: 'return', head: t('plan.ahead.return'), kind: 'num', cell: (one) => formatCount(one.return.length) },
            { key: 'retire', head: t('plan.ahead.retire'), kind: 'num', cell: (one) => formatCount(one.retire.length) },
          ]}
          empty={null}
        />
      </Card>
      <Card title={t('plan.ahead.fairTitle')}>
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
