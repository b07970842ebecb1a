import { describe, expect, test } from 'vitest'
import zh from '@/lib/i18n/messages/zh-CN/planner.json' with { type: 'json' }
import { nameFlows } from '@/lib/planner/instance/grouping.ts'
import { DEFAULT_PLAN_POLICY, type InputPerson, type PlanInput } from '@/lib/planner/instance/plan-input.ts'
import { buildInstance } from '@/lib/planner/instance-builder.ts'
import { solvePlan } from '@/lib/planner/solve-plan.ts'
import { findings, sha256 } from './support.ts'

const person = (key: string, school: string, more: Partial<InputPerson> = {}): InputPerson => ({
  key,
  staffNo: key.slice(-2),
  school,
  stage: 'P',
  subject: 'CHN',
  status: 'eligible',
  backbone: false,
  senior: false,
  degree: 3,
  certificate: 'P',
  consentCross: false,
  retrain: [],
  host: false,
  wishedOnly: false,
  wishes: [],
  maxHm: null,
  months: 80,
  ...more,
})

function round(more: Partial<PlanInput> = {}): PlanInput {
  const school = (key: string, x: number, have: number, need10: number, sender: boolean) => ({
    key,
    name: `学校${key}`,
    sender,
    receiver: !sender,
    zone: null,
    staff: 40,
    senior: 3,
    net: null,
    sendTarget: 0,
    sendMin: 0,
    position: { x, y: 0 },
    units: [
      {
        stage: 'P' as const,
        pupils: 600,
        backbone: sender ? 9 : 2,
        overQualified: 20,
        posts: [{ subject: 'CHN', have, need10, floor: null }],
      },
    ],
  })
  return {
    name: '2026 round',
    secret: 'a secret of the round',
    policy: { ...DEFAULT_PLAN_POLICY, rate_total: [20, 100], backbone_leave_share: [34, 100] },
    subjects: ['CHN'],
    peArts: [],
    schools: [school('u-a', 0, 20, 160, true), school('u-b', 5, 10, 130, false), school('u-c', 9, 10, 120, false)],
    distances: [{ a: 'u-a', b: 'u-c', hm: 123 }],
    people: [
      ...Array.from({ length: 6 }, (_, at) => person(`p-a-1${at}`, 'u-a', { months: 80 + at })),
      person('p-a-20', 'u-a', { backbone: true, months: 90 }),
      person('p-a-21', 'u-a', { backbone: true, months: 100 }),
      person('p-b-30', 'u-b', { wishes: ['u-a'] }),
      person('p-c-40', 'u-c', { status: 'voluntary', wishes: ['u-b'] }),
      person('p-c-41', 'u-c', { status: 'not_yet' }),
    ],
    vacancies: null,
    locks: [],
    stays: [],
    forbids: [],
    notBoth: [],
    ...more,
  }
}

function built(more: Partial<PlanInput> = {}) {
  const made = buildInstance(round(more))
  if (!made.ok) throw new Error(JSON.stringify(made.refusals))
  return made.value
}

describe('the instance of a round', () => {
  test('interchangeable people become groups; who wishes or volunteers stays single; who may not move is absent', () => {
    const { instance, members, people } = built()
    expect(instance.groups.map((group) => group.n).sort()).toEqual([2, 6])
    expect([...people.values()].sort()).toEqual(['p-b-30', 'p-c-40'])
    expect([...members.values()].flat()).not.toContain('p-c-41')
    expect(instance.distance[0]).toEqual([0, 50, 123])
    expect(instance.schools[0]!.units[0]!.subjects[0]!.floor).toBe(14)
  })
  test('R-TEN-1 of a group the longest in the school goes first, then by staff number', () => {
    const { members } = built()
    const six = [...members.values()].find((keys) => keys.length === 6)!
    expect(six).toEqual(['p-a-15', 'p-a-14', 'p-a-13', 'p-a-12', 'p-a-11', 'p-a-10'])
    const flow = { group: 'G', stage: 'P' as const, subject: 'CHN', hm: 1 }
    const named = nameFlows(
      [
        { ...flow, to: 'S003', n: 1 },
        { ...flow, to: 'S002', n: 2 },
      ],
      new Map([['G', six]]),
    )
    expect(named.map(({ key, to }) => [key, to])).toEqual([
      ['p-a-15', 'S002'],
      ['p-a-14', 'S002'],
      ['p-a-13', 'S003'],
    ])
    expect(() => nameFlows([{ ...flow, to: 'S002', n: 7 }], new Map([['G', six]]))).toThrow(RangeError)
  })
  test('ids reveal nobody, stay the same in the round, and differ with its secret', () => {
    const text = JSON.stringify(buildInstance(round(), { coded: true }))
    const { instance } = built()
    expect(JSON.stringify(instance)).not.toMatch(/p-[abc]-/)
    expect(text.slice(0, text.indexOf('"people"'))).not.toContain('学校')
    const other = built({ secret: 'another' })
    const ids = (made: typeof other) => made.instance.teachers.map((teacher) => teacher.id)
    expect(ids(built())).toEqual(ids(built()))
    expect(ids(other)).not.toEqual(ids(built()))
  })
  test('a lock takes its person out of the group and changes no other id', () => {
    const before = built().instance
    const { instance, people } = built({ locks: [{ id: 'L1', person: 'p-a-12', to: 'u-b' }] })
    const id = instance.locks[0]!.teacher
    expect(people.get(id)).toBe('p-a-12')
    expect(instance.groups.map((group) => group.id)).toEqual(before.groups.map((group) => group.id))
    expect(instance.groups.map((group) => group.n).sort()).toEqual([2, 5])
  })
  test('vacancies bind: a school without one takes nobody beyond an exchange', async () => {
    const { instance } = built({ vacancies: [{ school: 'u-c', stage: 'P', subject: 'CHN', places: 3 }] })
    const cap = instance.schools.map((school) => school.units[0]!.subjects[0]!.need10)
    expect(cap).toEqual([160, 100, 130])
    const sha = sha256(JSON.stringify(instance))
    const result = await solvePlan(instance, sha)
    expect(findings(instance, result, sha)).toEqual([])
  }, 30_000)
  test.each<[string, Partial<PlanInput>]>([
    ['person_twice', { people: [...round().people, person('p-a-10', 'u-a')] }],
    [
      'two_vacancies',
      {
        locks: [
          { id: 'L1', person: 'p-a-10', to: 'u-b' },
          { id: 'L2', person: 'p-a-10', to: 'u-c' },
        ],
      },
    ],
    ['no_distance', { schools: round().schools.map((school) => ({ ...school, position: null })) }],
    ['share_above_one', { policy: { ...round().policy, rate_total: [3, 2] } }],
    ['nobody_eligible', { people: [person('p-c-41', 'u-c', { status: 'not_yet' })] }],
    ['unknown_id', { stays: ['p-x'] }],
  ])('refused: %s', (code, more) => {
    const made = buildInstance(round(more))
    expect(made.ok === false && made.refusals.map((one) => one.code)).toContain(`planner.refusal.${code}`)
  })
  test('every policy field has a default and a sentence', () => {
    for (const field of Object.keys(DEFAULT_PLAN_POLICY)) expect(zh.policy).toHaveProperty(field)
  })
})
