import { ActionForm, SelectField, SubmitButton, TextArea, TextField } from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { ButtonLink } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { ScenarioPage } from '@/lib/rotation/queries/scenario-page.ts'
import {
  askAdoptionAction,
  cancelScenarioAction,
  deleteScenarioAction,
  duplicateScenarioAction,
  solveScenarioAction,
} from '../actions.ts'

/** What can be done with a scenario in its state. */
export function ScenarioTools({
  t,
  page,
  path,
  mayPlan,
  mayExport,
}: {
  t: Translate
  page: ScenarioPage
  path: string
  mayPlan: boolean
  mayExport: boolean
}) {
  const { state, version, cancelAsked } = page.summary
  const row = { ...page.view.row, state, version, cancelAsked }
  const hidden = { scenarioId: row.id, version }
  const runs = row.state === 'queued' || row.state === 'solving'
  const ofRound = row.roundId !== null
  const settled = row.state === 'adopted'
  return (
    <>
      {mayPlan && !runs && !settled && (row.state !== 'solved' || page.summary.status === 'feasible') && (
        <DialogButton
          label={t(row.state === 'draft' ? 'plan.tool.solve' : 'plan.tool.solveAgain')}
          title={t('plan.tool.solve')}
          kind="primary"
          close={t('platform.close')}
        >
          <p>{t('plan.tool.solveEffect')}</p>
          <ActionForm action={solveScenarioAction} hidden={hidden} closeDialog>
            <TextField
              name="timeLimit"
              label={t('plan.form.timeLimit')}
              type="number"
              defaultValue={row.timeLimit ?? 600}
            />
            <SubmitButton>{t('plan.tool.solveNow')}</SubmitButton>
          </ActionForm>
        </DialogButton>
      )}
      {mayPlan && runs && (
        <ActionForm action={cancelScenarioAction} hidden={{ scenarioId: row.id }} className="">
          <SubmitButton kind="danger" disabled={row.cancelAsked}>
            {t(row.state === 'queued' ? 'plan.tool.leaveQueue' : 'plan.tool.stop')}
          </SubmitButton>
        </ActionForm>
      )}
      {mayPlan && ofRound && row.state === 'solved' && !page.adoption && (
        <DialogButton
          label={t('plan.tool.adopt')}
          title={t('plan.tool.adopt')}
          kind="primary"
          close={t('platform.close')}
        >
          <p>{t('plan.tool.adoptEffect', { moves: page.view.lines.length, name: row.name })}</p>
          <ActionForm action={askAdoptionAction} hidden={hidden} closeDialog>
            <TextArea name="reason" label={t('plan.tool.adoptReason')} required maxLength={1000} />
            <SubmitButton>{t('plan.tool.adoptAsk')}</SubmitButton>
          </ActionForm>
        </DialogButton>
      )}
      {mayPlan && ofRound && !runs && !settled && (
        <ButtonLink href={`${path}/policy`}>{t('plan.tool.policy')}</ButtonLink>
      )}
      {page.siblings.length > 0 && page.view.solved && ofRound && (
        <DialogButton label={t('plan.tool.compare')} title={t('plan.tool.compare')} close={t('platform.close')}>
          <form className="form" action={`/rotation/rounds/${row.roundId}/plan/compare`} method="get">
            <input type="hidden" name="s" value={row.id} />
            <SelectField
              name="s"
              label={t('plan.compare.with')}
              options={page.siblings.map(({ id, name }) => ({ value: id, text: name }))}
            />
            <button className="button primary" type="submit">
              {t('plan.compare.open')}
            </button>
          </form>
        </DialogButton>
      )}
      {mayPlan && ofRound && (
        <DialogButton label={t('plan.tool.duplicate')} title={t('plan.tool.duplicate')} close={t('platform.close')}>
          <ActionForm action={duplicateScenarioAction} hidden={{ scenarioId: row.id }}>
            <TextField name="name" label={t('plan.list.name')} defaultValue={row.name} required maxLength={120} />
            <SubmitButton>{t('plan.tool.duplicate')}</SubmitButton>
          </ActionForm>
        </DialogButton>
      )}
      {mayExport && ofRound && (
        <>
          <a className="button" href={`${path}/export`}>
            {t('plan.tool.export')}
          </a>
          {page.view.row.result !== null && (
            <a className="button" href={`${path}/export?what=result`}>
              {t('plan.tool.exportResult')}
            </a>
          )}
        </>
      )}
      {mayPlan && !runs && !settled && (
        <DialogButton
          label={t('plan.tool.delete')}
          title={t('plan.tool.delete')}
          kind="danger"
          close={t('platform.close')}
        >
          <p>{t('plan.tool.deleteEffect', { name: row.name })}</p>
          <ActionForm action={deleteScenarioAction} hidden={hidden}>
            <SubmitButton kind="danger">{t('plan.tool.deleteNow')}</SubmitButton>
          </ActionForm>
        </DialogButton>
      )}
    </>
  )
}
