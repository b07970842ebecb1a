import { ActionForm, SubmitButton, TextArea, TextField } from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { StudioDetail, StudioMemberRow } from '@/lib/talent/queries/studio.ts'
import { addStudioMemberAction, changeStudioHostAction, endStudioMemberAction } from '../actions.ts'

export function AddMember({ t, studio, today }: { t: Translate; studio: StudioDetail; today: LocalDate }) {
  return (
    <DialogButton
      label={t('talent.member.add')}
      title={t('talent.member.add')}
      kind="primary"
      close={t('platform.close')}
    >
      <ActionForm action={addStudioMemberAction} hidden={{ studioId: studio.id }}>
        <TextField name="who" label={t('talent.member.who')} hint={t('talent.person.hint')} required maxLength={60} />
        <TextField name="from" type="date" label={t('talent.member.from')} required defaultValue={today} />
        <SubmitButton>{t('talent.member.add')}</SubmitButton>
      </ActionForm>
    </DialogButton>
  )
}

export function ChangeHost({
  t,
  studio,
  host,
  today,
}: {
  t: Translate
  studio: StudioDetail
  host: string | null
  today: LocalDate
}) {
  return (
    <DialogButton label={t('talent.host.change')} title={t('talent.host.change')} close={t('platform.close')}>
      <ActionForm action={changeStudioHostAction} hidden={{ studioId: studio.id }}>
        <p className="noted">{host ? t('talent.host.effect', { host }) : t('talent.host.effectVacant')}</p>
        <TextField name="who" label={t('talent.host.who')} hint={t('talent.person.hint')} required maxLength={60} />
        <TextField name="from" type="date" label={t('talent.host.from')} required defaultValue={today} />
        <TextArea name="reason" label={t('talent.reason')} required maxLength={300} rows={2} />
        <SubmitButton>{t('talent.host.change')}</SubmitButton>
      </ActionForm>
    </DialogButton>
  )
}

export function EndMember({ t, member, today }: { t: Translate; member: StudioMemberRow; today: LocalDate }) {
  return (
    <DialogButton
      label={t('talent.member.end')}
      title={t('talent.member.endOf', { name: member.name })}
      kind="link"
      close={t('platform.close')}
    >
      <ActionForm action={endStudioMemberAction} hidden={{ membershipId: member.id }}>
        <TextField
          name="last"
          type="date"
          label={t('talent.member.last')}
          required
          defaultValue={today < member.during.from ? member.during.from : today}
        />
        <TextArea name="reason" label={t('talent.reason')} maxLength={300} rows={2} />
        <SubmitButton kind="danger">{t('talent.member.end')}</SubmitButton>
      </ActionForm>
    </DialogButton>
  )
}
