import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { EmptyState, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { choices, label } from '@/lib/i18n/vocabulary.ts'
import { listVacancies, roundById } from '@/lib/rotation/queries/rounds.ts'
import { schoolChoices } from '@/lib/rotation/queries/school-choices.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { SUBJECTS } from '@/lib/rules/register/vocabulary.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { RoundTabs } from '../../../_parts/round-tabs.tsx'
import { SelectAll } from '../../../_parts/select-all.tsx'
import {
  closeVacanciesAction,
  publishVacanciesAction,
  saveVacancyAction,
  suggestVacanciesAction,
} from '../../../actions.ts'

const WORD = { suggested: 'wait', published: 'good', closed: 'off' } as const

export default definePage('rotation.vacancy.list', {
  params: z.object({ roundId: idSchema<RoundId>() }),
  load: async (tx, { params }) => {
    const round = await roundById(tx, params.roundId)
    return round
      ? { round, vacancies: await listVacancies(tx, params.roundId), schools: await schoolChoices(tx) }
      : null
  },
  view: ({ round, vacancies, schools }, { actor, t }) => {
    const path = `/rotation/rounds/${round.id}`
    const running = round.state !== 'closed'
    const mine = actor.schoolIds as readonly string[]
    const choosable = mine.length > 0 ? schools.filter(({ value }) => mine.includes(value)) : schools
    const fields = (defaults?: (typeof vacancies)[number]) => (
      <>
        {defaults ? null : (
          <>
            <SelectField name="schoolId" label={t('board.case.school')} required options={choosable} />
            <div className="row">
              <SelectField
                name="stage"
                label={t('board.case.stage')}
                required
                options={choices(t, 'stage', ['P', 'J']).map(({ value, label }) => ({ value, text: label }))}
              />
              <SelectField
                name="subject"
                label={t('board.case.subject')}
                required
                options={choices(t, 'subject', Object.keys(SUBJECTS)).map(({ value, label }) => ({
                  value,
                  text: label,
                }))}
              />
            </div>
          </>
        )}
        <TextField
          name="places"
          type="number"
          label={t('board.vacancies.places')}
          required
          defaultValue={defaults?.places ?? 1}
        />
        <TextField name="note" label={t('board.vacancies.note')} defaultValue={defaults?.note ?? ''} maxLength={300} />
      </>
    )
    const picking = running && (mayUse(actor, 'rotation.vacancy.publish') || mayUse(actor, 'rotation.vacancy.close'))
    return (
      <Screen
        title={t('board.vacancies.title', { round: round.name })}
        crumbs={[
          { text: t('board.rounds.title'), href: '/rotation' },
          { text: round.name, href: path },
        ]}
        tools={
          running &&
          mayUse(actor, 'rotation.vacancy.save') && (
            <>
              <ActionForm action={suggestVacanciesAction} hidden={{ roundId: round.id }} className="actions">
                <SubmitButton kind="plain">{t('board.vacancies.suggest')}</SubmitButton>
              </ActionForm>
              <DialogButton
                label={t('board.vacancies.add')}
                title={t('board.vacancies.add')}
                kind="primary"
                close={t('platform.close')}
              >
                <ActionForm action={saveVacancyAction} hidden={{ roundId: round.id, version: 0 }} closeDialog>
                  {fields()}
                  <SubmitButton>{t('board.vacancies.save')}</SubmitButton>
                </ActionForm>
              </DialogButton>
            </>
          )
        }
      >
        <RoundTabs t={t} actor={actor} roundId={round.id} current="vacancies" />
        {picking && vacancies.length > 0 && (
          <div className="selection">
            <span>{t('board.vacancies.pick')}</span>
            <button className="button" type="submit" form="publish-vacancies">
              {t('board.vacancies.publish')}
            </button>
            <button className="button" type="submit" form="close-vacancies">
              {t('board.vacancies.close')}
            </button>
          </div>
        )}
        {picking && vacancies.length > 0 && (
          <div className="columns">
            <ActionForm
              id="publish-vacancies"
              action={publishVacanciesAction}
              hidden={{ roundId: round.id }}
              className="actions"
            >
              <VacancyBoxes
                ids={vacancies.filter(({ state }) => state !== 'published').map(({ id }) => id)}
                label={t('board.vacancies.allSuggested', {
                  count: vacancies.filter(({ state }) => state === 'suggested').length,
                })}
                allLabel={t('board.bulk.all')}
              />
            </ActionForm>
            <ActionForm
              id="close-vacancies"
              action={closeVacanciesAction}
              hidden={{ roundId: round.id }}
              className="actions"
            >
              <VacancyBoxes
                ids={vacancies.filter(({ state }) => state === 'published').map(({ id }) => id)}
                label={t('board.vacancies.allPublished', {
                  count: vacancies.filter(({ state }) => state === 'published').length,
                })}
                allLabel={t('board.bulk.all')}
              />
            </ActionForm>
          </div>
        )}
        <DataTable
          label={t('board.round.part.vacancies')}
          rows={vacancies}
          rowKey={(row) => row.id}
          cards
          empty={<EmptyState title={t('board.vacancies.none')} text={t('board.vacancies.noneText')} />}
          columns={[
            { key: 'school', head: t('board.case.school'), cell: (row) => row.school },
            { key: 'stage', head: t('board.case.stage'), kind: 'nowrap', cell: (row) => label(t, 'stage', row.stage) },
            {
              key: 'subject',
              head: t('board.case.subject'),
              kind: 'nowrap',
              cell: (row) => label(t, 'subject', row.subject),
            },
            { key: 'places', head: t('board.vacancies.places'), kind: 'num', cell: (row) => row.places },
            { key: 'taken', head: t('board.vacancies.taken'), kind: 'num', cell: (row) => row.taken },
            {
              key: 'state',
              head: t('board.case.state'),
              cell: (row) => <State kind={WORD[row.state]}>{t(`board.vacancies.state.${row.state}`)}</State>,
            },
            {
              key: 'note',
              head: t('board.vacancies.note'),
              kind: 'clip',
              title: (row) => row.note ?? undefined,
              cell: (row) => row.note ?? '',
            },
            {
              key: 'act',
              head: t('board.case.act'),
              cell: (row) =>
                running &&
                mayUse(actor, 'rotation.vacancy.save') &&
                (mine.length === 0 || mine.includes(row.schoolId)) ? (
                  <DialogButton
                    label={t('board.vacancies.edit')}
                    title={t('board.vacancies.editTitle', {
                      school: row.school,
                      subject: label(t, 'subject', row.subject),
                    })}
                    kind="link"
                    close={t('platform.close')}
                  >
                    <ActionForm
                      action={saveVacancyAction}
                      hidden={{
                        roundId: round.id,
                        schoolId: row.schoolId,
                        stage: row.stage,
                        subject: row.subject,
                        version: row.version,
                      }}
                      closeDialog
                    >
                      {fields(row)}
                      <SubmitButton>{t('board.vacancies.save')}</SubmitButton>
                    </ActionForm>
                  </DialogButton>
                ) : null,
            },
          ]}
        />
      </Screen>
    )
  },
})

/** The posts a form acts on: all of a state by one tick, or singly in their own rows' order. */
function VacancyBoxes({ ids, label: text, allLabel }: { ids: string[]; label: string; allLabel: string }) {
  return (
    <details>
      <summary>{text}</summary>
      <span className="check">
        <SelectAll label={allLabel} name="vacancyIds" /> {allLabel}
      </span>
      {ids.map((id) => (
        <input key={id} type="checkbox" name="vacancyIds" value={id} defaultChecked aria-label={text} />
      ))}
    </details>
  )
}
