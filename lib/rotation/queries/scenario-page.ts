import { and, asc, eq, notInArray } from 'drizzle-orm'
import { scenarios } from '@/db/schema/index.ts'
import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'
import type { Outcome } from '@/lib/rules/values/outcome.ts'
import { type Relief, reliefOf } from '../scenarios/relief.ts'
import { type OfferedExchange, offeredExchanges } from './exchanges.ts'
import { type AheadAsked, type PlanAhead, planAhead } from './plan-ahead.ts'
import { type RelationCvs, relationCvs } from './round-equity.ts'
import { roundPolicy } from './round-policy.ts'
import { type PlanPerson, type ScenarioView, type StayingPerson, scenarioView, stayingPeople } from './scenario-view.ts'
import { openAdoption, type ScenarioSummary, scenarioSummary } from './scenarios.ts'

export const SCENARIO_TABS = ['result', 'moves', 'stay', 'schools', 'chains', 'pictures', 'ahead', 'hand'] as const
export type ScenarioTab = (typeof SCENARIO_TABS)[number]

/** Somebody listed in the scenario, as a form chooses them. */
export interface FoundPerson {
  id: TeacherId
  name: string
  staffNo: string
  school: string
  subject: string
}

/** People of the scenario whose name or staff number holds one of the words. */
function findListed(view: ScenarioView, who: string): FoundPerson[] {
  const words = who.split(/[\s,，、]+/).filter(Boolean)
  return [...view.instance.teachers, ...view.instance.groups]
    .flatMap(({ id, school, subject }) =>
      (view.row.members[id] ?? []).flatMap((key): FoundPerson[] => {
        const person = view.person(key)
        return person && words.some((word) => person.name.includes(word) || person.staffNo.includes(word))
          ? [{ id: key, name: person.name, staffNo: person.staffNo, school: view.place(school).name, subject }]
          : []
      }),
    )
    .sort((a, b) => a.name.localeCompare(b.name, 'zh-CN') || (a.staffNo < b.staffNo ? -1 : 1))
}

export interface ScenarioPage {
  view: ScenarioView
  summary: ScenarioSummary
  adoption: Awaited<ReturnType<typeof openAdoption>>
  /** What the tab at hand needs, and no more. */
  staying: StayingPerson[]
  /** People looked for by name or staff number, to be set by hand. */
  found: FoundPerson[]
  /** Members of groups who stay, by group. */
  others: Map<string, PlanPerson[]>
  /** Offered from this scenario; shown with the chains. */
  exchanges: OfferedExchange[]
  ahead: PlanAhead | null
  relation: RelationCvs | null
  /** Where the cheapest repair of a conflict is made; null without a conflict. */
  relief: Outcome<Relief> | null
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
  { who = '', ahead = null }: { who?: string; ahead?: AheadAsked | null } = {},
): Promise<ScenarioPage | null> {
  const everybody = tab === 'moves' || tab === 'stay' || tab === 'chains' || (tab === 'hand' && who !== '')
  // The short row first: the page goes by its state, so that a solve ending in between is still noticed.
  const summary = await scenarioSummary(tx, id)
  const view = await scenarioView(tx, id, everybody)
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
    found: tab === 'hand' && who !== '' ? findListed(view, who) : [],
    others,
    exchanges: tab === 'chains' ? await offeredExchanges(tx, today, id) : [],
    relief:
      view.conflict && row.roundId
        ? reliefOf(await roundPolicy(tx, row.roundId), view.instance, view.hand, view.conflict, row)
        : null,
    ahead: tab === 'ahead' && view.solved ? await planAhead(tx, view, ahead) : null,
    relation: tab === 'result' && view.solved ? await relationCvs(tx, view) : null,
    basedOn: siblings.find((one) => one.id === row.basedOn) ?? null,
    siblings: siblings.filter(({ state }) => state === 'solved' || state === 'adopted'),
  }
}
