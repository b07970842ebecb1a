import { eq } from 'drizzle-orm'
import { scenarios, schools, teachers } from '@/db/schema/index.ts'
import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import type { Tx } from '@/db/scope.ts'
import type { OpaqueIds } from '@/lib/planner/instance/opaque-ids.ts'
import { type PlanInstance, type PlanResult, parseInstance, parseResult } from '@/lib/rules/planner/format.ts'
import type { Refusal } from '@/lib/rules/values/outcome.ts'
import { type Hand, touchedBy } from './hand.ts'

export type ScenarioRow = typeof scenarios.$inferSelect

/** States in which nothing runs and nothing is settled. */
export const RESTING = ['draft', 'solved', 'infeasible', 'failed', 'cancelled'] as const
export const isResting = (state: ScenarioRow['state']) => (RESTING as readonly string[]).includes(state)

/** The scenario, locked; null when it is not there or not to be seen. */
export async function lockScenario(tx: Tx, { scenarioId }: { scenarioId: ScenarioId }) {
  const [row] = await tx.select().from(scenarios).where(eq(scenarios.id, scenarioId)).for('update')
  return row ? { ...row, target: {} } : null
}

/** The instance of a stored scenario. Stored text was read strictly before; a damaged one is an incident. */
export function storedInstance(row: Pick<ScenarioRow, 'instance' | 'id'>): PlanInstance {
  const read = parseInstance(row.instance)
  if (!read.ok) throw new Error(`the instance of scenario ${row.id} is damaged`)
  return read.value
}

/** The stored result; null before a run, or where it cannot be read as one. */
export function storedResult(row: Pick<ScenarioRow, 'result'>): PlanResult | null {
  if (row.result === null || row.result === undefined) return null
  const read = parseResult(JSON.stringify(row.result))
  return read.ok ? read.value : null
}

/** Contradictions of what was set by hand: a page says them without the file's field, which nobody there has seen. */
const OF_THE_HAND = [
  'locked_twice',
  'locked_and_stays',
  'locked_at_home',
  'locked_and_forbidden',
  'not_both_one_person',
  'locked_both',
]
const pageCode = (code: string) => {
  const finding = code.replace('planner.refusal.', '')
  return OF_THE_HAND.includes(finding) ? `plan.refusal.hand.${finding}` : code
}

/** Findings of the planner name people and schools by their ids in the instance; a page says their names. */
export async function namedRefusals(
  tx: Tx,
  refusals: readonly Refusal[],
  { ids, hand, schoolIds }: { ids: OpaqueIds; hand: Hand; schoolIds: Record<string, string> },
): Promise<Refusal[]> {
  const people = new Map(
    (await tx.select({ id: teachers.id, name: teachers.name }).from(teachers)).map((row) => [row.id, row.name]),
  )
  const names = new Map<string, string>()
  for (const key of touchedBy(hand)) {
    names.set(ids.person(key), people.get(key) ?? key)
    names.set(key, people.get(key) ?? key)
  }
  const places = new Map<string, string>(
    (await tx.select({ id: schools.id, name: schools.name }).from(schools)).map((row) => [row.id, row.name]),
  )
  for (const [id, key] of Object.entries(schoolIds)) names.set(id, places.get(key) ?? id)
  const named = (value: string | number) => (typeof value === 'string' ? (names.get(value) ?? value) : value)
  return refusals.map((refusal) => ({
    ...refusal,
    code: pageCode(refusal.code),
    ...(refusal.values
      ? { values: Object.fromEntries(Object.entries(refusal.values).map(([key, value]) => [key, named(value)])) }
      : {}),
    field: undefined,
  }))
}
