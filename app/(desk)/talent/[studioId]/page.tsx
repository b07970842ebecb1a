import Link from 'next/link'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ButtonLink, Card, EmptyState, Facts, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatPeriod } from '@/lib/i18n/format.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { contains, parseDay } from '@/lib/rules/values/dates.ts'
import { idSchema, type StudioId } from '@/lib/rules/values/ids.ts'
import { type StudioMemberRow, studioDetail } from '@/lib/talent/queries/studio.ts'
import { StudioHistory } from '../_parts/studio-history.tsx'
import { AddMember, ChangeHost, EndMember } from '../_parts/studio-people.tsx'

export default definePage('talent.studio.view', {
  params: z.object({ studioId: idSchema<StudioId>() }),
  query: z.object({
    asOf: z
      .string()
      .transform((value) => parseDay(value) ?? undefined)
      .optional()
      .catch(undefined),
  }),
  load: (tx, { params, actor }) => studioDetail(tx, params.studioId, actor),
  view: (studio, { t, actor, query, session }) => {
    const on = query.asOf ?? actor.today
    const now = studio.memberships.filter((row) => contains(row.during, on))
    const earlier = studio.memberships.filter((row) => !contains(row.during, on))
    const host = now.find((row) => row.role === 'host')
    const keeper = mayUse(actor, 'talent.studio.addMember')
    const running = contains(studio.during, actor.today)
    const person = (row: StudioMemberRow) =>
      mayUse(actor, 'talent.studio.export') ? (
        <Link href={`/teachers/${row.teacherId}` as never}>{row.name}</Link>
      ) : (
        row.name
      )
    return (
      <Screen
        title={studio.name}
        crumbs={[{ text: t('talent.title'), href: '/talent' }]}
        tools={
          keeper && (
            <>
              {running && <AddMember t={t} studio={studio} today={actor.today} />}
              {running && <ChangeHost t={t} studio={studio} host={host?.name ?? null} today={actor.today} />}
              <ButtonLink href={`/talent/${studio.id}/edit`}>{t('talent.studio.edit')}</ButtonLink>
            </>
          )
        }
      >
        <Card>
          <Facts
            items={[
              { label: t('talent.studio.level'), value: t(`talent.level.${studio.level}`) },
              { label: t('talent.studio.kind'), value: t(`talent.kind.${studio.kind}`) },
              ...(studio.subject
                ? [{ label: t('talent.studio.subject'), value: t(`vocabulary.subject.${studio.subject}`) }]
                : []),
              {
                label: t('talent.studio.cycle'),
                value: (
                  <>
                    {formatPeriod(studio.during, t.locale)}{' '}
                    <State kind={contains(studio.during, on) ? 'good' : 'off'}>
                      {t(
                        contains(studio.during, on)
                          ? 'talent.time.running'
                          : studio.during.from > on
                            ? 'talent.time.coming'
                            : 'talent.time.ended',
                      )}
                    </State>
                  </>
                ),
              },
              {
                label: t('talent.studio.host'),
                value: host
                  ? t('talent.person.at', { name: host.name, school: host.school ?? '—' })
                  : t('talent.studio.vacant'),
              },
            ]}
          />
        </Card>
        <Card title={t('talent.studio.membersOn', { count: now.filter((row) => row.role === 'member').length, on })}>
          <DataTable
            label={t('talent.studio.members')}
            rows={now}
            rowKey={(row) => row.id}
            cards
            columns={[
              { key: 'name', head: t('talent.person.name'), kind: 'nowrap', cell: person },
              {
                key: 'role',
                head: t('talent.person.role'),
                kind: 'nowrap',
                cell: (row) => t(`talent.role.${row.role}`),
              },
              { key: 'school', head: t('talent.studio.school'), cell: (row) => row.school ?? '—' },
              {
                key: 'during',
                head: t('talent.person.during'),
                kind: 'nowrap',
                cell: (row) => formatPeriod(row.during, t.locale),
              },
              ...(keeper
                ? [
                    {
                      key: 'end',
                      head: t('talent.actions'),
                      cell: (row: StudioMemberRow) =>
                        row.role === 'member' && <EndMember t={t} member={row} today={actor.today} />,
                    },
                  ]
                : []),
            ]}
            empty={<EmptyState title={t('talent.studio.nobody')} text={t('talent.studio.nobodyText')} />}
          />
        </Card>
        {earlier.length > 0 && (
          <Card title={t('talent.studio.others')}>
            <ul className="timeline">
              {[...earlier]
                .sort((a, b) => (a.during.from < b.during.from ? 1 : -1))
                .map((row) => (
                  <li key={row.id} className={row.during.from > on ? undefined : 'past'}>
                    {formatPeriod(row.during, t.locale)} · {t(`talent.role.${row.role}`)} ·{' '}
                    {t('talent.person.at', { name: row.name, school: row.school ?? '—' })}
                  </li>
                ))}
            </ul>
          </Card>
        )}
        {studio.history && (
          <StudioHistory
            t={t}
            history={studio.history}
            timeZone={session.district.timeZone}
            names={new Map(studio.memberships.map((row) => [row.id, row.name]))}
          />
        )}
      </Screen>
    )
  },
})
