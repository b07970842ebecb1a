import { eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseDecisions, delegations, notifications, recusals, rotationCases, users } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import { refusalOfConstraint } from '@/lib/platform/refusal-of-constraint.ts'
import { nobodyLeft } from '@/lib/rotation/cases/nobody-left.ts'
import { approveCase, checkCase, ruleCase } from '@/lib/rotation/commands/case-steps.ts'
import { createCase } from '@/lib/rotation/commands/create-case.ts'
import { declareRecusal, endRecusal } from '@/lib/rotation/commands/recusal.ts'
import { rerouteCases } from '@/lib/rotation/jobs/follow-case.ts'
import { caseCard } from '@/lib/rotation/queries/case-card.ts'
import { inboxCounts, inboxList } from '@/lib/rotation/queries/inbox.ts'
import { listRecusals, type RecusalTab } from '@/lib/rotation/queries/recusals.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { recusalNumber } from '@/lib/rules/rotation/recusal.ts'
import type { CaseId, TeacherId } from '@/lib/rules/values/ids.ts'
import { aDelegation, aRoundDistrict, type RoundDistrict } from '@/tests/support/round-district.ts'

let d: RoundDistrict
beforeAll(async () => {
  d = await aRoundDistrict()
  await d.addUser('sC', 'school_hr', { school: d.schools.C })
  await d.addUser('auditor', 'bureau_auditor')
})
afterAll(() => d.close())

const refused = (code: string, more: object = {}) => ({
  ok: false,
  refusals: [expect.objectContaining({ code: `recusal.refusal.${code}`, ...more })],
})
let next = 0
/** A submitted case of one of A's teachers, going to B, prepared by hr1; the school never runs short. */
async function aCase(
  teacherId: TeacherId = d.staff.A[4 + (next++ % 8)]!,
): Promise<{ caseId: CaseId; teacherId: TeacherId }> {
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
  return { caseId, teacherId }
}
const agree = async (caseId: CaseId) => {
  for (const who of ['pA', 'pB'])
    expect(await d.run(approveCase, who, { caseId, reason: '' })).toMatchObject({ ok: true })
}
const declare = async (who: string, input: object): Promise<string> => {
  const made = await d.run(declareRecusal, who, { relation: 'spouse', ...input })
  if (!made.ok) throw new Error(JSON.stringify(made.refusals))
  return made.value.value.recusalId
}
const reroute = (teacherId: TeacherId) =>
  rerouteCases.run({
    actor: d.system,
    jobId: '',
    userId: null,
    grantId: null,
    progress: async () => {},
    cancelled: async () => false,
    payload: { teacherId },
  })
const rowOf = async (caseId: CaseId) =>
  (await d.asSystem((tx) => tx.select().from(rotationCases).where(eq(rotationCases.id, caseId))))[0]!
const list = (who: string, tab: RecusalTab = 'inForce', words?: string) =>
  d.as(who, (tx) => listRecusals(tx, d.actors[who]!, { tab, who: words, page: 1, size: 50 }))
/** People who would otherwise count in the next test. */
const leave = (...who: string[]) =>
  d.asSystem((tx) =>
    tx
      .update(users)
      .set({ disabledAt: now() })
      .where(
        inArray(
          users.id,
          who.map((key) => d.actors[key]!.userId),
        ),
      ),
  )
/** The world after a test: nobody is related to anybody, no case is open. */
async function clean() {
  await d.asSystem(async (tx) => {
    await tx.delete(recusals)
    await tx.update(rotationCases).set({ state: 'withdrawn' })
  })
}

describe('SD-5 what a declaration is refused for', () => {
  test('no relation, another one that is not told, a teacher nobody knows or who is not shown', async () => {
    const { teacherId } = await aCase()
    const field = (code: string, name: string) => refused(code, { field: name })
    expect(await d.run(declareRecusal, 'pA', { teacherId, relation: '' })).toMatchObject(
      field('relationMissing', 'relation'),
    )
    expect(await d.run(declareRecusal, 'pA', { teacherId })).toMatchObject(field('relationMissing', 'relation'))
    expect(await d.run(declareRecusal, 'pA', { teacherId, relation: 'cousin' })).toMatchObject(
      field('relationMissing', 'relation'),
    )
    expect(await d.run(declareRecusal, 'pA', { teacherId, relation: 'other', reason: '  ' })).toMatchObject(
      field('whichOther', 'reason'),
    )
    const nobody = '00000000-0000-7000-8000-00000000abcd'
    expect(await d.run(declareRecusal, 'hr1', { teacherId: nobody, relation: 'spouse' })).toMatchObject(
      refused('noTeacher', { rule: 'SD-5' }),
    )
    expect(await d.run(declareRecusal, 'pC', { teacherId, relation: 'spouse' })).toMatchObject(refused('noTeacher'))
    // As a teacher, of the own cases alone
    expect(
      await d.run(declareRecusal, 't1', { teacherId, userId: d.actors.pA!.userId, relation: 'spouse' }),
    ).toMatchObject(refused('noTeacher'))
    expect(await d.asSystem((tx) => tx.select().from(recusals))).toEqual([])
    await clean()
  })

  test('oneself, by any account of the same human', async () => {
    const own = d.staff.A[3]!
    const boss = await d.addUser('pAown', 'principal', { school: d.schools.A, teacher: own })
    await d.addUser('hrOwn', 'bureau_hr', { person: boss.personId })
    for (const who of ['pAown', 'hrOwn'])
      expect(await d.run(declareRecusal, who, { teacherId: own, relation: 'spouse' })).toMatchObject(refused('ownCase'))
    expect(
      await d.run(declareRecusal, 'hr1', { teacherId: own, userId: boss.userId, relation: 'spouse' }),
    ).toMatchObject(refused('ownCase'))
    await leave('pAown', 'hrOwn')
  })

  test('for others: the personnel office for who decides, a school for its principal, a teacher for who acted', async () => {
    const { teacherId } = await aCase()
    const forHim = (who: string, whom: string) =>
      d.run(declareRecusal, who, { teacherId, userId: d.actors[whom]!.userId, relation: 'sibling' })
    expect(await forHim('pA', 'hr1')).toMatchObject(refused('oneselfOnly', { field: 'userId' }))
    expect(await forHim('rev1', 'rev2')).toMatchObject(refused('oneselfOnly'))
    expect(await forHim('hr1', 'sA')).toMatchObject(refused('noDecider'))
    expect(await forHim('hr1', 'security')).toMatchObject(refused('noDecider'))
    expect(await forHim('sA', 'pB')).toMatchObject(refused('noDecider'))
    expect(await forHim('sA', 'sA')).toMatchObject(refused('noDecider'))
    for (const who of ['security', 'auditor'])
      expect(await forHim(who, 'pA')).toMatchObject({ refusals: [{ code: 'platform.refusal.forbidden' }] })
    expect(await forHim('sA', 'pA')).toMatchObject({ ok: true })
    expect(await forHim('hr1', 'rev1')).toMatchObject({ ok: true })
    await clean()

    const own = await aCase(d.staff.A[0]!)
    const naming = (whom: string) =>
      d.run(declareRecusal, 't1', {
        teacherId: own.teacherId,
        userId: d.actors[whom]!.userId,
        relation: 'parent',
      })
    expect(await naming('pA')).toMatchObject(refused('noDecider'))
    expect(await d.run(declareRecusal, 't1', { teacherId: own.teacherId, relation: 'parent' })).toMatchObject(
      refused('ownCase'),
    )
    await d.asSystem((tx) =>
      tx
        .update(rotationCases)
        .set({ consentedAt: now(), acknowledgedAt: now() })
        .where(eq(rotationCases.id, own.caseId)),
    )
    expect(await d.run(approveCase, 'pA', { caseId: own.caseId, reason: '' })).toMatchObject({ ok: true })
    const card = await d.as('t1', (tx) => caseCard(tx, d.actors.t1!, own.caseId))
    expect(card!.deciders.map(({ name, role }) => [name, role])).toContainEqual(['pA', 'principal'])
    expect(await naming('pA')).toMatchObject({ ok: true })
    expect((await list('t1')).rows).toMatchObject([{ decider: 'pA', whose: null, relation: 'parent' }])
    // Who declared it would tell whose cases they are to those who may not read the name.
    for (const who of ['security', 'auditor'])
      expect((await list(who)).rows).toMatchObject([{ teacher: null, declaredBy: '', byTeacher: true }])
    expect((await list('hr1')).rows).toMatchObject([{ declaredBy: 't1', byTeacher: true }])
    await clean()
  })

  test('the same twice, one after another and both at once; again once it has ended', async () => {
    const { teacherId } = await aCase()
    const first = await declare('pA', { teacherId })
    expect(await d.run(declareRecusal, 'pA', { teacherId, relation: 'sibling' })).toMatchObject(
      refused('declaredAlready', { rule: 'SD-5' }),
    )
    // A school is not shown what the principal declared: the database tells the same.
    expect(
      await d.run(declareRecusal, 'hr1', { teacherId, userId: d.actors.pA!.userId, relation: 'spouse' }),
    ).toMatchObject(refused('declaredAlready'))
    const both = await Promise.all(
      ['spouse', 'sibling'].map((relation) => d.run(declareRecusal, 'rev1', { teacherId, relation })),
    )
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both.find(({ ok }) => !ok)).toMatchObject(refused('declaredAlready'))
    expect(await d.run(endRecusal, 'security', { recusalId: first, reason: '已离婚' })).toMatchObject({ ok: true })
    await declare('pA', { teacherId, relation: 'sibling' })
    expect((await list('hr1')).counts).toEqual({ inForce: 2, ended: 1 })
    await clean()
  })
})

describe('SD-5 ending a declaration', () => {
  test('by the security administrator alone, with what it rests on, once', async () => {
    const { teacherId } = await aCase()
    const recusalId = await declare('pA', { teacherId, relation: 'other', reason: '合伙人' })
    for (const who of ['pA', 'hr1', 'rev1', 'auditor', 'sA', 't1'])
      expect(await d.run(endRecusal, who, { recusalId, reason: '已核实' })).toMatchObject({
        ok: false,
        refusals: [{ code: 'platform.refusal.forbidden' }],
      })
    expect(await d.run(endRecusal, 'security', { recusalId, reason: ' ' })).toMatchObject({
      ok: false,
      refusals: [{ code: 'platform.refusal.required', field: 'reason' }],
    })
    await d.addUser('security2', 'bureau_security')
    const both = await Promise.all(
      ['security', 'security2'].map((who) => d.run(endRecusal, who, { recusalId, reason: `${who} 已核实` })),
    )
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    const winner = both[0]!.ok ? 'security' : 'security2'
    expect(both.find(({ ok }) => !ok)).toMatchObject({
      ok: false,
      refusals: [{ code: 'recusal.refusal.endedAlready', rule: 'SD-5', values: { by: winner } }],
    })
    expect((await list('security', 'ended')).rows).toMatchObject([
      { endedBy: winner, endReason: `${winner} 已核实`, relation: 'other', reason: '合伙人' },
    ])
    await leave('security2')
    await clean()
  })
})

describe('SD-5 who sees which declarations', () => {
  test('the personnel office with names, the consoles by number, everybody else their own', async () => {
    const { teacherId } = await aCase()
    const ofHead = await declare('pA', { teacherId })
    const ofDirector = await declare('rev1', { teacherId, relation: 'sibling' })
    const ofSchool = await d.run(declareRecusal, 'sA', {
      teacherId: d.staff.A[5]!,
      userId: d.actors.pA!.userId,
      relation: 'child',
    })
    if (!ofSchool.ok) throw new Error(JSON.stringify(ofSchool.refusals))
    const seen = async (who: string) => (await list(who)).rows.map(({ id }) => id).sort()
    const all = [ofHead, ofDirector, ofSchool.value.value.recusalId].sort()
    for (const who of ['hr1', 'hr2', 'security', 'auditor']) expect([who, await seen(who)]).toEqual([who, all])
    expect(await seen('rev1')).toEqual([ofDirector])
    expect(await seen('rev2')).toEqual([])
    expect(await seen('pA')).toEqual([ofHead, ofSchool.value.value.recusalId].sort())
    expect(await seen('sA')).toEqual([ofSchool.value.value.recusalId])
    for (const who of ['pB', 'sB', 't1']) expect([who, await seen(who)]).toEqual([who, []])
    // Another account of the director is the same human.
    await d.addUser('rev1asPrincipal', 'principal', { school: d.schools.C, person: d.actors.rev1!.personId })
    expect(await seen('rev1asPrincipal')).toEqual([ofDirector])
    await leave('rev1asPrincipal')

    const [forHr] = (await list('hr1', 'inForce', recusalNumber(ofHead))).rows
    expect(forHr).toMatchObject({
      decider: 'pA',
      post: { role: 'principal', school: '第一小学' },
      teacher: { school: '第一小学', subject: 'CHN' },
      number: recusalNumber(ofHead),
      byAnother: false,
    })
    for (const who of ['security', 'auditor']) {
      const rows = (await list(who)).rows
      expect(rows.map(({ teacher }) => teacher)).toEqual([null, null, null])
      expect(rows.map(({ decider }) => decider).sort()).toEqual(['pA', 'pA', 'rev1'])
      // Nobody is found by a teacher's name they may not read.
      expect((await list(who, 'inForce', forHr!.teacher!.name)).rows).toEqual([])
    }
    expect((await list('hr1', 'inForce', forHr!.teacher!.name)).total).toBe(2)
    expect((await list('hr1', 'inForce', 'rev1')).rows.map(({ id }) => id)).toEqual([ofDirector])
    for (const role of ['bureau_admin', 'researcher'] as const)
      expect(mayUse({ ...d.actors.hr1!, role }, 'rotation.recusal.list')).toBe(false)
    await clean()
  })
})

describe('SD-5 the step goes to somebody else', () => {
  test('of a school: no deciding step is offered, the bureau rules, and it comes back', async () => {
    const { caseId, teacherId } = await aCase()
    expect((await d.as('pA', (tx) => inboxCounts(tx, d.actors.pA!))).todo).toBe(1)
    const recusalId = await declare('pA', { teacherId })
    const card = async (who: string) => (await d.as(who, (tx) => caseCard(tx, d.actors[who]!, caseId)))!
    const mine = await card('pA')
    expect(mine.isRecused).toBe(true)
    expect(mine.recusals).toMatchObject([{ id: recusalId, whose: 'mine' }])
    for (const { action, unmet } of mine.steps.filter(({ action }) => action !== 'withdraw'))
      expect([action, unmet.some(({ guard }) => guard === 'notRecused')]).toEqual([action, true])
    const counts = await d.as('pA', (tx) => inboxCounts(tx, d.actors.pA!))
    expect(counts).toMatchObject({ todo: 0, recused: 1 })
    const instead = async (who: string) =>
      (await d.as(who, (tx) => inboxList(tx, d.actors[who]!, 'recused', { size: 9, skip: 0 }))).items.map(
        ({ taker }) => taker,
      )
    expect(await instead('pA')).toEqual(['otherHead'])
    await reroute(teacherId)
    expect(await rowOf(caseId)).toMatchObject({ originByBureau: 'recused', bureauBarred: null })
    expect(await instead('pA')).toEqual(['bureau'])
    expect((await d.as('hr2', (tx) => inboxCounts(tx, d.actors.hr2!))).todo).toBe(1)
    expect((await d.asSystem((tx) => tx.select().from(notifications))).map(({ userId }) => userId)).toContain(
      d.actors.hr2!.userId,
    )
    expect(await d.run(endRecusal, 'security', { recusalId, reason: '已核实' })).toMatchObject({ ok: true })
    await reroute(teacherId)
    expect(await d.as('pA', (tx) => inboxCounts(tx, d.actors.pA!))).toMatchObject({ todo: 1, recused: 0 })
    expect(await d.run(approveCase, 'pA', { caseId, reason: '' })).toMatchObject({ ok: true })
    await clean()
  })

  test('of the bureau: the directors rule when all of the office are related; then nobody, and security is told', async () => {
    const { caseId, teacherId } = await aCase()
    for (const who of ['pA', 'hr1', 'hr2', 'hr3']) await declare(who, { teacherId })
    await reroute(teacherId)
    expect(await rowOf(caseId)).toMatchObject({ originByBureau: 'recused', bureauBarred: 'hr' })
    const todo = async (who: string) => (await d.as(who, (tx) => inboxCounts(tx, d.actors[who]!))).todo
    expect([await todo('hr1'), await todo('rev1')]).toEqual([0, 1])
    const taker = async (who: string) =>
      (await d.as(who, (tx) => inboxList(tx, d.actors[who]!, 'recused', { size: 9, skip: 0 }))).items[0]?.taker
    expect(await taker('hr1')).toBe('reviewer')
    for (const who of ['rev1', 'rev2']) await declare(who, { teacherId })
    const told = async () =>
      (await d.asSystem((tx) => tx.select().from(notifications))).filter(({ kind }) => kind === 'case.nobodyLeft')
    expect(await told()).toEqual([])
    await reroute(teacherId)
    expect((await rowOf(caseId)).bureauBarred).toBe('bureau')
    await reroute(teacherId)
    expect(await told()).toMatchObject([{ userId: d.actors.security!.userId, values: { count: 1 } }])
    const left = (who: string) => d.as(who, (tx) => nobodyLeft(tx, d.actors[who]!))
    expect([await left('security'), await left('hr1')]).toEqual([1, 0])
    for (const who of ['pA', 'hr1', 'rev1']) expect([who, await taker(who)]).toEqual([who, 'nobody'])
    // A colleague with the role given anew takes it up at once.
    await d.addUser('hr4', 'bureau_hr')
    expect(await todo('hr4')).toBe(1)
    await reroute(teacherId)
    expect((await rowOf(caseId)).bureauBarred).toBeNull()
    expect(await left('security')).toBe(0)
    const ruling = { caseId, verdict: 'approve', reason: '按规定', meeting: '', minutesNo: '' }
    expect(await d.run(ruleCase, 'hr4', ruling)).toMatchObject({ ok: true })
    await leave('hr4')
    await clean()
  })

  test('a check and a decision wait for a colleague; another account of the same human does not help', async () => {
    const { caseId, teacherId } = await aCase()
    await agree(caseId)
    await declare('hr2', { teacherId })
    const twin = await d.addUser('hr2asToo', 'bureau_hr', { person: d.actors.hr2!.personId })
    for (const who of ['hr2', 'hr2asToo'])
      expect(await d.run(checkCase, who, { caseId, reason: '' })).toMatchObject({
        ok: false,
        refusals: expect.arrayContaining([expect.objectContaining({ code: 'case.unmet.notRecused', rule: 'SD-5' })]),
      })
    // Straight in the table too
    await expect(
      d
        .as('hr2asToo', (tx) =>
          tx.insert(caseDecisions).values({
            districtId: twin.districtId,
            id: caseId,
            caseId,
            pass: 1,
            action: 'check',
            part: 'check',
            side: 'district',
            fromState: 'destination_approved',
            toState: 'checked',
            userId: twin.userId,
            personId: twin.personId,
            byName: twin.name,
            role: twin.role,
            grantId: twin.grantId,
            at: now(),
          }),
        )
        .catch((error) => {
          throw new Error(refusalOfConstraint(error)?.code)
        }),
    ).rejects.toThrow('case.refusal.recused')
    expect((await d.as('hr3', (tx) => inboxCounts(tx, d.actors.hr3!))).todo).toBe(1)
    expect(await d.run(checkCase, 'hr3', { caseId, reason: '' })).toMatchObject({ ok: true })
    await leave('hr2asToo')
    for (const who of ['rev1', 'rev2']) await declare(who, { teacherId })
    await reroute(teacherId)
    expect((await rowOf(caseId)).bureauBarred).toBe('bureau')
    await clean()
  })

  test('whoever stands for a related person is kept away as well, and told for whom', async () => {
    const { caseId, teacherId } = await aCase()
    await declare('pA', { teacherId })
    await d.asSystem((tx) => tx.insert(delegations).values(aDelegation(d.actors.pA!, d.actors.sA!)))
    const stand = d.delegateTo('pA', 'sA')
    const card = await withScope(stand, (tx) => caseCard(tx, stand, caseId))
    expect(card).toMatchObject({ isRecused: true, recusals: [{ whose: 'delegator', decider: 'pA' }] })
    await clean()
  })
})
