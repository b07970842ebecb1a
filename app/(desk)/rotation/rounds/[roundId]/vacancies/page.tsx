import Link from 'next/link'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { addressOf } from '@/app/_ui/address.ts'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { ButtonLink, Card, EmptyState, Screen, State } from '@/app/_ui/screen.tsx'
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

/** Forms of the page that a row's box may belong to. */
const FORM = { publish: 'publish-vacancies', close: 'close-vacancies' } as const
const isUnpublished = ({ state }: { state: string }) => state !== 'published'
const WORD = { suggested: 'wait', published: 'good', closed: 'off' } as const

export default definePage('rotation.vacancy.list', {
  params: z.object({ roundId: idSchema<RoundId>() }),
  query: z.object({ edit: idSchema<string>().optional().catch(undefined) }),
  load: async (tx, { params }) => {
    const round = await roundById(tx, params.roundId)
    return round
      ? { round, vacancies: await listVacancies(tx, params.roundId), schools: await schoolChoices(tx) }
      : null
  },
  view: ({ round, vacancies, schools }, { actor, query, t }) => {
    const path = `/rotation/rounds/${round.id}`
    const here = `${path}/vacancies`
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
    const mayEdit = (row: (typeof vacancies)[number]) =>
      running && mayUse(actor, 'rotation.vacancy.save') && (mine.length === 0 || mine.includes(row.schoolId))
    const edited = vacancies.find((row) => row.id === query.edit && mayEdit(row))
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
          <div className="columns no-print">
            <ActionForm
              id={FORM.publish}
              action={publishVacanciesAction}
              hidden={{ roundId: round.id }}
              className="selection"
            >
              <span className="check">
                <SelectAll label={t('board.bulk.all')} name="vacancyIds" />{' '}
                {t('board.vacancies.allSuggested', { count: vacancies.filter(isUnpublished).length })}
              </span>
              <SubmitButton kind="plain">{t('board.vacancies.publish')}</SubmitButton>
            </ActionForm>
            <ActionForm
              id={FORM.close}
              action={closeVacanciesAction}
              hidden={{ roundId: round.id }}
              className="selection"
            >
              <span className="check">
                <SelectAll label={t('board.bulk.all')} name="vacancyIds" />{' '}
                {t('board.vacancies.allPublished', { count: vacancies.filter((row) => !isUnpublished(row)).length })}
              </span>
              <SubmitButton kind="plain">{t('board.vacancies.close')}</SubmitButton>
            </ActionForm>
          </div>
        )}
        <div className={edited ? 'with-panel' : undefined}>
          <DataTable
            label={t('board.round.part.vacancies')}
            rows={vacancies}
            rowKey={(row) => row.id}
            cards
            current={edited?.id}
            lead={
              picking
                ? {
                    head: null,
                    // Each row's box belongs to the form that may act on it: an offered post can be closed, another published.
                    cell: (row) => (
                      <input
                        type="checkbox"
                        name="vacancyIds"
                        value={row.id}
                        form={isUnpublished(row) ? FORM.publish : FORM.close}
                        defaultChecked={row.state === 'suggested'}
                        aria-label={t('board.bulk.pick', { name: `${row.school} ${label(t, 'subject', row.subject)}` })}
                      />
                    ),
                  }
                : undefined
            }
            empty={<EmptyState title={t('board.vacancies.none')} text={t('board.vacancies.noneText')} />}
            columns={[
              { key: 'school', head: t('board.case.school'), cell: (row) => row.school },
              {
                key: 'stage',
                head: t('board.case.stage'),
                kind: 'nowrap',
                cell: (row) => label(t, 'stage', row.stage),
              },
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
                  mayEdit(row) ? (
                    <Link href={addressOf(here, { edit: row.id }) as never}>{t('board.vacancies.edit')}</Link>
                  ) : null,
              },
            ]}
          />
          {edited && (
            <Card
              key={`${edited.id} ${edited.version}`}
              title={t('board.vacancies.editTitle', {
                school: edited.school,
                subject: label(t, 'subject', edited.subject),
              })}
              tools={<ButtonLink href={here}>{t('platform.close')}</ButtonLink>}
            >
              <ActionForm
                action={saveVacancyAction}
                hidden={{
                  roundId: round.id,
                  schoolId: edited.schoolId,
                  stage: edited.stage,
                  subject: edited.subject,
                  version: edited.version,
                }}
              >
                {fields(edited)}
                <SubmitButton>{t('board.vacancies.save')}</SubmitButton>
              </ActionForm>
            </Card>
          )}
        </div>
      </Screen>
    )
  },
})
