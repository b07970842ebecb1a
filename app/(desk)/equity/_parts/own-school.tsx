import { Card, EmptyState, State } from '@/app/_ui/screen.tsx'
import type { EquityReading } from '@/lib/equity/queries/own-readings.ts'
import { asNumber, indicatorFacts } from '@/lib/equity/queries/school-values.ts'
import { formatCount, formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { INDICATOR_NUMBERS } from '@/lib/rules/equity/indicators.ts'
import { coefficientText, valueText } from './indicator-table.tsx'

/** A principal's view: own school and the district's line, no other school. */
export function OwnSchool({ readings, timeZone, t }: { readings: EquityReading[]; timeZone: string; t: Translate }) {
  const [first] = readings
  const stages = (['P', 'J'] as const).filter((stage) =>
    readings.some((reading) => reading.schoolId !== null && reading.stage === stage),
  )
  if (!first || stages.length === 0) return <EmptyState title={t('equity.own.none')} text={t('equity.own.noneText')} />
  return stages.map((stage) => (
    <Card key={stage} title={t('equity.own.title', { stage: t(`vocabulary.stage.${stage}`), day: first.onDay })}>
      <p className="small muted">
        {t('equity.own.nightly', {
          day: first.onDay,
          at: formatMoment(first.computedAt, timeZone),
        })}{' '}
        {readings.some(({ suppressed }) => suppressed) && t('equity.own.suppressedNote')}
      </p>
      <div className="table-wrap">
        <table className="table cards">
          <caption className="visually-hidden">{t('equity.table.label')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('equity.table.indicator')}</th>
              <th scope="col" className="num">
                {t('equity.own.relation')}
              </th>
              <th scope="col" className="num">
                {t('equity.own.workplace')}
              </th>
              <th scope="col" className="num">
                {t('equity.table.threshold')}
              </th>
              <th scope="col" className="num">
                {t('equity.table.district')}
              </th>
              <th scope="col" className="num">
                {t('equity.own.coefficient')}
              </th>
              <th scope="col" className="num">
                {t('equity.own.rank')}
              </th>
              <th scope="col">{t('equity.school.verdict')}</th>
            </tr>
          </thead>
          <tbody>
            {INDICATOR_NUMBERS.map((number) => {
              const of = (basis: 'relation' | 'workplace', own: boolean) =>
                readings.find(
                  (reading) =>
                    reading.stage === stage &&
                    reading.indicator === number &&
                    reading.basis === basis &&
                    (reading.schoolId !== null) === own,
                )
              const [mine, real, district] = [of('relation', true), of('workplace', true), of('relation', false)]
              const facts = indicatorFacts(number)
              return (
                <tr key={number}>
                  <td data-label={t('equity.table.indicator')}>
                    {number}. {t(`equity.indicator.${facts.key}`)}
                  </td>
                  <td className="num" data-label={t('equity.own.relation')}>
                    {valueText(mine?.value ?? null)}
                  </td>
                  <td className="num" data-label={t('equity.own.workplace')}>
                    {valueText(real?.value ?? null)}
                  </td>
                  <td className="num" data-label={t('equity.table.threshold')}>
                    {valueText(asNumber(facts.threshold[stage]))}
                  </td>
                  <td className="num" data-label={t('equity.table.district')}>
                    {district?.suppressed ? t('equity.own.suppressed') : valueText(district?.value ?? null)}
                  </td>
                  <td className="num" data-label={t('equity.own.coefficient')}>
                    {district?.suppressed ? t('equity.own.suppressed') : coefficientText(district?.coefficient)}
                  </td>
                  <td className="num" data-label={t('equity.own.rank')}>
                    {mine?.rank
                      ? t('equity.own.rankOf', { rank: formatCount(mine.rank), units: formatCount(mine.units) })
                      : '—'}
                  </td>
                  <td data-label={t('equity.school.verdict')}>
                    <State kind={mine?.passes == null ? 'off' : mine.passes ? 'good' : 'bad'}>
                      {t(`equity.school.${mine?.passes == null ? 'unknown' : mine.passes ? 'meets' : 'below'}`)}
                    </State>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </Card>
  ))
}
