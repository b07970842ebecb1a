import Link from 'next/link'
import { EmptyState, State } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { CandidateRow } from '@/lib/reserve/queries/candidates.ts'
import { CANDIDATE_STATES, type CandidateState, ENDED } from '@/lib/rules/reserve/pipeline.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import { kindOfState } from './candidate-columns.tsx'

/** Cards a column shows before it says how many more there are. */
const SHOWN = 8

/** People by state in the order of the pipeline, then those who left; states without people are left out. */
export function StateBoard({
  t,
  rows,
  hrefOf,
}: {
  t: Translate
  rows: CandidateRow[]
  hrefOf: (state: CandidateState) => string
}) {
  const byState = groupBy(rows, (row) => row.state)
  const all = Object.keys(CANDIDATE_STATES) as CandidateState[]
  const states = [...all.filter((state) => !ENDED.includes(state)), ...ENDED].filter((state) => byState.has(state))
  if (states.length === 0) return <EmptyState title={t('reserve.empty.title')} text={t('reserve.empty.text')} />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="board" aria-label={t('reserve.viewBoard')} tabIndex={0}>
      {states.map((state) => {
        const people = byState.get(state)!
        return (
          <div key={state} className="board-column">
            <h2>
              <State kind={kindOfState(state)}>{t(`reserve.state.${state}`)}</State>{' '}
              <Link href={hrefOf(state) as never}>{people.length}</Link>
            </h2>
            <ul>
              {people.slice(0, SHOWN).map((row) => (
                <li key={row.id}>
                  <Link href={`/reserve/${row.id}` as never}>{row.name}</Link>{' '}
                  <span className="muted small">
                    {t('reserve.post', {
                      stage: t(`vocabulary.stage.${row.stage}`),
                      subject: t(`vocabulary.subject.${row.subject}`),
                    })}
                    {row.school ? ` · ${row.school}` : ''}
                  </span>
                </li>
              ))}
            </ul>
            {people.length > SHOWN && (
              <Link className="small" href={hrefOf(state) as never}>
                {t('reserve.more', { count: people.length - SHOWN })}
              </Link>
            )}
          </div>
        )
      })}
    </section>
  )
}
