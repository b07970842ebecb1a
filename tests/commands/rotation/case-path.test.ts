import { and, asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseDecisions, rotationCases } from '@/db/schema/index.ts'
import { applyForMove } from '@/lib/rotation/commands/apply.ts'
import { approveCase, checkCase, returnCase, takeBackCase, withdrawCase } from '@/lib/rotation/commands/case-steps.ts'
import { createCase, nominate } from '@/lib/rotation/commands/create-case.ts'
import { decideCases } from '@/lib/rotation/commands/decide-batch.ts'
import { acknowledge, assignDestination } from '@/lib/rotation/commands/edit-case.ts'
import { caseCard } from '@/lib/rotation/queries/case-card.ts'
import { caseTimeline } from '@/lib/rotation/queries/case-timeline.ts'
import { listCases } from '@/lib/rotation/queries/cases.ts'
import { inboxCounts, inboxList } from '@/lib/rotation/queries/inbox.ts'
import { day } from '@/lib/rules/values/dates.ts'
import type { CaseId, SchoolId } from '@/lib/rules/values/ids.ts'
import { aRoundDistrict, type RoundDistrict, TODAY } from '@/tests/support/round-district.ts'

let d: RoundDistrict
beforeAll(async () => {
  d = await aRoundDistrict()
})
afterAll(() => d.close())

const rowOf = (caseId: CaseId) =>
  d.asSystem(async (tx) => (await tx.select().from(rotationCases).where(eq(rotationCases.id, caseId)))[0]!)
const must = async <T>(
  outcome: Promise<{ ok: true; value: { value: T } } | { ok: false; refusals: unknown }>,
): Promise<T> => {
  const answer = await outcome
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusals))
  return answer.value.value
}
const MEETING = { meeting: '局党组会', meetingDate: '2026-06-01', minutesNo: '〔2026〕8号' }

describe('a case from nomination to decision, with five people', () => {
  let caseId: CaseId
  test('the school nominates, the teacher acknowledges, both principals approve, HR checks, the reviewer decides', async () => {
    const made = await must(
      d.run(nominate, 'sA', {
        roundId: d.roundId,
        teacherId: d.staff.A[0],
        toSchoolId: d.schools.B,
        reason: '结构性超编',
        submit: true,
      }),
    )
    caseId = made.caseId
    expect(made.state).toBe('submitted')
    expect((await d.as('pA', (tx) => inboxCounts(tx, d.actors.pA!))).todo).toBe(1)
    expect((await d.as('pB', (tx) => inboxCounts(tx, d.actors.pB!))).todo).toBe(0)
    expect((await d.as('t1', (tx) => inboxList(tx, d.actors.t1!, 'todo', { size: 9, skip: 0 }))).items[0]?.task).toBe(
      'acknowledge',
    )

    const early = await d.run(approveCase, 'pA', { caseId, version: 2, reason: '' })
    expect(early).toMatchObject({ ok: false, refusals: [{ code: 'case.unmet.acknowledgedByTeacher' }] })
    await must(d.run(acknowledge, 't1', { caseId, version: 2, consents: false }))

    const card = (await d.as('pA', (tx) => caseCard(tx, d.actors.pA!, caseId)))!
    expect(card.effects).toMatchObject([
      {
        side: 'origin',
        subject: { before: { haveTenths: 120, needTenths: 60 }, after: { haveTenths: 110 } },
        backbone: { before: 2, after: 1 },
      },
    ])
    expect(card.steps.map(({ action }) => action)).toEqual(['approve', 'return', 'refuse', 'withdraw'])
    await must(d.run(approveCase, 'pA', { caseId, version: 3, reason: '' }))
    await must(d.run(approveCase, 'pB', { caseId, version: 4, reason: '' }))
    await must(d.run(checkCase, 'hr2', { caseId, version: 5, reason: '' }))
    const decided = await must(
      d.run(decideCases, 'rev1', { roundId: d.roundId, caseIds: [caseId], isLast: false, ...MEETING, reason: '' }),
    )
    expect(decided).toMatchObject({ decided: 1, number: 1 })
    expect(await rowOf(caseId)).toMatchObject({ state: 'decided', pass: 1, decisionBatchId: decided.batchId })
  })

  test('the trail says who, in which role, from → to, with the figures and the person of that moment', async () => {
    const steps = await d.as('rev2', (tx) => caseTimeline(tx, caseId))
    expect(steps.map(({ action, part, by, role, to }) => [action, part, by, role, to])).toEqual([
      ['create', 'prepare', 'sA', 'school_hr', 'draft'],
      ['submit', 'prepare', 'sA', 'school_hr', 'submitted'],
      ['acknowledge', 'note', 't1', 'teacher', 'submitted'],
      ['approve', 'approve', 'pA', 'principal', 'origin_approved'],
      ['approve', 'approve', 'pB', 'principal', 'destination_approved'],
      ['check', 'check', 'hr2', 'bureau_hr', 'checked'],
      ['decide', 'decide', 'rev1', 'bureau_reviewer', 'decided'],
    ])
    expect(steps[3]?.figures).toMatchObject({ E: 25, R: 0, total: { need: 3, num: 0, den: 25 } })
    expect(steps[5]?.figures).toMatchObject({ R: 1, RB: 1, readings: { A: { need: 1, num: 1, den: 1, met: true } } })
    expect(steps[6]).toMatchObject({ minutesNo: '〔2026〕8号', meetingDate: '2026-06-01' })
    const [kept] = await d.asSystem((tx) =>
      tx
        .select()
        .from(caseDecisions)
        .where(and(eq(caseDecisions.caseId, caseId), eq(caseDecisions.action, 'decide')))
        .orderBy(asc(caseDecisions.at)),
    )
    expect(kept?.snapshot).toMatchObject({
      name: '演示001',
      fromSchool: '第一小学',
      toSchool: '万利小学',
      title: 'first',
      isBackbone: true,
    })
  })

  test('a deadline runs by working days of the district (R-PUB-1)', async () => {
    const made = await must(
      d.run(createCase, 'hr1', {
        roundId: d.roundId,
        teacherId: d.staff.A[3],
        toSchoolId: d.schools.B,
        reason: '',
        submit: true,
      }),
    )
    expect((await rowOf(made.caseId)).dueOn).toBe('2026-06-08')
  })
})

describe('a teacher applies', () => {
  test('a draft is kept and grows, wishes in order; submitted it may not be changed, withdrawn it ends', async () => {
    const first = await must(
      d.run(applyForMove, 't2', {
        roundId: d.roundId,
        wishes: [d.schools.C],
        acceptsAllocation: false,
        reason: '',
        submit: false,
      }),
    )
    expect(first.state).toBe('draft')
    expect(await d.run(applyForMove, 't2', { roundId: d.roundId, version: 9, wishes: [], reason: 'x' })).toMatchObject({
      ok: false,
      refusals: [{ code: 'case.refusal.stale', values: { by: 't2' } }],
    })
    const again = await must(
      d.run(applyForMove, 't2', {
        roundId: d.roundId,
        version: first.version,
        wishes: [d.schools.B, d.schools.C],
        acceptsAllocation: true,
        reason: '离家近',
        submit: true,
      }),
    )
    expect(again).toMatchObject({ caseId: first.caseId, state: 'submitted' })
    const four = { roundId: d.roundId, wishes: [d.schools.A, d.schools.B, d.schools.C, d.schools.B] }
    expect(await d.run(applyForMove, 't2', four)).toMatchObject({
      ok: false,
      refusals: [{ code: 'case.refusal.threeWishes' }],
    })
    const card = (await d.as('t2', (tx) => caseCard(tx, d.actors.t2!, first.caseId)))!
    expect(card.wishes.map(({ school }) => school)).toEqual(['万利小学', '第五小学'])
    expect(
      await must(d.run(withdrawCase, 't2', { caseId: first.caseId, version: again.version, reason: '' })),
    ).toMatchObject({ state: 'withdrawn' })
  })

  test('not for another: a colleague neither sees nor withdraws the case', async () => {
    const mine = await must(
      d.run(applyForMove, 't2', {
        roundId: d.roundId,
        wishes: [d.schools.C],
        acceptsAllocation: false,
        reason: '',
        submit: true,
      }),
    )
    expect(await d.as('t3', (tx) => caseCard(tx, d.actors.t3!, mine.caseId))).toBeNull()
    expect(await d.run(withdrawCase, 't3', { caseId: mine.caseId, version: 1, reason: '' })).toMatchObject({
      ok: false,
      refusals: [{ code: 'platform.refusal.notFound' }],
    })
    expect((await d.as('t3', (tx) => listCases(tx, { size: 50, skip: 0 }))).total).toBe(0)
    await must(d.run(withdrawCase, 't2', { caseId: mine.caseId, reason: '' }))
  })

  test('R-MATCH-3 across stages nobody is assigned while wishes are sealed; then a wished school keeps the consent', async () => {
    const { caseId } = await must(
      d.run(applyForMove, 't3', {
        roundId: d.roundId,
        wishes: [d.schools.C],
        acceptsAllocation: true,
        reason: '',
        submit: true,
      }),
    )
    const assign = (toSchoolId: SchoolId, today = TODAY) =>
      d.run(assignDestination, { ...d.actors.hr1!, today }, { caseId, toSchoolId, stage: 'J', reason: '' })
    expect(await assign(d.schools.C)).toMatchObject({
      ok: false,
      refusals: [{ code: 'case.refusal.wishesSealed', values: { until: '2026-06-30' }, rule: 'R-MATCH-3' }],
    })
    const closed = day('2026-07-01')
    await must(assign(d.schools.C, closed))
    expect((await rowOf(caseId)).consentedAt).not.toBeNull()
    await must(assign(d.schools.B, closed))
    expect((await rowOf(caseId)).consentedAt).toBeNull()
    await must(d.run(withdrawCase, 't3', { caseId, reason: '' }))
  })

  test('one live application a round', async () => {
    const twice = await d.run(createCase, 'hr1', { roundId: d.roundId, teacherId: d.staff.A[0], reason: '' })
    expect(twice).toMatchObject({ ok: false, refusals: [{ code: 'case.refusal.oneLiveCase' }] })
  })
})

describe('back and forth', () => {
  test('the destination sees a case from origin_approved on, returns it with a reason, and still sees it', async () => {
    const { caseId } = await must(
      d.run(createCase, 'hr1', {
        roundId: d.roundId,
        teacherId: d.staff.A[4],
        toSchoolId: d.schools.B,
        reason: '',
        submit: true,
      }),
    )
    expect(await d.as('pB', (tx) => caseCard(tx, d.actors.pB!, caseId))).toBeNull()
    await must(d.run(approveCase, 'pA', { caseId, reason: '' }))
    expect(await d.as('pB', (tx) => caseCard(tx, d.actors.pB!, caseId))).not.toBeNull()
    expect(await d.run(returnCase, 'pB', { caseId, reason: '' })).toMatchObject({
      ok: false,
      refusals: [{ code: 'platform.refusal.required', field: 'reason' }],
    })
    expect(await must(d.run(returnCase, 'pB', { caseId, reason: '学科不符' }))).toMatchObject({ state: 'submitted' })
    expect(await rowOf(caseId)).toMatchObject({ pass: 2 })
    expect(await d.as('pB', (tx) => caseCard(tx, d.actors.pB!, caseId))).not.toBeNull()
    await must(d.run(approveCase, 'pA', { caseId, reason: '' }))
    expect(await must(d.run(takeBackCase, 'pA', { caseId, reason: '' }))).toMatchObject({ state: 'submitted' })
    await must(d.run(approveCase, 'pA', { caseId, reason: '' }))
    await must(d.run(approveCase, 'pB', { caseId, reason: '' }))
    expect(await d.run(takeBackCase, 'pA', { caseId, reason: '' })).toMatchObject({
      ok: false,
      refusals: [{ code: 'case.refusal.notListed' }],
    })
  })

  test('a destination is assigned; the school of another is not asked any more', async () => {
    const { caseId } = await must(
      d.run(createCase, 'hr1', { roundId: d.roundId, teacherId: d.staff.C[6], reason: '', submit: false }),
    )
    expect(await must(d.run(assignDestination, 'hr1', { caseId, toSchoolId: d.schools.B, reason: '' }))).toMatchObject({
      state: 'draft',
    })
    expect(await d.run(assignDestination, 'hr1', { caseId, toSchoolId: d.schools.C, reason: '' })).toMatchObject({
      ok: false,
      refusals: [{ code: 'case.refusal.twoSchools' }],
    })
  })

  test('a stale form is told who and when, and changes nothing', async () => {
    const { caseId, version } = await must(
      d.run(createCase, 'hr1', {
        roundId: d.roundId,
        teacherId: d.staff.A[5],
        toSchoolId: d.schools.B,
        reason: '',
        submit: true,
      }),
    )
    await must(d.run(returnCase, 'pA', { caseId, version, reason: '补材料' }))
    const stale = await d.run(approveCase, 'pA', { caseId, version, reason: '同意' })
    expect(stale).toMatchObject({ ok: false, refusals: [{ code: 'case.refusal.stale', values: { by: 'pA' } }] })
    expect(await rowOf(caseId)).toMatchObject({ state: 'draft' })
  })
})
