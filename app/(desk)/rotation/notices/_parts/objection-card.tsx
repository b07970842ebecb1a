import { ActionForm, SelectField, SubmitButton, TextArea, TextField } from '@/app/_ui/action-form.tsx'
import { Card, Facts, State } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { listObjections } from '@/lib/rotation/queries/notices.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { assignObjectionAction, decideObjectionAction, proposeOutcomeAction } from '../actions.ts'

type ObjectionRow = Awaited<ReturnType<typeof listObjections>>[number]

/** One objection: what was said (to those who may read it), who looks into it, what came out, and the next step. */
export function ObjectionCard({
  t,
  actor,
  found,
  handlers,
}: {
  t: Translate
  actor: UserActor
  found: ObjectionRow
  handlers: { id: string; name: string }[]
}) {
  const { objection, party } = found
  const open = objection.state === 'open'
  const isHandler = objection.handlerId === actor.userId
  return (
    <Card
      title={t('notice.objection.title', { number: found.number, teacher: found.teacher, school: found.school })}
      tools={<State kind={open ? 'wait' : 'good'}>{t(`notice.objection.state.${objection.state}`)}</State>}
    >
      <Facts
        items={[
          { label: t('notice.objection.receivedOn'), value: objection.receivedOn },
          { label: t('notice.objection.handler'), value: found.handler ?? t('notice.objection.noHandler') },
          {
            label: t('notice.objection.text'),
            value: party ? party.text : <span className="muted">{t('notice.objection.hidden')}</span>,
          },
          ...(party?.name
            ? [{ label: t('notice.objection.party'), value: `${party.name} ${party.contact ?? ''}` }]
            : []),
          { label: t('notice.objection.outcome'), value: objection.outcome },
        ]}
      />
      {open && !objection.proposedAt && handlers.length > 0 && (
        <ActionForm action={assignObjectionAction} hidden={{ objectionId: objection.id }}>
          <SelectField
            name="handlerId"
            label={t('notice.objection.assign')}
            hint={t('notice.objection.assignHint')}
            required
            defaultValue={objection.handlerId ?? ''}
            blank={t('notice.objection.choose')}
            options={handlers.map(({ id, name }) => ({ value: id, text: name }))}
          />
          <div className="actions">
            <SubmitButton kind="plain">{t('notice.objection.assignSubmit')}</SubmitButton>
          </div>
        </ActionForm>
      )}
      {open && isHandler && (
        <ActionForm action={proposeOutcomeAction} hidden={{ objectionId: objection.id }}>
          <TextArea
            name="outcome"
            label={t('notice.objection.write')}
            required
            defaultValue={objection.outcome ?? ''}
            maxLength={2000}
          />
          <div className="actions">
            <SubmitButton>{t('notice.objection.writeSubmit')}</SubmitButton>
          </div>
        </ActionForm>
      )}
      {open && actor.role === 'bureau_reviewer' && objection.outcome && (
        <ActionForm action={decideObjectionAction} hidden={{ objectionId: objection.id }}>
          <TextField name="reason" label={t('notice.objection.reason')} required maxLength={500} />
          <div className="actions">
            <SubmitButton kind="danger" name="verdict" value="upheld">
              {t('notice.objection.uphold')}
            </SubmitButton>
            <SubmitButton name="verdict" value="dismissed">
              {t('notice.objection.dismiss')}
            </SubmitButton>
          </div>
        </ActionForm>
      )}
    </Card>
  )
}
