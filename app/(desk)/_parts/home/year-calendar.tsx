import Link from 'next/link'
import { Card } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { navigationFor } from '@/lib/rules/access/navigation.ts'
import { type MonthTasks, type TaskRole, tasksAround, YEAR_TASKS } from '@/lib/rules/calendar/year-tasks.ts'
import { monthNumberOf } from '@/lib/rules/values/dates.ts'

const MINE: Partial<Record<UserActor['role'], TaskRole>> = {
  bureau_hr: 'hr',
  bureau_reviewer: 'review',
  principal: 'principal',
  school_hr: 'principal',
}

/** The school year: this month's work with its pages, the next month's, and all twelve on request (domain.md §10). */
export function YearCalendar({ t, actor }: { t: Translate; actor: UserActor }) {
  const { now, next } = tasksAround(monthNumberOf(actor.today))
  const pages = new Map<string, string>(navigationFor(actor).map(({ key, href }) => [key, href]))
  const mine = MINE[actor.role]
  const month = (tasks: MonthTasks, heading: string) => (
    <>
      <h3>{heading}</h3>
      <ul className="lines">
        {tasks.roles.map((role) => (
          <li key={role}>
            <span className={role === mine ? 'tag mine' : 'tag'}>{t(`calendar.role.${role}`)}</span>{' '}
            {t(`calendar.m${tasks.month}.${role}`)}
          </li>
        ))}
      </ul>
      <p className="small">
        {tasks.pages
          .filter((key) => key !== 'home' && pages.has(key))
          .map((key) => (
            <Link key={key} href={pages.get(key) as never} style={{ marginRight: 12 }}>
              {t('calendar.open', { page: t(`platform.rail.${key}`) })}
            </Link>
          ))}
      </p>
    </>
  )
  return (
    <Card title={t('calendar.title')}>
      {month(now, t('calendar.now', { month: t(`calendar.month.m${now.month}`) }))}
      {month(next, t('calendar.next', { month: t(`calendar.month.m${next.month}`) }))}
      <details>
        <summary>{t('calendar.all')}</summary>
        {YEAR_TASKS.map((tasks) => (
          <div key={tasks.month}>{month(tasks, t(`calendar.month.m${tasks.month}`))}</div>
        ))}
      </details>
    </Card>
  )
}
