import Link from 'next/link'
import { State } from '@/app/_ui/screen.tsx'
import type { EquityBoard } from '@/lib/equity/queries/equity-board.ts'
import { asNumber, indicatorFacts } from '@/lib/equity/queries/school-values.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import {
  COEFFICIENT_LIMIT,
  type EquityStage,
  INDICATOR_NUMBERS,
  type IndicatorNumber,
} from '@/lib/rules/equity/indicators.ts'

export const coefficientText = (tenThousandths: number | null | undefined): string =>
  tenThousandths == null ? '—' : (tenThousandths / 10_000).toFixed(4)

export const valueText = (value: number | null): string =>
  value === null ? '—' : value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 2 : 3)

/** The seven indicators of a stage: district value, threshold, coefficient on both bases against its limit. */
export function IndicatorTable({
  board,
  stage,
  current,
  href,
  t,
}: {
  board: EquityBoard
  stage: EquityStage
  current: IndicatorNumber
  href: (indicator: IndicatorNumber) => string
  t: Translate
}) {
  const limit = COEFFICIENT_LIMIT[stage]
  const at = (figures: EquityBoard['relation'], number: IndicatorNumber) =>
    figures.stages[stage].indicators.find((one) => one.number === number)!
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-wrap" aria-label={t('equity.table.label')} tabIndex={0}>
      <table className="table cards">
        <caption className="visually-hidden">{t('equity.table.label')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('equity.table.indicator')}</th>
            <th scope="col" className="num">
              {t('equity.table.district')}
            </th>
            <th scope="col" className="num">
              {t('equity.table.threshold')}
            </th>
            <th scope="col" className="num">
              {t('equity.table.relation')}
            </th>
            <th scope="col" className="num">
              {t('equity.table.workplace')}
            </th>
            <th scope="col">{t('equity.table.verdict', { limit: (limit.num / limit.den).toFixed(2) })}</th>
            <th scope="col" className="num">
              {t('equity.table.below')}
            </th>
            <th scope="col">{t('equity.table.driver')}</th>
          </tr>
        </thead>
        <tbody>
          {INDICATOR_NUMBERS.map((number) => {
            const [official, real] = [at(board.relation, number), at(board.workplace, number)]
            const facts = indicatorFacts(number)
            const driver = board.schools.find(({ id }) => id === official.coefficient?.driver)
            return (
              <tr key={number} aria-current={number === current ? 'true' : undefined}>
                <td data-label={t('equity.table.indicator')}>
                  <Link href={href(number) as never}>
                    {number}. {t(`equity.indicator.${facts.key}`)}
                  </Link>
                </td>
                <td data-label={t('equity.table.district')} className="num">
                  {valueText(asNumber(official.district))}
                </td>
                <td data-label={t('equity.table.threshold')} className="num">
                  {valueText(asNumber(facts.threshold[stage]))}
                </td>
                <td data-label={t('equity.table.relation')} className="num">
                  {coefficientText(official.coefficient?.tenThousandths)}
                </td>
                <td data-label={t('equity.table.workplace')} className="num">
                  {coefficientText(real.coefficient?.tenThousandths)}
                </td>
                <td data-label={t('equity.table.verdict', { limit: (limit.num / limit.den).toFixed(2) })}>
                  <State kind={official.passes === null ? 'off' : official.passes ? 'good' : 'bad'}>
                    {t(`equity.passes.${official.passes === null ? 'none' : official.passes ? 'yes' : 'no'}`)}
                  </State>
                </td>
                <td data-label={t('equity.table.below')} className="num">
                  <Link href={`${href(number)}#schools` as never}>
                    {t('equity.schoolCount', { count: official.below.length })}
                  </Link>
                </td>
                <td data-label={t('equity.table.driver')} className="clip" title={driver?.name}>
                  {driver ? (
                    <Link href={`/schools/${driver.id}` as never}>{driver.shortName ?? driver.name}</Link>
                  ) : (
                    '—'
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
