import { Card, Facts } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import { REVEAL_REASONS } from '@/lib/register/commands/reveal.ts'
import { teacherText } from '@/lib/register/documents/teacher-text.ts'
import type { TeacherView } from '@/lib/register/queries/teacher-view.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { fieldView, mayReveal, REVEALABLE, type Revealable, type TeacherField } from '@/lib/rules/access/masks.ts'
import { Reveal } from './reveal.tsx'

const POST: readonly TeacherField[] = [
  'school',
  'workSchool',
  'stage',
  'subject',
  'periods',
  'form',
  'category',
  'postKind',
  'duty',
  'status',
]
const STANDING: readonly TeacherField[] = ['title', 'grade', 'backbone', 'tenure', 'joinedWork', 'roll']
const PERSON: readonly TeacherField[] = [
  'staffNo',
  'sex',
  'birth',
  'idNumber',
  'phone',
  'certificateNo',
  'ethnic',
  'nativePlace',
  'political',
]

/** The facts of a day, in groups; a sensitive value is masked, and shown on request where the role may. */
export function PersonFacts({
  t,
  actor,
  view,
  own,
}: {
  t: Translate
  actor: UserActor
  view: TeacherView
  own?: boolean
}) {
  const { row, facts } = view
  const value = (field: TeacherField) => {
    const text = teacherText(t, row, field)
    if (own || !REVEALABLE.includes(field as Revealable) || !mayReveal(actor.role, field as Revealable)) return text
    if (text === '—') return text
    return (
      <>
        {text}{' '}
        <Reveal
          teacherId={row.id}
          field={field}
          kinds={REVEAL_REASONS.map((kind) => ({ value: kind, text: t(`teacher.reveal.kind.${kind}`) }))}
          labels={{
            open: t('teacher.reveal.open'),
            title: t('teacher.reveal.title', { name: row.name, field: t(`teacher.field.${field}`) }),
            about: t('teacher.reveal.about'),
            kind: t('teacher.reveal.kindLabel'),
            reason: t('teacher.reveal.reason'),
            submit: t('teacher.reveal.submit'),
            close: t('platform.close'),
          }}
        />
      </>
    )
  }
  const items = (fields: readonly TeacherField[]) =>
    fields
      .filter((field) => fieldView(actor.role, field) !== null)
      .map((field) => ({ label: t(`teacher.field.${field}`), value: value(field) }))
  const schooling = facts && [
    { label: t('teacher.field.firstEducation'), value: schoolingText(t, facts.firstEducation, facts.firstEducationAt) },
    {
      label: t('teacher.field.highestEducation'),
      value: schoolingText(t, facts.highestEducation, facts.highestEducationAt),
    },
    { label: t('teacher.field.degree'), value: facts.degree },
    { label: t('teacher.field.putonghua'), value: facts.putonghua },
    { label: t('teacher.field.bondUntil'), value: facts.bondUntil },
    { label: t('teacher.field.note'), value: facts.note },
  ]
  return (
    <div className="columns">
      <Card title={t('teacher.group.post')}>
        <Facts items={items(POST)} />
      </Card>
      <Card title={t('teacher.group.standing')}>
        <Facts items={items(STANDING)} />
      </Card>
      <Card title={t('teacher.group.person')}>
        <Facts items={items(PERSON)} />
      </Card>
      {schooling && (
        <Card title={t('teacher.group.schooling')}>
          <Facts items={schooling} />
        </Card>
      )}
    </div>
  )
}

const schoolingText = (t: Translate, level: string | null, at: string | null): string | null =>
  level ? [label(t, 'education', level), at].filter(Boolean).join(' · ') : at
