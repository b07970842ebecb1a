import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseDecisions, rotationCases, scenarios } from '@/db/schema/index.ts'
import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import { answerTwoPerson } from '@/lib/registry/commands.ts'
import { askAdoption } from '@/lib/rotation/commands/scenario-adopt.ts'
import { addHand, swapMembers } from '@/lib/rotation/commands/scenario-hand.ts'
import { priceScenario, solveScenario } from '@/lib/rotation/commands/scenario-solve.ts'
import { createScenario, deleteScenario, duplicateScenario } from '@/lib/rotation/commands/scenarios.ts'
import { priceScenarioJob } from '@/lib/rotation/jobs/price-scenario.ts'
import { solveScenarioJob } from '@/lib/rotation/jobs/solve-scenario.ts'
import { roundEquity } from '@/lib/rotation/queries/round-equity.ts'
import { compareScenarios } from '@/lib/rotation/queries/scenario-compare.ts'
import { scenarioView, stayingPeople } from '@/lib/rotation/queries/scenario-view.ts'
import { priceKey, pricesOf } from '@/lib/rotation/scenarios/prices.ts'
import { ratio } from '@/lib/rules/values/ratio.ts'
import { aRoundDistrict, type RoundDistrict } from '@/tests/support/round-district.ts'
import { runNextJob } from '@/tests/support/scenario-jobs.ts'
import { expectWholeSummaries } from '@/tests/support/two-person-requests.ts'

let d: RoundDistrict
beforeAll(async () => {
  d = await aRoundDistrict((policy) => ({
    ...policy,
    planner: { ...policy.planner, backboneLeaveShare: ratio(50, 100), leaveShare: ratio(50, 100), netDefault: [-4, 4] },
  }))
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
const viewOf = (id: ScenarioId) => d.as('hr1', async (tx) => (await scenarioView(tx, id, true))!)
const CREATE = { useVacancies: false, keepCases: true, solve: true }

describe('a scenario from the roll to the cases', () => {
  let first: ScenarioId
  let second: ScenarioId

  test('it freezes the round without naming anybody, and the worker solves it to the proof', async () => {
    first = (await must(d.run(createScenario, 'hr1', { ...CREATE, roundId: d.roundId, name: '方案一' }))).scenarioId
    expect(await rowOf(first)).toMatchObject({ state: 'queued', result: null })
    const stored = await rowOf(first)
    for (const secret of [...d.staff.A, ...d.staff.B, '演示001', '第一小学', d.schools.A])
      expect(stored.instance).not.toContain(secret)
    await runNextJob(d.system, solveScenarioJob)
    const row = await rowOf(first)
    expect(row).toMatchObject({ state: 'solved', failure: null, check: { ok: true } })
    const view = await viewOf(first)
    expect(view.solved?.levels.map(({ gap }) => gap)).toEqual([0, 0, 0, 0, 0])
    expect(view.solved!.counts).toMatchObject({ E: 25, R: view.lines.length })
    expect(view.solved!.counts.R).toBeGreaterThanOrEqual(3)
    // Of the posts that lack people, those of the school with half its need are filled.
    const short = view.effects.schools.find(({ school }) => view.row.schools[school] === d.schools.B)!
    expect(short.shortageAfter).toBeLessThan(short.shortage)
    expect(view.lines.map(({ from }) => view.row.schools[from])).toContain(d.schools.A)
    expect(stayingPeople(view)).toHaveLength(25 - view.lines.length)
  })

  test('a lock on a solved scenario makes a draft based on it; solved again the lock is kept and the first stands', async () => {
    const going = new Set<string>((await viewOf(first)).lines.map(({ teacherId }) => teacherId))
    const staying = d.staff.A.find((id) => !going.has(id))!
    const before = await rowOf(first)
    const made = await must(
      d.run(addHand, 'hr1', {
        scenarioId: first,
        version: before.version,
        kind: 'lock',
        teacherIds: [staying],
        to: d.schools.C,
      }),
    )
    second = made.scenarioId
    expect(second).not.toBe(first)
    expect(await rowOf(second)).toMatchObject({ state: 'draft', basedOn: first, name: '方案一 2' })
    await must(d.run(solveScenario, 'hr1', { scenarioId: second, version: (await rowOf(second)).version }))
    await runNextJob(d.system, solveScenarioJob)
    const view = await viewOf(second)
    expect(view.row.state).toBe('solved')
    expect(view.lines.find(({ teacherId }) => teacherId === staying)?.to).toBe(view.codeOf(d.schools.C))
    expect((await rowOf(first)).instanceSha256).toBe(before.instanceSha256)
  })

  test('the price of the lock is the first level that it makes worse', async () => {
    const [lock] = (await viewOf(second)).hand.locks
    const asked = { scenarioId: second, kind: 'lock', teacherId: lock!.teacherId, to: lock!.to } as const
    await must(d.run(priceScenario, 'hr1', asked))
    await runNextJob(d.system, priceScenarioJob)
    const [a, b] = [(await viewOf(first)).solved!, (await viewOf(second)).solved!]
    const at = a.levels.findIndex(({ value }, index) => value !== b.levels[index]!.value)
    expect(pricesOf((await rowOf(second)).prices)[priceKey(asked)]).toMatchObject({
      state: 'done',
      answer: at >= 0 && at < 4 ? { kind: 'worse', level: at + 1 } : { kind: 'tie' },
    })
  })

  test('two scenarios are compared person by person and school by school', async () => {
    const found = (await d.as('hr1', (tx) => compareScenarios(tx, d.roundId, [first, second])))!
    expect(found.views).toHaveLength(2)
    expect(found.people.length).toBeGreaterThan(0)
    for (const person of found.people) expect(new Set(person.to).size).toBeGreaterThan(1)
    expect(found.sorted.P.before).toEqual([...found.sorted.P.before].sort((x, y) => x - y))
  })

  test('R-BAL-4 by relation the plans and the round show one figure: the register’s, which no move without relation changes', async () => {
    const found = (await d.as('hr1', (tx) => compareScenarios(tx, d.roundId, [first, second])))!
    const [primary] = await d.as('hr1', (tx) => roundEquity(tx, d.roundId))
    expect(primary!.relationAfter).toBe(primary!.relationBefore)
    for (const cvs of found.relation) expect(cvs!.get('backbone/P')!.toFixed(4)).toBe(primary!.relationAfter)
  })

  test('a member of a group is exchanged by name: the plan keeps its values and nothing is solved', async () => {
    const view = await viewOf(first)
    const line = view.lines.find(({ isGroup }) => isGroup)!
    const joins = view.row.members[line.listed]!.find((id) => !view.lines.some(({ teacherId }) => teacherId === id))!
    await must(
      d.run(swapMembers, 'hr1', { scenarioId: first, version: view.row.version, leaves: line.teacherId, joins }),
    )
    const after = await viewOf(first)
    expect(after.lines.map(({ teacherId }) => teacherId)).toContain(joins)
    expect(after.lines.map(({ teacherId }) => teacherId)).not.toContain(line.teacherId)
    expect(after.row.result).toEqual(view.row.result)
  })

  test('other roles can neither plan nor adopt', async () => {
    for (const who of ['rev1', 'pA', 'sA', 't1', 'security']) {
      const made = await d.run(createScenario, who, { ...CREATE, roundId: d.roundId, name: 'x' })
      expect(made).toMatchObject({ ok: false, refusals: [{ code: 'platform.refusal.forbidden' }] })
      const asked = await d.run(askAdoption, who, { scenarioId: first, version: 1, reason: 'x' })
      expect(asked).toMatchObject({ ok: false, refusals: [{ code: 'platform.refusal.forbidden' }] })
    }
    for (const who of ['pA', 'sA', 't1', 'security'])
      expect(await d.as(who, (tx) => tx.select({ id: scenarios.id }).from(scenarios))).toEqual([])
  })

  test('a plan tampered with is refused by the check, whatever was written beside it', async () => {
    const copy = (await must(d.run(duplicateScenario, 'hr1', { scenarioId: first, name: '改动过的方案' }))).scenarioId
    await must(d.run(solveScenario, 'hr1', { scenarioId: copy, version: 1 }))
    await runNextJob(d.system, solveScenarioJob)
    const honest = await rowOf(copy)
    const result = structuredClone(honest.result) as { flows: { n: number }[]; moves: unknown[] }
    if (result.flows[0]) result.flows[0].n += 1
    else result.moves.pop()
    // Without a new verdict the database refuses the plan at once.
    await expect(
      d.asSystem((tx) => tx.update(scenarios).set({ result }).where(eq(scenarios.id, copy))),
    ).rejects.toMatchObject({ cause: { constraint_name: 'scenarios_plan_checked' } })
    await d.asSystem((tx) =>
      tx
        .update(scenarios)
        .set({ result, check: { ok: true, findings: [], forged: true } })
        .where(eq(scenarios.id, copy)),
    )
    const refused = await d.run(askAdoption, 'hr1', {
      scenarioId: copy,
      version: (await rowOf(copy)).version,
      reason: '试',
    })
    expect(refused.ok).toBe(false)
    expect(refused).toMatchObject({
      refusals: expect.arrayContaining([expect.objectContaining({ code: 'plan.refusal.planRefused' })]),
    })
    if (!refused.ok) expect(refused.refusals.length).toBeGreaterThan(1)
    // And no role adopts past the commands: a refused plan cannot even be stored as adopted.
    await expect(
      d.asSystem((tx) =>
        tx
          .update(scenarios)
          .set({ state: 'adopted', adoptedAt: '2026-06-01T00:00:00Z', check: { ok: false } })
          .where(eq(scenarios.id, copy)),
      ),
    ).rejects.toMatchObject({ cause: { constraint_name: 'scenarios_plan_checked' } })
  })

  test('HR submits, a reviewer approves, and every move is a case with its reason in one step', async () => {
    const view = await viewOf(first)
    const asked = await must(
      d.run(askAdoption, 'hr1', { scenarioId: first, version: view.row.version, reason: '缺口最小' }),
    )
    const own = await d.run(answerTwoPerson, 'hr2', { requestId: asked.requestId, verdict: 'approved' })
    expect(own.ok).toBe(false)
    await must(d.run(answerTwoPerson, 'rev1', { requestId: asked.requestId, verdict: 'approved' }))
    const cases = await d.asSystem((tx) => tx.select().from(rotationCases).where(eq(rotationCases.scenarioId, first)))
    expect(cases.map(({ teacherId, toSchoolId }) => `${teacherId} ${toSchoolId}`).sort()).toEqual(
      view.lines.map(({ teacherId, to }) => `${teacherId} ${view.row.schools[to]}`).sort(),
    )
    for (const row of cases) {
      expect(row).toMatchObject({ state: 'draft', source: 'planner', preparedByPerson: d.actors.hr1!.personId })
      const to = [...d.schoolIds].find(([, id]) => id === row.toSchoolId)![0]
      expect(row.reason).toContain(`${to}语文需 6 人`)
    }
    const [step] = await d.asSystem((tx) =>
      tx.select().from(caseDecisions).where(eq(caseDecisions.caseId, cases[0]!.id)),
    )
    expect(step).toMatchObject({ action: 'create', part: 'prepare', userId: d.actors.hr1!.userId })
    expect(await rowOf(first)).toMatchObject({ state: 'adopted' })
    const again = await d.run(askAdoption, 'hr1', {
      scenarioId: first,
      version: (await rowOf(first)).version,
      reason: 'x',
    })
    expect(again).toMatchObject({ ok: false, refusals: [{ code: 'plan.refusal.adoptedAlready' }] })
    const gone = await d.run(deleteScenario, 'hr1', { scenarioId: first, version: (await rowOf(first)).version })
    expect(gone).toMatchObject({ ok: false, refusals: [{ code: 'plan.refusal.adoptedAlready' }] })
  })
})

test('security.md §2.5 each request kept what its sentence says', async () => {
  const asked = await expectWholeSummaries(d.system)
  expect([...asked]).toEqual(expect.arrayContaining(['rotation.scenario.adopt']))
})
