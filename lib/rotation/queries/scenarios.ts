import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { approvals2, scenarios } from '@/db/schema/index.ts'
import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import type { Tx } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import type { PlanResult } from '@/lib/rules/planner/format.ts'
import type { RoundId } from '@/lib/rules/values/ids.ts'
import type { ScenarioRow } from '../scenarios/scenario-row.ts'

/** A scenario without its bytes: what lists and progress show. */
export type ScenarioSummary = Omit<
  ScenarioRow,
  'instance' | 'members' | 'schools' | 'result' | 'prices' | 'exchanges'
> & {
  status: PlanResult['status'] | null
  levels: { level: number; name: string; value: number; bound: number | null; gap: number | null; status: string }[]
  counts: { E: number; EB: number; R: number; RB: number; need_R: number; need_RB: number } | null
  cv: { id: string; stage: 'P' | 'J'; cv_before: number | null; cv_after: number | null }[]
  moves: number
  /** How many scenarios of the district wait before it, itself counted; null when it does not wait. */
  place: number | null
}

const columns = {
  districtId: scenarios.districtId,
  id: scenarios.id,
  roundId: scenarios.roundId,
  name: scenarios.name,
  state: scenarios.state,
  instanceSha256: scenarios.instanceSha256,
  hand: scenarios.hand,
  check: scenarios.check,
  progress: scenarios.progress,
  failure: scenarios.failure,
  basedOn: scenarios.basedOn,
  rollId: scenarios.rollId,
  jobId: scenarios.jobId,
  timeLimit: scenarios.timeLimit,
  cancelAsked: scenarios.cancelAsked,
  queuedAt: scenarios.queuedAt,
  startedAt: scenarios.startedAt,
  finishedAt: scenarios.finishedAt,
  createdBy: scenarios.createdBy,
  createdByName: scenarios.createdByName,
  createdAt: scenarios.createdAt,
  changedAt: scenarios.changedAt,
  adoptedAt: scenarios.adoptedAt,
  version: scenarios.version,
  status: sql<ScenarioSummary['status']>`${scenarios.result} ->> 'status'`,
  levels: sql<ScenarioSummary['levels']>`coalesce(${scenarios.result} -> 'levels', '[]'::jsonb)`,
  counts: sql<ScenarioSummary['counts']>`${scenarios.result} -> 'counts'`,
  cv: sql<
    ScenarioSummary['cv']
  >`coalesce((SELECT jsonb_agg(e - 'units') FROM jsonb_array_elements(${scenarios.result} -> 'equity') e), '[]'::jsonb)`,
  moves: sql<number>`coalesce(jsonb_array_length(${scenarios.result} -> 'moves'), 0)::int + coalesce((SELECT sum((f ->> 'n')::int) FROM jsonb_array_elements(${scenarios.result} -> 'flows') f), 0)::int`,
}

async function withPlaces(tx: Tx, rows: Omit<ScenarioSummary, 'place'>[]): Promise<ScenarioSummary[]> {
  const waiting = await tx
    .select({ id: scenarios.id })
    .from(scenarios)
    .where(inArray(scenarios.state, ['queued', 'solving']))
    .orderBy(asc(scenarios.queuedAt))
  return rows.map((row) => {
    const at = waiting.findIndex(({ id }) => id === row.id)
    return { ...row, place: at < 0 ? null : at + 1 }
  })
}

/** Scenarios of a round, newest first. */
export async function listScenarios(tx: Tx, roundId: RoundId): Promise<ScenarioSummary[]> {
  return withPlaces(
    tx,
    await tx.select(columns).from(scenarios).where(eq(scenarios.roundId, roundId)).orderBy(desc(scenarios.createdAt)),
  )
}

/** Instances opened from elsewhere. */
export async function listOpened(tx: Tx): Promise<ScenarioSummary[]> {
  return withPlaces(
    tx,
    await tx.select(columns).from(scenarios).where(isNull(scenarios.roundId)).orderBy(desc(scenarios.createdAt)),
  )
}

/** One scenario without its bytes: what the page that waits asks again and again. */
export async function scenarioSummary(tx: Tx, id: ScenarioId): Promise<ScenarioSummary | null> {
  const rows = await withPlaces(tx, await tx.select(columns).from(scenarios).where(eq(scenarios.id, id)))
  return rows[0] ?? null
}

/** The whole row; null when there is none to be seen. */
export async function scenarioRow(tx: Tx, id: ScenarioId): Promise<ScenarioRow | null> {
  const [row] = await tx.select().from(scenarios).where(eq(scenarios.id, id))
  return row ?? null
}

/** The open request to adopt a scenario, if there is one. */
export async function openAdoption(tx: Tx, id: ScenarioId) {
  const [row] = await tx
    .select({ id: approvals2.id, by: approvals2.askedByName, at: approvals2.askedAt, reason: approvals2.reason })
    .from(approvals2)
    .where(
      and(
        eq(approvals2.operation, 'rotation.scenario.adopt'),
        eq(approvals2.subjectId, id),
        isNull(approvals2.verdict),
        sql`${approvals2.expiresAt} > ${now()}`,
      ),
    )
  return row ?? null
}
