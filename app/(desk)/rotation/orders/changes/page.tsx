import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { Card, EmptyState, Screen } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatMoment } from '@/lib/i18n/format.ts'
import { AFTER_KINDS } from '@/lib/rotation/operations/after-decision-input.ts'
import { schoolsById } from '@/lib/rotation/queries/case-papers.ts'
import { casesAfterDeciding, listAfterDecisions } from '@/lib/rotation/queries/orders.ts'
import type { KeptFigures } from '@/lib/rotation/store/round-figures.ts'
import { RotationTabs } from '../../_parts/rotation-tabs.tsx'
import { askAfterDecisionAction } from '../actions.ts'

export default definePage('rotation.afterDecision.list', {
  load: async (tx, { actor }) => ({
    done: await listAfterDecisions(tx),
    cases: actor.role === 'bureau_hr' ? await casesAfterDeciding(tx) : [],
    schools: [...(await schoolsById(tx)).values()],
  }),
  view: ({ done, cases, schools }, { t, actor, session }) => (
    <Screen
      title={t('order.after.title')}
      crumbs={[{ text: t('order.title'), href: '/rotation/orders' }, { text: t('order.after.title') }]}
    >
      <RotationTabs t={t} actor={actor} current="orders" />
      {cases.length > 0 && (
        <Card title={t('order.after.ask')}>
          <p className="muted">{t('order.after.about')}</p>
          <ActionForm action={askAfterDecisionAction}>
            <div className="columns">
              <SelectField
                name="kind"
                label={t('order.after.kind')}
                required
                options={AFTER_KINDS.map((kind) => ({ value: kind, text: t(`order.after.${kind}.label`) }))}
              />
              <SelectField
                name="caseId"
                label={t('order.after.case')}
                required
                blank={t('notice.objection.choose')}
                options={cases.map((row) => ({
                  value: row.id,
                  text: t('order.after.caseOption', {
                    number: row.number,
                    teacher: row.teacher,
                    from: row.from,
                    to: row.to ?? '—',
                    state: t(`order.caseState.${row.state}`),
                  }),
                }))}
              />
            </div>
            <div className="columns">
              <TextField name="documentNo" label={t('order.after.documentNo')} required maxLength={60} />
              <TextField name="reason" label={t('order.reason')} required maxLength={500} />
            </div>
            <div className="columns">
              <SelectField
                name="toSchoolId"
                label={t('order.after.toSchool')}
                hint={t('order.after.toSchoolHint')}
                blank={t('order.after.unchanged')}
                options={schools.map(({ id, name }) => ({ value: id, text: name }))}
              />
              <TextField name="startsOn" type="date" label={t('order.after.startsOn')} />
              <TextField name="endsOn" type="date" label={t('order.after.endsOn')} hint={t('order.after.endsOnHint')} />
            </div>
            <div className="columns">
              <TextField name="until" type="date" label={t('order.after.until')} hint={t('order.after.untilHint')} />
              <TextField
                name="staffNo"
                label={t('order.after.substitute.who')}
                hint={t('order.after.substitute.hint')}
              />
            </div>
            <div className="actions">
              <SubmitButton>{t('order.after.submit')}</SubmitButton>
            </div>
          </ActionForm>
        </Card>
      )}
      <DataTable
        label={t('order.after.title')}
        rows={done}
        rowKey={({ after }) => after.id}
        cards
        empty={<EmptyState title={t('order.after.none')} text={t('order.after.noneText')} />}
        columns={[
          {
            key: 'at',
            head: t('order.after.at'),
            cell: ({ after }) => formatMoment(after.at, session.district.timeZone),
          },
          { key: 'kind', head: t('order.after.kind'), cell: ({ after }) => t(`order.after.${after.kind}.label`) },
          {
            key: 'case',
            head: t('order.after.case'),
            cell: ({ number, teacher, school }) => t('order.after.about2', { number, teacher, school }),
          },
          { key: 'document', head: t('order.after.documentNo'), cell: ({ after }) => after.documentNo },
          { key: 'reason', head: t('order.reason'), cell: ({ after }) => after.reason },
          {
            key: 'people',
            head: t('order.after.people'),
            cell: ({ asked, answered }) => t('order.after.by', { asked: asked ?? '—', answered: answered ?? '—' }),
          },
          {
            key: 'quota',
            head: t('order.after.quota'),
            cell: ({ after }) => {
              const figures = after.figures as KeptFigures | null
              return figures
                ? t('order.after.figures', {
                    moved: figures.moved,
                    eligible: figures.eligible,
                    need: figures.need,
                    backbone: figures.movedBackbone,
                  })
                : '—'
            },
          },
        ]}
      />
    </Screen>
  ),
})
