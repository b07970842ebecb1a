import {
  ActionForm,
  CheckField,
  FileField,
  SelectField,
  SubmitButton,
  TextArea,
  TextField,
} from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { Card } from '@/app/_ui/screen.tsx'
import { refusalText, type Translate } from '@/lib/i18n/translate.ts'
import type { CaseCard } from '@/lib/rotation/queries/case-card.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { mayEditDraft } from '@/lib/rules/rotation/case-facts.ts'
import { rankOf } from '@/lib/rules/rotation/case-states.ts'
import type { PossibleStep } from '@/lib/rules/rotation/case-steps.ts'
import type { CaseAction } from '@/lib/rules/rotation/case-workflow.ts'
import { MoveFields } from '../../../_parts/move-fields.tsx'
import {
  acceptShortageAction,
  acknowledgeOnPaperAction,
  approveAction,
  assignAction,
  checkAction,
  confirmPaperAction,
  editCaseAction,
  enterPaperAction,
  refuseAction,
  rejectAction,
  returnAction,
  ruleAction,
  submitAction,
  takeBackAction,
  withdrawAction,
} from '../../../actions.ts'

/** Steps with a button here; deciding is done over a batch, what comes after deciding on its own pages. */
const ACTIONS = {
  submit: submitAction,
  approve: approveAction,
  return: returnAction,
  refuse: refuseAction,
  take_back: takeBackAction,
  withdraw: withdrawAction,
  check: checkAction,
  reject: rejectAction,
  accept_shortage: acceptShortageAction,
} as const
type Shown = keyof typeof ACTIONS
const isShown = (action: CaseAction): action is Shown => action in ACTIONS
const KIND: Partial<Record<Shown, 'primary' | 'danger'>> = {
  approve: 'primary',
  check: 'primary',
  submit: 'primary',
  refuse: 'danger',
  reject: 'danger',
}
const THUMB: readonly Shown[] = ['approve', 'return', 'check', 'submit']

/** The buttons of the state, derived from the table of transitions: each says its effect before it is done. */
export function CaseActions({
  t,
  actor,
  card,
  schools,
}: {
  t: Translate
  actor: UserActor
  card: CaseCard
  schools: { value: string; text: string }[]
}) {
  const { row } = card
  // Whoever is related to the teacher is told so above and is not offered what would be refused (SD-5).
  const steps = card.steps.filter(({ unmet }) => unmet.every(({ guard }) => guard !== 'notRecused'))
  const shown = steps.filter(({ action }) => isShown(action)) as (PossibleStep & { action: Shown })[]
  const unique = shown.filter((step, index) => shown.findIndex((other) => other.action === step.action) === index)
  const thumb = unique.filter(({ action }) => THUMB.includes(action))
  const rest = unique.filter(({ action }) => !THUMB.includes(action))
  const ruling = steps.some(({ action }) => action === 'rule_approve' || action === 'rule_refuse')
  const assign = steps.some(({ action }) => action === 'assign')
  const paper =
    mayUse(actor, 'rotation.case.paper') &&
    !card.isRecused &&
    (row.state === 'submitted' || (row.state === 'origin_approved' && row.toSchoolId))
  const acknowledge =
    mayUse(actor, 'rotation.case.acknowledgeOnPaper') &&
    row.acknowledgedAt === null &&
    row.source !== 'applied' &&
    rankOf(row.state) < rankOf('decided')
  const edit = mayUse(actor, 'rotation.case.edit') && mayEditDraft(row, actor.role)
  const hidden = { caseId: row.id, version: row.version }
  const hasMore = rest.length > 0 || ruling || assign || paper || acknowledge || edit || card.paper.length > 0
  if (unique.length === 0 && !hasMore) return null
  return (
    <>
      {hasMore && (
        <Card title={t('board.act.more')}>
          <div className="actions">
            {rest.map((step) => (
              <StepButton key={step.action} t={t} card={card} step={step} all={shown} />
            ))}
            {edit && <EditCase t={t} card={card} schools={schools} needsReason={actor.role !== 'bureau_hr'} />}
            {assign && (
              <DialogButton label={t('board.act.assign')} title={t('board.act.assign')} close={t('platform.close')}>
                <ActionForm action={assignAction} hidden={hidden} closeDialog>
                  <SelectField
                    name="toSchoolId"
                    label={t('board.case.to')}
                    required
                    defaultValue={row.toSchoolId ?? undefined}
                    options={schools.filter(({ value }) => value !== row.fromSchoolId)}
                  />
                  <TextField name="reason" label={t('board.reason')} maxLength={1000} />
                  <SubmitButton>{t('board.act.assignNow')}</SubmitButton>
                </ActionForm>
              </DialogButton>
            )}
            {ruling && (
              <DialogButton label={t('board.act.rule')} title={t('board.act.rule')} close={t('platform.close')}>
                <p>{t('board.act.ruleEffect')}</p>
                <ActionForm action={ruleAction} hidden={hidden} closeDialog>
                  <SelectField
                    name="verdict"
                    label={t('board.act.verdict')}
                    required
                    options={[
                      { value: 'approve', text: t('board.act.ruleApprove') },
                      { value: 'refuse', text: t('board.act.ruleRefuse') },
                    ]}
                  />
                  <TextArea name="reason" label={t('board.reason')} required />
                  <div className="row">
                    <TextField name="meeting" label={t('board.decide.meeting')} />
                    <TextField name="meetingDate" type="date" label={t('board.decide.meetingDate')} />
                    <TextField name="minutesNo" label={t('board.decide.minutesNo')} />
                  </div>
                  <SubmitButton>{t('board.act.ruleNow')}</SubmitButton>
                </ActionForm>
              </DialogButton>
            )}
            {paper && (
              <DialogButton label={t('board.act.paper')} title={t('board.act.paper')} close={t('platform.close')}>
                <p>{t('board.act.paperEffect')}</p>
                <ActionForm
                  action={enterPaperAction}
                  hidden={{ ...hidden, side: row.state === 'submitted' ? 'origin' : 'destination' }}
                  closeDialog
                >
                  <SelectField
                    name="action"
                    label={t('board.act.opinion')}
                    required
                    options={(['approve', 'return', 'refuse'] as const).map((value) => ({
                      value,
                      text: t(`board.act.${value}`),
                    }))}
                  />
                  <div className="row">
                    <TextField name="paperDate" type="date" label={t('board.act.paperDate')} required />
                    <TextField name="paperDecider" label={t('board.act.paperDecider')} required maxLength={60} />
                  </div>
                  <FileField name="scan" label={t('board.act.scan')} hint={t('board.act.scanHint')} />
                  <TextArea name="reason" label={t('board.reason')} />
                  <SubmitButton>{t('board.act.paperNow')}</SubmitButton>
                </ActionForm>
              </DialogButton>
            )}
            {acknowledge && <AcknowledgeOnPaper t={t} card={card} />}
          </div>
          {card.paper.map((step) => (
            <div key={step.decisionId} className="warned">
              <p>{t('board.act.paperWaits', { decider: step.decider, date: step.date, by: step.by })}</p>
              {step.canConfirm && (
                <ActionForm action={confirmPaperAction} hidden={{ decisionId: step.decisionId }} className="actions">
                  <SubmitButton>{t('board.act.paperConfirm')}</SubmitButton>
                </ActionForm>
              )}
            </div>
          ))}
        </Card>
      )}
      {thumb.length > 0 && (
        <div className="thumb actions no-print">
          {thumb.map((step) => (
            <StepButton key={step.action} t={t} card={card} step={step} all={shown} />
          ))}
        </div>
      )}
    </>
  )
}

/** 知悉 that the teacher signed on paper: who teaches in the hills has no account at hand. */
function AcknowledgeOnPaper({ t, card: { row, snapshot } }: { t: Translate; card: CaseCard }) {
  return (
    <DialogButton
      label={t('board.act.acknowledgePaper')}
      title={t('board.act.acknowledgePaper')}
      close={t('platform.close')}
    >
      <p>{t('board.act.acknowledgePaperEffect', { name: snapshot.name })}</p>
      <ActionForm action={acknowledgeOnPaperAction} hidden={{ caseId: row.id, version: row.version }} closeDialog>
        <TextField name="paperDate" type="date" label={t('board.act.paperDate')} required />
        <FileField name="scan" label={t('board.act.scan')} hint={t('board.act.scanHint')} />
        {row.stage !== row.teacherStage && <CheckField name="consents" label={t('board.act.consentsOnPaper')} />}
        <SubmitButton>{t('board.act.acknowledgePaperNow')}</SubmitButton>
      </ActionForm>
    </DialogButton>
  )
}

/** What a draft says of the move, as whoever prepared it may change it, at first or after a return. */
function EditCase({
  t,
  card: { row },
  schools,
  needsReason,
}: {
  t: Translate
  card: CaseCard
  schools: { value: string; text: string }[]
  needsReason: boolean
}) {
  const { otherForm, periodsPerWeek, stage, subject, startsOn } = row
  const kept = Object.fromEntries(
    Object.entries({ otherForm, periodsPerWeek, stage, subject, startsOn }).map(([name, value]) => [name, value ?? '']),
  )
  return (
    <DialogButton label={t('board.act.edit')} title={t('board.act.edit')} close={t('platform.close')}>
      <ActionForm action={editCaseAction} hidden={{ caseId: row.id, version: row.version, ...kept }} closeDialog>
        <MoveFields
          t={t}
          schools={schools.filter(({ value }) => value !== row.fromSchoolId)}
          needsReason={needsReason}
          now={row}
        />
        <SubmitButton>{t('board.act.editNow')}</SubmitButton>
      </ActionForm>
    </DialogButton>
  )
}

const wordOf = (action: Shown, side: string) => (action === 'approve' ? `approve_${side}` : action)

function StepButton({
  t,
  card,
  step,
  all,
}: {
  t: Translate
  card: CaseCard
  step: PossibleStep & { action: Shown }
  all: (PossibleStep & { action: Shown })[]
}) {
  const word = wordOf(step.action, step.transition.side)
  const needsReason = step.transition.needs.includes('reason')
  const targets = all.filter((other) => other.action === 'return' && step.action === 'return')
  const kind = KIND[step.action]
  return (
    <DialogButton label={t(`board.act.${word}`)} title={t(`board.act.${word}`)} kind={kind} close={t('platform.close')}>
      {step.unmet.length > 0 ? (
        <div className="refused">
          {step.unmet.map((unmet) => (
            <p key={unmet.guard}>
              {refusalText(t, { code: `case.unmet.${unmet.guard}`, values: unmet.values, rule: unmet.rule })}
            </p>
          ))}
        </div>
      ) : (
        <ActionForm
          action={ACTIONS[step.action]}
          hidden={{ caseId: card.row.id, version: card.row.version }}
          closeDialog
        >
          <p>{t('board.act.effect', { name: card.snapshot.name, state: t(`board.state.${step.to}`) })}</p>
          {targets.length > 1 && (
            <SelectField
              name="to"
              label={t('board.act.returnTo')}
              required
              options={targets.map((target) => ({
                value: target.transition.to,
                text: t(`board.state.${target.transition.to}`),
              }))}
            />
          )}
          <TextArea
            name="reason"
            label={t(needsReason ? 'board.reason' : 'board.opinion')}
            required={needsReason}
            rows={2}
            maxLength={1000}
          />
          <SubmitButton kind={kind === 'danger' ? 'danger' : 'primary'}>{t(`board.act.${word}`)}</SubmitButton>
        </ActionForm>
      )}
    </DialogButton>
  )
}
