import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { Card, Facts, Screen, State } from '@/app/_ui/screen.tsx'
import { formatMoment } from '@/lib/i18n/format.ts'
import { findEvent } from '@/lib/platform/queries/audit.ts'
import { idSchema } from '@/lib/rules/values/ids.ts'
import { Reason } from '../_parts/reason.tsx'

export default definePage('platform.audit.list', {
  params: z.object({ eventId: idSchema<string>() }),
  load: (tx, { params }) => findEvent(tx, params.eventId),
  view: ({ event, details, seq, hash }, { session, t }) => (
    <Screen
      title={t.has(`audit.actions.${event.action}`) ? t(`audit.actions.${event.action}`) : event.action}
      crumbs={[{ text: t('audit.title'), href: '/audit' }, { text: event.action }]}
    >
      <div className="columns">
        <Card title={t('audit.event')}>
          <Facts
            items={[
              { label: t('audit.at'), value: formatMoment(event.at, session.district.timeZone) },
              { label: t('audit.who'), value: event.actorName },
              {
                label: t('account.role'),
                value: t.has(`platform.role.${event.role}`) ? t(`platform.role.${event.role}`) : event.role,
              },
              { label: t('audit.action'), value: <code>{event.action}</code> },
              { label: t('audit.object'), value: [event.resource, event.objectId].filter(Boolean).join(' · ') || '—' },
              {
                label: t('audit.outcome'),
                value: (
                  <State kind={event.outcome === 'done' ? 'good' : 'wait'}>
                    {t(`audit.outcomes.${event.outcome}`)}
                  </State>
                ),
              },
              { label: t('account.reason'), value: <Reason t={t} reason={event.reason} details={details} /> },
              { label: t('audit.session'), value: event.sessionId },
            ]}
          />
        </Card>
        <Card title={t('audit.chain')}>
          <Facts
            items={[
              { label: t('audit.seq'), value: seq ?? t('audit.waiting') },
              { label: t('audit.ownHash'), value: <code className="small">{event.h.toString('hex')}</code> },
              { label: t('audit.linkHash'), value: hash ? <code className="small">{hash.toString('hex')}</code> : '—' },
            ]}
          />
        </Card>
      </div>
      <Card title={t('audit.details')}>
        {details === null ? (
          <p className="muted">{t(event.detailsHash ? 'audit.detailsGone' : 'audit.noDetails')}</p>
        ) : (
          <pre style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', margin: 0 }}>
            {JSON.stringify(details, null, 2)}
          </pre>
        )}
      </Card>
    </Screen>
  ),
})
