import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jobs, scenarios } from '@/db/schema/index.ts'
import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import { answerTwoPerson } from '@/lib/registry/commands.ts'
import { openInstance } from '@/lib/rotation/commands/open-instance.ts'
import { addHand, relaxScenario } from '@/lib/rotation/commands/scenario-hand.ts'
import { draftReliefPolicy } from '@/lib/rotation/commands/scenario-policy.ts'
import { cancelScenario, priceScenario, solveScenario } from '@/lib/rotation/commands/scenario-solve.ts'
import { createScenario, reviseScenario } from '@/lib/rotation/commands/scenarios.ts'
import { submitPolicy } from '@/lib/rotation/commands/submit-policy.ts'
import { typedPlanPolicy } from '@/lib/rotation/inputs/scenarios.ts'
import { priceScenarioJob } from '@/lib/rotation/jobs/price-scenario.ts'
import { failInterruptedScenarios, solveScenarioJob } from '@/lib/rotation/jobs/solve-scenario.ts'
import { activatePolicy } from '@/lib/rotation/operations/activate-policy.ts'
import { findPolicy, openRequest } from '@/lib/rotation/queries/policies.ts'
import { scenarioView, stayingPeople } from '@/lib/rotation/queries/scenario-view.ts'
import { listOpened } from '@/lib/rotation/queries/scenarios.ts'
import { handOf } from '@/lib/rotation/scenarios/hand.ts'
import { priceKey, pricesOf } from '@/lib/rotation/scenarios/prices.ts'
import { reliefOf } from '@/lib/rotation/scenarios/relief.ts'
import { storedInstance, storedResult } from '@/lib/rotation/scenarios/scenario-row.ts'
import { defaultPolicy } from '@/lib/rules/rotation/policy.ts'
import { ratio } from '@/lib/rules/values/ratio.ts'
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

test('the cheapest way out becomes a draft of the round’s policy, changed in nothing else, for two people to decide', async () => {
  const id = (await d.asSystem((tx) => tx.select().from(scenarios).where(eq(scenarios.name, '无方案'))))[0]!.id
  for (const who of ['rev1', 'pA', 't1'])
    expect(await d.run(draftReliefPolicy, who, { scenarioId: id, title: 'x' })).toMatchObject({
      ok: false,
      refusals: [{ code: 'platform.refusal.forbidden' }],
    })
  const { policyId } = await must(d.run(draftReliefPolicy, 'hr1', { scenarioId: id, title: '2026年交流补充规定' }))
  const draft = (await d.as('hr1', (tx) => findPolicy(tx, policyId)))!
  expect(draft).toMatchObject({ state: 'draft', forRoundId: d.roundId, year: 2026, version: 2 })
  // A fifth of those moved must be backbone while a quarter of two is nobody: one of two may leave instead.
  expect(draft.content).toEqual({
    ...defaultPolicy,
    planner: { ...defaultPolicy.planner, backboneLeaveShare: ratio(1, 2) },
  })
  const submitted = await d.run(submitPolicy, 'hr1', {
    policyId,
    rowVersion: draft.rowVersion,
    documentNo: '东教发〔2026〕9号',
  })
  expect(submitted.ok).toBe(true)
  const request = (await d.as('rev1', (tx) => openRequest(tx, activatePolicy.name, policyId)))!
  expect((await d.run(answerTwoPerson, 'hr1', { requestId: request.id, verdict: 'approved' })).ok).toBe(false)
  await must(d.run(answerTwoPerson, 'rev1', { requestId: request.id, verdict: 'approved' }))
  // The scenario stands as it was; a new one is made under the policy now in force, and has a plan.
  expect((await rowOf(id)).state).toBe('infeasible')
  const next = await create('补充规定之后')
  await runNextJob(d.system, solveScenarioJob)
  expect((await rowOf(next)).state).toBe('solved')
  expect(await d.run(draftReliefPolicy, 'hr1', { scenarioId: next, title: 'x' })).toMatchObject({
    refusals: [{ code: 'plan.refusal.noConflict' }],
  })
  expect(await d.run(draftReliefPolicy, 'hr1', { scenarioId: id, title: 'x' })).toMatchObject({
    refusals: [{ code: 'plan.refusal.policyLooser' }],
  })
})

test('where locks are what contradicts, the policy has no part: the button drops the lock', async () => {
  const id = await create('锁定太多', false)
  const { policy } = storedInstance(await rowOf(id))
  // Nobody comes to A, its number may not change, and yet two are sent away; giving up a lock is made the cheapest.
  await must(
    d.run(reviseScenario, 'hr1', {
      scenarioId: id,
      ...typedPlanPolicy({ ...policy, rate_total: [0, 1], rate_backbone: [0, 1] }),
      zone_only: false,
      relation_moves: false,
      cost_H12: '1',
    }),
  )
  const add = async (more: Record<string, unknown>) =>
    must(d.run(addHand, 'hr1', { scenarioId: id, version: (await rowOf(id)).version, ...more }))
  await add({ kind: 'stay', teacherIds: [...d.staff.B, ...d.staff.C] })
  await add({ kind: 'pin', to: d.schools.A, low: 0, high: 0 })
  await add({ kind: 'lock', teacherIds: [d.staff.A[4], d.staff.A[5]], to: d.schools.B })
  await must(d.run(solveScenario, 'hr1', { scenarioId: id, version: (await rowOf(id)).version }))
  await runNextJob(d.system, solveScenarioJob)
  const row = await rowOf(id)
  const result = storedResult(row)
  if (result?.status !== 'infeasible') throw new Error('a conflict was expected')
  expect(new Set(result.conflict.rules.map((rule) => rule.split(':')[0]))).toEqual(new Set(['H9', 'H12', 'H13']))
  expect(result.conflict.relaxation.map(({ rule }) => rule)).toEqual(['H12', 'H12'])
  const relief = reliefOf(defaultPolicy, storedInstance(row), handOf(row.hand), result.conflict, row)
  expect(relief).toMatchObject({ ok: true, value: { policy: null, places: { policy: 0, hand: 2, register: 0 } } })
  expect(await d.run(draftReliefPolicy, 'hr1', { scenarioId: id, title: 'x' })).toMatchObject({
    refusals: [{ code: 'plan.refusal.notByPolicy' }],
  })
  const made = await must(d.run(relaxScenario, 'hr1', { scenarioId: id, name: '取消后' }))
  expect(handOf((await rowOf(made.scenarioId)).hand)).toMatchObject({ locks: [], pins: [{ low: 0, high: 0 }] })
  await runNextJob(d.system, solveScenarioJob)
  expect((await rowOf(made.scenarioId)).state).toBe('solved')
})

test('choosing somebody without naming a school finds the best one, also for a member of a group', async () => {
  const solved = (await d.asSystem((tx) => tx.select().from(scenarios).where(eq(scenarios.name, '补充规定之后'))))[0]!
  const view = await d.as('hr1', async (tx) => (await scenarioView(tx, solved.id, true))!)
  const stays = stayingPeople(view).find(({ code, listed }) => code === 'NOT_CHOSEN' && listed.startsWith('G'))!
  const asked = { scenarioId: solved.id, kind: 'choose', teacherId: stays.teacherId } as const
  await must(d.run(priceScenario, 'hr1', asked))
  await runNextJob(d.system, priceScenarioJob)
  const price = pricesOf((await rowOf(solved.id)).prices)[priceKey(asked)]!
  expect(price).toMatchObject({ state: 'done', to: null })
  if (price.answer?.kind !== 'worse' && price.answer?.kind !== 'tie') throw new Error('a place was expected')
  expect([...d.schoolIds.values()]).toContain(price.answer.to)
  // Naming the school it found costs the same.
  const named = { ...asked, to: price.answer.to! }
  await must(d.run(priceScenario, 'hr1', named))
  await runNextJob(d.system, priceScenarioJob)
  expect(pricesOf((await rowOf(solved.id)).prices)[priceKey(named)]?.answer).toEqual(price.answer)
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
    refusals: [{ code: 'plan.refusal.hand.locked_and_forbidden', values: { id: '演示004' } }],
  })
  const home = await d.run(addHand, 'hr1', { ...lock, version: 2, to: d.schools.A })
  expect(home).toMatchObject({ ok: false, refusals: [{ code: 'plan.refusal.hand.locked_at_home' }] })
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
  // With its result the plan is shown under the ids of the file, groups member by member.
  const solved = (await d.asSystem((tx) => tx.select().from(scenarios).where(eq(scenarios.name, '补充规定之后'))))[0]!
  const shown = await must(
    d.run(openInstance, 'hr1', {
      name: '外来结果',
      instance: solved.instance,
      result: JSON.stringify(solved.result),
    }),
  )
  const own = await d.as('hr1', async (tx) => (await scenarioView(tx, solved.id, true))!)
  const foreign = await d.as('hr1', async (tx) => (await scenarioView(tx, shown.scenarioId, true))!)
  expect(foreign.lines.map(({ listed, to }) => `${listed} ${to}`).sort()).toEqual(
    own.lines.map(({ listed, to }) => `${listed} ${to}`).sort(),
  )
  expect(new Set(foreign.lines.map(({ teacherId }) => teacherId)).size).toBe(own.lines.length)
  expect(stayingPeople(foreign)).toHaveLength(stayingPeople(own).length)
  const wrong = await d.run(openInstance, 'hr1', { name: 'x', instance: text.replace('"kind"', '"kinds"') })
  expect(wrong.ok).toBe(false)
  const version = await d.run(openInstance, 'hr1', {
    name: 'x',
    instance: text.replace('junheng-plan/1', 'junheng-plan/9'),
  })
  expect(version).toMatchObject({ ok: false, refusals: [{ code: 'planner.refusal.wrong_version' }] })
})
