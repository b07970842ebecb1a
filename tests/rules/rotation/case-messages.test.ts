import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { INVARIANTS } from '@/db/invariants.ts'
import { root } from '@/lib/cli/start/places.mjs'
import { LOCALES } from '@/lib/i18n/messages.ts'
import { translator } from '@/lib/i18n/translate.ts'
import { BUREAU_REASONS } from '@/lib/rules/rotation/case-facts.ts'
import { GUARDS } from '@/lib/rules/rotation/case-guards.ts'
import { CASE_STATES } from '@/lib/rules/rotation/case-states.ts'
import { CASE_ACTIONS } from '@/lib/rules/rotation/case-workflow.ts'

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)],
  )
/** Keys written in the code of the case engine. */
const written = filesUnder(join(root, 'lib/rotation')).flatMap((file) =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /'((?:case|round)\.(?:refusal|done|unmet|notification|taskText)\.[A-Za-z_]+)'/g,
    ),
  ].map((found) => found[1]!),
)

describe('every refusal, state and message of a case has its sentence', () => {
  test.each(LOCALES)('%s', (locale) => {
    const t = translator(locale)
    const keys = [
      ...written,
      ...Object.values(INVARIANTS).flatMap(({ code }) => (/^(case|round)\./.test(code) ? [code] : [])),
      ...Object.keys(GUARDS).map((guard) => `case.unmet.${guard}`),
      ...CASE_STATES.map((state) => `case.state.${state}`),
      ...CASE_ACTIONS.map((action) => `case.action.${action}`),
      ...BUREAU_REASONS.map((reason) => `case.route.${reason}`),
      ...[
        'submit',
        'approve',
        'return',
        'refuse',
        'rule_approve',
        'rule_refuse',
        'assign',
        'accept_shortage',
        'take_back',
        'withdraw',
        'check',
        'reject',
        'decide',
      ].map((action) => `case.done.${action}`),
      ...['submit', 'approve', 'return', 'check', 'reject', 'withdraw', 'acceptShortage'].map(
        (action) => `case.bulk.${action}`,
      ),
      'twoPerson.summary.rotation.case.overrule',
      'twoPerson.summary.rotation.round.reopen',
    ]
    expect(written.length).toBeGreaterThan(60)
    expect([...new Set(keys)].filter((key) => !t.has(key))).toEqual([])
  })
  test('a refusal reads as one sentence with its figures', () => {
    const t = translator('zh-CN')
    expect(t('case.unmet.subjectCovered', { have: '5', need: '6' })).toContain('剩 5 人，需 6 人')
    expect(t('case.refusal.notListed', { action: 'approve', state: 'decided' })).toContain('局审定')
    expect(t('case.unmet.notRerouted', { why: 'same_head' })).toBe('两校由同一人任校长，此步已转教育局办理。')
    expect(t('case.done.refuse', { state: 'submitted', name: '演示001' })).toContain('转教育局裁定')
  })
})
