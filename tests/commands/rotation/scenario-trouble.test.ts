import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jobs, scenarios } from '@/db/schema/index.ts'
import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import { openInstance } from '@/lib/rotation/commands/open-instance.ts'
import { addHand, relaxScenario } from '@/lib/rotation/commands/scenario-hand.ts'
import { cancelScenario, solveScenario } from '@/lib/rotation/commands/scenario-solve.ts'
import { createScenario } from '@/lib/rotation/commands/scenarios.ts'
import { failInterruptedScenarios, solveScenarioJob } from '@/lib/rotation/jobs/solve-scenario.ts'
import { listOpened } from '@/lib/rotation/queries/scenarios.ts'
import { storedResult } from '@/lib/rotation/scenarios/scenario-row.ts'
import { aRoundDistrict, type RoundDistrict } from '@/tests/support/round-district.ts'
import { runNextJob, solversOf } from '@/tests/support/scenario-jobs.ts'

let d: RoundDistrict
// By default 25 % of a unit's two backbone teachers is nobody, while a fifth of those moved must be backbone.
beforeAll(async () => {
  d = await aRoundDistrict()
})
afterAll(() => d.close())

const must = async <T>(
  outcome: Promise<{ ok: true; value: { value: T } } | { ok: false; refusals: unknown }>,
): Promise<T> => {
  const answer = await outcome
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusals))
  return answer.value.value
}
const rowOf = (id: ScenarioId) =>
  d.asSystem(async (tx) => (await tx.select().from(scenarios).where(eq(scenarios.id, id)))[0]!)
const create = async (name: string, solve = true) =>
  (await must(d.run(createScenario, 'hr1', { roundId: d.roundId, name, solve, useVacancies: false, keepCases: true })))
    .scenarioId

test('a solver that is killed leaves the scenario failed and nothing else; it runs again from there', async () => {
  const id = await create('被中断')
  const before = await rowOf(id)
  const run = runNextJob(d.system, solveScenarioJob)
  for (let look = 0; look < 200 && solversOf(process.pid).length === 0; look++)
    await new Promise((go) => setTimeout(go, 20))
  for (const pid of solversOf(process.pid)) process.kill(pid, 'SIGKILL')
  await run
  const failed = await rowOf(id)
  expect(failed).toMatchObject({ state: 'failed', failure: 'crashed', result: null, check: null })
  expect(failed.instance).toBe(before.instance)
  await must(d.run(solveScenario, 'hr1', { scenarioId: id, version: failed.version }))
  await runNextJob(d.system, solveScenarioJob)
  expect((await rowOf(id)).state).toBe('infeasible')
})

test('no plan: the minimal conflict is stored, and the cheapest way out becomes a scenario that has a plan', async () => {
  const id = await create('无方案')
  await runNextJob(d.system, solveScenarioJob)
  const row = await rowOf(id)
  const result = storedResult(row)
  expect(row).toMatchObject({ state: 'infeasible', check: { ok: true } })
  if (result?.status !== 'infeasible') throw new Error('a conflict was expected')
  expect(result.conflict.rules).toEqual(expect.arrayContaining(['H6', 'H7c']))
  const made = await must(d.run(relaxScenario, 'hr1', { scenarioId: id, name: '放宽后' }))
  await runNextJob(d.system, solveScenarioJob)
  expect(await rowOf(made.scenarioId)).toMatchObject({ state: 'solved', basedOn: id, name: '放宽后' })
})

test('a waiting scenario leaves the queue at once, and the worker passes it over', async () => {
  const id = await create('不求了')
  await must(d.run(cancelScenario, 'hr1', { scenarioId: id }))
  expect((await rowOf(id)).state).toBe('cancelled')
  expect(
    (await d.asSystem((tx) => tx.select().from(jobs).where(eq(jobs.state, 'waiting')))).filter(
      ({ name }) => name === solveScenarioJob.name,
    ),
  ).toEqual([])
})

test('after a stop of the worker what waits again is queued, what is lost is failed and may be run again', async () => {
  const id = await create('停机')
  const row = await rowOf(id)
  await d.asSystem((tx) => tx.update(scenarios).set({ state: 'solving' }).where(eq(scenarios.id, id)))
  expect(await failInterruptedScenarios(d.system)).toBe(0)
  expect((await rowOf(id)).state).toBe('queued')
  await d.asSystem((tx) => tx.update(jobs).set({ state: 'failed' }).where(eq(jobs.id, row.jobId!)))
  expect(await failInterruptedScenarios(d.system)).toBe(1)
  const failed = await rowOf(id)
  expect(failed).toMatchObject({ state: 'failed', failure: 'interrupted' })
  await must(d.run(solveScenario, 'hr1', { scenarioId: id, version: failed.version }))
})

test('contradictory locks and stays are refused with the names of those concerned', async () => {
  const id = await create('矛盾', false)
  const lock = { scenarioId: id, version: 1, kind: 'lock', teacherIds: [d.staff.A[3]], to: d.schools.B } as const
  await must(d.run(addHand, 'hr1', lock))
  const forbid = await d.run(addHand, 'hr1', { ...lock, version: 2, kind: 'forbid' })
  expect(forbid).toMatchObject({
    ok: false,
    refusals: [{ code: 'planner.refusal.locked_and_forbidden', values: { id: '演示004' } }],
  })
  const home = await d.run(addHand, 'hr1', { ...lock, version: 2, to: d.schools.A })
  expect(home).toMatchObject({ ok: false, refusals: [{ code: 'planner.refusal.locked_at_home' }] })
  // The day's last word counts: a stay replaces the lock.
  await must(d.run(addHand, 'hr1', { ...lock, version: 2, kind: 'stay' }))
  expect(await rowOf(id)).toMatchObject({ hand: { locks: [], stays: [d.staff.A[3]] } })
})

test('an instance from elsewhere is read strictly and stays read-only', async () => {
  const text = (await rowOf(await create('导出', false))).instance
  const opened = await must(d.run(openInstance, 'hr1', { name: '外来', instance: text }))
  expect((await d.as('hr1', (tx) => listOpened(tx))).map(({ id }) => id)).toEqual([opened.scenarioId])
  const touched = await d.run(addHand, 'hr1', {
    scenarioId: opened.scenarioId,
    version: 1,
    kind: 'stay',
    teacherIds: [d.staff.A[0]],
  })
  expect(touched).toMatchObject({ ok: false, refusals: [{ code: 'plan.refusal.readOnly' }] })
  const wrong = await d.run(openInstance, 'hr1', { name: 'x', instance: text.replace('"kind"', '"kinds"') })
  expect(wrong.ok).toBe(false)
  const version = await d.run(openInstance, 'hr1', {
    name: 'x',
    instance: text.replace('junheng-plan/1', 'junheng-plan/9'),
  })
  expect(version).toMatchObject({ ok: false, refusals: [{ code: 'planner.refusal.wrong_version' }] })
})
