import { and, eq } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exchangeConsents, rotationCases, scenarios, schools } from '@/db/schema/index.ts'
import type { ExchangeId, ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import { inboxByKind } from '@/lib/registry/inbox.ts'
import { applyForMove } from '@/lib/rotation/commands/apply.ts'
import { submitCase, withdrawCase } from '@/lib/rotation/commands/case-steps.ts'
import { makeExchangeCases } from '@/lib/rotation/commands/exchange-cases.ts'
import { answerExchange, offerExchange, withdrawExchange } from '@/lib/rotation/commands/exchange-consent.ts'
import { searchExchanges } from '@/lib/rotation/commands/scenario-solve.ts'
import { createScenario } from '@/lib/rotation/commands/scenarios.ts'
import { exchangesJob } from '@/lib/rotation/jobs/find-exchanges.ts'
import { exchangePartners, offeredExchanges } from '@/lib/rotation/queries/exchanges.ts'
import { exchangesOf } from '@/lib/rotation/scenarios/exchanges.ts'
import { day } from '@/lib/rules/values/dates.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'
import { ratio } from '@/lib/rules/values/ratio.ts'
import { aRoundDistrict, type RoundDistrict } from '@/tests/support/round-district.ts'
import { runNextJob } from '@/tests/support/scenario-jobs.ts'

let d: RoundDistrict
/** Past the frozen roll's own guard: what a correction of the roll would leave. */
let sql: postgres.Sql
let scenarioId: ScenarioId
/** Wishes are sealed until applications close: the story begins on the day after. */
const [NOW, NEXT] = [day('2026-07-01'), day('2026-07-02')]
/** Pairs that would exchange, A ⇄ C, and who they are. */
const PAIRS = [
  ['a0', 'c0'],
  ['a1', 'c1'],
  ['a2', 'c2'],
] as const
const who = {} as Record<string, TeacherId>

const must = async <T>(
  outcome: Promise<{ ok: true; value: { value: T } } | { ok: false; refusals: unknown }>,
): Promise<T> => {
  const answer = await outcome
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusals))
  return answer.value.value
}
const consents = (exchangeId: ExchangeId) =>
  d.asSystem((tx) => tx.select().from(exchangeConsents).where(eq(exchangeConsents.exchangeId, exchangeId)))
const caseOf = (key: string) =>
  d.asSystem(
    async (tx) =>
      (
        await tx
          .select()
          .from(rotationCases)
          .where(and(eq(rotationCases.roundId, d.roundId), eq(rotationCases.teacherId, who[key]!)))
      )[0]!,
  )
const offer = async (keys: readonly string[], more: Record<string, unknown> = {}) =>
  (await must(d.run(offerExchange, 'hr1', { scenarioId, teacherIds: keys.map((key) => who[key]), ...more }))).exchangeId
async function answer(exchangeId: ExchangeId, key: string, agreed: 'yes' | 'no') {
  const mine = (await consents(exchangeId)).find(({ teacherId }) => teacherId === who[key])!
  return d.run(answerExchange, key, { consentId: mine.id, agreed })
}
const make = (exchangeId: ExchangeId, by = 'hr1') => d.run(makeExchangeCases, by, { exchangeId })
const stateOf = (exchangeId: ExchangeId) =>
  d.as('hr1', async (tx) => (await offeredExchanges(tx, NOW)).find(({ id }) => id === exchangeId)!.state)

beforeAll(async () => {
  d = await aRoundDistrict((policy) => ({
    ...policy,
    planner: { ...policy.planner, backboneLeaveShare: ratio(1, 1), leaveShare: ratio(50, 100), netDefault: [-4, 4] },
  }))
  sql = postgres(d.db.adminUrl, { max: 1, onnotice: () => {} })
  await sql`SET session_replication_role = replica`
  for (const [at, [a, c]] of PAIRS.entries()) {
    // The third pair are no backbone teachers, so that any of A may change with any of C of the same standing.
    who[a] = d.staff.A[at + 2]!
    who[c] = d.staff.C[at]!
    await d.addUser(a, 'teacher', { teacher: who[a]! })
    await d.addUser(c, 'teacher', { teacher: who[c]! })
    await must(d.run(applyForMove, a, { roundId: d.roundId, wishes: [d.schools.C], reason: '愿互换', submit: true }))
    await must(d.run(applyForMove, c, { roundId: d.roundId, wishes: [d.schools.A], reason: '', submit: at > 0 }))
  }
  for (const actor of Object.values(d.actors)) actor.today = NOW
  const made = await must(
    d.run(createScenario, 'hr1', {
      roundId: d.roundId,
      name: '互换',
      useVacancies: false,
      keepCases: true,
      solve: false,
    }),
  )
  scenarioId = made.scenarioId
  await must(d.run(searchExchanges, 'hr1', { scenarioId }))
  await runNextJob(d.system, exchangesJob)
})
afterAll(async () => {
  await sql.end()
  await d.close()
})

describe('an exchange from the search to its cases', () => {
  test('the search proposes cycles of people who wish for each other’s schools', async () => {
    const [row] = await d.asSystem((tx) => tx.select().from(scenarios).where(eq(scenarios.id, scenarioId)))
    const found = exchangesOf(row!.exchanges)!
    expect(found).toMatchObject({ state: 'done', proven: true })
    expect(found.cycles).toHaveLength(3)
    // Which of A changes with whom of C is the solver's choice: the pairs of the story follow it.
    const keyOf = new Map(Object.entries(who).map(([key, id]) => [id, key]))
    const pairs = found.cycles.map(({ parts }) => parts.map(({ teacherId }) => keyOf.get(teacherId)!))
    pairs.sort((x, y) => (x.includes('a0') ? -1 : y.includes('a0') ? 1 : 0))
    const renamed = { ...who }
    pairs.forEach((pair, at) => {
      const partner = pair.find((key) => key.startsWith('c'))!
      renamed[`c${at}`] = who[partner]!
      renamed[`a${at}`] = who[pair.find((key) => key.startsWith('a'))!]!
    })
    const accounts = { ...d.actors }
    for (const [key, id] of Object.entries(renamed)) d.actors[key] = accounts[keyOf.get(id)!]!
    Object.assign(who, renamed)
  })

  test('nobody but HR offers; strangers to the search are no exchange', async () => {
    const pair = [who.a0, who.c0]
    for (const by of ['rev1', 'pA', 'sA', 'a0'])
      expect(await d.run(offerExchange, by, { scenarioId, teacherIds: pair })).toMatchObject({
        ok: false,
        refusals: [{ code: 'platform.refusal.forbidden' }],
      })
    expect(await d.run(offerExchange, 'hr1', { scenarioId, teacherIds: [who.a0, d.staff.B[0]] })).toMatchObject({
      ok: false,
      refusals: [{ code: 'plan.refusal.noExchange' }],
    })
    expect(
      await d.run(offerExchange, 'hr1', { scenarioId, teacherIds: pair, answerUntil: '2026-06-30' }),
    ).toMatchObject({ ok: false, refusals: [{ code: 'plan.refusal.answerPast', field: 'answerUntil' }] })
  })

  test('all agree, and in one step the cases are there, linked, each with its reason', async () => {
    const id = await offer(['a0', 'c0'])
    expect(await d.as('a0', (tx) => inboxByKind(tx, d.actors.a0!))).toContainEqual({
      kind: 'exchange.answer',
      count: 1,
    })
    expect(await make(id)).toMatchObject({ ok: false, refusals: [{ code: 'plan.refusal.exchange.waiting' }] })
    await must(answer(id, 'a0', 'yes'))
    expect(await make(id)).toMatchObject({
      ok: false,
      refusals: [{ code: 'plan.refusal.exchange.waiting', values: { count: 1 } }],
    })
    await must(answer(id, 'c0', 'yes'))
    expect(await answer(id, 'c0', 'no')).toMatchObject({ refusals: [{ code: 'plan.refusal.answeredAlready' }] })
    expect(await d.as('hr1', (tx) => inboxByKind(tx, d.actors.hr1!))).toContainEqual({
      kind: 'exchange.make',
      count: 1,
    })
    for (const by of ['rev1', 'pA', 'a0'])
      expect(await make(id, by)).toMatchObject({ ok: false, refusals: [{ code: 'platform.refusal.forbidden' }] })

    // Two at once: one makes the cases, the other finds them made.
    const both = await Promise.all([make(id, 'hr1'), make(id, 'hr2')])
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(both.find(({ ok }) => !ok)).toMatchObject({ refusals: [{ code: 'plan.refusal.exchange.made' }] })
    expect(await stateOf(id)).toBe('made')
    for (const [key, to, from] of [
      ['a0', 'C', 'A'],
      ['c0', 'A', 'C'],
    ] as const) {
      const row = await caseOf(key)
      expect(row).toMatchObject({ exchangeId: id, toSchoolId: d.schools[to], fromSchoolId: d.schools[from] })
      expect(row.consentedAt).not.toBeNull()
      expect(row.reason).toContain('校际互换（2 人）')
      expect(row.reason).toContain('第 1 志愿')
      const partners = await d.as('hr1', (tx) => exchangePartners(tx, row))
      expect(partners).toHaveLength(1)
    }
    expect((await caseOf('a0')).reason).toMatch(/^愿互换；/)
    // The heads of neither school change, so no shortage has to be accepted first.
    expect((await caseOf('c0')).shortageAccepted).toBe(true)
    expect((await consents(id)).map(({ caseId }) => caseId).sort()).toEqual(
      [(await caseOf('a0')).id, (await caseOf('c0')).id].sort(),
    )
    const draft = await caseOf('c0')
    if (draft.state === 'draft')
      await must(d.run(submitCase, 'hr1', { caseId: draft.id, version: draft.version, reason: '' }))
    expect((await caseOf('c0')).state).toBe('submitted')
  })

  test('one refusal ends it for all; nothing is made', async () => {
    const id = await offer(['a1', 'c1'])
    await must(answer(id, 'a1', 'yes'))
    await must(answer(id, 'c1', 'no'))
    expect(await make(id)).toMatchObject({ ok: false, refusals: [{ code: 'plan.refusal.exchange.declined' }] })
    expect((await caseOf('a1')).toSchoolId).toBeNull()
    expect((await caseOf('a1')).exchangeId).toBeNull()
  })

  test('silence past the last day lets it lapse; then neither an answer nor the cases are possible', async () => {
    const id = await offer(['a2', 'c2'], { answerUntil: NOW })
    expect(await d.run(offerExchange, 'hr2', { scenarioId, teacherIds: [who.a2, who.c2] })).toMatchObject({
      ok: false,
      refusals: [{ code: 'plan.refusal.offeredAlready' }],
    })
    await must(answer(id, 'a2', 'yes'))
    const later = { ...d.actors.hr1!, today: NEXT }
    expect(await d.run(makeExchangeCases, later, { exchangeId: id })).toMatchObject({
      ok: false,
      refusals: [{ code: 'plan.refusal.exchange.lapsed' }],
    })
    const late = (await consents(id)).find(({ teacherId }) => teacherId === who.c2)!
    const silent = { ...d.actors.c2!, today: NEXT }
    expect(await d.run(answerExchange, silent, { consentId: late.id, agreed: 'yes' })).toMatchObject({
      refusals: [{ code: 'plan.refusal.answerLate' }],
    })
    // In time, HR may also take it back; a withdrawn offer takes no answer.
    await must(d.run(withdrawExchange, 'hr1', { exchangeId: id }))
    expect(await answer(id, 'c2', 'yes')).toMatchObject({ refusals: [{ code: 'plan.refusal.exchange.withdrawn' }] })
    expect(await make(id)).toMatchObject({ refusals: [{ code: 'plan.refusal.exchange.withdrawn' }] })
  })

  test('somebody sent elsewhere, off the roll or to a closed school stops it, each by name, and nothing is made', async () => {
    const id = await offer(['a2', 'c2'])
    await must(answer(id, 'a2', 'yes'))
    await must(answer(id, 'c2', 'yes'))
    const before = await caseOf('a2')
    const change = (set: Partial<typeof before>) =>
      d.asSystem((tx) => tx.update(rotationCases).set(set).where(eq(rotationCases.id, before.id)))
    await change({ toSchoolId: d.schools.B })
    expect(await make(id)).toMatchObject({
      ok: false,
      refusals: [{ code: 'plan.refusal.exchange.otherCase', values: { number: before.number } }],
    })
    expect((await caseOf('c2')).exchangeId).toBeNull()
    await change({ toSchoolId: null })

    const [held] = await sql`SELECT roll_id FROM roll_entries WHERE teacher_id = ${who.c2!}`
    await sql`UPDATE roll_entries SET roll_id = ${who.a2!} WHERE teacher_id = ${who.c2!}`
    expect(await make(id)).toMatchObject({ refusals: [{ code: 'plan.refusal.exchange.notOnRoll', rule: 'R-ELIG-0' }] })
    await sql`UPDATE roll_entries SET roll_id = ${held!.roll_id} WHERE teacher_id = ${who.c2!}`
    await sql`UPDATE roll_entries SET state = 'deferred' WHERE teacher_id = ${who.c2!}`
    expect(await make(id)).toMatchObject({
      refusals: [{ code: 'plan.refusal.exchange.notEligible', rule: 'R-ELIG-0' }],
    })
    await sql`UPDATE roll_entries SET state = 'eligible', school_id = ${d.schools.B} WHERE teacher_id = ${who.c2!}`
    expect(await make(id)).toMatchObject({ refusals: [{ code: 'plan.refusal.exchange.leftSchool' }] })
    await sql`UPDATE roll_entries SET school_id = ${d.schools.C} WHERE teacher_id = ${who.c2!}`

    await d.asSystem((tx) =>
      tx
        .update(schools)
        .set({ closedOn: '2026-05-01' as never })
        .where(eq(schools.id, d.schools.A)),
    )
    expect(await make(id)).toMatchObject({ refusals: [{ code: 'plan.refusal.exchange.schoolClosed' }] })
    await d.asSystem((tx) => tx.update(schools).set({ closedOn: null }).where(eq(schools.id, d.schools.A)))

    expect(await stateOf(id)).toBe('agreed')
    const made = await must(make(id))
    expect(made.cases).toHaveLength(2)
  })

  test('what people answered is nobody else’s to write, and an exchange made stands', async () => {
    const [row] = await d.asSystem((tx) => tx.select().from(exchangeConsents).limit(1))
    await expect(
      d.as('hr1', (tx) => tx.update(exchangeConsents).set({ agreed: true }).where(eq(exchangeConsents.agreed, false))),
    ).rejects.toMatchObject({ cause: { constraint_name: 'exchange_consents_fixed' } })
    await expect(
      d.asSystem((tx) =>
        tx.update(exchangeConsents).set({ teacherId: d.staff.B[0]! }).where(eq(exchangeConsents.id, row!.id)),
      ),
    ).rejects.toMatchObject({ cause: { constraint_name: 'exchange_consents_fixed' } })
    expect(
      await d.as('rev1', (tx) =>
        tx.update(exchangeConsents).set({ withdrawnAt: '2026-06-01T00:00:00Z' }).returning({ id: exchangeConsents.id }),
      ),
    ).toEqual([])
  })

  test('declined or not, people can be asked again; a new draft is made for whoever took the application back', async () => {
    const id = await offer(['a1', 'c1'])
    const applied = await caseOf('c1')
    await must(d.run(withdrawCase, 'c1', { caseId: applied.id, version: applied.version, reason: '' }))
    await must(answer(id, 'a1', 'yes'))
    await must(answer(id, 'c1', 'yes'))
    await must(make(id))
    const fresh = (
      await d.asSystem((tx) =>
        tx
          .select()
          .from(rotationCases)
          .where(and(eq(rotationCases.teacherId, who.c1!), eq(rotationCases.exchangeId, id))),
      )
    )[0]!
    expect(fresh).toMatchObject({ state: 'draft', source: 'planner', toSchoolId: d.schools.A, isVoluntary: false })
    expect(fresh.number).toBeGreaterThan(applied.number)
    expect(fresh.acknowledgedAt).not.toBeNull()
  })
})
