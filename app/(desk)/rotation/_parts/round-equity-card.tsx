import Link from 'next/link'
import { Card } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { RoundEquity } from '@/lib/rotation/queries/round-equity.ts'

/** Weighted CV of backbone per stage before and after the round, by work place and by relation (R-BAL-3, R-BAL-4). */
export function RoundEquityTable({ t, equity }: { t: Translate; equity: RoundEquity[] }) {
  const none = t('board.decide.notApplicable')
  return (
    <>
      <table className="table compact">
        <thead>
          <tr>
            <th>{t('board.case.stage')}</th>
            <th className="num">{t('board.decide.workBefore')}</th>
            <th className="num">{t('board.decide.workAfter')}</th>
            <th className="num">{t('board.decide.relationBefore')}</th>
            <th className="num">{t('board.decide.relationAfter')}</th>
            <th className="num">{t('board.decide.limit')}</th>
          </tr>
        </thead>
        <tbody>
          {equity.map((line) => (
            <tr key={line.stage}>
              <td>
                <Link href="/equity">{label(t, 'stage', line.stage)}</Link>
              </td>
              <td className="num">{line.workBefore ?? none}</td>
              <td className="num">{line.workAfter ?? none}</td>
              <td className="num">{line.relationBefore ?? none}</td>
              <td className="num">{line.relationAfter ?? none}</td>
              <td className="num">{line.limit}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small muted">{t('board.decide.equityNote')}</p>
    </>
  )
}

export const RoundEquityCard = ({ t, equity }: { t: Translate; equity: RoundEquity[] }) => (
  <Card title={t('board.decide.equity')}>
    <RoundEquityTable t={t} equity={equity} />
  </Card>
)
