import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { ButtonLink, Card, EmptyState, Facts, Screen } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { districtSettings, listCalendars } from '@/lib/platform/queries/settings.ts'
import { LIMIT_NAMES } from '@/lib/platform/settings.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { askLimitsAction } from './actions.ts'

export default definePage('platform.settings.view', {
  load: async (tx, { actor }) => {
    const settings = await districtSettings(tx, actor.districtId)
    return settings && { ...settings, calendars: await listCalendars(tx) }
  },
  view: ({ limits, nature, demoDays, calendars }, { actor, session, t }) => (
    <Screen title={t('settings.title')}>
      {nature !== 'real' && (
        <Card
          title={t('settings.clock.title')}
          tools={
            mayUse(actor, 'platform.demoClock.set') && (
              <ButtonLink href="/settings/clock">{t('settings.clock.open')}</ButtonLink>
            )
          }
        >
          <p>{t('settings.clock.now', { day: actor.today, days: demoDays })}</p>
        </Card>
      )}
      <Card
        title={t('settings.calendar.title')}
        tools={
          mayUse(actor, 'platform.calendar.set') && (
            <ButtonLink href="/settings/calendar">{t('settings.calendar.add')}</ButtonLink>
          )
        }
      >
        <p className="muted" style={{ marginBottom: 8 }}>
          {t('settings.calendar.about')}
        </p>
        <DataTable
          label={t('settings.calendar.title')}
          cards
          rows={calendars}
          rowKey={(row) => String(row.year)}
          empty={<EmptyState title={t('settings.calendar.none')} text={t('settings.calendar.noneText')} />}
          columns={[
            { key: 'year', head: t('settings.calendar.year'), cell: (row) => row.year, kind: 'nowrap' },
            {
              key: 'off',
              head: t('settings.calendar.off'),
              cell: (row) => t('settings.calendar.days', { count: row.off.length }),
            },
            {
              key: 'working',
              head: t('settings.calendar.working'),
              cell: (row) => t('settings.calendar.days', { count: row.working.length }),
            },
            { key: 'source', head: t('settings.calendar.source'), cell: (row) => row.source },
            ...(mayUse(actor, 'platform.calendar.set')
              ? [
                  {
                    key: 'edit',
                    head: t('account.actions'),
                    cell: (row: (typeof calendars)[number]) => (
                      <ButtonLink href={`/settings/calendar?year=${row.year}`}>
                        {t('settings.calendar.edit')}
                      </ButtonLink>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Card>
      <Card title={t('settings.limits.title')}>
        <p className="muted" style={{ marginBottom: 8 }}>
          {t('settings.limits.about')}
        </p>
        {mayUse(actor, 'platform.settings.limits') ? (
          <ActionForm action={askLimitsAction}>
            <div className="row">
              {LIMIT_NAMES.map((name) => (
                <TextField
                  key={name}
                  name={name}
                  type="number"
                  label={t(`settings.limit.${name}`)}
                  defaultValue={limits[name]}
                  required
                />
              ))}
            </div>
            <div className="actions">
              <SubmitButton>{t('settings.limits.submit')}</SubmitButton>
            </div>
          </ActionForm>
        ) : (
          <Facts items={LIMIT_NAMES.map((name) => ({ label: t(`settings.limit.${name}`), value: limits[name] }))} />
        )}
      </Card>
      <Card title={t('settings.district.title')}>
        <Facts
          items={[
            { label: t('settings.district.name'), value: session.district.name },
            { label: t('settings.district.code'), value: session.district.code },
            { label: t('settings.district.zone'), value: session.district.timeZone },
            {
              label: t('settings.district.nature'),
              value: t(`settings.district.is.${nature}`),
            },
          ]}
        />
      </Card>
    </Screen>
  ),
})
