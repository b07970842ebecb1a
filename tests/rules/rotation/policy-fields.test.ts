import { describe, expect, test } from 'vitest'
import { translator } from '@/lib/i18n/translate.ts'
import { FINDINGS } from '@/lib/rules/rotation/eligibility-result.ts'
import {
  changedFields,
  POLICY_SECTIONS,
  policyLeaves,
  readPolicySection,
  typedSection,
} from '@/lib/rules/rotation/policy/fields.ts'
import { POLICY_RULE_IDS } from '@/lib/rules/rotation/policy/rule-ids.ts'
import { defaultPolicy, POLICY_FIELDS, policySchema } from '@/lib/rules/rotation/policy.ts'
import { ratio } from '@/lib/rules/values/ratio.ts'

describe('R-QUOTA-1 the policy document as a form', () => {
  test.each(POLICY_SECTIONS)('section %s: what the form shows reads back as the same section', (section) => {
    const read = readPolicySection(section, defaultPolicy, typedSection(section, defaultPolicy))
    expect(read).toEqual({ ok: true, value: defaultPolicy[section] })
  })

  test('every setting of the schema can be typed', () => {
    for (const section of POLICY_SECTIONS) {
      const fields = new Set(policyLeaves(section, defaultPolicy).map(({ field }) => field))
      expect([...fields].sort()).toEqual(Object.keys(policySchema.shape[section].shape).sort())
    }
  })

  test('a changed share, an emptied choice of ages and a ticked box', () => {
    const quota = { ...typedSection('quota', defaultPolicy), 'v.rateTotal.num': '15', 'v.countedForms~8': 'on' }
    const read = readPolicySection('quota', defaultPolicy, quota)
    expect(read.ok && read.value.rateTotal).toEqual(ratio(15, 100))
    expect(read.ok && read.value.countedForms).toContain(8)
    const typed = { ...typedSection('eligibility', defaultPolicy), 'v.ageBelow.M': '50', 'v.ageBelow.F': '45' }
    const ages = readPolicySection('eligibility', defaultPolicy, typed)
    expect(ages.ok && ages.value.ageBelow).toEqual({ M: 50, F: 45 })
    const none = readPolicySection('eligibility', defaultPolicy, typedSection('eligibility', defaultPolicy))
    expect(none.ok && none.value.ageBelow).toBeNull()
  })

  test.each([
    ['a share above the whole', 'quota', { 'v.rateTotal.num': '101' }, 'rateTotal'],
    ['months that are no number', 'eligibility', { 'v.tenureMonths': '六年' }, 'tenureMonths'],
    ['a day that is none', 'quota', { 'v.orderedBy': '13-40' }, 'orderedBy'],
    ['a negative norm', 'norm', { 'v.primaryTenths': '-190' }, 'primaryTenths'],
  ] as const)('%s is refused at its field', (_, section, typed, path) => {
    const read = readPolicySection(section, defaultPolicy, { ...typedSection(section, defaultPolicy), ...typed })
    expect(read.ok).toBe(false)
    expect(!read.ok && read.problems.map((problem) => problem.path)).toEqual([path])
  })

  test.each(['zh-CN', 'en'] as const)(
    'every setting has its label, sentence and rule, every finding its sentence (%s)',
    (locale) => {
      const t = translator(locale)
      const missing = POLICY_FIELDS.filter(
        ({ section, field, label, explain }) =>
          !t.has(label) || !t.has(explain) || !(POLICY_RULE_IDS[section] as Record<string, string>)[field],
      )
      expect(missing).toEqual([])
      expect(FINDINGS.filter((finding) => !t.has(`rotation.eligibility.reason.${finding}`))).toEqual([])
    },
  )
})

test('R-QUOTA-1 a draft says which settings differ from the policy in force, and no others', () => {
  const draft = { ...defaultPolicy, quota: { ...defaultPolicy.quota, rateTotal: ratio(12, 100) } }
  expect(changedFields(defaultPolicy, defaultPolicy)).toEqual([])
  expect(changedFields(draft, defaultPolicy)).toEqual([{ section: 'quota', field: 'rateTotal' }])
})
