import type { Translate } from '@/lib/i18n/translate.ts'
import type { PeriodPlan } from '@/lib/rules/register/period-plan.ts'

/** Subjects × grades with the weekly load: the table of domain.md §3.3. */
export function PeriodPlanTable({ plan, t }: { plan: PeriodPlan; t: Translate }) {
  return (
    <div className="table-wrap">
      <table className="table compact">
        <caption className="visually-hidden">{t('rotation.policy.periodPlan.subjects.label')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('rotation.policy.leaf.subject')}</th>
            {plan.subjects[0]?.periods.map((_, grade) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: grades one to nine
              <th scope="col" className="num" key={grade}>
                {grade + 1}
              </th>
            ))}
            <th scope="col" className="num">
              {t('policy.plan.loadPrimary')}
            </th>
            <th scope="col" className="num">
              {t('policy.plan.loadJunior')}
            </th>
            <th scope="col" className="num">
              {t('rotation.policy.leaf.perUnit')}
            </th>
          </tr>
        </thead>
        <tbody>
          {plan.subjects.map((row) => (
            <tr key={row.subject}>
              <td className="nowrap">{t(`vocabulary.subject.${row.subject}`)}</td>
              {row.periods.map((periods, grade) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: grades one to nine
                <td className="num" key={grade}>
                  {periods || ''}
                </td>
              ))}
              <td className="num">{row.load.P ?? '—'}</td>
              <td className="num">{row.load.J ?? '—'}</td>
              <td className="num">{row.perUnit.P || row.perUnit.J || ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
