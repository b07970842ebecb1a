import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { INVARIANTS } from '@/db/invariants.ts'
import { caseDecisions, recusals, rotationCases } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { refusalOfConstraint } from '@/lib/platform/refusal-of-constraint.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { CaseId, PersonId } from '@/lib/rules/values/ids.ts'
import { aRoundDistrict, type RoundDistrict } from '../support/round-district.ts'

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
