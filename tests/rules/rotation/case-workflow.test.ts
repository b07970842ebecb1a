import { describe, expect, test } from 'vitest'
import { ROLES } from '@/lib/rules/access/roles.ts'
import { STATE_COUNCIL_CALENDAR } from '@/lib/rules/calendar/state-council.ts'
import { CASE_SIDES, type CaseActor, type CaseFacts, type CaseFactsOfRow } from '@/lib/rules/rotation/case-facts.ts'
import { GUARDS, type GuardName } from '@/lib/rules/rotation/case-guards.ts'
import { routeOf } from '@/lib/rules/rotation/case-route.ts'
import { CASE_STATES, type CaseState, isEnded } from '@/lib/rules/rotation/case-states.ts'
import { dueDay, landing, nextStep, stepsFor } from '@/lib/rules/rotation/case-steps.ts'
import { CASE_ACTIONS, CASE_TRANSITIONS } from '@/lib/rules/rotation/case-workflow.ts'
import { defaultProcessPolicy, type ProcessPolicy } from '@/lib/rules/rotation/policy/process.ts'
import { day } from '@/lib/rules/values/dates.ts'

const row = (more: Partial<CaseFactsOfRow> = {}): CaseFactsOfRow => ({
  state: 'submitted',
  source: 'nominated',
  hasReason: true,
  hasDestination: true,
  wishes: 0,
  acceptsAllocation: false,
  isVoluntary: false,
  isBackbone: false,
  crossStage: false,
  insideGroup: false,
  acknowledged: true,
  consented: false,
  shortageAccepted: false,
  originByBureau: null,
  destinationByBureau: null,
  ...more,
})
/** Facts under which every guard of an ordinary step holds. */
const facts = (more: Partial<CaseFacts> = {}, ofRow: Partial<CaseFactsOfRow> = {}): CaseFacts => ({
  today: day('2026-06-01'),
  settings: defaultProcessPolicy,
  volunteersAllowed: true,
  round: { state: 'open', applyUntil: day('2026-06-30') },
  row: row(ofRow),
  ownCase: false,
  recused: false,
  preparers: ['preparer'],
  checker: { person: 'checker', onBehalf: null },
  approvals: { origin: { person: 'origin', onBehalf: null }, destination: null },
  rulers: [],
  lastBy: 'me',
  paperUnconfirmed: false,
  eligibility: 'eligible',
  originCover: { haveTenths: 120, needTenths: 60 },
  place: { places: 2, taken: 0, cover: { haveTenths: 30, needTenths: 60 }, freed: 0 },
  certificate: 'fits',
  ...more,
})
const actor = (role: CaseActor['role'], sides: CaseActor['sides'], more: Partial<CaseActor> = {}): CaseActor => ({
  role,
  person: 'me',
  onBehalf: null,
  sides,
  ...more,
})

describe('the table of transitions', () => {
  const key = (state: string, action: string, role: string, side: string) => `${state} ${action} ${role} ${side}`
  const listed = new Set(CASE_TRANSITIONS.map((one) => key(one.from, one.action, one.role, one.side)))

  test('every (state, action, role, side) that is not listed is refused, and every listed one is offered', () => {
    let tried = 0
    for (const state of CASE_STATES)
      for (const action of CASE_ACTIONS)
        for (const role of [...ROLES, 'system'] as const)
          for (const side of CASE_SIDES) {
            tried += 1
            const offered = nextStep(
              facts(
                {
                  settings: { ...defaultProcessPolicy, onMissedDeadline: { origin: 'agreed', destination: 'agreed' } },
                },
                { state, originByBureau: 'late', destinationByBureau: 'late' },
              ),
              actor(role, [side]),
              action,
            )
            const notListed = !offered.ok && offered.refusals[0]?.code === 'case.refusal.notListed'
            expect({ state, action, role, side, notListed }).toEqual({
              state,
              action,
              role,
              side,
              notListed: !listed.has(key(state, action, role, side)),
            })
          }
    expect(tried).toBe(CASE_STATES.length * CASE_ACTIONS.length * 10 * CASE_SIDES.length)
  })

  test('an ended case goes nowhere; every other state has a way on', () => {
    for (const state of CASE_STATES) {
      const ways = CASE_TRANSITIONS.filter(({ from, to }) => from === state && to !== state)
      expect({ state, ways: ways.length > 0 }).toEqual({ state, ways: !isEnded(state) })
    }
  })

  test('every deciding step asks SD-3 and SD-5; checking and deciding ask SD-1', () => {
    for (const one of CASE_TRANSITIONS) {
      if (['approve', 'check', 'decide'].includes(one.part))
        expect(one.guards, `${one.from} ${one.action}`).toEqual(expect.arrayContaining(['notOwnCase', 'notRecused']))
      if (one.part === 'check' || one.part === 'decide') expect(one.guards).toContain('notPreparer')
      if (one.part === 'decide') expect(one.guards).toContain('notChecker')
      if (one.part === 'approve' && one.from === 'origin_approved') expect(one.guards).toContain('notOtherEnd')
    }
  })

  test('a return, a refusal and a ruling need a reason; deciding needs the meeting', () => {
    for (const one of CASE_TRANSITIONS) {
      if (['return', 'refuse', 'reject', 'rule_approve', 'rule_refuse'].includes(one.action))
        expect(one.needs).toContain('reason')
      if (one.action === 'decide') expect(one.needs).toContain('meeting')
    }
  })

  test('no person decides after the case is decided but by the bureau', () => {
    const late: CaseState[] = ['decided', 'on_notice', 'objection_open', 'ready', 'ordered']
    const withdrawing = CASE_TRANSITIONS.filter(
      ({ from, to }) => late.includes(from) && (to === 'withdrawn' || to === 'rejected'),
    )
    expect(new Set(withdrawing.map(({ role }) => role))).toEqual(new Set(['bureau_reviewer']))
  })
})

describe('guards', () => {
  type Row = [GuardName, string, Partial<CaseFacts>, Partial<CaseFactsOfRow>, Partial<CaseActor>]
  const broken: Row[] = [
    ['roundOpen', 'domain 2.6', { round: { state: 'closed', applyUntil: null } }, {}, {}],
    ['applyOpen', 'domain 2.6', { round: { state: 'open', applyUntil: day('2026-05-31') } }, {}, {}],
    ['mayMove', 'R-ELIG-0', { eligibility: 'exempt' }, {}, {}],
    ['mayMove', 'R-ELIG-0', { eligibility: 'out_of_scope' }, { isVoluntary: true }, {}],
    ['choiceMade', 'domain 2.6', {}, { hasDestination: false }, {}],
    ['choiceMade', 'domain 2.6', {}, { wishes: 4 }, {}],
    ['reasonGiven', 'domain 2.6', {}, { hasReason: false }, {}],
    ['consentGiven', 'R-MATCH-3', {}, { crossStage: true }, {}],
    ['acknowledgedByTeacher', 'domain 2.6', {}, { acknowledged: false }, {}],
    ['subjectCovered', 'R-SUB-1', { originCover: { haveTenths: 69, needTenths: 60 } }, {}, {}],
    ['destinationKnown', 'domain 2.6', {}, { hasDestination: false }, {}],
    ['placeOpen', 'domain 2.6', { place: { places: 1, taken: 1, cover: null, freed: 0 } }, {}, {}],
    [
      'placeOpen',
      'domain 2.6',
      { place: { places: null, taken: 0, cover: { haveTenths: 60, needTenths: 60 }, freed: 0 } },
      {},
      {},
    ],
    ['certificateReaches', 'R-CERT-1', { certificate: 'stage' }, {}, {}],
    ['paperConfirmed', 'domain 2.6', { paperUnconfirmed: true }, {}, {}],
    ['lastWasMine', 'ux 2', { lastBy: 'other' }, {}, {}],
    ['notRerouted', 'SD-4', {}, { originByBureau: 'same_head' }, {}],
    ['rerouted', 'SD-4', {}, {}, {}],
    ['notOwnCase', 'SD-3', { ownCase: true }, {}, {}],
    ['notRecused', 'SD-5', { recused: true }, {}, {}],
    ['notPreparer', 'SD-1', { preparers: ['x', 'me'] }, {}, {}],
    ['notPreparer', 'SD-1', { preparers: ['boss'] }, {}, { onBehalf: 'boss' }],
    ['notChecker', 'SD-1', { checker: { person: 'me', onBehalf: null } }, {}, {}],
    ['notChecker', 'SD-1', { checker: { person: 'delegate', onBehalf: 'me' } }, {}, {}],
    [
      'notOtherEnd',
      'SD-4',
      { approvals: { origin: { person: 'boss', onBehalf: null }, destination: null } },
      {},
      { onBehalf: 'boss' },
    ],
    ['notRuler', 'SD-4', { rulers: [{ person: 'me', onBehalf: null }] }, {}, {}],
    ['appliedByTeacher', 'domain 2.6', {}, { source: 'hr' }, {}],
    ['nominatedBySchool', 'domain 2.6', {}, { source: 'hr' }, {}],
  ]
  test.each(broken)('%s (%s) fails when it should', (name, rule, more, ofRow, who) => {
    const guard = GUARDS[name]
    expect(guard.rule).toBe(rule)
    expect(
      (guard.holds as (f: CaseFacts, a: CaseActor) => boolean)(facts(more, ofRow), actor('principal', ['origin'], who)),
    ).toBe(false)
  })

  test('every guard has a case that fails, and all but the pairs that exclude each other hold for an ordinary case', () => {
    expect(new Set(broken.map(([name]) => name))).toEqual(new Set(Object.keys(GUARDS)))
    const opposite: GuardName[] = ['rerouted', 'appliedByTeacher']
    for (const name of Object.keys(GUARDS) as GuardName[])
      if (!opposite.includes(name))
        expect({
          name,
          holds: (GUARDS[name].holds as (f: CaseFacts, a: CaseActor) => boolean)(
            facts(),
            actor('principal', ['origin']),
          ),
        }).toEqual({
          name,
          holds: true,
        })
  })

  test('H3 a full post has the place of whoever leaves it, once', () => {
    const full = { places: 1, taken: 1, cover: { haveTenths: 70, needTenths: 60 } }
    const holds = (freed: number) => GUARDS.placeOpen.holds(facts({ place: { ...full, freed } }))
    expect([1, 0, -1].map(holds)).toEqual([true, false, false])
  })

  test('R-SUB-1 exactly at the need is still covered; the bureau may accept a shortage', () => {
    const at = facts({ originCover: { haveTenths: 70, needTenths: 60 } })
    expect(GUARDS.subjectCovered.holds(at)).toBe(true)
    expect(
      GUARDS.subjectCovered.holds(
        facts({ originCover: { haveTenths: 60, needTenths: 60 } }, { shortageAccepted: true }),
      ),
    ).toBe(true)
  })

  test('R-ELIG-13 a volunteer may move although exempt, where the policy lets volunteers', () => {
    const volunteer = { eligibility: 'exempt' as const }
    expect(GUARDS.mayMove.holds(facts(volunteer, { isVoluntary: true }))).toBe(true)
    expect(GUARDS.mayMove.holds(facts({ ...volunteer, volunteersAllowed: false }, { isVoluntary: true }))).toBe(false)
  })

  test('SD-1 a small bureau may let the preparer check, never decide', () => {
    const small = facts(
      { settings: { ...defaultProcessPolicy, preparerMayCheck: true }, preparers: ['me'] },
      { state: 'destination_approved' },
    )
    expect(GUARDS.notPreparer.holds(small, actor('bureau_hr', ['district']))).toBe(true)
    const deciding = facts(
      { settings: { ...defaultProcessPolicy, preparerMayCheck: true }, preparers: ['me'] },
      { state: 'checked' },
    )
    expect(GUARDS.notPreparer.holds(deciding, actor('bureau_reviewer', ['district']))).toBe(false)
  })

  test('all unmet guards are told at once, each with its rule', () => {
    const step = nextStep(
      facts({ ownCase: true, recused: true, originCover: { haveTenths: 50, needTenths: 60 } }),
      actor('principal', ['origin']),
      'approve',
    )
    expect(step).toMatchObject({
      ok: false,
      refusals: [
        { code: 'case.unmet.notOwnCase', rule: 'SD-3' },
        { code: 'case.unmet.notRecused', rule: 'SD-5' },
        { code: 'case.unmet.subjectCovered', rule: 'R-SUB-1', values: { have: '4', need: '6' } },
      ],
    })
  })
})

describe('steps by the policy', () => {
  const steps = (more: Partial<ProcessPolicy['steps']>): ProcessPolicy => ({
    ...defaultProcessPolicy,
    steps: { ...defaultProcessPolicy.steps, ...more },
  })
  test.each([
    ['submitted', {}, {}, 'submitted'],
    ['submitted', { origin: false }, {}, 'origin_approved'],
    ['submitted', { origin: false, destination: false }, {}, 'destination_approved'],
    ['submitted', { origin: false, destination: false, check: false }, {}, 'checked'],
    ['submitted', { origin: false, destination: false }, { hasDestination: false }, 'origin_approved'],
    ['origin_approved', { destinationInsideGroup: false }, { insideGroup: true }, 'destination_approved'],
    ['origin_approved', { destinationInsideGroup: false }, { insideGroup: false }, 'origin_approved'],
    ['destination_approved', { check: false }, {}, 'checked'],
  ] as const)('a step to %s under %j rests at the step somebody has to take', (to, policy, ofRow, rests) => {
    expect(landing(to, row(ofRow), steps(policy))).toBe(rests)
  })

  test('局裁定: a refusal stays for the bureau where the policy lets it, else it ends the case', () => {
    const refused = nextStep(facts(), actor('principal', ['origin']), 'refuse')
    expect(refused.ok && refused.value.to).toBe('submitted')
    const final = nextStep(
      facts({ settings: { ...defaultProcessPolicy, refusalToBureau: false } }),
      actor('principal', ['origin']),
      'refuse',
    )
    expect(final.ok && final.value.to).toBe('rejected')
  })

  test('one person at both ends is offered the end whose turn it is, and not the second (SD-4)', () => {
    const both = actor('principal', ['origin', 'destination'])
    expect(stepsFor(facts(), both).map(({ transition }) => transition.side)).not.toContain('destination')
    const second = nextStep(
      facts(
        { approvals: { origin: { person: 'me', onBehalf: null }, destination: null } },
        { state: 'origin_approved' },
      ),
      both,
      'approve',
    )
    expect(second).toMatchObject({ ok: false, refusals: [{ code: 'case.unmet.notOtherEnd', rule: 'SD-4' }] })
  })

  test('R-PUB-1 deadlines count working days: five from the Thursday before the autumn holidays', () => {
    expect(dueDay('submitted', day('2026-09-24'), defaultProcessPolicy, STATE_COUNCIL_CALENDAR)).toBe('2026-10-09')
    expect(dueDay('checked', day('2026-09-24'), defaultProcessPolicy, STATE_COUNCIL_CALENDAR)).toBeNull()
    expect(dueDay('serving', day('2026-09-24'), defaultProcessPolicy, STATE_COUNCIL_CALENDAR)).toBeNull()
  })
})

describe('whose step it is', () => {
  const head = (person: string) => ({ user: `u-${person}`, person })
  const nobody = { persons: [], users: [] }
  test.each([
    ['somebody free', [head('a')], [head('b')], nobody, null],
    ['nobody heads the school', [], [head('b')], nobody, 'no_head'],
    ['SD-4 the only head heads the other end', [head('a')], [head('a')], nobody, 'same_head'],
    ['SD-4 another head is free', [head('a'), head('c')], [head('a')], nobody, null],
    ['SD-3 the head is the teacher', [head('a')], [], { persons: ['a'], users: [] }, 'recused'],
    ['SD-5 the head is related', [head('a')], [], { persons: [], users: ['u-a'] }, 'recused'],
  ] as const)('%s', (_, heads, other, barred, route) => {
    expect(routeOf(null, heads, other, { persons: [...barred.persons], users: [...barred.users] })).toBe(route)
  })
  test('a refusal and a missed deadline stay the bureau’s; the rest comes back with the people', () => {
    expect(routeOf('refused', [head('a')], [], nobody)).toBe('refused')
    expect(routeOf('late', [head('a')], [], nobody)).toBe('late')
    expect(routeOf('no_head', [head('a')], [], nobody)).toBeNull()
  })
})
