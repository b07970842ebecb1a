import Link from 'next/link'
import { z } from 'zod'
import { requestOrigin } from '@/app/_server/origin.ts'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import { Card, EmptyState, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { lateSteps, roundById } from '@/lib/rotation/queries/rounds.ts'
import { waitingTexts } from '@/lib/rotation/queries/task-text.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { RoundTabs } from '../../../_parts/round-tabs.tsx'
import { TaskMessage } from '../../../_parts/task-message.tsx'
import { remindAction } from '../../../actions.ts'

export default definePage('rotation.round.late', {
  params: z.object({ roundId: idSchema<RoundId>() }),
  load: async (tx, { actor, params }) => {
    const round = await roundById(tx, params.roundId)
    if (!round) return null
    return { round, late: await lateSteps(tx, actor, params.roundId), texts: await waitingTexts(tx, params.roundId) }
  },
  view: async ({ round, late, texts }, { actor, t }) => {
    const path = `/rotation/rounds/${round.id}`
    const origin = await requestOrigin()
    return (
      <Screen
        title={t('board.late.title', { round: round.name })}
        crumbs={[
          { text: t('board.rounds.title'), href: '/rotation' },
          { text: round.name, href: path },
        ]}
      >
        <RoundTabs t={t} actor={actor} roundId={round.id} current="late" />
        <DataTable
          label={t('board.round.part.late')}
          rows={late}
          rowKey={(step) => step.caseId}
          cards
          empty={<EmptyState title={t('board.late.none')} text={t('board.late.noneText')} />}
          columns={[
            { key: 'number', head: t('board.case.number'), kind: 'num', cell: (step) => step.number },
            {
              key: 'name',
              head: t('board.case.person'),
              cell: (step) => <Link href={`/rotation/cases/${step.caseId}` as never}>{step.name}</Link>,
            },
            { key: 'state', head: t('board.case.state'), cell: (step) => t(`board.state.${step.state}`) },
            {
              key: 'owes',
              head: t('board.late.owes'),
              cell: (step) => [step.school, t(`platform.role.${step.role}`)].filter(Boolean).join(' · '),
            },
            { key: 'due', head: t('board.case.due'), kind: 'nowrap', cell: (step) => step.dueOn },
            {
              key: 'bureau',
              head: t('board.late.byBureau'),
              cell: (step) => (step.byBureau ? <State kind="wait">{t(`case.route.${step.byBureau}`)}</State> : ''),
            },
            { key: 'reminded', head: t('board.late.reminded'), kind: 'nowrap', cell: (step) => step.remindedOn ?? '' },
            {
              key: 'act',
              head: t('board.case.act'),
              cell: (step) =>
                mayUse(actor, 'rotation.case.remind') && (
                  <ActionForm action={remindAction} hidden={{ caseIds: step.caseId }} className="actions">
                    <SubmitButton kind="plain">{t('board.late.remind')}</SubmitButton>
                  </ActionForm>
                ),
            },
          ]}
        />
        <Card title={t('board.late.texts')}>
          <p className="muted">{t('board.late.textsNote')}</p>
          {texts.map((text) => (
            <TaskMessage key={text.href + text.role + (text.schoolId ?? '')} t={t} text={text} origin={origin} />
          ))}
          {texts.length === 0 && <p>{t('board.late.nothingWaits')}</p>}
        </Card>
      </Screen>
    )
  },
})
