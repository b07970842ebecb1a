import Link from 'next/link'
import { definePage } from '@/app/_server/page.tsx'
import { ButtonLink, EmptyState, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatMoment } from '@/lib/i18n/format.ts'
import { dayIn, type Instant } from '@/lib/platform/clock.ts'
import { listCollections } from '@/lib/register/queries/collections.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'

export default definePage('collection.task.list', {
  load: (tx) => listCollections(tx),
  view: (tasks, { actor, session, t }) => {
    const creates = mayUse(actor, 'collection.task.create')
    return (
      <Screen
        title={t('collection.title')}
        crumbs={[{ text: t('import.page.people'), href: '/teachers' }]}
        tools={
          creates && (
            <ButtonLink kind="primary" href="/collections/new">
              {t('collection.new')}
            </ButtonLink>
          )
        }
      >
        <DataTable
          label={t('collection.title')}
          rows={tasks}
          rowKey={(task) => task.id}
          cards
          empty={
            <EmptyState
              title={t('collection.empty')}
              text={t(creates ? 'collection.emptyHr' : 'collection.emptySchool')}
            />
          }
          columns={[
            {
              key: 'title',
              head: t('collection.name'),
              cell: (task) => <Link href={`/collections/${task.id}` as never}>{task.title}</Link>,
            },
            {
              key: 'due',
              head: t('collection.due'),
              kind: 'nowrap',
              cell: (task) => formatMoment(task.dueAt, session.district.timeZone),
            },
            {
              key: 'far',
              head: t('collection.far'),
              kind: 'nowrap',
              cell: (task) => t('collection.ofSchools', { done: task.confirmed, all: task.schools }),
            },
            {
              key: 'state',
              head: t('import.page.state'),
              cell: (task) =>
                task.closedAt ? (
                  <State kind="off">{t('collection.state.closed')}</State>
                ) : task.confirmed === task.schools ? (
                  <State kind="good">{t('collection.state.confirmed')}</State>
                ) : dayIn(session.district.timeZone, task.dueAt as Instant) < actor.today ? (
                  <State kind="bad">{t('collection.state.late')}</State>
                ) : (
                  <State kind="wait">{t('collection.state.running')}</State>
                ),
            },
          ]}
        />
      </Screen>
    )
  },
})
