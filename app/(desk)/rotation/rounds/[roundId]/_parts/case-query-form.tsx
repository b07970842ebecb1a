import { QueryForm, QuerySelect, QueryText } from '@/app/_ui/query-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { choices } from '@/lib/i18n/vocabulary.ts'
import { CASE_SOURCES, type CaseFilter } from '@/lib/rotation/queries/case-filter.ts'
import { SUBJECTS } from '@/lib/rules/register/vocabulary.ts'
import { CASE_STATES } from '@/lib/rules/rotation/case-states.ts'

/** What the cases of a round can be asked for; the states with how many stand in each. */
export function CaseQueryForm({
  t,
  path,
  asked,
  states,
  schools,
}: {
  t: Translate
  path: string
  asked: CaseFilter
  states: Partial<Record<string, number>>
  schools: { value: string; text: string }[]
}) {
  return (
    <QueryForm
      t={t}
      path={path}
      moreOpen={Boolean(asked.source || asked.backbone || asked.only)}
      more={
        <>
          <QuerySelect
            name="source"
            label={t('board.case.source')}
            value={asked.source}
            all={t('board.all')}
            options={CASE_SOURCES.map((source) => ({ value: source, text: t(`board.source.${source}`) }))}
          />
          <QuerySelect
            name="backbone"
            label={t('board.case.backbone')}
            value={asked.backbone}
            all={t('board.all')}
            options={[
              { value: 'yes', text: t('board.yes') },
              { value: 'no', text: t('board.no') },
            ]}
          />
          <QuerySelect
            name="only"
            label={t('board.case.only')}
            value={asked.only}
            all={t('board.all')}
            options={(['live', 'late', 'open'] as const).map((only) => ({
              value: only,
              text: t(`board.only.${only}`),
            }))}
          />
        </>
      }
    >
      <QueryText name="who" label={t('board.case.who')} value={asked.who} placeholder={t('board.case.whoHint')} />
      <QuerySelect
        name="state"
        label={t('board.case.state')}
        value={asked.state}
        all={t('board.all')}
        options={CASE_STATES.map((state) => ({
          value: state,
          text: `${t(`board.state.${state}`)} ${states[state] ?? 0}`,
        }))}
      />
      <QuerySelect
        name="school"
        label={t('board.case.school')}
        value={asked.school}
        all={t('board.all')}
        options={schools}
      />
      <QuerySelect
        name="side"
        label={t('board.case.side')}
        value={asked.side}
        all={t('board.all')}
        options={[
          { value: 'out', text: t('board.case.out') },
          { value: 'in', text: t('board.case.in') },
        ]}
      />
      <QuerySelect
        name="subject"
        label={t('board.case.subject')}
        value={asked.subject}
        all={t('board.all')}
        options={choices(t, 'subject', Object.keys(SUBJECTS)).map(({ value, label }) => ({
          value,
          text: label,
        }))}
      />
    </QueryForm>
  )
}
