import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { listVacancies } from '@/lib/rotation/queries/rounds.ts'
import { SelectAll } from '../../../_parts/select-all.tsx'
import { closeVacanciesAction, publishVacanciesAction } from '../../../actions.ts'

export type Vacancy = Awaited<ReturnType<typeof listVacancies>>[number]

/** Forms of the page that a row's box may belong to: an offered post can be closed, another published. */
const FORM = { publish: 'publish-vacancies', close: 'close-vacancies' } as const
const isUnpublished = ({ state }: Pick<Vacancy, 'state'>) => state !== 'published'
export const formOf = (row: Vacancy) => (isUnpublished(row) ? FORM.publish : FORM.close)

/** What can be done with the ticked posts of this page, or with all the query has found on every page. */
export function VacancyBulk({
  t,
  roundId,
  shown,
  found,
}: {
  t: Translate
  roundId: string
  shown: Vacancy[]
  found: Vacancy[]
}) {
  const bars = [
    {
      form: FORM.publish,
      action: publishVacanciesAction,
      rows: found.filter(isUnpublished),
      here: shown.filter(isUnpublished).length,
      count: 'board.vacancies.allSuggested',
      button: 'board.vacancies.publish',
      every: 'board.vacancies.publishAll',
      effect: 'board.vacancies.publishEffect',
    },
    {
      form: FORM.close,
      action: closeVacanciesAction,
      rows: found.filter((row) => !isUnpublished(row)),
      here: shown.filter((row) => !isUnpublished(row)).length,
      count: 'board.vacancies.allPublished',
      button: 'board.vacancies.close',
      every: 'board.vacancies.closeAll',
      effect: 'board.vacancies.closeEffect',
    },
  ].filter(({ rows }) => rows.length > 0)
  return (
    <div className="columns no-print">
      {bars.map(({ form, action, rows, here, count, button, every, effect }) => (
        <div key={form} className="selection">
          {here > 0 && (
            <ActionForm id={form} action={action} hidden={{ roundId }} className="actions">
              <span className="check">
                <SelectAll label={t('board.bulk.all')} name="vacancyIds" /> {t(count, { here, count: rows.length })}
              </span>
              <SubmitButton kind="plain">{t(button)}</SubmitButton>
            </ActionForm>
          )}
          {rows.length > here && (
            <DialogButton
              label={t(every, { count: rows.length })}
              title={t(every, { count: rows.length })}
              close={t('platform.close')}
            >
              <p>{t(effect, { count: rows.length, places: rows.reduce((sum, { places }) => sum + places, 0) })}</p>
              <ActionForm action={action} hidden={{ roundId }} closeDialog>
                {rows.map(({ id }) => (
                  <input key={id} type="hidden" name="vacancyIds" value={id} />
                ))}
                <SubmitButton>{t(every, { count: rows.length })}</SubmitButton>
              </ActionForm>
            </DialogButton>
          )}
        </div>
      ))}
    </div>
  )
}
