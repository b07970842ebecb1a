import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { approvals2, exemptions, leaves, policies, rollEntries, rotationRounds } from '@/db/schema/index.ts'
import { type Tx, withScope } from '@/db/scope.ts'
import { generateDistrict } from '@/db/seed/district.ts'
import { seedPolicies } from '@/lib/cli/seed-policy.ts'
import { now } from '@/lib/platform/clock.ts'
import { runCommand } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { answerCommand } from '@/lib/platform/two-person.ts'
import { OPERATIONS } from '@/lib/registry/operations.ts'
import { draftPolicy } from '@/lib/rotation/commands/draft-policy.ts'
import { editPolicy } from '@/lib/rotation/commands/edit-policy.ts'
import {
  askExemption,
  checkExemption,
  decideExemption,
  withdrawExemption,
} from '@/lib/rotation/commands/exemption-commands.ts'
import { freezeRollCommand } from '@/lib/rotation/commands/freeze-roll.ts'
import { decideRollChanges } from '@/lib/rotation/commands/roll-change-commands.ts'
import { submitPolicy, takeBackPolicy } from '@/lib/rotation/commands/submit-policy.ts'
import { compareRolls } from '@/lib/rotation/jobs/compare-rolls.ts'
import { myEligibility } from '@/lib/rotation/queries/my-eligibility.ts'
import { findPolicy, listPolicies } from '@/lib/rotation/queries/policies.ts'
import { policyEffect } from '@/lib/rotation/queries/policy-effect.ts'
import { policyFor } from '@/lib/rotation/queries/policy-for.ts'
import { computeRoll } from '@/lib/rotation/queries/roll.ts'
import { listRollChanges, undecidedChanges } from '@/lib/rotation/queries/roll-changes.ts'
import { frozenRows } from '@/lib/rotation/queries/roll-list.ts'
import { versionChanges } from '@/lib/rotation/queries/roll-versions.ts'
import { rollView } from '@/lib/rotation/queries/roll-view.ts'
import { latestRoll, roundQuota } from '@/lib/rotation/queries/round-quota.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { typedSection } from '@/lib/rules/rotation/policy/fields.ts'
import { defaultPolicy } from '@/lib/rules/rotation/policy.ts'
import { day, type LocalDate } from '@/lib/rules/values/dates.ts'
import type { PolicyId, RoundId, SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { aLoadedDistrict, type LoadedDistrict } from '@/tests/support/loaded-district.ts'
import { anActor } from '@/tests/support/people.ts'

const SNAPSHOT = day('2027-08-31')
let district: LoadedDistrict
let hr1: UserActor
let hr2: UserActor
let hr3: UserActor
let reviewer: UserActor
let principal: UserActor
let teacher: UserActor
let teacherId: TeacherId
let schoolId: SchoolId

const read = <T>(work: (tx: Tx) => Promise<T>, actor: UserActor | LoadedDistrict['system'] = district.system) =>
  withScope(actor, work, { readOnly: true, statementSeconds: 60 })
const codesOf = (outcome: { ok: boolean; refusals?: { code: string }[] }) =>
  outcome.ok ? 'done' : (outcome.refusals ?? []).map(({ code }) => code).join()
const openAsk = async (policyId: string) => {
  const rows = await read((tx) => tx.select().from(approvals2).where(eq(approvals2.subjectId, policyId)))
  return rows.filter(({ verdict }) => verdict === null).at(-1)!
}
const answer = (actor: UserActor, requestId: string, verdict: 'approved' | 'refused' = 'approved', reason = '') =>
  runCommand(answerCommand(OPERATIONS), actor, { requestId, verdict, reason })

beforeAll(async () => {
  district = await aLoadedDistrict(generateDistrict({ seed: 2026 }))
  await withScope(district.system, (tx) => seedPolicies(tx, district.system))
  const roll = await read((tx) => computeRoll(tx, SNAPSHOT, defaultPolicy))
  const eligible = roll.find(({ result, facts }) => result.state === 'eligible' && facts.school.kind === 'primary')!
  teacherId = eligible.who.teacherId
  schoolId = eligible.who.schoolId
  hr1 = await anActor(district.system, 'bureau_hr', { name: '经办' })
  hr2 = await anActor(district.system, 'bureau_hr', { name: '复核' })
  hr3 = await anActor(district.system, 'bureau_hr', { name: '审批' })
  reviewer = await anActor(district.system, 'bureau_reviewer', { name: '分管' })
  principal = await anActor(district.system, 'principal', { schoolId })
  teacher = await anActor(district.system, 'teacher', { teacherId })
})
afterAll(() => district.close())

/** A draft of 2027 in which tenure is nine years, submitted. */
async function aSubmittedPolicy(more: { roundId?: RoundId; tenureMonths?: number } = {}): Promise<PolicyId> {
  const drafted = await runCommand(draftPolicy, hr1, { year: 2027, title: '试拟', roundId: more.roundId ?? '' })
  if (!drafted.ok) throw new Error(codesOf(drafted))
  const { policyId } = drafted.value.value as { policyId: PolicyId }
  const typed = typedSection('eligibility', defaultPolicy)
  const edited = await runCommand(editPolicy, hr1, {
    policyId,
    rowVersion: 1,
    section: 'eligibility',
    ...typed,
    'v.tenureMonths': String(more.tenureMonths ?? 108),
  })
  expect(codesOf(edited)).toBe('done')
  const submitted = await runCommand(submitPolicy, hr1, { policyId, rowVersion: 2, documentNo: '东教发〔2027〕9号' })
  expect(codesOf(submitted)).toBe('done')
  return policyId
}

describe('policy: two people, versions, effect', () => {
  test('the seeded policies are in force, and the roll of the district is that of the rules', async () => {
    const inForce = await read((tx) => policyFor(tx, 2027))
    expect(inForce).toMatchObject({ year: 2027, version: 1, policy: defaultPolicy })
  })

  test.each([
    ['principal', () => principal],
    ['teacher', () => teacher],
    ['bureau_reviewer', () => reviewer],
  ] as const)('a %s drafts none', async (_, actor) => {
    const outcome = await runCommand(draftPolicy, actor(), { year: 2027, title: '试拟' })
    expect(codesOf(outcome)).toBe('platform.refusal.forbidden')
  })

  test('R-ELIG-3 the effect of nine years: everyone who falls out does so by tenure or by the rest after a posting', async () => {
    const after = { ...defaultPolicy, eligibility: { ...defaultPolicy.eligibility, tenureMonths: 108 } }
    const effect = await read((tx) => policyEffect(tx, SNAPSHOT, defaultPolicy, after), hr1)
    expect(effect.before.eligible - effect.after.eligible).toBe(effect.fallsOut.length - effect.fallsIn.length)
    expect(effect.fallsOut.length).toBeGreaterThan(0)
    expect(effect.fallsIn).toEqual([])
    expect(new Set(effect.fallsOut.map(({ after: side }) => side?.decidingRule))).toEqual(
      // The rest after a posting is as long as the tenure unless the policy says else
      new Set(['R-ELIG-3', 'R-ELIG-11']),
    )
  })

  test('a wrong value is refused at its field; a stale edit and one of a submitted version too', async () => {
    const drafted = await runCommand(draftPolicy, hr1, { year: 2027, title: '试拟' })
    const policyId = (drafted.ok && (drafted.value.value as { policyId: PolicyId }).policyId) as PolicyId
    const edit = (actor: UserActor, rowVersion: number, typed: Record<string, string>) =>
      runCommand(editPolicy, actor, {
        policyId,
        rowVersion,
        section: 'quota',
        ...typedSection('quota', defaultPolicy),
        ...typed,
      })
    const wrong = await edit(hr1, 1, { 'v.rateTotal.num': '101' })
    expect(wrong).toMatchObject({
      ok: false,
      refusals: [{ code: 'rotation.policy.problem.shareAboveOne', field: 'v.rateTotal' }],
    })
    expect(codesOf(await edit(hr1, 1, { 'v.rateTotal.num': '15' }))).toBe('done')
    expect(codesOf(await edit(hr2, 1, { 'v.rateTotal.num': '12' }))).toBe('platform.refusal.stale')
    const saved = await read((tx) => findPolicy(tx, policyId))
    expect(saved?.content.quota.rateTotal).toEqual({ num: 15, den: 100 })
    expect(codesOf(await runCommand(submitPolicy, hr1, { policyId, rowVersion: 2, documentNo: 'X1' }))).toBe('done')
    expect(codesOf(await edit(hr1, 3, { 'v.rateTotal.num': '12' }))).toBe('policy.refusal.notDraft')
    expect(codesOf(await runCommand(takeBackPolicy, hr2, { policyId, rowVersion: 3 }))).toBe(
      'policy.refusal.askedByOther',
    )
    expect(codesOf(await runCommand(takeBackPolicy, hr1, { policyId, rowVersion: 3 }))).toBe('done')
    // The request died with the taking back: the version can be submitted again at once
    expect(codesOf(await runCommand(submitPolicy, hr1, { policyId, rowVersion: 4, documentNo: 'X1' }))).toBe('done')
  })

  test('SD-2 only another person brings it into force, and the version before is superseded', async () => {
    const before = await read((tx) => policyFor(tx, 2027))
    const policyId = await aSubmittedPolicy()
    const { id } = await openAsk(policyId)
    expect(codesOf(await answer(hr2, id))).toBe('platform.refusal.forbidden')
    const alsoReviewer = await anActor(district.system, 'bureau_reviewer', { personId: hr1.personId })
    expect(codesOf(await answer(alsoReviewer, id))).toBe('platform.refusal.secondPerson')
    expect((await read((tx) => policyFor(tx, 2027))).id).toBe(before.id)
    expect(codesOf(await answer(reviewer, id))).toBe('done')
    expect(codesOf(await answer(reviewer, id))).toBe('platform.refusal.answeredAlready')
    const states = await read((tx) => listPolicies(tx))
    expect(states.find((row) => row.id === policyId)?.state).toBe('active')
    expect(states.find((row) => row.id === before.id)?.state).toBe('superseded')
  })
})

describe('the frozen roll of a round', () => {
  let roundId: RoundId
  beforeAll(async () => {
    roundId = newId<RoundId>()
    const { id: policyId } = await read((tx) => policyFor(tx, 2027))
    await withScope(district.system, (tx) =>
      tx.insert(rotationRounds).values({
        districtId: district.districtId,
        id: roundId,
        year: 2027,
        name: '2027年轮岗',
        state: 'preparing',
        policyId,
        snapshotDate: SNAPSHOT,
        effectiveOn: day('2027-09-01'),
        changedAt: now(),
      }),
    )
  })
  const setState = (state: 'open' | 'preparing') =>
    withScope(district.system, (tx) => tx.update(rotationRounds).set({ state }).where(eq(rotationRounds.id, roundId)))

  test('R-ELIG-0 freezing writes everyone once, as computed; schools see their own people', async () => {
    expect(codesOf(await runCommand(freezeRollCommand, principal, { roundId }))).toBe('platform.refusal.forbidden')
    expect(codesOf(await runCommand(freezeRollCommand, hr1, { roundId }))).toBe('done')
    const roll = (await read((tx) => latestRoll(tx, roundId)))!
    const { policy } = await read((tx) => policyFor(tx, 2027))
    const live = await read((tx) => computeRoll(tx, SNAPSHOT, policy))
    const frozen = await read((tx) => frozenRows(tx, roll.id))
    expect(frozen).toHaveLength(live.length)
    const states = new Map(frozen.map((row) => [row.teacherId, row.state]))
    expect(live.filter(({ result, who }) => states.get(who.teacherId) !== result.state)).toEqual([])
    const seen = await read((tx) => frozenRows(tx, roll.id), principal)
    expect(seen.length).toBeGreaterThan(0)
    expect(new Set(seen.map((row) => row.schoolId))).toEqual(new Set([schoolId]))
    expect((await read((tx) => frozenRows(tx, roll.id), teacher)).map((row) => row.teacherId)).toEqual([teacherId])
    const quota = await read((tx) => roundQuota(tx, roundId), reviewer)
    expect(quota?.figures.eligible).toHaveLength(roll.counts.E!)
  })

  test('an open round is frozen once; its roll cannot be changed by the application', async () => {
    await setState('open')
    expect(codesOf(await runCommand(freezeRollCommand, hr1, { roundId }))).toBe('policy.refusal.rollFrozen')
    const roll = (await read((tx) => latestRoll(tx, roundId)))!
    const changed = await withScope(hr1, (tx) =>
      tx.update(rollEntries).set({ state: 'exempt' }).where(eq(rollEntries.rollId, roll.id)).returning(),
    ).catch(() => [])
    expect(changed).toEqual([])
  })

  test('名册变化: the night finds a new leave, personnel decides, the figures follow', async () => {
    const before = (await read((tx) => roundQuota(tx, roundId)))!
    const someone = before.figures.eligible[0] as TeacherId
    await withScope(district.system, (tx) =>
      tx.insert(leaves).values({
        districtId: district.districtId,
        id: newId<string>(),
        teacherId: someone,
        kind: 'illness',
        startsOn: day('2027-03-01'),
        endsOn: day('2028-03-01'),
        changedAt: now(),
      }),
    )
    await compareRolls.run({ actor: district.system, forDay: district.system.today })
    await compareRolls.run({ actor: district.system, forDay: district.system.today })
    const open = (await read((tx) => listRollChanges(tx), hr1)).filter(({ decision }) => decision === null)
    expect(open).toMatchObject([{ teacherId: someone, was: 'eligible', now: 'deferred', nowRule: 'R-ELIG-7' }])
    expect(await read((tx) => undecidedChanges(tx, roundId))).toEqual(new Set([someone]))
    const decide = (actor: UserActor) =>
      runCommand(decideRollChanges, actor, { changeIds: [open[0]!.id], decision: 'follow', reason: '证明已核' })
    expect(codesOf(await decide(reviewer))).toBe('platform.refusal.forbidden')
    expect(codesOf(await decide(hr1))).toBe('done')
    expect(codesOf(await decide(hr2))).toBe('policy.refusal.changeDecided')
    await compareRolls.run({ actor: district.system, forDay: district.system.today })
    expect(await read((tx) => undecidedChanges(tx, roundId))).toEqual(new Set())
    const after = (await read((tx) => roundQuota(tx, roundId)))!
    expect(after.figures.eligible).toHaveLength(before.figures.eligible.length - 1)
    expect(after.figures.eligible).not.toContain(someone)
  })

  test('补充规定 makes a further version of the roll and lists who falls in and out', async () => {
    const policyId = await aSubmittedPolicy({ roundId, tenureMonths: 60 })
    const first = (await read((tx) => latestRoll(tx, roundId)))!
    expect(codesOf(await answer(reviewer, (await openAsk(policyId)).id))).toBe('done')
    const second = (await read((tx) => latestRoll(tx, roundId)))!
    expect(second).toMatchObject({ version: first.version + 1, policyId })
    const [change] = await read((tx) => versionChanges(tx, roundId))
    expect(change?.changes.filter(({ change: { kind } }) => kind === 'falls_in').length).toBeGreaterThan(0)
    expect((await read((tx) => policyFor(tx, 2027))).id).not.toBe(policyId)
    const kept = await read((tx) => frozenRows(tx, first.id))
    expect(kept.filter(({ state }) => state === 'eligible')).toHaveLength(first.counts.eligible!)
  })

  test('a school without the live roll sees the frozen one', async () => {
    const view = await read((tx) => rollView(tx, principal, {}), principal)
    expect(view.frozen?.roundId).toBe(roundId)
    expect(new Set(view.rows.map((row) => row.schoolId))).toEqual(new Set([schoolId]))
  })
})

describe('exemptions: asked, checked, decided by three people', () => {
  const ask = (actor: UserActor, more: Record<string, string> = {}) =>
    runCommand(askExemption, actor, {
      rule: 'R-ELIG-12',
      from: '2027-08-01',
      until: '2028-07-31',
      reason: '照顾老人',
      ...more,
    })
  const idOf = (outcome: Awaited<ReturnType<typeof ask>>): string => {
    if (!outcome.ok) throw new Error(codesOf(outcome))
    return (outcome.value.value as { exemptionId: string }).exemptionId
  }
  const stateNow = async () => (await read((tx) => myEligibility(tx, teacher), teacher))?.line.result

  test('R-ELIG-12 a granted hardship defers the teacher until its end', async () => {
    const was = await stateNow()
    const exemptionId = idOf(await ask(teacher))
    const decide = (actor: UserActor, version: number) =>
      runCommand(decideExemption, actor, { exemptionId, version, verdict: 'granted', minutesNo: '会纪〔2027〕3号' })
    expect(codesOf(await decide(reviewer, 1))).toBe('policy.refusal.exemptionStep')
    expect(codesOf(await runCommand(checkExemption, hr1, { exemptionId, version: 1 }))).toBe('done')
    expect(codesOf(await runCommand(checkExemption, hr2, { exemptionId, version: 1 }))).toBe('platform.refusal.stale')
    expect(codesOf(await decide(hr3, 2))).toBe('policy.refusal.leadershipDecides')
    expect(codesOf(await decide(reviewer, 2))).toBe('done')
    const after = await stateNow()
    expect(was?.reasons.map(({ rule }) => rule)).not.toContain('R-ELIG-12')
    expect(after).toMatchObject({ state: was?.state === 'eligible' ? 'deferred' : was?.state })
    expect(after?.reasons).toContainEqual(expect.objectContaining({ rule: 'R-ELIG-12', until: '2028-08-01' }))
  })

  test('SD-1 the clerk who asked neither checks nor decides; the one who checked does not decide', async () => {
    const exemptionId = idOf(await ask(hr1, { rule: 'R-ELIG-7', teacherId }))
    const step = { exemptionId, version: 1 }
    expect(codesOf(await runCommand(checkExemption, hr1, step))).toBe('platform.refusal.secondPerson')
    expect(codesOf(await runCommand(checkExemption, hr2, step))).toBe('done')
    const grant = { exemptionId, version: 2, verdict: 'granted', minutesNo: '1号' }
    expect(codesOf(await runCommand(decideExemption, hr2, grant))).toBe('platform.refusal.secondPerson')
    expect(codesOf(await runCommand(decideExemption, hr1, grant))).toBe('platform.refusal.secondPerson')
    expect(codesOf(await runCommand(decideExemption, hr3, { ...grant, minutesNo: '' }))).toBe(
      'platform.refusal.required',
    )
    expect(codesOf(await runCommand(decideExemption, hr3, { ...grant, verdict: 'refused' }))).toBe(
      'platform.refusal.required',
    )
    expect(codesOf(await runCommand(decideExemption, hr3, { ...grant, verdict: 'refused', reason: '材料不足' }))).toBe(
      'done',
    )
  })

  test('who may ask under what: a teacher not for duties, a school not for health, nobody of another school', async () => {
    expect(codesOf(await ask(teacher, { rule: 'R-ELIG-10' }))).toBe('policy.refusal.ruleNotYours')
    expect(codesOf(await ask(principal, { rule: 'R-ELIG-7', teacherId }))).toBe('policy.refusal.ruleNotYours')
    expect(codesOf(await ask(principal, { rule: 'R-ELIG-10', teacherId, outcome: 'exempt' }))).toBe(
      'policy.refusal.exemptByBureau',
    )
    const roll = await read((tx) => computeRoll(tx, SNAPSHOT, defaultPolicy))
    const elsewhere = roll.find(({ who }) => who.schoolId !== schoolId && who.workSchoolId !== schoolId)!.who.teacherId
    expect(codesOf(await ask(principal, { rule: 'R-ELIG-10', teacherId: elsewhere }))).toBe('platform.refusal.notFound')
    expect(codesOf(await ask(teacher, { teacherId: elsewhere }))).toBe('platform.refusal.notFound')
    expect(codesOf(await ask(teacher, { until: '2027-07-01' }))).toBe('policy.refusal.endBeforeStart')
  })

  test('SD-3 nobody decides their own, also under the action’s own check', async () => {
    const self = await anActor(district.system, 'bureau_reviewer', { teacherId, personId: teacher.personId })
    const exemptionId = idOf(await ask(principal, { rule: 'R-ELIG-10', teacherId }))
    expect(codesOf(await runCommand(checkExemption, hr2, { exemptionId, version: 1 }))).toBe('done')
    const grant = { exemptionId, version: 2, verdict: 'granted', minutesNo: '1号' }
    expect(codesOf(await runCommand(decideExemption, self, grant))).toBe('policy.refusal.ownExemption')
    const stored = await read((tx) => tx.select().from(exemptions).where(eq(exemptions.id, exemptionId)))
    expect(stored[0]?.state).toBe('checked')
    expect(codesOf(await runCommand(withdrawExemption, principal, { exemptionId, version: 2 }))).toBe('done')
  })

  test('a teacher cannot grant themselves anything in the database either', async () => {
    const exemptionId = idOf(await ask(teacher, { rule: 'R-ELIG-6' }))
    const granted = await withScope(teacher, (tx) =>
      tx.update(exemptions).set({ state: 'granted' }).where(eq(exemptions.id, exemptionId)).returning(),
    ).catch(() => [])
    expect(granted).toEqual([])
    const inserted = await withScope(teacher, (tx) =>
      tx
        .insert(exemptions)
        .values({
          districtId: district.districtId,
          id: newId<string>(),
          teacherId,
          rule: 'R-ELIG-6',
          outcome: 'exempt',
          state: 'granted',
          reason: 'x',
          during: { from: '2027-01-01' as LocalDate, until: '2029-01-01' as LocalDate },
          askedBy: teacher.userId,
          askedByPerson: teacher.personId,
          askedByName: 'x',
          askedAt: now(),
        })
        .returning(),
    ).catch(() => [])
    expect(inserted).toEqual([])
  })
})

test('policies are read by the roles of the matrix only', async () => {
  const researcher = await anActor(district.system, 'researcher')
  expect(await read((tx) => tx.select().from(policies), researcher)).toEqual([])
  expect((await read((tx) => tx.select().from(policies), teacher)).every(({ state }) => state !== 'draft')).toBe(true)
})
