import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jobs, noticeEntries, orders, rollChanges, rotationCases, yearClosings } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import { runCommand } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { askIssueOrders } from '@/lib/rotation/commands/ask-issue.ts'
import { askPublishNotice } from '@/lib/rotation/commands/ask-notice.ts'
import { closeYear } from '@/lib/rotation/commands/close-year.ts'
import { prepareNotice } from '@/lib/rotation/commands/prepare-notice.ts'
import { prepareOrders } from '@/lib/rotation/commands/prepare-orders.ts'
import { endNotices, remindReportIn } from '@/lib/rotation/jobs/apply-orders.ts'
import { day } from '@/lib/rules/values/dates.ts'
import type { CaseId, TeacherId } from '@/lib/rules/values/ids.ts'
import { aDecidedRound, answered, codesOf, type DecidedRound, done } from '../../support/decided-round.ts'

let round: DecidedRound
let listed: CaseId
let waiting: CaseId
beforeAll(async () => {
  round = await aDecidedRound({ today: '2026-11-26', effectiveOn: '2026-12-20' })
  listed = await round.decided(round.teachers[2]!)
  waiting = await round.decided(round.teachers[3]!)
})
afterAll(() => round.close())

const read = <T>(work: Parameters<typeof withScope<T>>[1]) => withScope(round.system, work)
/** The night has found another outcome for somebody, and nobody has decided on it. */
const changedTonight = (teacherId: TeacherId) =>
  read((tx) =>
    tx.insert(rollChanges).values({
      districtId: round.districtId,
      id: newId<string>(),
      roundId: round.roundId,
      teacherId,
      was: 'eligible',
      now: 'deferred',
      findings: [],
      foundAt: now(),
    }),
  )
const keepAll = () => read((tx) => tx.update(rollChanges).set({ decision: 'keep', decidedAt: now() }))
const prepare = { days: 5, phone: '0477-8500000', mail: 'rsg@example.cn' }

describe('R-ELIG-0 whoever’s outcome changed and is undecided waits', () => {
  test('on no notice', async () => {
    await changedTonight(round.teachers[3]!)
    const { noticeId } = await done<{ noticeId: string }>(prepareNotice as never, round.actor('hr1'), {
      roundId: round.roundId,
      ...prepare,
    })
    const entries = await read((tx) => tx.select().from(noticeEntries))
    expect(entries.map(({ caseId }) => caseId)).toEqual([listed])
    const { requestId } = await done<{ requestId: string }>(askPublishNotice as never, round.actor('hr1'), { noticeId })
    expect(codesOf(await answered(round.actor('hr3'), requestId))).toEqual([])
    await endNotices.run({ actor: round.at('2026-12-10'), forDay: day('2026-12-10') })
  })

  test('and in no order, also when it is found after the notice', async () => {
    await changedTonight(round.teachers[2]!)
    const number = () =>
      runCommand(prepareOrders, round.actor('hr1', '2026-12-10'), { roundId: round.roundId, caseIds: [listed] })
    expect(await number()).toMatchObject({
      ok: false,
      refusals: [{ code: 'order.refusal.nobody', values: { changed: 1 } }],
    })
    await keepAll()
    expect(codesOf(await number())).toEqual([])
    const [order] = await read((tx) => tx.select().from(orders))
    const { requestId } = await done<{ requestId: string }>(askIssueOrders as never, round.actor('hr2', '2026-12-10'), {
      batchId: order!.batchId,
    })
    expect(codesOf(await answered(round.actor('reviewer2', '2026-12-10'), requestId))).toEqual([])
  })
})

describe('报到 reminders', () => {
  const remind = (on: string) => remindReportIn.run({ actor: round.at(on), forDay: day(on) })
  const sent = async () =>
    (await read((tx) => tx.select().from(jobs))).flatMap(({ payload }) =>
      ((payload as { messages?: { key: string }[] }).messages ?? []).map(({ key }) => key),
    )

  test('the teacher and the school the day before the last, the bureau once it is past, each once', async () => {
    const [order] = await read((tx) => tx.select().from(orders))
    expect(order?.reportBy).toBe('2026-12-27')
    expect(await remind('2026-12-25')).toEqual({ reminded: 0 })
    expect(await remind('2026-12-26')).toEqual({ reminded: 1 })
    expect(await sent()).toEqual(expect.arrayContaining(['order.message.reportSoon', 'order.message.expectSoon']))
    expect(await remind('2026-12-27')).toEqual({ reminded: 0 })
    expect(await sent()).not.toContain('order.message.overdue')
    expect(await remind('2026-12-28')).toEqual({ reminded: 1 })
    expect(await sent()).toContain('order.message.overdue')
    expect(await remind('2026-12-29')).toEqual({ reminded: 0 })
  })
})

describe('R-QUOTA-4 year closing', () => {
  const close = () => runCommand(closeYear, round.actor('hr1', '2027-01-10'), { roundId: round.roundId })

  test('not while a case is on its way; then once, with the ids behind each figure', async () => {
    expect(await close()).toMatchObject({
      ok: false,
      refusals: [{ code: 'closing.refusal.open', values: { count: 1 } }],
    })
    await read((tx) => tx.update(rotationCases).set({ state: 'withdrawn' }).where(eq(rotationCases.id, waiting)))
    expect(codesOf(await close())).toEqual([])
    expect(codesOf(await close())).not.toEqual([])
    const [closing] = await read((tx) => tx.select().from(yearClosings))
    const figures = closing!.figures as unknown as Record<string, number>
    for (const [name, ids] of Object.entries(closing!.people as Record<string, string[]>))
      expect([name, new Set(ids).size]).toEqual([name, figures[name]])
    expect((closing!.people as Record<string, string[]>).moved).toEqual([round.teachers[2]])
  })

  test('what was closed stands when the round moves on', async () => {
    const before = (await read((tx) => tx.select().from(yearClosings)))[0]
    await read((tx) => tx.update(rotationCases).set({ state: 'withdrawn' }).where(eq(rotationCases.id, listed)))
    expect((await read((tx) => tx.select().from(yearClosings)))[0]).toEqual(before)
    await expect(
      withScope(round.actor('hr1'), (tx) => tx.update(yearClosings).set({ figures: {} as never })),
    ).rejects.toThrow()
  })
})
