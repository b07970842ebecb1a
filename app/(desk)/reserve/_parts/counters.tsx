import Link from 'next/link'
import { addressOf } from '@/app/_ui/address.ts'
import { Card, State } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { ReserveOverview } from '@/lib/reserve/queries/overview.ts'

/** Each calendar year against its target: entered, in the pool, assigned, left; every figure opens its people (R-POOL-2). */
export function Counters({ t, overview }: { t: Translate; overview: ReserveOverview }) {
  const link = (count: number, query: Record<string, string | number>) =>
    count === 0 ? '0' : <Link href={addressOf('/reserve', query) as never}>{count}</Link>
  return (
    <Card title={t('reserve.counter.title')}>
      <div style={{ overflowX: 'auto' }}>
        <table className="table compact" style={{ maxWidth: 720 }}>
          <caption className="visually-hidden">{t('reserve.counter.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('reserve.counter.year')}</th>
              <th scope="col" className="num">
                {t('reserve.counter.entered')}
              </th>
              <th scope="col" className="num">
                {t('reserve.group.pool')}
              </th>
              <th scope="col" className="num">
                {t('reserve.group.assigned')}
              </th>
              <th scope="col" className="num">
                {t('reserve.group.left')}
              </th>
              <th scope="col">{t('reserve.counter.verdict')}</th>
            </tr>
          </thead>
          <tbody>
            {overview.years.map((year) => (
              <tr key={year.year}>
                <td>{t('reserve.counter.yearOf', { year: String(year.year) })}</td>
                <td className="num">{link(year.entered.length, { entered: year.year })}</td>
                <td className="num">{link(year.inPool.length, { entered: year.year, group: 'pool' })}</td>
                <td className="num">{link(year.assigned.length, { entered: year.year, group: 'assigned' })}</td>
                <td className="num">{link(year.left.length, { entered: year.year, group: 'left' })}</td>
                <td>
                  <State kind={year.met ? 'good' : 'wait'}>
                    {t(year.met ? 'reserve.counter.met' : 'reserve.counter.missing', {
                      target: year.target,
                      missing: year.missing,
                    })}
                  </State>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="small muted" style={{ marginTop: 6 }}>
        {t('reserve.counter.note')}
      </p>
      {overview.agesRunningOut > 0 && (
        <p className="warned" style={{ marginTop: 8, marginBottom: 0 }}>
          <Link href="/reserve?age=soon">{t('reserve.counter.ages', { count: overview.agesRunningOut })}</Link>
        </p>
      )}
    </Card>
  )
}
