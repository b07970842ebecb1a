import Link from 'next/link'
import { correctionSubject, correctionWanted } from '@/app/_domain/correction-text.ts'
import { ActionForm, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { Card, Facts, State } from '@/app/_ui/screen.tsx'
import { formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { isPlainField } from '@/lib/register/commands/correctable.ts'
import type { CorrectionRow } from '@/lib/register/queries/corrections.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { EDUCATION_LEVELS } from '@/lib/rules/register/vocabulary.ts'
import { optionsOf } from '../../_parts/choices.ts'
import { decideCorrectionAction, supportCorrectionAction, withdrawCorrectionAction } from '../actions.ts'

const SHAPE = { requested: 'wait', supported: 'wait', accepted: 'good', refused: 'bad', withdrawn: 'off' } as const

/** One request: who wants what and why, what the school says, and the form of whoever it waits for. */
export function CorrectionCard({
  t,
  actor,
  row,
  timeZone,
}: {
  t: Translate
  actor: UserActor
  row: CorrectionRow
  timeZone: string
}) {
  const hidden = { requestId: row.id, version: row.version }
  const opinion = row.schoolOpinion
    ? t('register.correction.opinionSaid', { agrees: row.schoolAgrees ? 'yes' : 'no', opinion: row.schoolOpinion })
    : t('register.correction.noOpinion')
  return (
    <Card
      title={
        mayUse(actor, 'register.teacher.view') ? (
          <Link href={`/teachers/${row.teacherId}` as never}>
            {t('register.correction.of', {
              name: row.name,
              school: row.school ?? '—',
              subject: correctionSubject(t, row),
            })}
          </Link>
        ) : (
          correctionSubject(t, row)
        )
      }
      tools={
        <State kind={SHAPE[row.state as keyof typeof SHAPE] ?? 'off'}>
          {t(`register.correction.state.${row.state}`)}
        </State>
      }
    >
      <Facts
        items={[
          ...(row.proposal ? [] : [{ label: t('register.correction.current'), value: currentText(t, row) }]),
          { label: t('register.correction.wanted'), value: correctionWanted(t, row) },
          { label: t('register.correction.reason'), value: row.reason },
          {
            label: t('register.correction.asked'),
            value: [formatMoment(row.requestedAt, timeZone), row.requestedBy].filter(Boolean).join(' · '),
          },
          { label: t('register.correction.school'), value: opinion },
          ...(row.decision ? [{ label: t('register.correction.decision'), value: row.decision }] : []),
        ]}
      />
      {row.state === 'requested' &&
        mayUse(actor, 'register.correction.support') &&
        actor.teacherId !== row.teacherId && (
          <ActionForm action={supportCorrectionAction} hidden={hidden}>
            <SelectField
              name="agrees"
              label={t('register.correction.agrees')}
              required
              options={(['yes', 'no'] as const).map((value) => ({
                value,
                text: t(`register.correction.agree.${value}`),
              }))}
            />
            <TextField name="opinion" label={t('register.correction.opinion')} required maxLength={300} />
            <div className="actions">
              <SubmitButton>{t('register.correction.submitOpinion')}</SubmitButton>
            </div>
          </ActionForm>
        )}
      {row.ripe && mayUse(actor, 'register.correction.decide') && (
        <ActionForm action={decideCorrectionAction} hidden={hidden}>
          {isPlainField(row.field) && !row.proposal && <ValueField t={t} row={row} />}
          {row.field === 'other' && <p className="small muted">{t('register.correction.otherHint')}</p>}
          <TextField name="decision" label={t('register.correction.decisionLabel')} required maxLength={300} />
          <div className="actions">
            <SubmitButton name="verdict" value="accept">
              {t('register.correction.accept')}
            </SubmitButton>
            <SubmitButton name="verdict" value="refuse" kind="plain">
              {t('register.correction.refuse')}
            </SubmitButton>
          </div>
        </ActionForm>
      )}
      {row.state === 'requested' && !row.ripe && mayUse(actor, 'register.correction.decide') && (
        <p className="small muted">{t('register.correction.waitsForSchool')}</p>
      )}
      {['requested', 'supported'].includes(row.state) &&
        mayUse(actor, 'register.correction.withdraw') &&
        !row.decision &&
        row.mine && (
          <ActionForm action={withdrawCorrectionAction} hidden={hidden} className="actions">
            <SubmitButton kind="plain">{t('register.correction.withdraw')}</SubmitButton>
          </ActionForm>
        )}
    </Card>
  )
}

const isLevel = (field: string) => field === 'firstEducation' || field === 'highestEducation'
const currentText = (t: Translate, row: CorrectionRow): string =>
  isLevel(row.field) && row.current ? t(`vocabulary.education.${row.current}`) : row.current || '—'

/** The value as it is to stand: what was asked for, where it can be taken as it is written. */
function ValueField({ t, row }: { t: Translate; row: CorrectionRow }) {
  const text = t('register.correction.value')
  if (isLevel(row.field)) {
    const options = optionsOf(t, 'education', EDUCATION_LEVELS)
    const meant = options.find((option) => option.text === row.wanted)?.value
    return <SelectField name="value" label={text} required blank="—" defaultValue={meant ?? ''} options={options} />
  }
  return (
    <TextField
      name="value"
      label={text}
      type={row.field === 'joinedWork' ? 'date' : 'text'}
      required
      defaultValue={row.wanted}
    />
  )
}
