import { and, asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appointments, jobs, orders, postings, publicNotices, rotationCases } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import { runCommand } from '@/lib/platform/command.ts'
import { JOBS } from '@/lib/registry/jobs.ts'
import { applyOrder } from '@/lib/rotation/commands/apply-order.ts'
import { askChangeService } from '@/lib/rotation/commands/ask-change-service.ts'
import { askIssueOrders } from '@/lib/rotation/commands/ask-issue.ts'
import { askPublishNotice } from '@/lib/rotation/commands/ask-notice.ts'
import { completeService } from '@/lib/rotation/commands/complete-service.ts'
import { prepareNotice } from '@/lib/rotation/commands/prepare-notice.ts'
import { prepareOrders } from '@/lib/rotation/commands/prepare-orders.ts'
import { reportIn } from '@/lib/rotation/commands/report-in.ts'
import { assessService, checkAssessment } from '@/lib/rotation/commands/service-assessments.ts'
import { applyOrdersDaily, endNotices } from '@/lib/rotation/jobs/apply-orders.ts'
import { day } from '@/lib/rules/values/dates.ts'
import type { CaseId, TeacherId } from '@/lib/rules/values/ids.ts'
import { aDecidedRound, answered, codesOf, type DecidedRound, done } from '../../support/decided-round.ts'
import { expectWholeSummaries } from '../../support/two-person-requests.ts'

let round: DecidedRound
beforeAll(async () => {
  round = await aDecidedRound()
})
afterAll(() => round.close())

const read = <T>(work: Parameters<typeof withScope<T>>[1]) => withScope(round.at('2026-12-01'), work)
const stateOf = async (id: CaseId) =>
  (await read((tx) => tx.select().from(rotationCases).where(eq(rotationCases.id, id))))[0]!.state
const placesOf = (teacherId: TeacherId, kind: 'service' | 'establishment') =>
  read(async (tx) =>
    (
      await tx
        .select()
        .from(appointments)
        .where(and(eq(appointments.teacherId, teacherId), eq(appointments.kind, kind)))
        .orderBy(asc(appointments.validFrom))
    ).map(({ schoolId, during }) => [round.schools.indexOf(schoolId), during.from, during.until]),
  )
/** What the worker would do next, until nothing waits. */
async function work(on: string): Promise<void> {
  const actor = round.at(on)
  for (;;) {
    const [job] = await withScope(actor, (tx) => tx.select().from(jobs).where(eq(jobs.state, 'waiting')).limit(1))
    if (!job) return
    const handler = JOBS.find(({ name }) => name === job.name)
    const result = (await handler?.run({
      actor: { ...actor, job: job.name },
      jobId: job.id,
      payload: job.payload,
      userId: job.userId,
      grantId: job.grantId,
      progress: async () => {},
      cancelled: async () => false,
    })) as { ok?: boolean; refusals?: unknown }
    if (result?.ok === false) throw new Error(`${job.name}: ${JSON.stringify(result.refusals)}`)
    await withScope(actor, (tx) => tx.update(jobs).set({ state: 'done' }).where(eq(jobs.id, job.id)))
  }
}

async function posted(today: string, days: 5 | 7 = 5) {
  const { noticeId } = await done<{ noticeId: string }>(prepareNotice as never, round.actor('hr1', today), {
    roundId: round.roundId,
    days,
    phone: '0477-8500000',
    mail: 'rsg@example.cn',
  })
  const { requestId } = await done<{ requestId: string }>(askPublishNotice as never, round.actor('hr1', today), {
    noticeId,
  })
  const outcome = await answered(round.actor('hr2', today), requestId)
  expect(codesOf(outcome)).toEqual([])
  return noticeId as string
}

async function issued(today: string) {
  const made = await done(prepareOrders as never, round.actor('hr1', today), { roundId: round.roundId })
  const { requestId } = await done<{ requestId: string }>(askIssueOrders as never, round.actor('hr1', today), {
    batchId: (made as { batchId: string }).batchId,
  })
  expect(codesOf(await answered(round.actor('reviewer1', today), requestId))).toEqual([])
  return made as { batchId: string; orderIds: string[] }
}

const daily = (on: string) => applyOrdersDaily.run({ actor: round.at(on), forDay: day(on) })

describe('from 局审定 to 期满返回', () => {
  const cases: CaseId[] = []
  const home = () => placesOf(round.teachers[2]!, 'service')

  test('R-PUB-2 five working days from Monday 2026-07-20 end on 07-27, and the cases are 待下达 on the day after', async () => {
    for (const index of [2, 3]) cases.push(await round.decided(round.teachers[index]!))
    cases.push(
      await round.decided(round.teachers[4]!, {
        form: 2,
        movesRelation: true,
        endsOn: null,
        toSchoolId: round.schools[2]!,
      }),
    )
    const noticeId = await posted('2026-07-20')
    const [notice] = await read((tx) =>
      tx
        .select()
        .from(publicNotices)
        .where(eq(publicNotices.id, noticeId as never)),
    )
    expect([notice?.publishedOn, notice?.endsOn]).toEqual(['2026-07-20', '2026-07-27'])
    expect(await stateOf(cases[0]!)).toBe('on_notice')
    await endNotices.run({ actor: round.at('2026-07-27'), forDay: day('2026-07-27') })
    expect(await stateOf(cases[0]!)).toBe('on_notice')
    await endNotices.run({ actor: round.at('2026-07-28'), forDay: day('2026-07-28') })
    expect(await stateOf(cases[0]!)).toBe('ready')
  })

  test('orders get numbers without a gap and are issued by another person', async () => {
    const made = await issued('2026-07-29')
    const rows = await read((tx) =>
      tx.select().from(orders).where(eq(orders.batchId, made.batchId)).orderBy(orders.serial),
    )
    expect(rows.map(({ serial, kind, state }) => [serial, kind, state])).toEqual([
      [1, 'posting', 'issued'],
      [2, 'posting', 'issued'],
      [3, 'transfer', 'issued'],
    ])
    expect(await stateOf(cases[0]!)).toBe('ordered')
  })

  test('nothing moves on 31 August; on 1 September the place of work moves, the relation only with a 调令', async () => {
    const before = await home()
    await daily('2026-08-31')
    expect(await home()).toEqual(before)
    await daily('2026-09-01')
    expect((await home()).slice(-2)).toEqual([
      [1, '2026-09-01', '2028-09-01'],
      [0, '2028-09-01', null],
    ])
    expect(await placesOf(round.teachers[2]!, 'establishment')).toHaveLength(1)
    expect((await placesOf(round.teachers[4]!, 'establishment')).slice(-1)).toEqual([[2, '2026-09-01', null]])
    expect((await placesOf(round.teachers[4]!, 'service')).slice(-1)).toEqual([[2, '2026-09-01', null]])
  })

  test('a second run on the same day moves nobody twice', async () => {
    await daily('2026-09-01')
    const rows = await read((tx) => tx.select().from(postings).where(eq(postings.source, 'order')))
    expect(rows).toHaveLength(3)
    const [order] = await read((tx) => tx.select().from(orders).where(eq(orders.caseId, cases[0]!)))
    expect(codesOf(await runCommand(applyOrder, round.at('2026-09-02'), { orderId: order!.id }))).toEqual([
      'order.refusal.notDue',
    ])
  })

  test('the destination reports the teacher in, another school may not; a relation move is then over', async () => {
    const report = (login: string, caseId: CaseId) =>
      runCommand(reportIn, round.actor(login, '2026-09-03'), { caseId, reportedOn: '2026-09-02' })
    expect(codesOf(await report('principal2', cases[0]!))).toEqual(['platform.refusal.notFound'])
    expect(codesOf(await report('principal0', cases[0]!))).toEqual(['platform.refusal.notFound'])
    expect(codesOf(await report('clerk1', cases[0]!))).toEqual([])
    expect(codesOf(await report('principal1', cases[1]!))).toEqual([])
    expect(codesOf(await report('principal2', cases[2]!))).toEqual([])
    await work('2026-09-03')
    expect(await stateOf(cases[0]!)).toBe('serving')
    expect(await stateOf(cases[2]!)).toBe('transferred')
  })

  test('the destination assesses, HR checks, and it stands in the register', async () => {
    await done(assessService as never, round.actor('principal1', '2026-12-20'), {
      caseId: cases[0],
      year: 2026,
      result: 'excellent',
      comment: '带教成效显著',
    })
    const rows = await read((tx) => tx.query.serviceAssessments.findMany())
    await done(checkAssessment as never, round.actor('hr2', '2026-12-21'), { assessmentId: rows[0]!.id, version: 1 })
    const kept = await read((tx) =>
      tx.query.annualAssessments.findMany({
        where: (t, { and, eq }) => and(eq(t.teacherId, round.teachers[2]!), eq(t.year, 2026)),
      }),
    )
    expect(kept.map(({ result }) => result)).toEqual(['excellent'])
  })

  test('an extension beyond three years in all is refused, one within them moves the return', async () => {
    const ask = (on: string) =>
      runCommand(askChangeService, round.actor('hr1', '2027-06-01'), {
        kind: 'extend',
        caseId: cases[0]!,
        on,
        documentNo: '东教人〔2027〕3号',
        reason: '学校教学需要',
      })
    expect(codesOf(await ask('2029-09-30'))).toEqual(['posting.refusal.tooLong'])
    const asked = await ask('2029-08-31')
    if (!asked.ok) throw new Error(JSON.stringify(asked.refusals))
    expect(
      codesOf(
        await answered(round.actor('reviewer1', '2027-06-02'), (asked.value.value as { requestId: string }).requestId),
      ),
    ).toEqual([])
    await work('2027-06-02')
    expect((await home()).slice(-2)).toEqual([
      [1, '2026-09-01', '2029-09-01'],
      [0, '2029-09-01', null],
    ])
  })

  test('an early end on leap day brings the teacher home on 1 March, 转调动 keeps the other there', async () => {
    const change = async (kind: string, caseId: CaseId, on: string) => {
      const { requestId } = (await done(askChangeService as never, round.actor('hr1', '2028-02-20'), {
        kind,
        caseId,
        on,
        documentNo: '东教人〔2028〕1号',
        reason: '工作需要',
      })) as { requestId: string }
      expect(codesOf(await answered(round.actor('hr3', '2028-02-21'), requestId))).toEqual([])
      await work('2028-02-21')
    }
    await change('terminate', cases[0]!, '2028-02-29')
    expect((await home()).slice(-2)).toEqual([
      [1, '2026-09-01', '2028-03-01'],
      [0, '2028-03-01', null],
    ])
    await change('transfer', cases[1]!, '2028-03-01')
    expect((await placesOf(round.teachers[3]!, 'establishment')).slice(-1)).toEqual([[1, '2028-03-01', null]])
    expect((await placesOf(round.teachers[3]!, 'service')).filter(([, , until]) => until === null)).toEqual([
      [1, expect.any(String), null],
    ])
    expect(await stateOf(cases[1]!)).toBe('transferred')
  })

  test('R-ELIG-11 a posting over the year end is completed only after its last day', async () => {
    const id = await round.decided(round.teachers[5]!, { startsOn: day('2026-12-01'), endsOn: day('2026-12-31') })
    await posted('2026-11-02')
    await endNotices.run({ actor: round.at('2026-11-10'), forDay: day('2026-11-10') })
    await issued('2026-11-10')
    // Down from 1 to 5 December: the day is made up, the order marked 补执行
    await daily('2026-12-01')
    const [order] = await read((tx) => tx.select().from(orders).where(eq(orders.caseId, id)))
    expect(order?.appliedAt).not.toBeNull()
    await done(reportIn as never, round.actor('principal1', '2026-12-02'), { caseId: id, reportedOn: '2026-12-01' })
    await work('2026-12-02')
    const complete = (on: string) => runCommand(completeService, round.actor('hr1', on), { caseIds: [id] })
    expect(codesOf(await complete('2026-12-31'))).toEqual(['posting.refusal.notOver'])
    expect(codesOf(await complete('2027-01-01'))).toEqual([])
    expect(await stateOf(id)).toBe('completed')
    const [posting] = await read((tx) => tx.select().from(postings).where(eq(postings.caseId, id)))
    expect([posting?.endsOn, posting?.planned]).toEqual(['2026-12-31', false])
  })
})

test('security.md §2.5 each request kept what its sentence says', async () => {
  const asked = await expectWholeSummaries(round.system)
  expect([...asked]).toEqual(expect.arrayContaining(['rotation.service.change']))
})
