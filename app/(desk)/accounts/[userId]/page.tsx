import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { Card, EmptyState, Facts, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatMoment } from '@/lib/i18n/format.ts'
import { summaryOf } from '@/lib/i18n/two-person-summary.ts'
import { openRequestsOf } from '@/lib/platform/queries/two-person.ts'
import { findUser, schoolChoices } from '@/lib/platform/queries/users.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { addDays } from '@/lib/rules/values/dates.ts'
import { idSchema, type UserId } from '@/lib/rules/values/ids.ts'
import { EndGrantButton, GiveGrantCard } from '../_parts/grant-forms.tsx'
import { UserActions } from '../_parts/user-actions.tsx'

export default definePage('platform.user.list', {
  params: z.object({ userId: idSchema<UserId>() }),
  load: async (tx, { params, actor }) => {
    const found = await findUser(tx, params.userId)
    if (!found) return null
    return {
      ...found,
      asked: await openRequestsOf(tx, params.userId),
      schools: mayUse(actor, 'platform.grant.give') ? await schoolChoices(tx) : [],
    }
  },
  view: ({ user, school, grants, asked, sessions, schools }, { actor, session, t }) => {
    const zone = session.district.timeZone
    const isLive = (grant: (typeof grants)[number]['grant']) => !grant.endedAt && (grant.validTo ?? '') > actor.today
    return (
      <Screen
        title={t('platform.named', { name: user.displayName, detail: user.login })}
        crumbs={[{ text: t('account.list.title'), href: '/accounts' }, { text: user.login }]}
      >
        <div className="columns">
          <Card title={t('account.detail.facts')}>
            <Facts
              items={[
                { label: t('account.login'), value: <code>{user.login}</code> },
                { label: t('account.school'), value: school ?? t('account.bureau') },
                {
                  label: t('account.state.label'),
                  value: user.disabledAt ? (
                    <State kind="bad">
                      {t('account.state.disabledAt', { at: formatMoment(user.disabledAt, zone) })}
                    </State>
                  ) : (
                    <State kind="good">{t('account.state.active')}</State>
                  ),
                },
                { label: t('account.created'), value: formatMoment(user.createdAt, zone) },
                {
                  label: t('account.lastSignIn'),
                  value: user.lastSignInAt ? formatMoment(user.lastSignInAt, zone) : t('account.state.neverIn'),
                },
                { label: t('account.session.open'), value: sessions.length },
              ]}
            />
          </Card>
          <UserActions user={user} actor={actor} zone={zone} t={t} />
        </div>
        {asked.length > 0 && (
          <div className="noted" style={{ marginBottom: 12 }}>
            {asked.map((request) => (
              <p key={request.id}>
                {t('account.grant.waiting', {
                  what: summaryOf(request, t),
                  by: request.askedByName,
                  until: formatMoment(request.expiresAt, zone),
                })}
              </p>
            ))}
          </div>
        )}
        <DataTable
          label={t('account.grant.ofUser')}
          cards
          rows={grants}
          rowKey={({ grant }) => grant.id}
          empty={<EmptyState title={t('account.grant.none')} text={t('account.grant.noneText')} />}
          columns={[
            { key: 'role', head: t('account.role'), cell: ({ grant }) => t(`platform.role.${grant.role}`) },
            { key: 'school', head: t('account.school'), cell: (row) => row.school ?? t('account.bureau') },
            {
              key: 'flags',
              head: t('account.grant.flags'),
              cell: ({ grant }) => grant.flags.map((flag) => t(`account.flag.${flag}`)).join(' · ') || '—',
            },
            { key: 'from', head: t('account.grant.from'), cell: ({ grant }) => grant.validFrom, kind: 'nowrap' },
            {
              key: 'until',
              head: t('account.grant.lastDay'),
              kind: 'nowrap',
              cell: ({ grant }) =>
                grant.endedAt
                  ? t('account.grant.endedAt', { at: formatMoment(grant.endedAt, zone) })
                  : grant.validTo && grant.validTo !== 'infinity'
                    ? addDays(grant.validTo, -1)
                    : t('account.grant.open'),
            },
            { key: 'reason', head: t('account.reason'), cell: ({ grant }) => reasonText(grant.reason, t) },
            ...(mayUse(actor, 'platform.grant.end')
              ? [
                  {
                    key: 'end',
                    head: t('account.actions'),
                    cell: ({ grant }: (typeof grants)[number]) =>
                      isLive(grant) ? <EndGrantButton grant={grant} t={t} /> : '—',
                  },
                ]
              : []),
          ]}
        />
        {mayUse(actor, 'platform.grant.give') && !user.disabledAt && (
          <GiveGrantCard userId={user.id} schools={schools} t={t} />
        )}
      </Screen>
    )
  },
})

/** Reasons written by the system are codes; a person's own words stay as they are. */
const reasonText = (reason: string | null, t: Parameters<typeof UserActions>[0]['t']) =>
  reason && t.has(`account.grant.reasonOf.${reason}`) ? t(`account.grant.reasonOf.${reason}`) : (reason ?? '—')
