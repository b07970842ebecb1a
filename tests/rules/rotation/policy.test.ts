import { describe, expect, test } from 'vitest'
import { defaultPolicy, POLICY_FIELDS, policySchema, storedPolicy } from '@/lib/rules/rotation/policy.ts'

describe('R-QUOTA-1 policy document', () => {
  test('the default is valid and survives a round trip through JSON', () => {
    expect(policySchema.parse(JSON.parse(JSON.stringify(defaultPolicy)))).toEqual(defaultPolicy)
  })

  test('defaults of the national text and of domain.md §2.3', () => {
    expect(defaultPolicy.quota).toMatchObject({
      scope: 'county',
      rateTotal: { num: 10, den: 100 },
      backboneReading: 'A',
      rateBackbone: { num: 20, den: 100 },
      countContinuing: true,
      includePrincipals: false,
    })
    expect(defaultPolicy.eligibility).toMatchObject({ tenureMonths: 72, retirementMonths: 60, ageBelow: null })
    expect(defaultPolicy.process).toMatchObject({ noticeWorkingDays: 5, reportInDays: 7, maxWishes: 3 })
  })

  test.each([
    ['an unknown key', { ...defaultPolicy, quota: { ...defaultPolicy.quota, rate: 1 } }],
    ['a missing key', { ...defaultPolicy, quota: { ...defaultPolicy.quota, scope: undefined } }],
    ['a share above one', { ...defaultPolicy, quota: { ...defaultPolicy.quota, rateTotal: { num: 3, den: 2 } } }],
    [
      'a share with a fraction',
      { ...defaultPolicy, quota: { ...defaultPolicy.quota, rateTotal: { num: 0.1, den: 1 } } },
    ],
    ['six days of notice', { ...defaultPolicy, process: { ...defaultPolicy.process, noticeWorkingDays: 6 } }],
    ['form 10', { ...defaultPolicy, quota: { ...defaultPolicy.quota, countedForms: [10] } }],
  ])('refuses %s', (_, policy) => {
    expect(policySchema.safeParse(policy).success).toBe(false)
  })

  test('SEC-SD-7 a delegation runs 30 days at most; a policy saved with more reads as 30, a new one is refused', () => {
    const process = { ...defaultPolicy.process, delegationMaxDays: 60 }
    expect(defaultPolicy.process.delegationMaxDays).toBe(30)
    expect(storedPolicy({ ...defaultPolicy, process }).process.delegationMaxDays).toBe(30)
    expect(storedPolicy({ ...defaultPolicy, process: { ...process, delegationMaxDays: 10 } }).process).toMatchObject({
      delegationMaxDays: 10,
    })
    expect(policySchema.safeParse({ ...defaultPolicy, process }).success).toBe(false)
  })

  test('every setting has its two message keys, once', () => {
    expect(new Set(POLICY_FIELDS.map(({ explain }) => explain)).size).toBe(POLICY_FIELDS.length)
    for (const { section, field } of POLICY_FIELDS) expect(defaultPolicy[section]).toHaveProperty(field)
    const settings = Object.values(defaultPolicy).flatMap((section) => Object.keys(section))
    expect(POLICY_FIELDS).toHaveLength(settings.length)
  })
})
