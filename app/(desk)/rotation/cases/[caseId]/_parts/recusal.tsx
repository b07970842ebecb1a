import Link from 'next/link'
import { ActionForm, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { Card } from '@/app/_ui/screen.tsx'
import { formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { CaseCard } from '@/lib/rotation/queries/case-card.ts'
import type { DeciderChoice, Recusal } from '@/lib/rotation/queries/recusals.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { type CaseState, ENDED_STATES } from '@/lib/rules/rotation/case-states.ts'
import { isDecidingRole, RELATIONS, routedBy, takerInstead } from '@/lib/rules/rotation/recusal.ts'
import { declareRecusalAction } from '../../../actions.ts'

const hasEnded = (state: CaseState) => (ENDED_STATES as readonly CaseState[]).includes(state)

/** Declared relations with the teacher, and who takes the step instead (SD-5). */
export function RecusalNotes({
  t,
  actor,
  card: { row, recusals, isRecused },
  timeZone,
}: {
  t: Translate
  actor: UserActor
  card: CaseCard
  timeZone: string
}) {
  const keepsMeAway = isRecused && isDecidingRole(actor.role)
  const values = (recusal: Recusal) => ({
    name: recusal.decider,
    day: formatMoment(recusal.declaredAt, timeZone).slice(0, 10),
    relation: t(`recusal.relation.${recusal.relation}`),
    number: recusal.number,
  })
  const ours = recusals.filter(({ whose }) => whose !== null)
  const others = recusals.filter(({ whose }) => whose === null)
  const isRouted = ['destination_approved', 'checked'].includes(row.state) || routedBy(row) !== null
  return (
    <>
      {keepsMeAway && (
        <div className="warned">
          {ours.map((recusal) => (
            <p key={recusal.id}>{t(`recusal.case.${recusal.whose ?? 'mine'}`, values(recusal))}</p>
          ))}
          {!hasEnded(row.state) && <p>{t(`recusal.taker.${takerInstead(actor.role, row) ?? 'later'}`)}</p>}
          <p>
            <Link href="/rotation/recusals">{t('recusal.case.list')}</Link>
          </p>
        </div>
      )}
      {!keepsMeAway && isRouted && row.bureauBarred && (
        <p className="warned">{t(`recusal.barred.${row.bureauBarred}`)}</p>
      )}
      {(keepsMeAway ? others : recusals).map((recusal) => (
        <p key={recusal.id} className="small muted" style={{ marginBottom: 6 }}>
          {t('recusal.case.other', values(recusal))}
        </p>
      ))}
    </>
  )
}

/** 申报回避, folded away: for oneself, or by those who may for somebody who decides on this case. */
export function DeclareRecusal({ t, actor, card }: { t: Translate; actor: UserActor; card: CaseCard }) {
  const { row, deciders, recusals, isRecused } = card
  if (!mayUse(actor, 'rotation.recusal.declare') || hasEnded(row.state)) return null
  const isOwn = actor.teacherId === row.teacherId
  const myself = isDecidingRole(actor.role) && !isRecused && !isOwn
  const named = deciders.filter(({ userId }) => !recusals.some((recusal) => recusal.userId === userId))
  const asTeacher = actor.role === 'teacher'
  if (!myself && named.length === 0 && !asTeacher) return null
  const textOf = ({ name, role, school }: DeciderChoice) =>
    [name, t(`platform.role.${role}`), school].filter(Boolean).join(' · ')
  const options = [
    ...(myself ? [{ value: actor.userId as string, text: t('recusal.oneself') }] : []),
    ...named.map((choice) => ({ value: choice.userId as string, text: textOf(choice) })),
  ]
  return (
    <div className="no-print" style={{ marginTop: 12 }}>
      <Card>
        <details>
          <summary style={{ cursor: 'pointer' }}>{t('recusal.declare')}</summary>
          {options.length > 0 && (
            <div style={{ marginTop: 8 }}>
              <ActionForm action={declareRecusalAction} hidden={{ teacherId: row.teacherId }}>
                <p>{t('recusal.declareEffect')}</p>
                {named.length > 0 && (
                  <SelectField
                    name="userId"
                    label={t('recusal.decider')}
                    required
                    blank={t('recusal.choose')}
                    options={options}
                  />
                )}
                <div className="row">
                  <SelectField
                    name="relation"
                    label={t(asTeacher ? 'recusal.iAm' : named.length > 0 ? 'recusal.isTheirs' : 'recusal.isMy')}
                    required
                    blank={t('recusal.choose')}
                    options={RELATIONS.map((value) => ({ value, text: t(`recusal.relation.${value}`) }))}
                  />
                  <TextField name="reason" label={t('recusal.reason')} hint={t('recusal.reasonHint')} maxLength={200} />
                </div>
                <div className="actions">
                  <SubmitButton kind="plain">{t('recusal.declare')}</SubmitButton>
                </div>
              </ActionForm>
            </div>
          )}
          {asTeacher && (
            <p className="small muted" style={{ marginTop: 8 }}>
              {t('recusal.notListed')}
            </p>
          )}
        </details>
      </Card>
    </div>
  )
}
