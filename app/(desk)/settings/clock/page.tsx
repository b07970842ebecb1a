import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { Card, Screen } from '@/app/_ui/screen.tsx'
import { districtSettings } from '@/lib/platform/queries/settings.ts'
import { addDays } from '@/lib/rules/values/dates.ts'
import { setDemoClockAction } from '../actions.ts'

const STEPS = [1, 7, 30] as const

export default definePage('platform.demoClock.set', {
  load: async (tx, { actor }) => {
    const settings = await districtSettings(tx, actor.districtId)
    return settings && settings.nature !== 'real' ? settings : null
  },
  view: ({ demoDays }, { actor, t }) => (
    <Screen
      title={t('settings.clock.title')}
      crumbs={[{ text: t('settings.title'), href: '/settings' }, { text: t('settings.clock.title') }]}
    >
      <Card>
        <p className="warned">{t('settings.clock.warning')}</p>
        <p style={{ marginBottom: 10 }}>{t('settings.clock.now', { day: actor.today, days: demoDays })}</p>
        <div className="actions" style={{ marginBottom: 12 }}>
          {STEPS.map((step) => (
            <ActionForm key={step} action={setDemoClockAction} hidden={{ days: demoDays + step }} className="actions">
              <SubmitButton kind="plain">
                {t('settings.clock.step', { count: step, day: addDays(actor.today, step) })}
              </SubmitButton>
            </ActionForm>
          ))}
        </div>
        <ActionForm action={setDemoClockAction}>
          <TextField
            name="days"
            type="number"
            label={t('settings.clock.days')}
            hint={t('settings.clock.daysHint')}
            defaultValue={demoDays}
            required
          />
          <div className="actions">
            <SubmitButton>{t('settings.clock.submit')}</SubmitButton>
          </div>
        </ActionForm>
      </Card>
    </Screen>
  ),
})
