import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseDecisions, delegations, policies, recusals, roleGrants, rotationCases } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { refusalOfConstraint } from '@/lib/platform/refusal-of-constraint.ts'
import { approveCase, checkCase, ruleCase } from '@/lib/rotation/commands/case-steps.ts'
import { createCase } from '@/lib/rotation/commands/create-case.ts'
import { decideCases } from '@/lib/rotation/commands/decide-batch.ts'
import { delegate, endDelegation } from '@/lib/rotation/commands/delegation.ts'
import { declareRecusal, endRecusal } from '@/lib/rotation/commands/recusal.ts'
import { followCase, rerouteCases } from '@/lib/rotation/jobs/follow-case.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { CaseState } from '@/lib/rules/rotation/case-states.ts'
import { defaultPolicy } from '@/lib/rules/rotation/policy.ts'
import { addDays, day } from '@/lib/rules/values/dates.ts'
import type { CaseId, PersonId, TeacherId } from '@/lib/rules/values/ids.ts'
import { aDelegation, aRoundDistrict, type RoundDistrict, TODAY } from '@/tests/support/round-district.ts'

let d: RoundDistrict
beforeAll(async () => {
  d = await aRoundDistrict()
})
afterAll(() => d.close())

const MEETING = { meeting: '局党组会', meetingDate: TODAY, minutesNo: '8号', reason: '' }
let next = 0
/** A fresh case of one of A's teachers, prepared by hr1, brought to a state by the usual people. */
async function aCase(state: CaseState, teacherId: TeacherId = d.staff.A[++next]!): Promise<CaseId> {
  // The school never runs short in these tests: what they ask is who may decide.
  const made = await d.run(createCase, 'hr1', {
    roundId: d.roundId,
    teacherId,
    toSchoolId: d.schools.B,
    reason: '',
    submit: true,
  })
  if (!made.ok) throw new Error(JSON.stringify(made.refusals))
  const { caseId } = made.value.value
  await d.asSystem((tx) => tx.update(rotationCases).set({ shortageAccepted: true }).where(eq(rotationCases.id, caseId)))
  const path: [CaseState, () => Promise<{ ok: boolean }>][] = [
    ['origin_approved', () => d.run(approveCase, 'pA', { caseId, reason: '' })],
    ['destination_approved', () => d.run(approveCase, 'pB', { caseId, reason: '' })],
    ['checked', () => d.run(checkCase, 'hr2', { caseId, reason: '' })],
  ]
  if (state !== 'submitted')
    for (const [reached, act] of path) {
      const answer = await act()
      if (!answer.ok) throw new Error(JSON.stringify(answer))
      if (reached === state) break
    }
  return caseId
}
const release = (caseId: CaseId) =>
  d.asSystem((tx) => tx.update(rotationCases).set({ state: 'withdrawn' }).where(eq(rotationCases.id, caseId)))

/** Writes a decision row straight into the table, as somebody would who got past the command. */
async function straight(
  who: UserActor,
  caseId: CaseId,
  part: 'approve' | 'check' | 'decide',
  more: Partial<typeof caseDecisions.$inferInsert> = {},
): Promise<string> {
  try {
    await withScope(who, (tx) =>
      tx.insert(caseDecisions).values({
        districtId: who.districtId,
        id: newId<string>(),
        caseId,
        pass: 1,
        action: part,
        part,
        side: part === 'approve' ? 'origin' : 'district',
        fromState: 'submitted',
        toState: 'submitted',
        userId: who.userId,
        personId: who.personId,
        byName: who.name,
        role: who.role,
        grantId: who.grantId,
        onBehalfOf: who.onBehalfOf?.userId ?? null,
        onBehalfOfPerson: who.onBehalfOf?.personId ?? null,
        at: now(),
        ...more,
      }),
    )
    return 'written'
  } catch (error) {
    const refusal = refusalOfConstraint(error)
    if (refusal) return refusal.code
    // A policy that forbids an insert says so without a constraint.
    const cause = (error as { cause?: { code?: string } }).cause ?? (error as { code?: string })
    return cause.code === '42501' ? 'forbidden' : `unexpected ${String(error)}`
  }
}
const unmet = (guard: string, rule: string) => ({
  ok: false,
  refusals: expect.arrayContaining([expect.objectContaining({ code: `case.unmet.${guard}`, rule })]),
})

describe('SD-1 preparer, checker and decider are three people', () => {
  test('through the commands', async () => {
    const caseId = await aCase('destination_approved')
    expect(await d.run(checkCase, 'hr1', { caseId, reason: '' })).toMatchObject(unmet('notPreparer', 'SD-1'))
    expect(await d.run(checkCase, 'hr2', { caseId, reason: '' })).toMatchObject({ ok: true })
    // One human with two accounts: the checker's second account is a reviewer's.
    await d.addUser('hr2asReviewer', 'bureau_reviewer', { person: d.actors.hr2!.personId })
    const batch = { roundId: d.roundId, caseIds: [caseId], ...MEETING }
    expect(await d.run(decideCases, 'hr2asReviewer', batch)).toMatchObject(unmet('notChecker', 'SD-1'))
    await d.addUser('hr1asReviewer', 'bureau_reviewer', { person: d.actors.hr1!.personId })
    expect(await d.run(decideCases, 'hr1asReviewer', batch)).toMatchObject(unmet('notPreparer', 'SD-1'))
    await release(caseId)
  })

  test('straight in SQL, in this pass and in the next', async () => {
    const caseId = await aCase('checked')
    const preparer = 'case.refusal.threePeople'
    expect(await straight(d.actors.hr1!, caseId, 'check')).toBe(preparer)
    expect(await straight(d.actors.hr1!, caseId, 'check', { pass: 7 })).toBe(preparer)
    expect(await straight(d.actors.hr1asReviewer!, caseId, 'decide')).toBe(preparer)
    expect(await straight(d.actors.hr2asReviewer!, caseId, 'decide', { pass: 2 })).toBe(preparer)
    expect(await straight(d.actors.rev1!, caseId, 'decide')).toBe('written')
    await release(caseId)
  })
})

describe('SD-3 nobody acts on their own case', () => {
  test('a principal who is moved, through the command and straight in SQL', async () => {
    const own = d.staff.A[11]!
    const boss = await d.addUser('pAself', 'principal', { school: d.schools.A, teacher: own })
    const caseId = await aCase('submitted', own)
    expect(await d.run(approveCase, boss, { caseId, reason: '' })).toMatchObject(unmet('notOwnCase', 'SD-3'))
    expect(await straight(boss, caseId, 'approve')).toBe('case.refusal.ownCase')
    // A second account of the same human does not help.
    const other = await d.addUser('pAself2', 'principal', { school: d.schools.A, person: boss.personId })
    expect(await d.run(approveCase, other, { caseId, reason: '' })).toMatchObject(unmet('notOwnCase', 'SD-3'))
    expect(await straight(other, caseId, 'approve')).toBe('case.refusal.ownCase')
    await release(caseId)
  })
})

describe('SD-4 one person heading both schools gives at most one approval', () => {
  let caseId: CaseId
  let both: { A: UserActor; B: UserActor }
  beforeAll(async () => {
    const person = newId<PersonId>()
    both = {
      A: await d.addUser('bossA', 'principal', { school: d.schools.A, person }),
      B: await d.addUser('bossB', 'principal', { school: d.schools.B, person }),
    }
  })

  test('through the command and straight in SQL', async () => {
    caseId = await aCase('submitted')
    expect(await d.run(approveCase, both.A, { caseId, reason: '' })).toMatchObject({ ok: true })
    expect(await d.run(approveCase, both.B, { caseId, reason: '' })).toMatchObject(unmet('notOtherEnd', 'SD-4'))
    expect(await straight(both.B, caseId, 'approve', { side: 'destination' })).toBe('case.refusal.twoEnds')
    expect(await straight(both.B, caseId, 'approve', { side: 'destination', pass: 2 })).toBe('case.refusal.twoEnds')
    await release(caseId)
  })

  test('where nobody else heads the destination the step goes to the bureau, whose clerk does not check the case', async () => {
    // pB leaves: the destination is headed by the same person as the origin alone.
    await d.asSystem((tx) =>
      tx
        .update(roleGrants)
        .set({ during: { from: day('2026-01-01'), until: TODAY } })
        .where(eq(roleGrants.id, d.actors.pB!.grantId)),
    )
    caseId = await aCase('origin_approved')
    const [row] = await d.asSystem((tx) => tx.select().from(rotationCases).where(eq(rotationCases.id, caseId)))
    expect(row?.destinationByBureau).toBe('same_head')
    expect(await d.run(approveCase, both.B, { caseId, reason: '' })).toMatchObject(unmet('notRerouted', 'SD-4'))
    expect(await d.run(ruleCase, 'hr3', { caseId, verdict: 'approve', reason: '接收校校长兼任派出校' })).toMatchObject({
      ok: true,
    })
    expect(await d.run(checkCase, 'hr3', { caseId, reason: '' })).toMatchObject(unmet('notRuler', 'SD-4'))
    expect(await straight(d.actors.hr3!, caseId, 'check')).toBe('case.refusal.rulerChecks')
    expect(await d.run(checkCase, 'hr2', { caseId, reason: '' })).toMatchObject({ ok: true })
    await d.addUser('pB', 'principal', { school: d.schools.B, login: 'pb-successor' })
    await release(caseId)
  })
})

describe('SD-5 related people recuse', () => {
  test('declared by anyone, refused by command and in SQL, re-routed, removed by the security administrator alone', async () => {
    const teacherId = d.staff.C[0]!
    const made = await d.run(createCase, 'hr1', {
      roundId: d.roundId,
      teacherId,
      toSchoolId: d.schools.B,
      reason: '',
      submit: true,
    })
    if (!made.ok) throw new Error(JSON.stringify(made.refusals))
    const { caseId } = made.value.value
    await d.asSystem((tx) =>
      tx.update(rotationCases).set({ shortageAccepted: true }).where(eq(rotationCases.id, caseId)),
    )
    const declared = await d.run(declareRecusal, 'pC', { teacherId, relation: 'spouse' })
    if (!declared.ok) throw new Error(JSON.stringify(declared.refusals))
    expect(await d.run(approveCase, 'pC', { caseId, reason: '' })).toMatchObject(unmet('notRecused', 'SD-5'))
    expect(await straight(d.actors.pC!, caseId, 'approve')).toBe('case.refusal.recused')
    const job = {
      actor: d.system,
      jobId: '',
      userId: null,
      grantId: null,
      progress: async () => {},
      cancelled: async () => false,
    }
    await rerouteCases.run({ ...job, payload: { teacherId } })
    const route = async () =>
      (await d.asSystem((tx) => tx.select().from(rotationCases).where(eq(rotationCases.id, caseId))))[0]?.originByBureau
    expect(await route()).toBe('recused')
    expect(
      await d.run(endRecusal, 'hr1', { recusalId: declared.value.value.recusalId, reason: '已离婚' }),
    ).toMatchObject({ ok: false })
    const { recusalId } = declared.value.value
    expect(await d.run(endRecusal, 'security', { recusalId, reason: '已核实离婚' })).toMatchObject({ ok: true })
    await followCase.run({ ...job, payload: { caseId, action: 'submit' } })
    expect(await route()).toBeNull()
    expect(await d.run(approveCase, 'pC', { caseId, reason: '' })).toMatchObject({ ok: true })
    expect(await d.asSystem((tx) => tx.select().from(recusals))).toHaveLength(1)
    await release(caseId)
  })
})

describe('SD-7 delegation', () => {
  test('made by command: own post, same school, at most thirty days, not of a delegation', async () => {
    const to = d.actors.sA!.userId
    const plan = { toUserId: to, from: TODAY, until: addDays(TODAY, 4), reason: '出差' }
    const refused = (code: string) => ({ ok: false, refusals: [{ code, rule: 'SD-7' }] })
    expect(await d.run(delegate, 'pA', { ...plan, until: addDays(TODAY, 30) })).toMatchObject(
      refused('case.refusal.delegationLong'),
    )
    // A bureau may allow fewer days than the law of the house: its policy of the year counts
    const allowing = (days: number) =>
      d.asSystem((tx) =>
        tx.update(policies).set({
          year: 2025,
          content: { ...defaultPolicy, process: { ...defaultPolicy.process, delegationMaxDays: days } },
        }),
      )
    await allowing(4)
    expect(await d.run(delegate, 'pA', plan)).toMatchObject({
      refusals: [{ code: 'case.refusal.delegationLong', values: { most: 4 } }],
    })
    await d.asSystem((tx) => tx.update(policies).set({ year: 2026, content: { ...defaultPolicy } }))
    expect(await d.run(delegate, 'pA', { ...plan, toUserId: d.actors.pA!.userId })).toMatchObject(
      refused('case.refusal.delegateOneself'),
    )
    expect(await d.run(delegate, 'hr1', { ...plan, toUserId: d.actors.pA!.userId })).toMatchObject(
      refused('case.refusal.delegateSamePlace'),
    )
    expect(await d.run(delegate, 'pA', { ...plan, toUserId: d.actors.sB!.userId })).toMatchObject({ ok: false })
    const made = await d.run(delegate, 'pA', plan)
    expect(made).toMatchObject({ ok: true })
    const stand = d.delegateTo('pA', 'sA')
    expect(await d.run(delegate, stand, { ...plan, toUserId: d.actors.pA!.userId })).toMatchObject(
      refused('case.refusal.notByDelegate'),
    )
    expect(await d.run(delegate, 'pA', plan)).toMatchObject(refused('case.refusal.delegatedAlready'))

    const caseId = await aCase('submitted')
    expect(await d.run(approveCase, stand, { caseId, reason: '' })).toMatchObject({ ok: true })
    const [step] = await d.asSystem((tx) =>
      tx.select().from(caseDecisions).where(eq(caseDecisions.caseId, caseId)).orderBy(caseDecisions.at).offset(2),
    )
    expect(step).toMatchObject({ byName: 'sA', role: 'principal', onBehalfOf: d.actors.pA!.userId })
    await release(caseId)

    if (!made.ok) return
    expect(await d.run(endDelegation, 'pA', { delegationId: made.value.value.delegationId })).toMatchObject({
      ok: true,
    })
    const after = await aCase('submitted')
    expect(await d.run(approveCase, stand, { caseId: after, reason: '' })).toMatchObject({
      ok: false,
      refusals: [{ code: 'platform.refusal.signInAgain' }],
    })
    expect(await straight(stand, after, 'approve')).not.toBe('written')
    await release(after)
  })

  test('the one stood for counts in SD-1, SD-3 and SD-5, by command and in SQL', async () => {
    const stand = d.delegateTo('hr1', 'hr3')
    await d.asSystem((tx) => tx.insert(delegations).values(aDelegation(d.actors.hr1!, d.actors.hr3!)))
    const caseId = await aCase('destination_approved')
    expect(await d.run(checkCase, stand, { caseId, reason: '' })).toMatchObject(unmet('notPreparer', 'SD-1'))
    expect(await straight(stand, caseId, 'check')).toBe('case.refusal.threePeople')
    expect(await straight(d.actors.hr3!, caseId, 'check')).toBe('written')
    await release(caseId)

    const own = d.staff.A[10]!
    const boss = await d.addUser('pAmoved', 'principal', { school: d.schools.A, teacher: own })
    await d.asSystem((tx) => tx.insert(delegations).values(aDelegation(boss, d.actors.sA!)))
    const forBoss = d.delegateTo('pAmoved', 'sA')
    const ownCase = await aCase('submitted', own)
    expect(await d.run(approveCase, forBoss, { caseId: ownCase, reason: '' })).toMatchObject(
      unmet('notOwnCase', 'SD-3'),
    )
    expect(await straight(forBoss, ownCase, 'approve')).toBe('case.refusal.ownCase')
    await release(ownCase)

    const other = d.staff.A[9]!
    await d.run(declareRecusal, boss, { teacherId: other, relation: 'sibling' })
    const related = await aCase('submitted', other)
    expect(await d.run(approveCase, forBoss, { caseId: related, reason: '' })).toMatchObject(
      unmet('notRecused', 'SD-5'),
    )
    expect(await straight(forBoss, related, 'approve')).toBe('case.refusal.recused')
    await release(related)
  })

  test('straight in SQL: not of another’s post, not to another school, not too long', async () => {
    const attempt = async (row: typeof delegations.$inferInsert) => {
      try {
        await d.asSystem((tx) => tx.insert(delegations).values(row))
        return 'written'
      } catch (error) {
        return refusalOfConstraint(error)?.code ?? String(error)
      }
    }
    const { pB, sB, pA, security } = d.actors as Record<string, UserActor>
    expect(await attempt({ ...aDelegation(pB!, sB!), grantId: pA!.grantId })).toBe('case.refusal.delegateOwnPost')
    expect(await attempt(aDelegation(security!, pA!))).toBe('case.refusal.delegateOwnPost')
    expect(await attempt(aDelegation(pB!, d.actors.sA!))).toBe('case.refusal.delegateSamePlace')
    expect(await attempt(aDelegation(pB!, sB!, 31))).toBe('case.refusal.delegationLong')
    expect(await attempt(aDelegation(pB!, pB!))).toBe('case.refusal.delegateOneself')
  })
})

describe('wrong roles', () => {
  test('a step of another role is refused before anything is read, and straight in SQL too', async () => {
    const caseId = await aCase('submitted')
    for (const who of ['hr1', 'rev1', 'sA', 't1', 'security'])
      expect({ who, answer: await d.run(approveCase, who, { caseId, reason: '' }) }).toMatchObject({
        who,
        answer: { ok: false },
      })
    for (const who of ['pB', 'pC'])
      expect(await d.run(approveCase, who, { caseId, reason: '' })).toMatchObject({
        ok: false,
        refusals: [{ code: 'platform.refusal.notFound' }],
      })
    expect(await straight(d.actors.pC!, caseId, 'approve')).toBe('forbidden')
    // Nobody writes a decision in another's name, or in a role not held.
    expect(await straight(d.actors.pA!, caseId, 'approve', { userId: d.actors.pB!.userId })).toBe(
      'case.refusal.roleNotHeld',
    )
    expect(await straight(d.actors.pA!, caseId, 'approve', { role: 'bureau_reviewer' })).toBe(
      'case.refusal.roleNotHeld',
    )
    await release(caseId)
  })

  test('a decision stands: no update, whoever asks', async () => {
    const caseId = await aCase('origin_approved')
    const changed = await d
      .asSystem((tx) => tx.update(caseDecisions).set({ reason: '改' }).where(eq(caseDecisions.caseId, caseId)))
      .then(
        () => 'written',
        (error) => refusalOfConstraint(error)?.code,
      )
    expect(changed).toBe('case.refusal.decisionStands')
    await release(caseId)
  })
})
