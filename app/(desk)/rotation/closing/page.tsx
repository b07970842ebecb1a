import Link from 'next/link'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import { addressOf } from '@/app/_ui/address.ts'
import { Card, EmptyState, Facts, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatCount, formatMoment, formatSchoolYear, formatShare } from '@/lib/i18n/format.ts'
import { CLOSING_LISTS, closingPeople, listClosings } from '@/lib/rotation/queries/closing.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { RotationTabs } from '../_parts/rotation-tabs.tsx'
import { closeYearAction } from './actions.ts'

const query = z.object({
  round: idSchema<RoundId>().optional().catch(undefined),
  list: z.enum(CLOSING_LISTS).optional().catch(undefined),
})

export default definePage('rotation.closing.view', {
  query,
  load: async (tx, { query: asked }) => ({
    closings: await listClosings(tx),
    people: asked.round && asked.list ? await closingPeople(tx, asked.round, asked.list) : null,
  }),
  view: ({ closings, people }, { t, actor, session, query: asked }) => (
    <Screen title={t('closing.title')}>
      <RotationTabs t={t} actor={actor} current="closing" />
      {closings.length === 0 && <EmptyState title={t('closing.none')} text={t('closing.noneText')} />}
      {closings.map(({ round, figures, closedAt, by }) => {
        const href = (list: (typeof CLOSING_LISTS)[number]) =>
          addressOf('/rotation/closing', { round: round.id, list }) as never
        return (
          <Card
            key={round.id}
            title={t('closing.round', { year: formatSchoolYear(round.year, t.locale), name: round.name })}
            tools={
              closedAt ? (
                <State kind="good">
                  {t('closing.closedBy', { by: by ?? '—', at: formatMoment(closedAt, session.district.timeZone) })}
                </State>
              ) : (
                <State kind="wait">{t('closing.live')}</State>
              )
            }
          >
            {!figures && <p className="muted">{t('closing.noRoll')}</p>}
            {figures && (
              <>
                <Facts
                  items={[
                    ...CLOSING_LISTS.map((list) => ({
                      label: t(`closing.list.${list}`),
                      value: <Link href={href(list)}>{formatCount(figures[list])}</Link>,
                    })),
                    { label: t('closing.needed'), value: formatCount(figures.needed) },
                    { label: t('closing.share'), value: formatShare(figures.share, t.locale) },
                    ...(['A', 'B', 'C'] as const).map((reading) => {
                      const verdict = figures.readings[reading]
                      return {
                        label: t('closing.reading', { reading, binds: figures.binding === reading ? 'yes' : 'no' }),
                        value: verdict.kind === 'measured' ? formatShare(verdict.share, t.locale) : t('closing.noBase'),
                      }
                    }),
                  ]}
                />
                <div className="actions">
                  <a className="button" href={`/rotation/closing/${round.id}/download`}>
                    {t('document.county')}
                  </a>
                  {actor.role === 'bureau_hr' && !closedAt && (
                    <ActionForm action={closeYearAction} hidden={{ roundId: round.id }}>
                      <SubmitButton>{t('closing.close')}</SubmitButton>
                    </ActionForm>
                  )}
                </div>
              </>
            )}
          </Card>
        )
      })}
      {people && asked.list && (
        <DataTable
          label={t(`closing.list.${asked.list}`)}
          rows={people}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t('closing.nobody')} />}
          columns={[
            { key: 'name', head: t('order.column.teacher'), cell: ({ name }) => name },
            { key: 'no', head: t('closing.staffNo'), cell: ({ staffNo }) => staffNo },
          ]}
        />
      )}
    </Screen>
  ),
})
