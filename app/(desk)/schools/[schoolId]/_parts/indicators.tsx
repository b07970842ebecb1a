import { Card, EmptyState, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { SchoolPage } from '@/lib/register/queries/school-page.ts'
import { INDICATORS, type SchoolIndicator } from '@/lib/rules/equity/indicators.ts'
import type { Ratio } from '@/lib/rules/values/ratio.ts'

const decimal = ({ num, den }: Ratio): string => {
  const hundredths = Number((BigInt(num) * 200n + BigInt(den)) / (BigInt(den) * 2n))
  return `${Math.trunc(hundredths / 100).toLocaleString('en-US')}.${String(hundredths % 100).padStart(2, '0')}`
}

/** The seven indicators of the school by stage (R-BAL-1), by relation and by place of work (R-BAL-4). */
export function Indicators({ t, page }: { t: Translate; page: SchoolPage }) {
  const { relation, workplace } = page.verdicts
  if (relation.length === 0)
    return (
      <Card>
        <EmptyState title={t('school.indicator.none')} text={t('school.indicator.noneHint')} />
      </Card>
    )
  return (
    <>
      {relation.map((verdict) => {
        const atWork = workplace.find((other) => other.stage === verdict.stage)
        const value = (indicator: SchoolIndicator | undefined) => (indicator?.value ? decimal(indicator.value) : '—')
        const title = t('school.indicator.title', { stage: label(t, 'stage', verdict.stage), met: verdict.met })
        return (
          <Card
            key={verdict.stage}
            title={title}
            tools={
              <State kind={verdict.passes ? 'good' : 'bad'}>
                {t(verdict.passes ? 'school.indicator.passes' : 'school.indicator.fails')}
              </State>
            }
          >
            <DataTable
              label={title}
              cards
              columns={[
                { key: 'name', head: t('school.indicator.name'), cell: (row) => t(`school.indicator.of.${row.key}`) },
                {
                  key: 'threshold',
                  head: t('school.indicator.threshold'),
                  kind: 'num',
                  cell: (row) => decimal(row.threshold[verdict.stage]),
                },
                {
                  key: 'relation',
                  head: t('school.indicator.relation'),
                  kind: 'num',
                  cell: (row) => value(verdict.indicators.find((one) => one.number === row.number)),
                },
                {
                  key: 'workplace',
                  head: t('school.indicator.workplace'),
                  kind: 'num',
                  cell: (row) => value(atWork?.indicators.find((one) => one.number === row.number)),
                },
                {
                  key: 'state',
                  head: t('school.indicator.state'),
                  kind: 'nowrap',
                  cell: (row) => (
                    <MeetsState t={t} indicator={verdict.indicators.find((one) => one.number === row.number)} />
                  ),
                },
              ]}
              rows={[...INDICATORS]}
              rowKey={(row) => row.key}
              empty={null}
            />
            <p className="small muted">{t('school.indicator.about')}</p>
          </Card>
        )
      })}
    </>
  )
}

function MeetsState({ t, indicator }: { t: Translate; indicator: SchoolIndicator | undefined }) {
  if (!indicator?.value) return <State kind="off">{t('school.indicator.missing')}</State>
  if (indicator.meets) return <State kind="good">{t('school.indicator.meets')}</State>
  return indicator.tolerable ? (
    <State kind="wait">{t('school.indicator.tolerable')}</State>
  ) : (
    <State kind="bad">{t('school.indicator.below')}</State>
  )
}
