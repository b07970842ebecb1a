import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { and, eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  caseDecisions,
  jobs,
  notifications,
  postings,
  rotationCases,
  rotationRounds,
  teachers,
} from '@/db/schema/index.ts'
import type { PostingId } from '@/db/schema/rotation/postings.ts'
import { now } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { backfillRound } from '@/lib/rotation/cases/backfill.ts'
import { approveCase, checkCase, refuseCase, ruleCase } from '@/lib/rotation/commands/case-steps.ts'
import { createCase, nominate } from '@/lib/rotation/commands/create-case.ts'
import { acknowledgeOnPaper } from '@/lib/rotation/commands/edit-case.ts'
import { confirmPaper, enterPaper } from '@/lib/rotation/commands/paper.ts'
import { remind } from '@/lib/rotation/commands/remind.ts'
import { closeRound } from '@/lib/rotation/commands/rounds.ts'
import { followCase } from '@/lib/rotation/jobs/follow-case.ts'
import { watchDeadlines } from '@/lib/rotation/jobs/watch-deadlines.ts'
import { caseCard } from '@/lib/rotation/queries/case-card.ts'
import { caseTimeline } from '@/lib/rotation/queries/case-timeline.ts'
import { inboxList } from '@/lib/rotation/queries/inbox.ts'
import { lateSteps, listRounds } from '@/lib/rotation/queries/rounds.ts'
import { addDays, day, type LocalDate } from '@/lib/rules/values/dates.ts'
import type { CaseId, TeacherId } from '@/lib/rules/values/ids.ts'
import { aRoundDistrict, type RoundDistrict, TODAY } from '@/tests/support/round-district.ts'

let d: RoundDistrict
const folder = mkdtempSync(path.join(tmpdir(), 'junheng-scans-'))
beforeAll(async () => {
  process.env.JUNHENG_DATA = folder
  d = await aRoundDistrict()
})
afterAll(async () => {
  await d.close()
  delete process.env.JUNHENG_DATA
  rmSync(folder, { recursive: true })
})

async function aSubmitted(teacherId: TeacherId): Promise<CaseId> {
  const made = await d.run(createCase, 'hr1', {
    roundId: d.roundId,
    teacherId,
    toSchoolId: d.schools.B,
    reason: '',
    submit: true,
  })
  if (!made.ok) throw new Error(JSON.stringify(made.refusals))
  return made.value.value.caseId
}
const rowOf = async (caseId: CaseId) =>
  (await d.asSystem((tx) => tx.select().from(rotationCases).where(eq(rotationCases.id, caseId))))[0]!
const drop = (caseId: CaseId) =>
  d.asSystem((tx) => tx.update(rotationCases).set({ state: 'withdrawn' }).where(eq(rotationCases.id, caseId)))
const told = (who: string) =>
  d.asSystem((tx) => tx.select().from(notifications).where(eq(notifications.userId, d.actors[who]!.userId)))
/** Does what the worker would: every job asked for so far. */
async function work(): Promise<void> {
  const waiting = await d.asSystem((tx) => tx.select().from(jobs).where(eq(jobs.state, 'waiting')))
  for (const job of waiting.filter(({ name }) => name === followCase.name))
    await followCase.run({
      actor: d.system,
      jobId: job.id,
      payload: job.payload,
      userId: job.userId,
      grantId: job.grantId,
      progress: async () => {},
      cancelled: async () => false,
    })
  await d.asSystem((tx) =>
    tx
      .update(jobs)
      .set({ state: 'done' })
      .where(
        inArray(
          jobs.id,
          waiting.map(({ id }) => id),
        ),
      ),
  )
}
const daily = (on: LocalDate) => watchDeadlines.run({ actor: { ...d.system, today: on }, forDay: on })

describe('线下代录', () => {
  test('entered with date and signatory, marked, confirmed by another before the check', async () => {
    const caseId = await aSubmitted(d.staff.A[3]!)
    const paper = {
      caseId,
      version: 2,
      side: 'origin',
      action: 'approve',
      paperDate: TODAY,
      paperDecider: '演示校长',
      reason: '',
    }
    expect(await d.run(enterPaper, 'pA', paper)).toMatchObject({
      ok: false,
      refusals: [{ code: 'platform.refusal.forbidden' }],
    })
    expect(await d.run(enterPaper, 'hr1', { ...paper, paperDate: addDays(TODAY, 1) })).toMatchObject({
      ok: false,
      refusals: [{ code: 'case.refusal.paperAhead' }],
    })
    expect(await d.run(enterPaper, 'hr1', paper)).toMatchObject({
      ok: true,
      value: { value: { state: 'origin_approved' } },
    })
    expect(await d.run(enterPaper, 'hr1', { ...paper, version: 3, side: 'destination' })).toMatchObject({ ok: true })
    expect(await d.run(checkCase, 'hr2', { caseId, reason: '' })).toMatchObject({
      ok: false,
      refusals: [{ code: 'case.unmet.paperConfirmed' }],
    })
    const waiting = (await d.as('hr2', (tx) => caseCard(tx, d.actors.hr2!, caseId)))!.paper
    expect(waiting).toMatchObject([{ decider: '演示校长', canConfirm: true }, { canConfirm: true }])
    expect(await d.run(confirmPaper, 'hr1', { decisionId: waiting[0]!.decisionId })).toMatchObject({
      ok: false,
      refusals: [{ code: 'platform.refusal.secondPerson' }],
    })
    for (const { decisionId } of waiting)
      expect(await d.run(confirmPaper, 'hr3', { decisionId })).toMatchObject({ ok: true })
    expect(await d.run(confirmPaper, 'hr3', { decisionId: waiting[0]!.decisionId })).toMatchObject({
      ok: false,
      refusals: [{ code: 'case.refusal.decisionStands' }],
    })
    expect(await d.run(checkCase, 'hr2', { caseId, reason: '' })).toMatchObject({ ok: true })
    await drop(caseId)
  })

  test('知悉 signed on paper', async () => {
    const made = await d.run(nominate, 'sA', {
      roundId: d.roundId,
      teacherId: d.staff.A[3],
      toSchoolId: d.schools.B,
      reason: '超编',
      submit: true,
    })
    if (!made.ok) throw new Error(JSON.stringify(made.refusals))
    const { caseId } = made.value.value
    const signed = (scan: { name: string; content: string } | undefined) =>
      d.run(acknowledgeOnPaper, 'sA', { caseId, version: 2, paperDate: TODAY, scan })
    expect(await signed({ name: '知悉.pdf', content: Buffer.from('not a pdf').toString('base64') })).toMatchObject({
      refusals: [{ code: 'platform.refusal.fileKind', field: 'scan' }],
    })
    expect(
      await signed({ name: '知悉.pdf', content: Buffer.from('%PDF-1.7 signed').toString('base64') }),
    ).toMatchObject({
      ok: true,
    })
    const steps = await d.as('pA', (tx) => caseTimeline(tx, caseId))
    const paper = steps.find(({ action }) => action === 'acknowledge')?.paper
    expect(paper).toMatchObject({ date: TODAY, decider: expect.stringMatching(/^演示/), confirmedAt: null })
    const kept = await d.as('pA', (tx) => tx.query.files.findMany())
    expect(kept.map(({ id, name, ownerId }) => [id, name, ownerId])).toContainEqual([paper?.fileId, '知悉.pdf', caseId])
    expect(await d.run(approveCase, 'pA', { caseId, reason: '' })).toMatchObject({ ok: true })
    await drop(caseId)
  })
})

describe('局裁定', () => {
  test('a school refuses with a reason; the bureau rules with another', async () => {
    const caseId = await aSubmitted(d.staff.A[3]!)
    expect(await d.run(refuseCase, 'pA', { caseId, reason: '' })).toMatchObject({
      ok: false,
      refusals: [{ field: 'reason' }],
    })
    expect(await d.run(refuseCase, 'pA', { caseId, reason: '毕业班' })).toMatchObject({
      ok: true,
      value: { value: { state: 'submitted' } },
    })
    expect(await rowOf(caseId)).toMatchObject({ originByBureau: 'refused' })
    expect(await d.run(approveCase, 'pA', { caseId, reason: '' })).toMatchObject({
      ok: false,
      refusals: [{ code: 'case.unmet.notRerouted' }],
    })
    const todo = await d.as('hr2', (tx) => inboxList(tx, d.actors.hr2!, 'todo', { size: 20, skip: 0 }))
    expect(todo.items.find((item) => item.caseId === caseId)?.task).toBe('rule')
    expect(await d.run(ruleCase, 'hr2', { caseId, verdict: 'approve', reason: '全区统筹' })).toMatchObject({
      ok: true,
      value: { value: { state: 'origin_approved' } },
    })
    const steps = await d.asSystem((tx) =>
      tx
        .select()
        .from(caseDecisions)
        .where(and(eq(caseDecisions.caseId, caseId), eq(caseDecisions.part, 'approve'))),
    )
    expect(steps).toMatchObject([{ role: 'bureau_hr', side: 'origin', reason: '全区统筹' }])
    await drop(caseId)
  })
})

describe('deadlines', () => {
  test('reminded before, escalated once after the last working day, and the school may still answer', async () => {
    const caseId = await aSubmitted(d.staff.A[3]!)
    await work()
    const before = (await told('pA')).length
    expect(await daily(day('2026-06-03'))).toMatchObject({ reminded: 0, escalated: 0 })
    expect(await daily(day('2026-06-05'))).toMatchObject({ reminded: 1, escalated: 0 }) // Friday before the last day, Monday 8 June
    expect(await daily(day('2026-06-05'))).toMatchObject({ reminded: 0 })
    expect((await told('pA')).length).toBe(before + 1)
    expect(await daily(day('2026-06-08'))).toMatchObject({ escalated: 0 })
    expect(await daily(day('2026-06-09'))).toMatchObject({ escalated: 1, lapsed: 0 })
    expect(await daily(day('2026-06-10'))).toMatchObject({ escalated: 0 })
    expect(await rowOf(caseId)).toMatchObject({ state: 'submitted', originByBureau: 'late' })
    expect((await told('hr1')).some(({ kind }) => kind === 'case.late')).toBe(true)
    const late = { ...d.actors.hr1!, today: day('2026-06-09') }
    expect(await d.as('hr1', (tx) => lateSteps(tx, late, d.roundId))).toMatchObject([
      { caseId, role: 'bureau_hr', dueOn: '2026-06-08' },
    ])
    expect(
      await d.run(approveCase, { ...d.actors.pA!, today: day('2026-06-10') }, { caseId, reason: '' }),
    ).toMatchObject({ ok: true })
    await drop(caseId)
  })

  test('逾期视为同意 where the policy says so, by the worker alone', async () => {
    const other = await aRoundDistrict((policy) => ({
      ...policy,
      process: { ...policy.process, onMissedDeadline: { origin: 'agreed', destination: 'agreed' } },
    }))
    const made = await other.run(createCase, 'hr1', {
      roundId: other.roundId,
      teacherId: other.staff.A[3],
      toSchoolId: other.schools.B,
      reason: '',
      submit: true,
    })
    if (!made.ok) throw new Error(JSON.stringify(made.refusals))
    const on = day('2026-06-09')
    expect(await watchDeadlines.run({ actor: { ...other.system, today: on }, forDay: on })).toMatchObject({
      lapsed: 1,
      escalated: 0,
    })
    const [row] = await other.asSystem((tx) =>
      tx.select().from(rotationCases).where(eq(rotationCases.id, made.value.value.caseId)),
    )
    expect(row).toMatchObject({ state: 'origin_approved', dueOn: '2026-06-16' })
    await other.close()
    process.env.JUNHENG_APP_URL = d.db.appUrl
    process.env.JUNHENG_WORKER_URL = d.db.workerUrl
  })

  test('催办: those who are waited for are told, and there is a text to copy without names', async () => {
    const ids = [await aSubmitted(d.staff.A[3]!), await aSubmitted(d.staff.A[4]!)]
    const answer = await d.run(remind, 'hr1', { caseIds: ids })
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusals))
    expect(answer.value.value).toMatchObject({
      told: 1,
      texts: [
        { key: 'case.taskText.school', href: '/inbox', values: { school: '第一小学', count: 2, due: '2026-06-08' } },
      ],
    })
    expect(JSON.stringify(answer.value.value.texts)).not.toContain('演示')
    for (const id of ids) await drop(id)
  })
})

describe('messages', () => {
  test('go to those concerned only, grouped while unread', async () => {
    await d.asSystem((tx) => tx.update(notifications).set({ readAt: now() }))
    const others = (await told('pC')).length
    const ids = [await aSubmitted(d.staff.A[1]!), await aSubmitted(d.staff.A[4]!), await aSubmitted(d.staff.A[5]!)]
    await work()
    const unread = (await told('pA')).filter(({ readAt }) => readAt === null)
    expect(unread).toMatchObject([{ key: 'case.notification.waiting', values: { count: 3 }, href: '/inbox' }])
    expect((await told('pC')).length).toBe(others)
    expect((await told('t2')).filter(({ readAt }) => readAt === null).length).toBeGreaterThan(0)
    expect((await told('t3')).filter(({ readAt }) => readAt === null)).toHaveLength(0)
    for (const id of ids) await drop(id)
  })
})

describe('a change of principal', () => {
  test('open tasks follow the post: the new principal finds them, the old one does not', async () => {
    const { roleGrants } = await import('@/db/schema/index.ts')
    const caseId = await aSubmitted(d.staff.A[3]!)
    const successor = await d.addUser('pAnew', 'principal', { school: d.schools.A })
    await d.asSystem((tx) =>
      tx
        .update(roleGrants)
        .set({ during: { from: day('2026-01-01'), until: TODAY } })
        .where(eq(roleGrants.id, d.actors.pA!.grantId)),
    )
    expect(await d.run(approveCase, 'pA', { caseId, reason: '' })).toMatchObject({
      ok: false,
      refusals: [{ code: 'platform.refusal.signInAgain' }],
    })
    const todo = await d.as('pAnew', (tx) => inboxList(tx, successor, 'todo', { size: 20, skip: 0 }))
    expect(todo.items.map((item) => item.caseId)).toContain(caseId)
    expect(await d.run(approveCase, 'pAnew', { caseId, reason: '' })).toMatchObject({ ok: true })
    await drop(caseId)
  })
})

describe('补录', () => {
  test('running postings become cases in service of a closed round, once, without an approval', async () => {
    const posting = (teacherId: TeacherId, startsOn: string, endsOn: string) => ({
      districtId: d.districtId,
      id: newId<PostingId>(),
      teacherId,
      form: 1,
      movesRelation: false,
      fromSchoolId: d.schools.C,
      toSchoolId: d.schools.A,
      startsOn: day(startsOn),
      endsOn: day(endsOn),
      planned: true,
      source: 'register' as const,
      changedAt: now(),
    })
    await d.asSystem((tx) =>
      tx
        .insert(postings)
        .values([
          posting(d.staff.C[0]!, '2025-09-01', '2027-08-31'),
          posting(d.staff.C[1]!, '2024-09-01', '2026-08-31'),
          posting(d.staff.C[2]!, '2022-09-01', '2024-08-31'),
        ]),
    )
    const first = await d.asSystem((tx) => backfillRound(tx, d.system, { name: '补录' }))
    expect(first.added).toBe(2)
    expect(await d.asSystem((tx) => backfillRound(tx, d.system, { name: '补录' }))).toEqual({ roundId: null, added: 0 })
    const cases = await d.asSystem((tx) =>
      tx.select().from(rotationCases).where(eq(rotationCases.roundId, first.roundId!)).orderBy(rotationCases.number),
    )
    expect(cases).toMatchObject([
      { state: 'serving', source: 'register', isContinuing: true, startsOn: '2024-09-01' },
      { state: 'serving', source: 'register', isContinuing: false, startsOn: '2025-09-01' },
    ])
    const trail = await d.asSystem((tx) =>
      tx
        .select()
        .from(caseDecisions)
        .where(
          inArray(
            caseDecisions.caseId,
            cases.map(({ id }) => id),
          ),
        ),
    )
    expect(trail.map(({ part, role }) => [part, role])).toEqual([
      ['note', 'system'],
      ['note', 'system'],
    ])
    const [round] = await d.asSystem((tx) =>
      tx.select().from(rotationRounds).where(eq(rotationRounds.id, first.roundId!)),
    )
    expect(round).toMatchObject({ kind: 'backfill', state: 'closed', policyId: null })
    expect((await d.as('hr1', (tx) => listRounds(tx))).map(({ kind }) => kind).sort()).toEqual(['backfill', 'regular'])
    expect(await d.asSystem((tx) => tx.select().from(teachers))).toHaveLength(25)
  })
})

describe('closing a round', () => {
  test('not while a case is on its way', async () => {
    const caseId = await aSubmitted(d.staff.A[5]!)
    expect(await d.run(closeRound, 'hr1', { roundId: d.roundId, version: 2 })).toMatchObject({
      ok: false,
      refusals: [{ code: 'round.refusal.casesRunning', values: { count: 1 } }],
    })
    await drop(caseId)
    expect(await d.run(closeRound, 'hr1', { roundId: d.roundId, version: 2 })).toMatchObject({ ok: true })
    expect(await d.run(createCase, 'hr1', { roundId: d.roundId, teacherId: d.staff.A[5], reason: '' })).toMatchObject({
      ok: false,
      refusals: [{ code: 'case.unmet.roundOpen' }],
    })
  })
})
