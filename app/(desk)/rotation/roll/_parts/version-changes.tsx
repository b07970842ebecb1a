import Link from 'next/link'
import { Card } from '@/app/_ui/screen.tsx'
import { formatCount } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { VersionChange } from '@/lib/rotation/queries/roll-versions.ts'

/** Who falls in and out with each 补充规定 of a round. */
export function VersionChanges({
  roundName,
  changes,
  t,
}: {
  roundName: string
  changes: VersionChange[]
  t: Translate
}) {
  return changes.map((version) => (
    <Card key={version.to} title={t('roll.versions.title', { round: roundName, from: version.from, to: version.to })}>
      <p>
        {t('roll.versions.headline', {
          before: formatCount(version.eligibleBefore),
          after: formatCount(version.eligibleAfter),
          count: version.changes.length,
        })}
      </p>
      {(['falls_out', 'falls_in', 'other'] as const).map((kind) => {
        const own = version.changes.filter(({ change }) => change.kind === kind)
        if (own.length === 0) return null
        return (
          <details key={kind}>
            <summary>{t(`roll.versions.${kind}`, { count: own.length })}</summary>
            <div className="table-wrap tall">
              <table className="table compact">
                <caption className="visually-hidden">{t(`roll.versions.${kind}`, { count: own.length })}</caption>
                <tbody>
                  {own.map(({ change, person }) => (
                    <tr key={change.id}>
                      <td className="nowrap">
                        <Link href={`/teachers/${person.teacherId}` as never}>{person.name}</Link>
                      </td>
                      <td>{person.schoolName}</td>
                      <td>{person.subject ? t(`vocabulary.subject.${person.subject}`) : '—'}</td>
                      <td>
                        {t(`rotation.eligibility.state.${change.before?.state ?? 'absent'}`)} →{' '}
                        {t(`rotation.eligibility.state.${change.after?.state ?? 'absent'}`)}{' '}
                        {change.after?.decidingRule}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </details>
        )
      })}
    </Card>
  ))
}
