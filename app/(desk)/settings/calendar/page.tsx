import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton, TextArea, TextField } from '@/app/_ui/action-form.tsx'
import { Card, Screen } from '@/app/_ui/screen.tsx'
import { findCalendar } from '@/lib/platform/queries/settings.ts'
import { yearOf } from '@/lib/rules/values/dates.ts'
import { setCalendarAction } from '../actions.ts'

export default definePage('platform.calendar.set', {
  query: z.object({ year: z.coerce.number().int().min(2020).max(2100).optional().catch(undefined) }),
  load: async (tx, { query, actor }) => {
    const year = query.year ?? yearOf(actor.today) + 1
    return { year, calendar: await findCalendar(tx, year) }
  },
  view: ({ year, calendar }, { t }) => (
    <Screen
      title={t('settings.calendar.editTitle', { year: String(year) })}
      crumbs={[{ text: t('settings.title'), href: '/settings' }, { text: String(year) }]}
    >
      <Card>
        <p className="muted" style={{ marginBottom: 10 }}>
          {t('settings.calendar.editAbout')}
        </p>
        <ActionForm action={setCalendarAction}>
          <TextField name="year" type="number" label={t('settings.calendar.year')} defaultValue={year} required />
          <TextArea
            name="off"
            label={t('settings.calendar.off')}
            hint={t('settings.calendar.offHint')}
            rows={5}
            defaultValue={calendar?.off.join(' ')}
            maxLength={4000}
          />
          <TextArea
            name="working"
            label={t('settings.calendar.working')}
            hint={t('settings.calendar.workingHint')}
            rows={3}
            defaultValue={calendar?.working.join(' ')}
            maxLength={4000}
          />
          <TextField
            name="source"
            label={t('settings.calendar.source')}
            hint={t('settings.calendar.sourceHint')}
            defaultValue={calendar?.source}
            required
          />
          <div className="actions">
            <SubmitButton>{t('settings.calendar.submit')}</SubmitButton>
          </div>
        </ActionForm>
      </Card>
    </Screen>
  ),
})
