import Link from 'next/link'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import { addressOf, pagingQuery } from '@/app/_ui/address.ts'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { QueryForm, QuerySelect } from '@/app/_ui/query-form.tsx'
import { ButtonLink, Card, EmptyState, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable, TableFoot } from '@/app/_ui/table.tsx'
import { choices, label } from '@/lib/i18n/vocabulary.ts'
import { listVacancies, roundById } from '@/lib/rotation/queries/rounds.ts'
import { schoolChoices } from '@/lib/rotation/queries/school-choices.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { SUBJECTS, type Subject } from '@/lib/rules/register/vocabulary.ts'
import { idSchema, type RoundId, type SchoolId } from '@/lib/rules/values/ids.ts'
import { RoundTabs } from '../../../_parts/round-tabs.tsx'
import { saveVacancyAction, suggestVacanciesAction } from '../../../actions.ts'
import { formOf, VacancyBulk } from '../_parts/vacancy-bulk.tsx'
import { VacancyFields } from '../_parts/vacancy-fields.tsx'

const WORD = { suggested: 'wait', published: 'good', closed: 'off' } as const
const STATES = ['suggested', 'published', 'closed'] as const

export default definePage('rotation.vacancy.list', {
  params: z.object({ roundId: idSchema<RoundId>() }),
  query: z.object({
    edit: idSchema<string>().optional().catch(undefined),
    school: idSchema<SchoolId>().optional().catch(undefined),
    subject: z
      .enum(Object.keys(SUBJECTS) as [Subject, ...Subject[]])
      .optional()
      .catch(undefined),
    state: z.enum(STATES).optional().catch(undefined),
    ...pagingQuery,
  }),
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
    const schoolsHere = schools.filter(({ value }) => vacancies.some(({ schoolId }) => schoolId === value))
    const found = vacancies.filter(
      (row) =>
        (!query.school || row.schoolId === query.school) &&
        (!query.subject || row.subject === query.subject) &&
        (!query.state || row.state === query.state),
    )
    // a post published away from the last page leaves no empty page behind
    const page = Math.min(query.page, Math.max(1, Math.ceil(found.length / query.size)))
    const shown = found.slice((page - 1) * query.size, page * query.size)
    const { edit: _, ...asked } = query
    const at = (change: Record<string, string | number | undefined>) => addressOf(here, { ...asked, ...change })
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
                  <VacancyFields t={t} schools={choosable} />
                  <SubmitButton>{t('board.vacancies.save')}</SubmitButton>
                </ActionForm>
              </DialogButton>
            </>
          )
        }
      >
        <RoundTabs t={t} actor={actor} roundId={round.id} current="vacancies" />
        {vacancies.length > 0 && (
          <QueryForm t={t} path={here}>
            {schoolsHere.length > 1 && (
              <QuerySelect
                name="school"
                label={t('board.case.school')}
                value={query.school}
                all={t('board.all')}
                options={schoolsHere}
              />
            )}
            <QuerySelect
              name="subject"
              label={t('board.case.subject')}
              value={query.subject}
              all={t('board.all')}
              options={choices(t, 'subject', Object.keys(SUBJECTS)).map(({ value, label }) => ({ value, text: label }))}
            />
            <QuerySelect
              name="state"
              label={t('board.case.state')}
              value={query.state}
              all={t('board.all')}
              options={STATES.map((value) => ({ value, text: t(`board.vacancies.state.${value}`) }))}
            />
          </QueryForm>
        )}
        {picking && found.length > 0 && <VacancyBulk t={t} roundId={round.id} shown={shown} found={found} />}
        <div className={edited ? 'with-panel' : undefined}>
          <DataTable
            label={t('board.round.part.vacancies')}
            rows={shown}
            rowKey={(row) => row.id}
            cards
            current={edited?.id}
            lead={
              picking
                ? {
                    head: null,
                    cell: (row) => (
                      <input
                        // a new box in a new state: a tick set to publish must not stay and mean to stop
                        key={row.state}
                        type="checkbox"
                        name="vacancyIds"
                        value={row.id}
                        form={formOf(row)}
                        defaultChecked={row.state === 'suggested'}
                        aria-label={t('board.bulk.pick', { name: `${row.school} ${label(t, 'subject', row.subject)}` })}
                      />
                    ),
                  }
                : undefined
            }
            empty={
              vacancies.length === 0 ? (
                <EmptyState title={t('board.vacancies.none')} text={t('board.vacancies.noneText')} />
              ) : (
                <EmptyState title={t('board.vacancies.notFound')} text={t('board.vacancies.notFoundText')} />
              )
            }
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
                  mayEdit(row) ? <Link href={at({ edit: row.id }) as never}>{t('board.vacancies.edit')}</Link> : null,
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
              tools={<ButtonLink href={at({})}>{t('platform.close')}</ButtonLink>}
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
                <VacancyFields t={t} schools={choosable} row={edited} />
                <SubmitButton>{t('board.vacancies.save')}</SubmitButton>
              </ActionForm>
            </Card>
          )}
        </div>
        {found.length > 0 && (
          <TableFoot
            t={t}
            summary={t('board.vacancies.total', {
              count: found.length,
              places: found.reduce((sum, { places }) => sum + places, 0),
            })}
            total={found.length}
            page={page}
            size={query.size}
            href={(change) => at(change)}
          />
        )}
      </Screen>
    )
  },
})
