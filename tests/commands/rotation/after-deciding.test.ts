import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { afterDecisions, noticeEntries, objections, orders, publicNotices, rotationCases } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import { runCommand } from '@/lib/platform/command.ts'
import { listEvents } from '@/lib/platform/queries/audit.ts'
import { askAfterDecision } from '@/lib/rotation/commands/ask-after-decision.ts'
import { askIssueOrders } from '@/lib/rotation/commands/ask-issue.ts'
import { askPublishNotice, askWithdrawNotice } from '@/lib/rotation/commands/ask-notice.ts'
import {
  assignObjection,
  decideObjection,
  enterObjection,
  freezeCase,
  objectToEntry,
  proposeOutcome,
} from '@/lib/rotation/commands/objections.ts'
import { prepareNotice } from '@/lib/rotation/commands/prepare-notice.ts'
import { prepareOrders } from '@/lib/rotation/commands/prepare-orders.ts'
import { endNotices } from '@/lib/rotation/jobs/apply-orders.ts'
import { postedToday } from '@/lib/rotation/queries/notices.ts'
import { day } from '@/lib/rules/values/dates.ts'
import type { CaseId } from '@/lib/rules/values/ids.ts'
import { aDecidedRound, answered, codesOf, type DecidedRound, done } from '../../support/decided-round.ts'
import { expectWholeSummaries } from '../../support/two-person-requests.ts'

let round: DecidedRound
beforeAll(async () => {
  round = await aDecidedRound({ today: '2026-09-24', effectiveOn: '2026-11-01' })
})
afterAll(() => round.close())

const read = <T>(work: Parameters<typeof withScope<T>>[1]) => withScope(round.system, work)
const caseOf = async (id: CaseId) =>
  (await read((tx) => tx.select().from(rotationCases).where(eq(rotationCases.id, id))))[0]!
const stateOf = async (id: CaseId) => (await caseOf(id)).state
let next = 2
const decided = (change = {}) => round.decided(round.teachers[next++]!, { endsOn: day('2028-08-31'), ...change })
const prepare = (today: string, days: 5 | 7 = 5, login = 'hr1') =>
  done<{ noticeId: string }>(prepareNotice as never, round.actor(login, today), {
    roundId: round.roundId,
    days,
    phone: '0477-8500000',
    mail: 'rsg@example.cn',
  })
const ask = (noticeId: string, today: string, login = 'hr1') =>
  done<{ requestId: string; beyondCalendar: boolean }>(askPublishNotice as never, round.actor(login, today), {
    noticeId,
  })
async function posted(today: string, days: 5 | 7 = 5) {
  const { noticeId } = await prepare(today, days)
  const { requestId } = await ask(noticeId, today)
  expect(codesOf(await answered(round.actor('hr3', today), requestId))).toEqual([])
  return noticeId
}
const noticeOf = async (id: string) =>
  (
    await read((tx) =>
      tx
        .select()
        .from(publicNotices)
        .where(eq(publicNotices.id, id as never)),
    )
  )[0]!
const end = (on: string) => endNotices.run({ actor: round.at(on), forDay: day(on) })

describe('R-PUB-2 days of a notice', () => {
  test('five days from Thursday 2026-09-24 run over the holidays to 10-09, seven to 10-12', async () => {
    await decided()
    expect((await noticeOf(await posted('2026-09-24'))).endsOn).toBe('2026-10-09')
    await decided()
    expect((await noticeOf(await posted('2026-09-24', 7))).endsOn).toBe('2026-10-12')
  })

  test('a working Sunday counts: from Friday 2026-09-18 to 09-24', async () => {
    await decided()
    expect((await noticeOf(await posted('2026-09-18'))).endsOn).toBe('2026-09-24')
  })

  test('past the end of the calendar it warns', async () => {
    await decided()
    const { noticeId } = await prepare('2026-12-29')
    expect((await ask(noticeId, '2026-12-29')).beyondCalendar).toBe(true)
  })
})

describe('SD-2 two people', () => {
  test('who prepared a notice cannot publish it, nor can a second request stand beside the first', async () => {
    await decided()
    const { noticeId } = await prepare('2026-09-24')
    const { requestId } = await ask(noticeId, '2026-09-24', 'hr2')
    expect(codesOf(await answered(round.actor('hr2', '2026-09-24'), requestId))).toContain(
      'platform.refusal.secondPerson',
    )
    expect(codesOf(await answered(round.actor('hr1', '2026-09-24'), requestId))).toContain(
      'platform.refusal.secondPerson',
    )
    const again = await runCommand(askPublishNotice, round.actor('hr3', '2026-09-24'), { noticeId })
    expect(codesOf(again)).toEqual(['platform.refusal.askedAlready'])
    expect(codesOf(await answered(round.actor('principal0', '2026-09-24'), requestId))).toEqual([
      'platform.refusal.forbidden',
    ])
    expect((await noticeOf(noticeId)).state).toBe('draft')
    expect(codesOf(await answered(round.actor('reviewer2', '2026-09-24'), requestId))).toEqual([])
    expect(codesOf(await answered(round.actor('reviewer1', '2026-09-24'), requestId))).toEqual([
      'platform.refusal.answeredAlready',
    ])
  })

  test('what was posted cannot be changed in the database', async () => {
    const [notice] = await read((tx) =>
      tx.select().from(publicNotices).where(eq(publicNotices.state, 'published')).limit(1),
    )
    await expect(
      withScope(round.actor('hr1'), (tx) =>
        tx.update(noticeEntries).set({ name: '别人' }).where(eq(noticeEntries.noticeId, notice!.id)),
      ),
    ).rejects.toThrow()
  })

  test('R-PUB-3 the public sees the notice and nothing of a case', async () => {
    const anonymous = { kind: 'anonymous' as const, districtId: round.districtId, today: day('2026-09-25') }
    const shown = await withScope(anonymous, (tx) => postedToday(tx))
    const cases = await withScope(anonymous, (tx) => tx.select().from(rotationCases))
    expect(cases).toEqual([])
    for (const { rows } of shown)
      for (const row of rows)
        expect(Object.keys(row)).toEqual(['number', 'name', 'origin', 'subject', 'destination', 'form', 'term'])
  })

  test('a withdrawn notice puts its people back to 局审定', async () => {
    const id = await decided()
    const noticeId = await posted('2026-09-24')
    const { requestId } = await done<{ requestId: string }>(askWithdrawNotice as never, round.actor('hr1'), {
      noticeId,
      reason: '名单有误',
    })
    expect(codesOf(await answered(round.actor('hr2'), requestId))).toEqual([])
    expect([await stateOf(id), (await caseOf(id)).noticeId]).toEqual(['decided', null])
  })
})

describe('objections', () => {
  test('SD-8 a teacher’s objection freezes one case, an uninvolved handler writes, the reviewer decides', async () => {
    const [frozen, other] = [await decided(), await decided()]
    const noticeId = await posted('2026-09-24')
    const { objectionId } = await done<{ objectionId: string }>(
      objectToEntry as never,
      round.actor('teacher0', '2026-09-28'),
      {
        noticeId,
        caseId: frozen,
        text: '此人本学期任毕业班，不宜交流。',
      },
    )
    await done(freezeCase as never, round.at('2026-09-28'), { objectionId })
    expect([await stateOf(frozen), await stateOf(other)]).toEqual(['objection_open', 'on_notice'])
    const give = (handler: string) =>
      runCommand(assignObjection, round.actor('reviewer2'), { objectionId, handlerId: round.actor(handler).userId })
    expect(codesOf(await give('hr1'))).toEqual(['rotation.refusal.handlerInvolved'])
    expect(codesOf(await give('hr2'))).toEqual(['rotation.refusal.handlerInvolved'])
    expect(codesOf(await give('hr3'))).toEqual([])
    const write = (login: string) =>
      runCommand(proposeOutcome, round.actor(login), { objectionId, outcome: '经查，毕业班教学已另有安排。' })
    expect(codesOf(await write('hr1'))).toEqual(['platform.refusal.notFound'])
    const decide = () =>
      runCommand(decideObjection, round.actor('reviewer2', '2026-10-10'), {
        objectionId,
        verdict: 'dismissed',
        reason: '异议不成立',
      })
    expect(codesOf(await decide())).toEqual(['notice.refusal.outcomeFirst'])
    expect(codesOf(await write('hr3'))).toEqual([])
    await end('2026-10-10')
    expect([await stateOf(frozen), await stateOf(other)]).toEqual(['objection_open', 'ready'])
    expect(codesOf(await decide())).toEqual([])
    expect(await stateOf(frozen)).toBe('ready')
  })

  test('an upheld objection ends the case; outside the period none is taken', async () => {
    const id = await decided()
    const noticeId = await posted('2026-09-24')
    const enter = (receivedOn: string) =>
      runCommand(enterObjection, round.actor('hr3', '2026-10-20'), {
        noticeId,
        caseId: id,
        receivedOn,
        name: '匿名群众',
        contact: '',
        text: '反映其近期家庭情况。',
      })
    expect(codesOf(await enter('2026-10-12'))).toEqual(['notice.refusal.outsidePeriod'])
    expect(codesOf(await enter('2026-10-09'))).toEqual([])
    const [objection] = await read((tx) => tx.select().from(objections).where(eq(objections.caseId, id)))
    await done(assignObjection as never, round.actor('reviewer2'), {
      objectionId: objection!.id,
      handlerId: round.actor('hr3').userId,
    })
    await done(proposeOutcome as never, round.actor('hr3'), { objectionId: objection!.id, outcome: '情况属实。' })
    await done(decideObjection as never, round.actor('reviewer2'), {
      objectionId: objection!.id,
      verdict: 'upheld',
      reason: '情况属实',
    })
    expect(await stateOf(id)).toBe('rejected')
  })
})

describe('orders', () => {
  test('two who number at once get numbers without a gap and none twice', async () => {
    const ids = [await decided(), await decided(), await decided(), await decided()]
    await posted('2026-10-12')
    await end('2026-10-20')
    const number = (login: string, caseIds: CaseId[]) =>
      done(prepareOrders as never, round.actor(login, '2026-10-20'), { roundId: round.roundId, caseIds })
    await Promise.all([number('hr1', ids.slice(0, 2)), number('hr2', ids.slice(2))])
    const serials = (await read((tx) => tx.select().from(orders))).map(({ serial }) => serial).sort((a, b) => a - b)
    expect(serials).toEqual([1, 2, 3, 4])
  })

  test('the preparer cannot issue, and the batch that is issued is the one that was asked for', async () => {
    const [order] = await read((tx) => tx.select().from(orders).where(eq(orders.serial, 1)))
    const { requestId } = await done<{ requestId: string }>(askIssueOrders as never, round.actor('hr3', '2026-10-20'), {
      batchId: order!.batchId,
    })
    const preparer = order!.preparedBy === round.actor('hr1').userId ? 'hr1' : 'hr2'
    expect(codesOf(await answered(round.actor(preparer, '2026-10-20'), requestId))).toEqual([
      'platform.refusal.secondPerson',
    ])
    expect(codesOf(await answered(round.actor('reviewer2', '2026-10-20'), requestId))).toEqual([])
  })

  test('the database refuses an issued order before its notice has ended', async () => {
    const id = await decided()
    await posted('2026-10-21')
    await expect(
      withScope(round.at('2026-10-22'), (tx) =>
        tx.insert(orders).values({
          districtId: round.districtId,
          id: id as never,
          roundId: round.roundId,
          caseId: id,
          kind: 'posting',
          prefix: '东教人调',
          year: 2026,
          serial: 99,
          state: 'issued',
          effectiveOn: day('2026-11-01'),
          reportBy: day('2026-11-08'),
          preparedBy: round.actor('hr1').userId,
          preparedByPerson: round.actor('hr1').personId,
          preparedAt: '2026-10-21T00:00:00Z',
          issuedBy: round.actor('hr2').userId,
          issuedByPerson: round.actor('hr2').personId,
          issuedAt: '2026-10-22T00:00:00Z',
        }),
      ),
    ).rejects.toThrow()
  })
})

describe('after deciding, by two people', () => {
  /** What the person who asks reads; nothing is left waiting for a second one. */
  const refusedWhenAsked = async (input: Record<string, unknown>) => {
    const asked = await runCommand(askAfterDecision, round.actor('hr1', '2026-10-22'), {
      documentNo: '东教人〔2026〕30号',
      reason: '工作需要',
      ...input,
    })
    return codesOf(asked)
  }
  const change = async (input: Record<string, unknown>, today = '2026-10-22') => {
    const asked = await runCommand(askAfterDecision, round.actor('hr1', today), {
      documentNo: '东教人〔2026〕31号',
      reason: '工作需要',
      ...input,
    })
    if (!asked.ok) return codesOf(asked)
    const { requestId } = asked.value.value as { requestId: string }
    const codes = codesOf(await answered(round.actor('reviewer2', today), requestId))
    // What cannot be done is sent back, so that it can be asked for again
    if (codes.length > 0) await answered(round.actor('reviewer2', today), requestId, 'refused')
    return codes
  }
  const anyStaffNo = async () => (await read((tx) => tx.query.teachers.findFirst()))!.staffNo
  const issuedCase = async () => {
    const [order] = await read((tx) =>
      tx
        .select()
        .from(orders)
        .innerJoin(rotationCases, eq(rotationCases.id, orders.caseId))
        .where(and(eq(orders.state, 'issued'), eq(rotationCases.state, 'ordered')))
        .limit(1),
    )
    return order!
  }

  test('what stands against an act is said to the one who asks, and no request is made', async () => {
    const order = await issuedCase()
    const id = await decided()
    await posted('2026-10-22')
    const before = (await read((tx) => tx.query.approvals2.findMany())).length
    const { caseId } = order.orders
    expect(await refusedWhenAsked({ kind: 'defer_report', caseId, until: '2026-10-30' })).toEqual([
      'order.refusal.deferLater',
    ])
    expect(await refusedWhenAsked({ kind: 'reassign', caseId, toSchoolId: order.rotation_cases.toSchoolId })).toEqual([
      'order.refusal.nothingChanged',
    ])
    expect(await refusedWhenAsked({ kind: 'reassign', caseId, toSchoolId: round.schools[0] })).toEqual([
      'case.refusal.twoSchools',
    ])
    expect(await refusedWhenAsked({ kind: 'correct', caseId, endsOn: '2027-08-31' })).toEqual(['order.refusal.notNow'])
    expect(await refusedWhenAsked({ kind: 'substitute', caseId, staffNo: await anyStaffNo() })).toEqual([
      'order.refusal.stillLive',
    ])
    expect(await refusedWhenAsked({ kind: 'correct', caseId: id })).toEqual(['order.refusal.nothingChanged'])
    expect(await refusedWhenAsked({ kind: 'correct', caseId: id, endsOn: '2020-01-01' })).toEqual([
      'order.refusal.endsFirst',
    ])
    expect((await read((tx) => tx.query.approvals2.findMany())).length).toBe(before)
    // The trail keeps what the sentence said, apart from the event (security.md §6.1).
    const events = await read((tx) => listEvents(tx, { outcome: 'refused', page: 1, size: 50 }, 'Asia/Shanghai'))
    const late = events.rows.find(({ reason }) => reason === 'order.refusal.deferLater')
    expect(late?.details).toEqual({
      refusals: [{ code: 'order.refusal.deferLater', values: { due: order.orders.effectiveOn } }],
    })
  })

  test('更正公示 posts the entry anew for its own days and leaves the others alone', async () => {
    const [id, other] = [await decided(), await decided()]
    const noticeId = await posted('2026-10-22')
    expect(await change({ kind: 'correct', caseId: id, endsOn: '2027-08-31' })).toEqual([])
    const after = await caseOf(id)
    expect([after.state, after.endsOn, after.noticeId === noticeId]).toEqual(['on_notice', '2027-08-31', false])
    const correction = await noticeOf(after.noticeId!)
    expect([correction.kind, correction.documentNo, correction.replacesNoticeId]).toEqual([
      'correction',
      '东教人〔2026〕31号',
      noticeId,
    ])
    expect((await caseOf(other)).noticeId).toBe(noticeId)
  })

  test('暂缓报到 moves the day of effect; 改派 cancels the order and posts the new school; 撤销 ends it', async () => {
    const first = await issuedCase()
    expect(await change({ kind: 'defer_report', caseId: first.orders.caseId, until: '2026-10-30' })).toEqual([
      'order.refusal.deferLater',
    ])
    expect(await change({ kind: 'defer_report', caseId: first.orders.caseId, until: '2026-12-01' })).toEqual([])
    const [deferred] = await read((tx) => tx.select().from(orders).where(eq(orders.id, first.orders.id)))
    expect([deferred?.deferredTo, deferred?.reportBy]).toEqual(['2026-12-01', '2026-12-08'])
    expect(await change({ kind: 'reassign', caseId: first.orders.caseId, toSchoolId: round.schools[3] })).toEqual([])
    const moved = await caseOf(first.orders.caseId)
    expect([moved.state, moved.toSchoolId]).toEqual(['on_notice', round.schools[3]])
    const second = await issuedCase()
    expect(await change({ kind: 'revoke', caseId: second.orders.caseId })).toEqual([])
    expect(await stateOf(second.orders.caseId)).toBe('withdrawn')
    const [cancelled] = await read((tx) => tx.select().from(orders).where(eq(orders.id, second.orders.id)))
    expect([cancelled?.state, cancelled?.cancelDocumentNo]).toEqual(['cancelled', '东教人〔2026〕31号'])
  })

  test('递补 takes an eligible teacher only, and every act keeps the quota as it then stood', async () => {
    const gone = (await read((tx) => tx.select().from(rotationCases).where(eq(rotationCases.state, 'withdrawn'))))[0]!
    const roll = await read((tx) => tx.query.rollEntries.findMany())
    const used = new Set((await read((tx) => tx.select().from(rotationCases))).map(({ teacherId }) => teacherId))
    const staffNoOf = async (state: string) => {
      const entry = roll.find(
        (row) => row.state === state && !used.has(row.teacherId) && row.schoolId !== gone.toSchoolId,
      )
      return (await read((tx) => tx.query.teachers.findFirst({ where: (t, { eq }) => eq(t.id, entry!.teacherId) })))!
        .staffNo
    }
    expect(await change({ kind: 'substitute', caseId: gone.id, staffNo: await staffNoOf('not_yet') })).toEqual([
      'order.refusal.substituteNotEligible',
    ])
    expect(await change({ kind: 'substitute', caseId: gone.id, staffNo: await staffNoOf('eligible') })).toEqual([])
    const [made] = await read((tx) => tx.select().from(rotationCases).where(eq(rotationCases.replacesCaseId, gone.id)))
    expect(made?.state).toBe('on_notice')
    const kept = await read((tx) => tx.select().from(afterDecisions))
    expect(kept.map(({ kind }) => kind).sort()).toEqual(['correct', 'defer_report', 'reassign', 'revoke', 'substitute'])
    for (const { figures } of kept)
      expect(figures).toMatchObject({ eligible: expect.any(Number), moved: expect.any(Number) })
  })
})

test('security.md §2.5 each request kept what its sentence says', async () => {
  const asked = await expectWholeSummaries(round.system)
  expect([...asked]).toEqual(
    expect.arrayContaining([
      'rotation.notice.publish',
      'rotation.notice.withdraw',
      'rotation.order.issue',
      'rotation.afterDecision',
    ]),
  )
})
