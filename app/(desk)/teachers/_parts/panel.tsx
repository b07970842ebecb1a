import Link from 'next/link'
import { Timeline } from '@/app/_domain/timeline.tsx'
import { Facts } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { teacherText } from '@/lib/register/documents/teacher-text.ts'
import type { TeacherView } from '@/lib/register/queries/teacher-view.ts'
import { fieldView, type TeacherField } from '@/lib/rules/access/masks.ts'
import type { Role } from '@/lib/rules/access/roles.ts'

const SHOWN: readonly TeacherField[] = [
  'workSchool',
  'staffNo',
  'title',
  'grade',
  'backbone',
  'tenure',
  'form',
  'status',
  'duty',
  'education',
  'birth',
  'roll',
]

/** A person beside the list: who, the facts of the day, the whole record. */
export function TeacherPanel({
  t,
  role,
  view,
  closeHref,
  pageHref,
}: {
  t: Translate
  role: Role
  view: TeacherView
  closeHref: string
  pageHref: string
}) {
  const { row } = view
  return (
    <aside className="panel" aria-label={t('teacher.panel.label', { name: row.name })}>
      <header>
        <h2 style={{ fontSize: 16 }}>
          <Link href={pageHref as never}>{row.name}</Link>
        </h2>
        <Link className="button" href={closeHref as never} scroll={false}>
          {t('platform.close')}
        </Link>
      </header>
      <p style={{ marginBottom: 8 }}>
        {t('teacher.who', {
          school: row.school ?? '—',
          stage: teacherText(t, row, 'stage'),
          subject: teacherText(t, row, 'subject'),
        })}
      </p>
      <Facts
        items={SHOWN.filter((field) => fieldView(role, field) !== null).map((field) => ({
          label: t(`teacher.field.${field}`),
          value: teacherText(t, row, field),
        }))}
      />
      <h3 style={{ fontSize: 14, margin: '12px 0 4px' }}>{t('register.record.title')}</h3>
      <Timeline t={t} entries={view.record} on={view.on} />
      <p className="small muted no-print" style={{ marginTop: 8 }}>
        {t('teacher.panel.keys')}
      </p>
    </aside>
  )
}
