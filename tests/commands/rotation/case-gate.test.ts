import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { approvals2, caseDecisions, decisionBatches, rotationCases, vacancies } from '@/db/schema/index.ts'
import { answerCommand } from '@/lib/platform/two-person.ts'
import { OPERATIONS } from '@/lib/registry/operations.ts'
import { figuresNow } from '@/lib/rotation/cases/figures.ts'
import { bulkStep } from '@/lib/rotation/commands/bulk.ts'
import { approveCase, checkCase, returnCase, submitCase } from '@/lib/rotation/commands/case-steps.ts'
import { addFromRoll, createCase } from '@/lib/rotation/commands/create-case.ts'
import { decideCases, overruleQuota } from '@/lib/rotation/commands/decide-batch.ts'
import { assignDestination } from '@/lib/rotation/commands/edit-case.ts'
import { publishVacancies, saveVacancy, suggestVacancies } from '@/lib/rotation/commands/vacancies.ts'
import { previewBulk } from '@/lib/rotation/queries/bulk-preview.ts'
import { meterPreview, previewDecision } from '@/lib/rotation/queries/round-meter.ts'
import { listVacancies, roundFlows, roundSummary } from '@/lib/rotation/queries/rounds.ts'
import type { CaseState } from '@/lib/rules/rotation/case-states.ts'
import type { CaseId, TeacherId } from '@/lib/rules/values/ids.ts'
import { aRoundDistrict, type RoundDistrict, TODAY } from '@/tests/support/round-district.ts'
import { expectWholeSummaries } from '@/tests/support/two-person-requests.ts'

let d: RoundDistrict
beforeAll(async () => {
  d = await aRoundDistrict()
})
afterAll(() => d.close())

const MEETING = { meeting: '局党组会', meetingDate: TODAY, minutesNo: '8号', reason: '' }
const stateOf = async (caseId: CaseId) =>
  (await d.asSystem((tx) => tx.select().from(rotationCases).where(eq(rotationCases.id, caseId))))[0]!.state
const setState = (caseId: CaseId, state: CaseState) =>
  d.asSystem((tx) => tx.update(rotationCases).set({ state }).where(eq(rotationCases.id, caseId)))
async function aDraft(teacherId: TeacherId, submit = true): Promise<CaseId> {
  const made = await d.run(createCase, 'hr1', {
    roundId: d.roundId,
    teacherId,
    toSchoolId: d.schools.B,
    reason: '',
    submit,
  })
  if (!made.ok) throw new Error(JSON.stringify(made.refusals))
  const { caseId } = made.value.value
  await d.asSystem((tx) => tx.update(rotationCases).set({ shortageAccepted: true }).where(eq(rotationCases.id, caseId)))
  return caseId
}
async function aChecked(teacherId: TeacherId): Promise<CaseId> {
  const caseId = await aDraft(teacherId)
  await setState(caseId, 'destination_approved')
  const checked = await d.run(checkCase, 'hr2', { caseId, reason: '' })
  if (!checked.ok) throw new Error(JSON.stringify(checked.refusals))
  return caseId
}
const drop = async (...ids: CaseId[]) => {
  for (const id of ids) await setState(id, 'withdrawn')
}

describe('R-QUOTA-2 the gate binds at the last batch, over the round', () => {
  // E = 25: three people, and 20 % of those who move backbone (reading A).
  test('an earlier batch passes below the quota, the last does not, and says what is missing', async () => {
    const plain = await aChecked(d.staff.A[4]!)
    const second = await aChecked(d.staff.A[5]!)
    const preview = (await d.as('rev1', (tx) => previewDecision(tx, d.roundId, [plain])))!
    expect(preview).toMatchObject({
      batch: 1,
      waiting: 1,
      decided: 0,
      gate: 'hard',
      needed: { people: 1, backbone: 1, met: false },
    })
    // The quick figures of a step are those of the whole roll.
    expect(await d.as('hr1', (tx) => figuresNow(tx, d.roundId))).toEqual(preview.figures)
    expect(
      await d.run(decideCases, 'rev1', { roundId: d.roundId, caseIds: [plain], isLast: false, ...MEETING }),
    ).toMatchObject({ ok: true })
    expect(
      await d.run(decideCases, 'rev1', { roundId: d.roundId, caseIds: [second], isLast: true, ...MEETING }),
    ).toMatchObject({
      ok: false,
      refusals: [
        {
          code: 'case.refusal.quotaUnmet',
          rule: 'R-QUOTA-2',
          values: { moved: 2, eligible: 25, people: 1, backbone: 1, reading: 'A' },
        },
      ],
    })
    expect(await stateOf(second)).toBe('checked')
    const third = await aChecked(d.staff.A[0]!) // backbone
    expect(
      await d.run(decideCases, 'rev1', { roundId: d.roundId, caseIds: [second], isLast: true, ...MEETING }),
    ).toMatchObject({
      ok: false,
      refusals: [{ code: 'case.refusal.checkedLeft', values: { count: 1 } }],
    })
    const meter = (await d.as('hr1', (tx) => meterPreview(tx, d.roundId, { without: [third] })))!
    expect(meter).toMatchObject({ now: { R: 3, RB: 1 }, after: { R: 2, RB: 0 } })
    expect(
      await d.run(decideCases, 'rev1', { roundId: d.roundId, caseIds: [second, third], isLast: true, ...MEETING }),
    ).toMatchObject({ ok: true })
    expect(await d.as('hr1', (tx) => roundFlows(tx, d.roundId))).toMatchObject([
      { from: '第一小学', to: '万利小学', subject: 'CHN', count: 3, backbone: 1 },
    ])
    await drop(plain, second, third)
    await d.asSystem((tx) => tx.update(decisionBatches).set({ isLast: false }))
  })

  test('two reviewers at the edge: of a decision and a return of the same round, never both over an unmet quota', async () => {
    for (let round = 0; round < 8; round++) {
      const ids = [await aChecked(d.staff.A[0]!), await aChecked(d.staff.A[4]!), await aChecked(d.staff.A[5]!)]
      const spare = ids[2]!
      // Just enough with all three; without the third the quota is missed.
      const [decided, returned] = await Promise.all([
        d.run(decideCases, 'rev1', { roundId: d.roundId, caseIds: ids, isLast: true, ...MEETING }),
        d.run(returnCase, 'rev2', { caseId: spare, to: 'draft', reason: '再议' }),
      ])
      expect([decided.ok, returned.ok].filter(Boolean)).toHaveLength(1)
      expect(await stateOf(ids[0]!)).toBe(decided.ok ? 'decided' : 'checked')
      await drop(...ids)
      await d.asSystem((tx) => tx.update(decisionBatches).set({ isLast: false }))
    }
  })

  test('the same batch decided by two at once is decided once', async () => {
    for (let round = 0; round < 4; round++) {
      const id = await aChecked(d.staff.A[4]!)
      const both = await Promise.all(
        ['rev1', 'rev2'].map((who) =>
          d.run(decideCases, who, { roundId: d.roundId, caseIds: [id], isLast: false, ...MEETING }),
        ),
      )
      expect(both.filter(({ ok }) => ok)).toHaveLength(1)
      const decided = await d.asSystem((tx) =>
        tx
          .select()
          .from(caseDecisions)
          .where(and(eq(caseDecisions.caseId, id), eq(caseDecisions.part, 'decide'))),
      )
      expect(decided).toHaveLength(1)
      await drop(id)
    }
  })

  test('overruled with a reason by two people: the decision is the asker’s, the batch keeps both', async () => {
    const id = await aChecked(d.staff.A[4]!)
    const batch = { roundId: d.roundId, caseIds: [id], isLast: true, ...MEETING }
    const asked = await d.run(overruleQuota, 'rev1', { ...batch, overruleReason: '本年度骨干外派较多' })
    if (!asked.ok) throw new Error(JSON.stringify(asked.refusals))
    const { requestId } = asked.value.value
    const answer = answerCommand(OPERATIONS)
    expect(await stateOf(id)).toBe('checked')
    expect(await d.run(answer, 'rev1', { requestId, verdict: 'approved', reason: '' })).toMatchObject({
      ok: false,
      refusals: [{ code: 'platform.refusal.secondPerson' }],
    })
    expect(await d.run(answer, 'hr3', { requestId, verdict: 'approved', reason: '' })).toMatchObject({ ok: true })
    expect(await stateOf(id)).toBe('decided')
    const [kept] = await d.asSystem((tx) => tx.select().from(decisionBatches).where(eq(decisionBatches.isLast, true)))
    expect(kept).toMatchObject({
      overruleReason: '本年度骨干外派较多',
      decidedBy: d.actors.rev1!.userId,
      overruleConfirmedBy: d.actors.hr3!.userId,
    })
    const [step] = await d.asSystem((tx) =>
      tx
        .select()
        .from(caseDecisions)
        .where(and(eq(caseDecisions.caseId, id), eq(caseDecisions.part, 'decide'))),
    )
    expect(step).toMatchObject({ userId: d.actors.rev1!.userId, reason: '本年度骨干外派较多' })
    expect(await d.asSystem((tx) => tx.select().from(approvals2))).toMatchObject([{ verdict: 'approved' }])
    await drop(id)
    await d.asSystem((tx) => tx.update(decisionBatches).set({ isLast: false }))
  })

  test('nothing is overruled where nothing binds', async () => {
    const id = await aChecked(d.staff.A[4]!)
    expect(
      await d.run(overruleQuota, 'rev1', {
        roundId: d.roundId,
        caseIds: [id],
        isLast: false,
        ...MEETING,
        overruleReason: 'x',
      }),
    ).toMatchObject({
      ok: false,
      refusals: [{ code: 'case.refusal.nothingToOverrule' }],
    })
    await drop(id)
  })
})

describe('places of a school', () => {
  test('R-SUB-1 suggested where the subject is short, published by the principal', async () => {
    expect(await d.run(suggestVacancies, 'hr1', { roundId: d.roundId, schoolIds: [] })).toMatchObject({ ok: true })
    const listed = await d.as('pB', (tx) => listVacancies(tx, d.roundId))
    expect(listed.find(({ subject }) => subject === 'CHN')).toMatchObject({
      school: '万利小学',
      places: 3,
      state: 'suggested',
      taken: 0,
    })
    expect(listed.every(({ school }) => school === '万利小学')).toBe(true)
    const post = { roundId: d.roundId, schoolId: d.schools.B, stage: 'P', subject: 'CHN' }
    expect(await d.run(saveVacancy, 'sB', { ...post, places: 1, version: 1 })).toMatchObject({ ok: true })
    expect(await d.run(saveVacancy, 'sB', { ...post, places: 2, version: 1 })).toMatchObject({
      ok: false,
      refusals: [{ code: 'case.refusal.stale' }],
    })
    expect(await d.run(saveVacancy, 'sA', { ...post, places: 9, version: 2 })).toMatchObject({ ok: false })
    const chn = listed.find(({ subject }) => subject === 'CHN')!
    expect(await d.run(publishVacancies, 'sB', { roundId: d.roundId, vacancyIds: [chn.id] })).toMatchObject({
      ok: false,
    })
    expect(await d.run(publishVacancies, 'pB', { roundId: d.roundId, vacancyIds: [chn.id] })).toMatchObject({
      ok: true,
    })
    expect((await d.as('t3', (tx) => listVacancies(tx, d.roundId))).map(({ subject }) => subject)).toEqual(['CHN'])
  })

  test('the last place twice at once: one is taken, the other told', async () => {
    await d.addUser('pB2', 'principal', { school: d.schools.B })
    for (let round = 0; round < 5; round++) {
      const ids = [await aDraft(d.staff.A[4]!), await aDraft(d.staff.A[5]!)]
      for (const caseId of ids) await d.run(approveCase, 'pA', { caseId, reason: '' })
      const answers = await Promise.all([
        d.run(approveCase, 'pB', { caseId: ids[0], reason: '' }),
        d.run(approveCase, 'pB2', { caseId: ids[1], reason: '' }),
      ])
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
      expect(answers.find(({ ok }) => !ok)).toMatchObject({
        refusals: [{ code: 'case.unmet.placeOpen', values: { places: 1, taken: 1 } }],
      })
      await drop(...ids)
    }
    await d.asSystem((tx) => tx.update(vacancies).set({ places: 3 }).where(eq(vacancies.subject, 'CHN')))
  })

  test('H3 a full post takes one for one who goes, and no more', async () => {
    await d.asSystem((tx) => tx.update(vacancies).set({ places: 1 }).where(eq(vacancies.subject, 'CHN')))
    const coming = [await aDraft(d.staff.A[3]!), await aDraft(d.staff.A[4]!), await aDraft(d.staff.A[5]!)]
    for (const caseId of coming) await d.run(approveCase, 'pA', { caseId, reason: '' })
    const approve = async (at: number) => (await d.run(approveCase, 'pB', { caseId: coming[at]!, reason: '' })).ok
    expect([await approve(0), await approve(1)]).toEqual([true, false])
    const going: CaseId[] = []
    for (const teacherId of d.staff.B.slice(0, 2)) {
      const goes = await d.run(createCase, 'hr1', {
        roundId: d.roundId,
        teacherId,
        toSchoolId: d.schools.A,
        reason: '教学需要',
        submit: false,
      })
      if (!goes.ok) throw new Error(JSON.stringify(goes.refusals))
      await setState(goes.value.value.caseId, 'origin_approved')
      going.push(goes.value.value.caseId)
    }
    // one who came has the published place, one of the two who go is followed
    expect([await approve(1), await approve(2)]).toEqual([true, false])
    await drop(...coming, ...going)
    await d.asSystem((tx) => tx.update(vacancies).set({ places: 3 }).where(eq(vacancies.subject, 'CHN')))
  })
})

describe('bulk', () => {
  test('summary first, then one outcome a case; what fails holds up nothing', async () => {
    const teachers = [d.staff.A[3]!, d.staff.A[4]!, d.staff.C[0]!, d.staff.C[1]!]
    const added = await d.run(addFromRoll, 'hr1', { roundId: d.roundId, teacherIds: teachers, reason: '' })
    expect(added).toMatchObject({ ok: true, value: { value: { added: 4, skipped: [] } } })
    const drafts = await d.asSystem((tx) => tx.select().from(rotationCases).where(eq(rotationCases.state, 'draft')))
    const idOf = (teacher: TeacherId) => drafts.find(({ teacherId }) => teacherId === teacher)!.id
    const ids = teachers.map(idOf)
    // The last has nowhere to go: it cannot be submitted.
    for (const caseId of ids.slice(0, 3))
      await d.run(assignDestination, 'hr1', { caseId, toSchoolId: d.schools.B, reason: '' })
    const preview = await d.as('hr1', (tx) => previewBulk(tx, d.actors.hr1!, { action: 'submit', caseIds: ids }))
    expect(preview).toMatchObject({
      ok: 3,
      broken: 1,
      rows: [{ unmet: [] }, { unmet: [] }, { unmet: [] }, { unmet: [{ code: 'case.unmet.choiceMade' }] }],
    })
    const key = 'bulk-0001'
    const report = await d.run(bulkStep, 'hr1', { action: 'submit', caseIds: ids, reason: '' }, key)
    expect(report).toMatchObject({ ok: true, value: { value: { done: 3, failed: 1 } } })
    // The same key again does nothing twice and tells the same.
    const again = await d.run(bulkStep, 'hr1', { action: 'submit', caseIds: ids, reason: '' }, key)
    expect(again).toMatchObject({ ok: true, value: { value: { done: 3, failed: 1 } } })

    // C teaches just what it needs: the one case of C breaks the rule, A's two go on.
    const approving = await d.as('pC', (tx) => previewBulk(tx, d.actors.pC!, { action: 'approve', caseIds: [ids[2]!] }))
    expect(approving.rows[0]?.unmet).toMatchObject([
      { code: 'case.unmet.subjectCovered', rule: 'R-SUB-1', values: { have: '5', need: '6' } },
    ])
    const outcome = await d.run(bulkStep, 'pA', { action: 'approve', caseIds: ids.slice(0, 3), reason: '' })
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        value: {
          done: 2,
          failed: 1,
          results: [{ ok: true }, { ok: true }, { ok: false, refusals: [{ code: 'platform.refusal.notFound' }] }],
        },
      },
    })
    const summary = (await d.as('hr1', (tx) => roundSummary(tx, d.actors.hr1!, d.roundId)))!
    expect(summary.schools.find(({ school }) => school === '第一小学')).toMatchObject({ out: 2, in: 0 })
    expect(
      summary.schools.find(({ school }) => school === '万利小学')?.subjects.find(({ subject }) => subject === 'CHN'),
    ).toMatchObject({ nowTenths: 30, needTenths: 60 })
    await drop(...ids)
  })

  test('the preview takes earlier cases of the same list into account', async () => {
    await d.asSystem((tx) => tx.update(vacancies).set({ places: 1 }).where(eq(vacancies.subject, 'CHN')))
    const ids = [await aDraft(d.staff.A[4]!), await aDraft(d.staff.A[5]!)]
    for (const caseId of ids) await d.run(approveCase, 'pA', { caseId, reason: '' })
    const preview = await d.as('pB', (tx) => previewBulk(tx, d.actors.pB!, { action: 'approve', caseIds: ids }))
    expect(preview).toMatchObject({
      ok: 1,
      broken: 1,
      rows: [{ unmet: [] }, { unmet: [{ code: 'case.unmet.placeOpen' }] }],
    })
    const report = await d.run(bulkStep, 'pB', { action: 'approve', caseIds: ids, reason: '' })
    expect(report).toMatchObject({ ok: true, value: { value: { done: preview.ok, failed: preview.broken } } })
    await drop(...ids)
  })

  test('who may not take a step may not take it in bulk', async () => {
    expect(await d.run(bulkStep, 'sA', { action: 'approve', caseIds: [d.roundId], reason: '' })).toMatchObject({
      ok: false,
      refusals: [{ code: 'platform.refusal.forbidden' }],
    })
  })
})

describe('a double click', () => {
  test('one effect, the same answer; another payload under the key is refused', async () => {
    const caseId = await aDraft(d.staff.A[6]!, false)
    const clicks = await Promise.all(
      [1, 2, 3].map(() => d.run(submitCase, 'hr1', { caseId, reason: '' }, 'double-click-1')),
    )
    for (const click of clicks) expect(click).toEqual(clicks[0])
    expect(clicks[0]).toMatchObject({ ok: true })
    const steps = await d.asSystem((tx) =>
      tx
        .select()
        .from(caseDecisions)
        .where(and(eq(caseDecisions.caseId, caseId), eq(caseDecisions.action, 'submit'))),
    )
    expect(steps).toHaveLength(1)
    expect(await d.run(submitCase, 'hr1', { caseId, reason: 'x' }, 'double-click-1')).toMatchObject({
      ok: false,
      refusals: [{ code: 'platform.refusal.keyReused' }],
    })
    await drop(caseId)
  })
})

test('security.md §2.5 each request kept what its sentence says', async () => {
  const asked = await expectWholeSummaries(d.system)
  expect([...asked]).toEqual(expect.arrayContaining(['rotation.case.overrule']))
})
