import Link from 'next/link'
import { z } from 'zod'
import { CaseStateWord } from '@/app/_domain/case-state.tsx'
import { requestOrigin } from '@/app/_server/origin.ts'
import { definePage } from '@/app/_server/page.tsx'
import { Card, Facts, Screen } from '@/app/_ui/screen.tsx'
import { formatMoment, formatMonths } from '@/lib/i18n/format.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import { caseCard } from '@/lib/rotation/queries/case-card.ts'
import { caseTimeline } from '@/lib/rotation/queries/case-timeline.ts'
import { inboxList } from '@/lib/rotation/queries/inbox.ts'
import { schoolChoices } from '@/lib/rotation/queries/school-choices.ts'
import { taskTexts } from '@/lib/rotation/queries/task-text.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { routedBy } from '@/lib/rules/rotation/recusal.ts'
import { type CaseId, idSchema } from '@/lib/rules/values/ids.ts'
import { TaskMessage } from '../../_parts/task-message.tsx'
import { CaseActions } from './_parts/case-actions.tsx'
import { Effects } from './_parts/effects.tsx'
import { OwnCase } from './_parts/own-case.tsx'
import { Partners } from './_parts/partners.tsx'
import { DeclareRecusal, RecusalNotes } from './_parts/recusal.tsx'

/** One case: who, why, what it does to the school, the buttons of its state, and everything done to it. */
export default definePage('rotation.case.view', {
  params: z.object({ caseId: idSchema<CaseId>() }),
  load: async (tx, { actor, params }) => {
    const card = await caseCard(tx, actor, params.caseId)
    if (!card) return null
    const waiting = mayUse(actor, 'platform.inbox.view')
      ? await inboxList(tx, actor, 'todo', { size: 20, skip: 0 })
      : { items: [], total: 0 }
    return {
      card,
      timeline: await caseTimeline(tx, params.caseId),
      schools:
        mayUse(actor, 'rotation.case.assign') || mayUse(actor, 'rotation.case.edit') ? await schoolChoices(tx) : [],
      next: waiting.items.find((item) => item.caseId !== params.caseId)?.caseId ?? null,
      waiting: waiting.total,
      texts: mayUse(actor, 'rotation.case.remind') ? await taskTexts(tx, [card.row]) : [],
    }
  },
  view: async ({ card, timeline, schools, next, waiting, texts }, { actor, session, t }) => {
    const origin = await requestOrigin()
    const { row, snapshot, round } = card
    const routed = routedBy(row)
    const term = row.endsOn
      ? t('board.case.term', { from: row.startsOn, to: row.endsOn })
      : t('board.case.termOpen', { from: row.startsOn })
    return (
      <Screen
        title={
          <>
            {snapshot.name || t('board.case.hidden')} · {label(t, 'subject', snapshot.subject)}{' '}
            <CaseStateWord t={t} state={row.state} />
          </>
        }
        crumbs={[
          { text: t('platform.rail.rotation'), href: '/rotation' },
          { text: round.name, href: `/rotation/rounds/${round.id}` },
          { text: t('board.case.no', { number: row.number }) },
        ]}
        tools={
          next && (
            <Link className="button" href={`/rotation/cases/${next}` as never}>
              {t('board.case.next', { count: waiting })} ›
            </Link>
          )
        }
        foot={[t('board.print.filledBy'), t('board.print.checkedBy'), t('board.print.date', { day: actor.today })]}
      >
        <div className="with-panel">
          <div>
            <Card>
              <p style={{ fontSize: 16, fontWeight: 600 }}>
                {snapshot.fromSchool} → {snapshot.toSchool ?? t('board.case.noDestination')}
              </p>
              {routed && !(routed === 'recused' && card.isRecused) && (
                <p className="warned">{t(`case.route.${routed}`)}</p>
              )}
              <RecusalNotes t={t} actor={actor} card={card} timeZone={session.district.timeZone} />
              <p>
                {[term, row.movesRelation ? t('board.case.relationMoves') : t('board.case.relationStays')].join(
                  t('board.case.comma'),
                )}
              </p>
              <Facts
                items={[
                  { label: t('board.case.title'), value: label(t, 'title', snapshot.title) },
                  { label: t('board.case.backbone'), value: row.isBackbone ? t('board.yes') : t('board.no') },
                  { label: t('board.case.form'), value: label(t, 'rotationForm', row.form) },
                  { label: t('board.case.source'), value: t(`board.source.${row.source}`) },
                  { label: t('board.case.why'), value: row.reason || '—' },
                  ...(card.eligibility
                    ? [
                        {
                          label: t('board.case.eligibility'),
                          value: t('board.case.eligibilityText', {
                            state: t(`rotation.eligibility.state.${card.eligibility.state}`),
                            tenure: formatMonths(card.eligibility.tenureMonths, t.locale),
                          }),
                        },
                      ]
                    : []),
                  ...(card.wishes.length > 0
                    ? [
                        {
                          label: t('board.case.wishes'),
                          value: card.wishes.map((wish) => `${wish.rank} ${wish.school}`).join(t('board.schools.join')),
                        },
                      ]
                    : []),
                  ...(card.partners.length > 0
                    ? [{ label: t('plan.exchange.partners'), value: <Partners t={t} partners={card.partners} /> }]
                    : []),
                  { label: t('board.case.due'), value: row.dueOn ?? '—' },
                ]}
              />
            </Card>
            {actor.role === 'teacher' && <OwnCase t={t} card={card} />}
            <Effects t={t} effects={card.effects} />
            <CaseActions t={t} actor={actor} card={card} schools={schools} />
            <DeclareRecusal t={t} actor={actor} card={card} />
            {texts.map((text) => (
              <Card key={text.role} title={t('board.late.texts')}>
                <TaskMessage t={t} text={text} origin={origin} />
              </Card>
            ))}
          </div>
          <Card title={t('board.timeline.title')}>
            <ol className="timeline">
              {timeline.map((step) => (
                <li key={step.id}>
                  <div>
                    {t(`board.action.${step.action}`)} · {t(`board.state.${step.to}`)}
                  </div>
                  <div className="small muted">
                    {[
                      step.role === 'system' ? null : step.by,
                      t(`platform.role.${step.role}`),
                      step.onBehalfOf ? t('board.timeline.onBehalf', { name: step.onBehalfOf }) : null,
                      formatMoment(step.at, session.district.timeZone),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </div>
                  {step.reason && <div>{step.reason}</div>}
                  {step.meeting && (
                    <div className="small">
                      {t('board.timeline.meeting', {
                        meeting: step.meeting,
                        day: step.meetingDate ?? '',
                        minutes: step.minutesNo ?? '',
                      })}
                    </div>
                  )}
                  {step.paper && (
                    <div className="small">
                      {t('board.timeline.paper', {
                        day: step.paper.date,
                        decider: step.paper.decider,
                        confirmed: step.paper.confirmedAt ? 'yes' : 'no',
                      })}{' '}
                      {step.paper.fileId && (
                        <a href={`/rotation/cases/${row.id}/scan/${step.paper.fileId}`}>{t('board.timeline.scan')}</a>
                      )}
                    </div>
                  )}
                </li>
              ))}
              {timeline.length === 0 && <li>{t('board.timeline.none')}</li>}
            </ol>
          </Card>
        </div>
      </Screen>
    )
  },
})
