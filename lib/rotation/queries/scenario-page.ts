import { and, asc, eq, notInArray } from 'drizzle-orm'
import { scenarios } from '@/db/schema/index.ts'
import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { type OfferedExchange, offeredExchanges } from './exchanges.ts'
import { type PlanAhead, planAhead } from './plan-ahead.ts'
import { type PlanPerson, type ScenarioView, type StayingPerson, scenarioView, stayingPeople } from './scenario-view.ts'
import { openAdoption, type ScenarioSummary, scenarioSummary } from './scenarios.ts'

export const SCENARIO_TABS = ['result', 'moves', 'stay', 'schools', 'chains', 'pictures', 'ahead', 'hand'] as const
export type ScenarioTab = (typeof SCENARIO_TABS)[number]

export interface ScenarioPage {
  view: ScenarioView
  summary: ScenarioSummary
  adoption: Awaited<ReturnType<typeof openAdoption>>
  /** What the tab at hand needs, and no more. */
  staying: StayingPerson[]
  /** Members of groups who stay, by group. */
  others: Map<string, PlanPerson[]>
  /** Offered from this scenario; shown with the chains. */
  exchanges: OfferedExchange[]
  ahead: PlanAhead | null
  basedOn: { id: ScenarioId; name: string } | null
  /** Other scenarios of the round, to compare with. */
  siblings: { id: ScenarioId; name: string }[]
}

/** Everything a scenario's page shows on one of its tabs. */
export async function scenarioPage(
  tx: Tx,
  id: ScenarioId,
  tab: ScenarioTab,
  { today }: Pick<UserActor, 'today'>,
): Promise<ScenarioPage | null> {
  const everybody = tab === 'moves' || tab === 'stay' || tab === 'chains'
  const view = await scenarioView(tx, id, everybody)
  const summary = await scenarioSummary(tx, id)
  if (!view || !summary) return null
  const { row } = view
  const going = new Set<string>(view.lines.map(({ teacherId }) => teacherId))
  const others = new Map(
    tab === 'moves'
      ? view.instance.groups.map(({ id: group }) => [
          group,
          (row.members[group] ?? []).flatMap((key) => (going.has(key) ? [] : (view.person(key) ?? []))),
        ])
      : [],
  )
  const siblings = row.roundId
    ? await tx
        .select({ id: scenarios.id, name: scenarios.name, state: scenarios.state })
        .from(scenarios)
        .where(and(eq(scenarios.roundId, row.roundId), notInArray(scenarios.id, [row.id])))
        .orderBy(asc(scenarios.createdAt))
    : []
  return {
    view,
    summary,
    adoption: await openAdoption(tx, id),
    staying: tab === 'stay' ? stayingPeople(view) : [],
    others,
    exchanges: tab === 'chains' ? await offeredExchanges(tx, today, id) : [],
    ahead: tab === 'ahead' && view.solved ? await planAhead(tx, view) : null,
    basedOn: siblings.find((one) => one.id === row.basedOn) ?? null,
    siblings: siblings.filter(({ state }) => state === 'solved' || state === 'adopted'),
  }
}
