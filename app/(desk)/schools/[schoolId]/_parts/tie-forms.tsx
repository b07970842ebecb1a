import { ActionForm, CheckField, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { Card } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { SchoolPage } from '@/lib/register/queries/school-page.ts'
import { changeBranchAction, changeGroupAction, changeHeadAction, changePairingAction } from '../../actions.ts'

/** Head, group, mother school and paired classes: each a dated change of its own, the earlier state kept. */
export function TieForms({
  t,
  page,
  schools,
  today,
}: {
  t: Translate
  page: SchoolPage
  schools: { value: string; text: string }[]
  today: string
}) {
  const { school } = page
  const hidden = { schoolId: school.id }
  const others = schools.filter(({ value }) => value !== school.id)
  const day = <TextField name="from" type="date" label={t('school.tie.from')} required defaultValue={today} />
  const reason = (
    <TextField
      name="reason"
      label={t('teacher.task.reason')}
      hint={t('teacher.task.reasonHint')}
      required
      maxLength={300}
    />
  )
  return (
    <>
      <Card title={t('school.tie.head')}>
        <ActionForm action={changeHeadAction} hidden={hidden}>
          <p className="small muted">{t('school.tie.headAbout')}</p>
          <div className="row">
            <TextField name="staffNo" label={t('school.tie.staffNo')} required maxLength={30} />
            <TextField name="duty" label={t('school.tie.duty')} required defaultValue={t('school.tie.dutyDefault')} />
            {day}
          </div>
          {reason}
          <SubmitButton>{t('school.tie.headNow')}</SubmitButton>
        </ActionForm>
      </Card>
      <Card title={t('school.ties.group')}>
        <ActionForm action={changeGroupAction} hidden={hidden}>
          <div className="row">
            <TextField
              name="group"
              label={t('school.ties.group')}
              hint={t('school.tie.groupHint')}
              defaultValue={page.group ?? ''}
              maxLength={60}
            />
            {day}
          </div>
          <CheckField name="isCore" label={t('school.ties.core')} />
          {reason}
          <SubmitButton>{t('school.tie.groupNow')}</SubmitButton>
        </ActionForm>
      </Card>
      <Card title={t('school.ties.of')}>
        <ActionForm action={changeBranchAction} hidden={hidden}>
          <SelectField
            name="branchOf"
            label={t('school.ties.of')}
            blank={t('school.tie.noBranch')}
            defaultValue={page.branchOf?.id}
            options={others}
          />
          {reason}
          <SubmitButton>{t('school.tie.branchNow')}</SubmitButton>
        </ActionForm>
      </Card>
      <Card title={t('school.ties.pairing')}>
        <ActionForm action={changePairingAction} hidden={hidden}>
          <div className="row">
            <SelectField name="partnerId" label={t('school.tie.partner')} required blank="—" options={others} />
            <TextField
              name="classes"
              type="number"
              label={t('school.tie.classes')}
              hint={t('school.tie.classesHint')}
              required
            />
            {day}
          </div>
          {reason}
          <SubmitButton>{t('school.tie.pairNow')}</SubmitButton>
        </ActionForm>
      </Card>
    </>
  )
}
