import Link from 'next/link'
import { z } from 'zod'
import { RecordLanes } from '@/app/_domain/record-lanes.tsx'
import { Timeline } from '@/app/_domain/timeline.tsx'
import { definePage } from '@/app/_server/page.tsx'
import { addressOf } from '@/app/_ui/address.ts'
import { PrintButton } from '@/app/_ui/dialog.tsx'
import { ButtonLink, Card, Screen, Tabs } from '@/app/_ui/screen.tsx'
import { schoolOptions } from '@/lib/register/queries/schools.ts'
import { teacherQuery } from '@/lib/register/queries/teacher-query.ts'
import { teacherView } from '@/lib/register/queries/teacher-view.ts'
import { readsPart } from '@/lib/rules/access/masks.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { PERSON_TASKS, type PersonTask, personTasks } from '@/lib/rules/register/person-tasks.ts'
import { idSchema, type TeacherId } from '@/lib/rules/values/ids.ts'
import { ChangesTable } from './_parts/changes.tsx'
import { PersonFacts } from './_parts/person-facts.tsx'
import { TaskForm } from './_parts/task-form.tsx'

const TABS = ['record', 'facts', 'changes', 'act'] as const

export default definePage('register.teacher.view', {
  params: z.object({ teacherId: idSchema<TeacherId>() }),
  query: z.object({
    tab: z.enum(TABS).catch('record'),
    do: z
      .enum(PERSON_TASKS.map(({ key }) => key) as [PersonTask, ...PersonTask[]])
      .optional()
      .catch(undefined),
    asOf: teacherQuery.shape.asOf,
  }),
  load: async (tx, { actor, params, query }) => {
    const view = await teacherView(tx, actor, params.teacherId, query.asOf ?? actor.today)
    if (!view) return null
    return { view, schools: query.tab === 'act' ? await schoolOptions(tx) : [] }
  },
  view: ({ view, schools }, { actor, params, query, t, session }) => {
    const { row } = view
    const path = `/teachers/${params.teacherId}`
    const tasks = personTasks(actor)
    const tabs = TABS.filter((tab) => {
      if (tab === 'changes') return readsPart(actor.role, 'changes')
      if (tab === 'facts') return view.facts !== null
      return tab !== 'act' || tasks.length > 0
    })
    const task = query.do && tasks.includes(query.do) ? query.do : tasks[0]
    return (
      <Screen
        title={t('teacher.page.title', {
          name: row.name,
          school: row.school ?? t('teacher.left'),
          has: row.subject ? 'yes' : 'no',
          subject: row.subject ? t(`vocabulary.subject.${row.subject}`) : '',
        })}
        crumbs={[{ text: t('teacher.list.title'), href: '/teachers' }, { text: row.name }]}
        tools={
          <>
            {mayUse(actor, 'rotation.roll.view') && (
              <ButtonLink href={addressOf('/rotation/roll', { who: row.staffNo, person: params.teacherId })}>
                {t('teacher.page.eligible')}
              </ButtonLink>
            )}
            <PrintButton label={t('register.print.button')} />
          </>
        }
        foot={[t('register.print.filledBy'), t('register.print.checkedBy'), view.on]}
      >
        <Tabs
          label={t('teacher.page.tabs')}
          items={tabs.map((tab) => ({
            text: t(`teacher.page.tab.${tab}`),
            href: addressOf(path, { tab: tab === 'record' ? undefined : tab, asOf: query.asOf }),
            current: tab === query.tab,
          }))}
        />
        {query.tab === 'record' && (
          <Card title={t('register.record.title')}>
            <RecordLanes t={t} entries={view.record} on={view.on} />
            <Timeline t={t} entries={view.record} on={view.on} />
          </Card>
        )}
        {query.tab === 'facts' && <PersonFacts t={t} actor={actor} view={view} />}
        {query.tab === 'changes' && <ChangesTable t={t} changes={view.changes} timeZone={session.district.timeZone} />}
        {query.tab === 'act' && task && (
          <div className="columns sided" style={{ gridTemplateColumns: 'minmax(160px, 220px) minmax(0, 1fr)' }}>
            <Card title={t('teacher.task.choose')}>
              <ul>
                {tasks.map((key) => (
                  <li key={key} style={{ padding: '3px 0' }}>
                    <Link
                      href={addressOf(path, { tab: 'act', do: key }) as never}
                      aria-current={key === task ? 'page' : undefined}
                    >
                      {t(`teacher.task.name.${key}`)}
                    </Link>
                  </li>
                ))}
              </ul>
            </Card>
            <Card title={t(`teacher.task.name.${task}`)}>
              <TaskForm t={t} task={task} view={view} schools={schools} today={actor.today} />
            </Card>
          </div>
        )}
      </Screen>
    )
  },
})
