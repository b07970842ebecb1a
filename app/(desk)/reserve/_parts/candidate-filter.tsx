import { QueryForm, QuerySelect, QueryText } from '@/app/_ui/query-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { type CandidateQuery, RESERVE_GROUPS } from '@/lib/reserve/queries/candidates.ts'
import type { ReserveOverview } from '@/lib/reserve/queries/overview.ts'
import { SUBJECTS } from '@/lib/rules/register/vocabulary.ts'
import { CANDIDATE_STATES, RESERVE_CHANNELS } from '@/lib/rules/reserve/pipeline.ts'

export function CandidateFilter({
  t,
  query,
  overview,
}: {
  t: Translate
  query: CandidateQuery
  overview: ReserveOverview | null
}) {
  const all = t('reserve.query.all')
  const years = (overview?.years ?? []).map(({ year }) => ({ value: String(year), text: String(year) }))
  return (
    <QueryForm
      t={t}
      path="/reserve"
      keep={{ view: query.view === 'board' ? 'board' : undefined, age: query.age }}
      moreOpen={Boolean(query.year || query.channel || query.stage)}
      more={
        <>
          <QuerySelect
            name="year"
            label={t('reserve.field.year')}
            value={query.year ? String(query.year) : ''}
            all={all}
            options={years}
          />
          <QuerySelect
            name="channel"
            label={t('reserve.field.channel')}
            value={query.channel}
            all={all}
            options={Object.keys(RESERVE_CHANNELS).map((value) => ({ value, text: t(`reserve.channel.${value}`) }))}
          />
          <QuerySelect
            name="stage"
            label={t('reserve.field.stage')}
            value={query.stage}
            all={all}
            options={['P', 'J'].map((value) => ({ value, text: t(`vocabulary.stage.${value}`) }))}
          />
        </>
      }
    >
      <QueryText name="who" label={t('reserve.query.who')} value={query.who} placeholder={t('reserve.query.whoHint')} />
      <QuerySelect
        name="entered"
        label={t('reserve.query.entered')}
        value={query.entered ? String(query.entered) : ''}
        all={all}
        options={years}
      />
      <QuerySelect
        name="subject"
        label={t('reserve.field.subject')}
        value={query.subject}
        all={all}
        options={Object.keys(SUBJECTS).map((value) => ({ value, text: t(`vocabulary.subject.${value}`) }))}
      />
      <QuerySelect
        name="group"
        label={t('reserve.query.group')}
        value={query.group}
        all={all}
        options={Object.keys(RESERVE_GROUPS).map((value) => ({ value, text: t(`reserve.group.${value}`) }))}
      />
      <QuerySelect
        name="state"
        label={t('reserve.field.state')}
        value={query.state}
        all={all}
        options={Object.keys(CANDIDATE_STATES).map((value) => ({ value, text: t(`reserve.state.${value}`) }))}
      />
    </QueryForm>
  )
}
