import Link from 'next/link'
import { Card } from '@/app/_ui/screen.tsx'
import { formatCount } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { AffectedPerson, PolicyEffect } from '@/lib/rotation/queries/policy-effect.ts'
import { ELIGIBILITY_STATES } from '@/lib/rules/rotation/eligibility-result.ts'

/** What a change does before it is made: 符合 3,407 → 3,188, and the lists of who falls in and out. */
export function EffectCard({ effect, t }: { effect: PolicyEffect; t: Translate }) {
  const { before, after } = effect
  const changed = effect.fallsIn.length + effect.fallsOut.length + effect.otherwise.length
  return (
    <Card title={t('policy.effect.title', { day: effect.snapshot })} id="effect">
      <p>
        {changed === 0 && effect.needBefore === effect.needAfter
          ? t('policy.effect.none')
          : t('policy.effect.headline', {
              before: formatCount(before.eligible),
              after: formatCount(after.eligible),
              out: formatCount(effect.fallsOut.length),
              in: formatCount(effect.fallsIn.length),
              other: formatCount(effect.otherwise.length),
            })}
      </p>
      <div className="table-wrap">
        <table className="table compact">
          <caption className="visually-hidden">{t('policy.effect.title', { day: effect.snapshot })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('policy.effect.figure')}</th>
              <th scope="col" className="num">
                {t('policy.effect.before')}
              </th>
              <th scope="col" className="num">
                {t('policy.effect.after')}
              </th>
              <th scope="col" className="num">
                {t('policy.effect.change')}
              </th>
            </tr>
          </thead>
          <tbody>
            {ELIGIBILITY_STATES.map((state) => (
              <Row
                key={state}
                label={t(`rotation.eligibility.state.${state}`)}
                before={before[state]}
                after={after[state]}
              />
            ))}
            <Row label={t('roll.stat.E')} before={before.E} after={after.E} />
            <Row label={t('roll.stat.EB')} before={before.EB} after={after.EB} />
            <Row label={t('roll.stat.need')} before={effect.needBefore} after={effect.needAfter} />
          </tbody>
        </table>
      </div>
      <People
        title={t('policy.effect.out', { count: formatCount(effect.fallsOut.length) })}
        people={effect.fallsOut}
        t={t}
      />
      <People
        title={t('policy.effect.in', { count: formatCount(effect.fallsIn.length) })}
        people={effect.fallsIn}
        t={t}
      />
      <People
        title={t('policy.effect.other', { count: formatCount(effect.otherwise.length) })}
        people={effect.otherwise}
        t={t}
      />
    </Card>
  )
}

function Row({ label, before, after }: { label: string; before: number; after: number }) {
  const change = after - before
  return (
    <tr>
      <td>{label}</td>
      <td className="num">{formatCount(before)}</td>
      <td className="num">{formatCount(after)}</td>
      <td className="num">
        {change === 0 ? '0' : change > 0 ? `+${formatCount(change)}` : `−${formatCount(-change)}`}
      </td>
    </tr>
  )
}

/** The names behind a number, open on demand. */
function People({ title, people, t }: { title: string; people: AffectedPerson[]; t: Translate }) {
  if (people.length === 0) return null
  const side = (one: AffectedPerson['before']) =>
    one ? t(`rotation.eligibility.state.${one.state}`) + (one.decidingRule ? ` ${one.decidingRule}` : '') : '—'
  return (
    <details style={{ marginTop: 6 }}>
      <summary>{title}</summary>
      <div className="table-wrap tall">
        <table className="table compact">
          <caption className="visually-hidden">{title}</caption>
          <tbody>
            {people.map(({ who, before, after }) => (
              <tr key={who.teacherId}>
                <td className="nowrap">
                  <Link href={`/teachers/${who.teacherId}` as never}>{who.name}</Link>
                </td>
                <td className="clip" title={who.schoolName}>
                  {who.schoolName}
                </td>
                <td className="nowrap">{who.subject ? t(`vocabulary.subject.${who.subject}`) : '—'}</td>
                <td className="nowrap">{side(before)}</td>
                <td className="nowrap">→ {side(after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
