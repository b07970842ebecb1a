import Link from 'next/link'
import { ActionForm, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { Card, EmptyState, Facts, Screen, Tabs } from '@/app/_ui/screen.tsx'
import { formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { SCENARIO_TABS, type ScenarioPage, type ScenarioTab } from '@/lib/rotation/queries/scenario-page.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { instanceNotices } from '@/lib/rules/planner/format.ts'
import { answerAdoptionAction } from '../actions.ts'
import { AheadTab } from './ahead-tab.tsx'
import { ChainsTab } from './chains-tab.tsx'
import { ConflictCard } from './conflict-card.tsx'
import { HandTab } from './hand-tab.tsx'
import { LiveProgress } from './live-progress.tsx'
import { type MovesQuery, MovesTab } from './moves-tab.tsx'
import { PicturesTab } from './pictures-tab.tsx'
import { progressAnswer } from './progress-lines.ts'
import { ResultTab } from './result-tab.tsx'
import { ScenarioTools } from './scenario-tools.tsx'
import { SchoolsTab } from './schools-tab.tsx'
import { ScenarioState } from './state.tsx'
import { StayTab } from './stay-tab.tsx'

export type ScenarioQuery = MovesQuery & { tab: ScenarioTab; code?: string; said?: string }

/** A scenario: its state and progress, its result tab by tab, and what can be done with it. */
export function ScenarioScreen({
  t,
  actor,
  timeZone,
  page,
  query,
  path,
  round,
}: {
  t: Translate
  actor: UserActor
  timeZone: string
  page: ScenarioPage
  query: ScenarioQuery
  path: string
  round: { id: string; name: string; isOpen: boolean; sealedUntil: string | null } | null
}) {
  const { view, summary } = page
  const { row, solved, conflict } = view
  const ofRound = round !== null
  // The summary was read before the rest: a solve that ended in between is noticed by the next look at its progress.
  const runs = summary.state === 'queued' || summary.state === 'solving'
  const mayPlan = mayUse(actor, 'rotation.scenario.solve')
  const mayEdit = mayPlan && ofRound && round.isOpen && !runs && row.state !== 'adopted'
  const withoutPupils = instanceNotices(view.instance).map(({ values }) => view.place(String(values?.id)).name)
  const tabs = SCENARIO_TABS.filter(
    (tab) => tab === 'hand' || tab === 'chains' || (solved !== null && (tab !== 'ahead' || ofRound)),
  )
  const tab = tabs.includes(query.tab) ? query.tab : solved ? 'result' : 'hand'
  return (
    <Screen
      title={row.name}
      crumbs={
        ofRound
          ? [
              { text: t('plan.crumb.rounds'), href: '/rotation' },
              { text: round.name, href: `/rotation/rounds/${round.id}` },
              { text: t('plan.crumb.plan'), href: `/rotation/rounds/${round.id}/plan` },
            ]
          : [{ text: t('plan.crumb.rounds'), href: '/rotation' }, { text: t('plan.opened.title') }]
      }
      foot={[t('plan.print.filledBy'), t('plan.print.checkedBy')]}
      tools={
        <ScenarioTools
          t={t}
          page={page}
          path={path}
          mayPlan={mayPlan && (!ofRound || round.isOpen)}
          mayExport={mayUse(actor, 'rotation.scenario.export')}
        />
      }
    >
      {query.said === 'hand' && row.state === 'draft' && (
        <p className="said" role="status" style={{ marginBottom: 10 }}>
          {t('plan.said.hand', { name: row.name })}
        </p>
      )}
      {page.adoption && <Adoption t={t} page={page} mayAnswer={actor.role === 'bureau_reviewer'} />}
      <Card>
        <Facts
          items={[
            { label: t('plan.list.state'), value: <ScenarioState t={t} row={summary} /> },
            ...(page.basedOn
              ? [
                  {
                    label: t('plan.list.basedOn'),
                    value: (
                      <Link href={`/rotation/rounds/${row.roundId}/plan/${page.basedOn.id}` as never}>
                        {page.basedOn.name}
                      </Link>
                    ),
                  },
                ]
              : []),
            { label: t('plan.list.made'), value: `${row.createdByName} ${formatMoment(row.createdAt, timeZone)}` },
            {
              label: t('plan.facts.people'),
              value: t('plan.facts.peopleOf', {
                people: view.instance.teachers.length + view.instance.groups.reduce((sum, { n }) => sum + n, 0),
                singles: view.instance.teachers.length,
                groups: view.instance.groups.length,
                schools: view.instance.schools.length,
              }),
            },
            { label: t('plan.facts.digest'), value: <span className="small">{row.instanceSha256.slice(0, 16)}…</span> },
          ]}
        />
        {runs && (
          <LiveProgress
            address={ofRound ? `${path}/progress` : `/rotation/scenarios/${row.id}/progress`}
            first={progressAnswer(t, summary, row.startedAt ? Date.parse(row.startedAt) : 0)}
          />
        )}
        {row.state === 'failed' && (
          <p className="refused">{t(`plan.failed.${FAILURES.includes(row.failure ?? '') ? row.failure : 'other'}`)}</p>
        )}
        {row.state === 'cancelled' && <p className="warned">{t('plan.cancelledNote')}</p>}
        {withoutPupils.length > 0 && (
          <p className="warned">{t('plan.noPupils', { schools: withoutPupils.join(t('board.schools.join')) })}</p>
        )}
        {row.state === 'draft' && <p className="noted">{t(ofRound ? 'plan.draftNote' : 'plan.draftForeign')}</p>}
        {summary.status === 'feasible' && row.state === 'solved' && <p className="warned">{t('plan.feasibleNote')}</p>}
      </Card>
      {conflict && (
        <ConflictCard
          t={t}
          view={view}
          conflict={conflict}
          relief={page.relief}
          path={path}
          round={round}
          mayEdit={mayEdit}
        />
      )}
      <Tabs
        label={t('plan.tab.label')}
        items={tabs.map((key) => ({ text: t(`plan.tab.${key}`), href: `${path}?tab=${key}`, current: key === tab }))}
      />
      {tab === 'result' && solved && <ResultTab t={t} view={view} solved={solved} relation={page.relation} />}
      {tab === 'moves' && (
        <MovesTab t={t} view={view} path={path} query={query} mayEdit={mayEdit} others={page.others} />
      )}
      {tab === 'stay' && (
        <StayTab
          t={t}
          view={view}
          path={path}
          query={query}
          staying={page.staying}
          mayEdit={mayEdit && row.state === 'solved'}
        />
      )}
      {tab === 'schools' && <SchoolsTab t={t} view={view} path={path} />}
      {tab === 'chains' && (
        <ChainsTab
          t={t}
          view={view}
          exchanges={page.exchanges}
          sealedUntil={round?.sealedUntil ?? null}
          mayEdit={mayEdit}
          mayOffer={mayPlan && ofRound && round.isOpen}
        />
      )}
      {tab === 'pictures' && <PicturesTab t={t} view={view} path={path} />}
      {tab === 'ahead' &&
        (page.ahead ? (
          <AheadTab t={t} view={view} ahead={page.ahead} path={path} paging={{ page: query.page, size: query.size }} />
        ) : (
          <EmptyState title={t('plan.ahead.none')} />
        ))}
      {tab === 'hand' && (
        <HandTab t={t} view={view} path={path} who={query.who ?? ''} found={page.found} mayEdit={mayEdit} />
      )}
    </Screen>
  )
}

const FAILURES = ['crashed', 'memory', 'nothing', 'unexplained', 'unsound', 'interrupted']

/** The open request to adopt: the reviewer answers here, having the plan in front of them. */
function Adoption({ t, page, mayAnswer }: { t: Translate; page: ScenarioPage; mayAnswer: boolean }) {
  const { adoption, view } = page
  if (!adoption) return null
  return (
    <Card title={t('plan.adopt.title')}>
      <p>{t('plan.adopt.asked', { by: adoption.by, reason: adoption.reason ?? '', moves: view.lines.length })}</p>
      {mayAnswer ? (
        <ActionForm action={answerAdoptionAction} hidden={{ requestId: adoption.id }}>
          <TextField name="reason" label={t('plan.adopt.reason')} hint={t('plan.adopt.reasonHint')} maxLength={500} />
          <div className="actions">
            <SubmitButton name="verdict" value="approved">
              {t('plan.adopt.approve', { moves: view.lines.length })}
            </SubmitButton>
            <SubmitButton name="verdict" value="refused" kind="plain">
              {t('plan.adopt.refuse')}
            </SubmitButton>
          </div>
        </ActionForm>
      ) : (
        <p className="muted">{t('plan.adopt.waiting')}</p>
      )}
    </Card>
  )
}
