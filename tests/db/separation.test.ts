import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { INVARIANTS } from '@/db/invariants.ts'
import {
  caseDecisions,
  delegations,
  exemptions,
  noticeEntries,
  objections,
  orders,
  publicNotices,
  recusals,
  rotationCases,
} from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { refusalOfConstraint } from '@/lib/platform/refusal-of-constraint.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { CaseId, NoticeId, OrderId, PersonId } from '@/lib/rules/values/ids.ts'
import { aDelegation, aRoundDistrict, type RoundDistrict } from '../support/round-district.ts'

let district: RoundDistrict
const caseId = newId<CaseId>()
const at = '2026-06-01T02:00:00Z'

beforeAll(async () => {
  district = await aRoundDistrict()
  const { roundId, schools, staff, districtId } = district
  await district.asSystem((tx) =>
    tx.insert(rotationCases).values({
      districtId,
      id: caseId,
      number: 900,
      roundId,
      teacherId: staff.A[0] as never,
      state: 'destination_approved',
      form: 3,
      movesRelation: false,
      fromSchoolId: schools.A,
      toSchoolId: schools.B,
      startsOn: '2026-09-01' as never,
      endsOn: '2027-08-31' as never,
      source: 'hr',
      preparedByName: 'x',
      createdAt: at,
      changedAt: at,
    }),
  )
})
afterAll(() => district.close())

const who = (key: string) => district.actors[key] as UserActor
/** A deciding step written past every command: the database alone answers. */
const step = (
  tx: Tx,
  actor: UserActor,
  part: 'prepare' | 'approve' | 'check' | 'decide',
  side = 'district',
  more: Partial<typeof caseDecisions.$inferInsert> = {},
) =>
  tx.insert(caseDecisions).values({
    districtId: district.districtId,
    id: newId<string>(),
    caseId,
    pass: 1,
    action: part,
    part,
    side,
    toState: 'checked',
    userId: actor.userId,
    personId: actor.personId,
    byName: actor.name,
    role: actor.role,
    grantId: actor.grantId,
    at: new Date().toISOString(),
    ...more,
  })

/** What the database says to these steps one after another; nothing of it stays. @returns the rule and constraint's code, or null */
async function answer(steps: ((tx: Tx) => Promise<unknown>)[]): Promise<string | null> {
  let code: string | null = null
  await district
    .asSystem(async (tx) => {
      for (const one of steps) await one(tx)
      throw new Error('take back')
    })
    .catch((error) => {
      if (error.message !== 'take back') code = refusalOfConstraint(error)?.code ?? String(error)
    })
  return code
}
const codeOf = (constraint: string) => INVARIANTS[constraint]?.code ?? constraint

describe('SEC-SD-1 three people on one case', () => {
  test.each([
    ['preparer checks', 'prepare', 'check'],
    ['preparer decides', 'prepare', 'decide'],
    ['checker decides', 'check', 'decide'],
  ] as const)('%s: refused; another person may', async (_, first, second) => {
    expect(await answer([(tx) => step(tx, who('hr1'), first), (tx) => step(tx, who('hr1'), second)])).toBe(
      codeOf('case_decisions_three_people'),
    )
    expect(await answer([(tx) => step(tx, who('hr1'), first), (tx) => step(tx, who('hr2'), second)])).toBeNull()
  })

  test('two accounts of one human are one person', async () => {
    const twin = await district.addUser('hr1b', 'bureau_hr', { person: who('hr1').personId as PersonId })
    expect(await answer([(tx) => step(tx, who('hr1'), 'check'), (tx) => step(tx, twin, 'decide')])).toBe(
      codeOf('case_decisions_three_people'),
    )
  })
})

describe('SEC-SD-3 nobody decides their own case', () => {
  test('not in another role either', async () => {
    const inOwnCase = await district.addUser('pSelf', 'principal', {
      school: district.schools.B,
      teacher: district.staff.A[0] as never,
    })
    expect(await answer([(tx) => step(tx, inOwnCase, 'approve', 'destination')])).toBe(
      codeOf('case_decisions_not_own_case'),
    )
    expect(await answer([(tx) => step(tx, who('pB'), 'approve', 'destination')])).toBeNull()
  })
})

describe('SEC-SD-4 one person approves one end', () => {
  test('both posts in one hand give one approval', async () => {
    const both = await district.addUser('pBoth', 'principal', {
      school: district.schools.A,
      person: who('pB').personId as PersonId,
    })
    expect(
      await answer([
        (tx) => step(tx, both, 'approve', 'origin'),
        (tx) => step(tx, who('pB'), 'approve', 'destination'),
      ]),
    ).toBe(codeOf('case_decisions_two_ends'))
    expect(
      await answer([
        (tx) => step(tx, who('pA'), 'approve', 'origin'),
        (tx) => step(tx, who('pB'), 'approve', 'destination'),
      ]),
    ).toBeNull()
  })

  test('who approved for a school at the bureau does not check', async () => {
    expect(
      await answer([(tx) => step(tx, who('hr1'), 'approve', 'origin'), (tx) => step(tx, who('hr1'), 'check')]),
    ).toBe(codeOf('case_decisions_ruler_checks'))
  })
})

describe('SEC-SD-5 a declared relation', () => {
  test('keeps the decider out until the security administrator ends it', async () => {
    const declare = (endedAt: string | null) => (tx: Tx) =>
      tx.insert(recusals).values({
        districtId: district.districtId,
        id: newId<string>(),
        userId: who('hr3').userId,
        teacherId: district.staff.A[0] as never,
        relation: 'spouse',
        declaredBy: who('hr3').userId,
        declaredAt: at,
        endedAt,
      })
    expect(await answer([declare(null), (tx) => step(tx, who('hr3'), 'check')])).toBe(codeOf('case_decisions_recused'))
    expect(await answer([declare(at), (tx) => step(tx, who('hr3'), 'check')])).toBeNull()
  })
})

describe('SEC-SD-7 a delegate stands for the delegator', () => {
  test('without a running delegation the step is refused', async () => {
    const onBehalf = {
      onBehalfOf: who('hr2').userId,
      onBehalfOfPerson: who('hr2').personId,
      grantId: who('hr2').grantId,
    }
    expect(await answer([(tx) => step(tx, who('hr3'), 'check', 'district', onBehalf)])).toBe(
      codeOf('case_decisions_delegation_runs'),
    )
  })
})

test('case_decisions_role_held: a step names a role its person holds', async () => {
  expect(await answer([(tx) => step(tx, who('hr1'), 'check', 'district', { grantId: who('hr2').grantId })])).toBe(
    codeOf('case_decisions_role_held'),
  )
  expect(await answer([(tx) => step(tx, who('hr1'), 'check', 'district', { role: 'bureau_reviewer' })])).toBe(
    codeOf('case_decisions_role_held'),
  )
})

test('case_decisions_fixed: a step that was written stands', async () => {
  expect(
    await answer([
      (tx) => step(tx, who('hr1'), 'check'),
      (tx) => tx.update(caseDecisions).set({ reason: 'changed' }).where(sql`part = 'check'`),
    ]),
  ).toBe(codeOf('case_decisions_fixed'))
})

describe('SEC-SD-7 a delegation is of one’s own post, to a colleague', () => {
  const give =
    (from: UserActor, to: UserActor, more: object = {}) =>
    (tx: Tx) =>
      tx.insert(delegations).values({ ...aDelegation(from, to), ...more } as never)

  test('delegations_own_post: not of another’s grant, not of a console', async () => {
    expect(await answer([give(who('hr1'), who('hr2'), { grantId: who('hr3').grantId })])).toBe(
      codeOf('delegations_own_post'),
    )
    expect(await answer([give(who('security'), who('hr2'))])).toBe(codeOf('delegations_own_post'))
    expect(await answer([give(who('hr1'), who('hr2'))])).toBeNull()
  })

  test('delegations_same_place: a principal’s not to another school', async () => {
    expect(await answer([give(who('pA'), who('pB'))])).toBe(codeOf('delegations_same_place'))
    expect(await answer([give(who('pA'), who('sA'))])).toBeNull()
  })
})

describe('what was posted and issued', () => {
  const noticeId = newId<NoticeId>()
  const orderId = newId<OrderId>()
  const notice =
    (more: Partial<typeof publicNotices.$inferInsert> = {}) =>
    (tx: Tx) =>
      tx.insert(publicNotices).values({
        districtId: district.districtId,
        id: noticeId,
        roundId: district.roundId,
        kind: 'first',
        number: 99,
        title: '公示',
        state: 'draft',
        days: 5,
        phone: '1',
        mail: 'x',
        preparedBy: who('hr1').userId,
        preparedByPerson: who('hr1').personId,
        preparedAt: at,
        ...more,
      })
  const posted = notice({ state: 'published', publishedOn: '2026-05-01' as never, endsOn: '2026-05-10' as never })
  const entry = (tx: Tx) =>
    tx.insert(noticeEntries).values({
      districtId: district.districtId,
      noticeId,
      seq: 1,
      caseId,
      name: '某',
      fromSchool: 'A',
      subject: '语文',
      toSchool: 'B',
      form: '交流',
      term: '1年',
    })
  const ready = (tx: Tx) => tx.update(rotationCases).set({ state: 'ready', noticeId }).where(sql`id = ${caseId}`)
  const order =
    (more: Partial<typeof orders.$inferInsert> = {}) =>
    (tx: Tx) =>
      tx.insert(orders).values({
        districtId: district.districtId,
        id: orderId,
        roundId: district.roundId,
        caseId,
        kind: 'posting',
        prefix: '东',
        year: 2026,
        serial: 900,
        state: 'issued',
        effectiveOn: '2026-09-01' as never,
        reportBy: '2026-09-05' as never,
        preparedBy: who('hr1').userId,
        preparedByPerson: who('hr1').personId,
        preparedAt: at,
        issuedBy: who('rev1').userId,
        issuedByPerson: who('rev1').personId,
        issuedAt: at,
        ...more,
      })
  const objection =
    (more: Partial<typeof objections.$inferInsert> = {}) =>
    (tx: Tx) =>
      tx.insert(objections).values({
        districtId: district.districtId,
        id: newId<string>(),
        caseId,
        noticeId,
        state: 'open',
        receivedOn: '2026-05-02' as never,
        ...more,
      })

  test('orders_after_notice: no order before the notice has ended', async () => {
    expect(await answer([ready, order()])).toBe(codeOf('orders_after_notice'))
    expect(await answer([posted, ready, order()])).toBeNull()
  })

  test('orders_no_open_objection: none while an objection is open', async () => {
    expect(await answer([posted, ready, objection(), order()])).toBe(codeOf('orders_no_open_objection'))
    expect(
      await answer([
        posted,
        ready,
        objection({
          state: 'dismissed',
          outcome: 'x',
          proposedAt: at,
          decidedBy: who('rev2').userId,
          decidedAt: at,
          handlerId: who('hr3').userId,
          handlerPerson: who('hr3').personId,
        }),
        order(),
      ]),
    ).toBeNull()
  })

  test('orders_stand: an issued order keeps its number and day', async () => {
    const change = (set: Partial<typeof orders.$inferInsert>) => (tx: Tx) =>
      tx.update(orders).set(set).where(sql`id = ${orderId}`)
    expect(await answer([posted, ready, order(), change({ serial: 901 })])).toBe(codeOf('orders_stand'))
    expect(await answer([posted, ready, order(), change({ effectiveOn: '2026-10-01' as never })])).toBe(
      codeOf('orders_stand'),
    )
    expect(await answer([posted, ready, order(), change({ deferredTo: '2026-10-01' as never })])).toBeNull()
  })

  test('notice_entries_fixed_once_posted: a line is written while the notice is a draft', async () => {
    expect(await answer([posted, entry])).toBe(codeOf('notice_entries_fixed_once_posted'))
    expect(await answer([notice(), entry])).toBeNull()
  })

  test('SEC-SD-8 objections_handler_uninvolved: who checked the case does not handle its objection', async () => {
    const handledBy = (actor: UserActor) => objection({ handlerId: actor.userId, handlerPerson: actor.personId })
    expect(await answer([notice(), (tx) => step(tx, who('hr1'), 'check'), handledBy(who('hr1'))])).toBe(
      codeOf('objections_handler_uninvolved'),
    )
    expect(await answer([notice(), (tx) => step(tx, who('hr1'), 'check'), handledBy(who('hr2'))])).toBeNull()
  })

  test('exemptions_not_own: nobody checks or decides their own', async () => {
    const self = await district.addUser('rSelf', 'bureau_reviewer', { teacher: district.staff.A[5] as never })
    const decided = (actor: UserActor) => (tx: Tx) =>
      tx.insert(exemptions).values({
        districtId: district.districtId,
        id: newId<string>(),
        teacherId: district.staff.A[5] as never,
        rule: 'R-ELIG-12',
        outcome: 'exempt',
        state: 'granted',
        reason: 'x',
        during: { from: '2026-09-01' as never, until: '2027-09-01' as never },
        askedBy: who('hr1').userId,
        askedByPerson: who('hr1').personId,
        askedByName: 'x',
        askedAt: at,
        checkedBy: who('hr2').userId,
        checkedByPerson: who('hr2').personId,
        checkedAt: at,
        checkedByName: 'x',
        decidedBy: actor.userId,
        decidedByPerson: actor.personId,
        decidedByName: 'x',
        decidedAt: at,
      })
    expect(await answer([decided(self)])).toBe(codeOf('exemptions_not_own'))
    expect(await answer([decided(who('rev1'))])).toBeNull()
  })
})
