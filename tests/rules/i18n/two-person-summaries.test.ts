import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { valuesAsked } from '@/lib/i18n/filled.ts'
import { translator } from '@/lib/i18n/translate.ts'
import { effectOf, summaryOf } from '@/lib/i18n/two-person-summary.ts'
import { OPERATIONS } from '@/lib/registry/operations.ts'

const languages = [translator('zh-CN'), translator('en')]
const after = {
  number: 12,
  documentNo: '东教人〔2026〕31号',
  teacher: '演示甲',
  from: '第一小学',
  to: '第二小学',
  school: 'none',
  form: 'none',
  starts: 'none',
  ends: 'none',
  until: 'none',
  substitute: 'none',
}

/** One request of every kind, with the values its command keeps. */
const SAMPLES: Record<string, Record<string, string | number>[]> = {
  'platform.grant.give': [{ name: '演示甲', login: 'hr9', role: 'bureau_hr', flags: 'evidence' }],
  'platform.grant.end': [{ name: '演示甲', login: 'hr9', role: 'bureau_hr' }],
  'platform.grant.propose': [{ name: '演示甲', login: 'clerk9' }],
  'platform.settings.limits': [{ changes: 'idleMinutes 20 → 30; linkHours 24 → 48' }],
  'platform.user.disableAuditor': [{ name: '演示甲', login: 'auditor', reason: '调离' }],
  'register.honour.revoke': [{ name: '演示甲', on: '2026-11-01', level: 'county', kind: 'backbone' }],
  'rotation.policy.activate': [{ year: 2026, version: 2, title: '交流政策', document: '东教发〔2026〕1号' }],
  'rotation.case.overrule': [
    {
      round: '第一轮',
      count: 18,
      moved: 200,
      eligible: 2450,
      people: 45,
      reading: 'A',
      backboneMoved: 30,
      backboneBase: 200,
      backbone: 10,
    },
  ],
  'rotation.round.reopen': [{ round: '第一轮' }],
  'rotation.scenario.adopt': [{ round: '第一轮', scenario: '方案一', moves: 351 }],
  'rotation.notice.publish': [{ title: '公示', count: 351, days: 5, until: '2026-10-09' }],
  'rotation.notice.withdraw': [{ title: '公示', count: 351 }],
  'rotation.order.issue': [{ count: 3, first: '〔2026〕1号', last: '〔2026〕3号', from: '2026-11-01' }],
  'rotation.afterDecision': [
    { ...after, kind: 'correct', school: '第三小学', form: 3, ends: '2027-08-31' },
    { ...after, kind: 'defer_report', until: '2026-12-01' },
    { ...after, kind: 'reassign', school: '第三小学' },
    { ...after, kind: 'revoke' },
    { ...after, kind: 'substitute', substitute: '演示乙' },
  ],
  'rotation.service.change': ['extend', 'transfer', 'terminate'].map((kind) => ({
    kind,
    number: 12,
    teacher: '演示甲',
    on: '2027-08-31',
    documentNo: '东教人〔2026〕31号',
  })),
  'import.undo': [{ file: '花名册.xlsx', by: '演示甲', count: 6230 }],
}

describe('SEC §2.5 what the second person reads', () => {
  test('every operation has a sample here, and none is left over', () => {
    expect(Object.keys(SAMPLES).sort()).toEqual(OPERATIONS.map(({ name }) => name).sort())
  })

  test.each(OPERATIONS.map(({ name }) => name))('%s: what it is and what happens, whole and in words', (operation) => {
    for (const t of languages) {
      expect(t.has(`twoPerson.operation.${operation}`)).toBe(true)
      const seen = new Set<string>()
      for (const summary of SAMPLES[operation]!) {
        // Each value the sentences ask for is one that the request keeps
        for (const part of ['summary', 'effect'])
          expect(Object.keys(summary)).toEqual(expect.arrayContaining(valuesAsked(t, `twoPerson.${part}.${operation}`)))
        const sentences = [summaryOf({ operation, summary }, t), effectOf({ operation, summary }, t)]
        for (const sentence of sentences) {
          expect(sentence).toMatch(/[。.]$/)
          expect(sentence).not.toMatch(/[{}…]|none|twoPerson\.|bureau_|county|backbone_|idleMinutes|defer_report/)
        }
        seen.add(sentences.join())
      }
      // Each kind of a change reads differently
      expect(seen.size).toBe(SAMPLES[operation]!.length)
    }
    const [zh, en] = languages.map((t) => summaryOf({ operation, summary: SAMPLES[operation]![0]! }, t))
    expect(zh).not.toBe(en)
  })

  test.each(OPERATIONS.map(({ name, href }) => [name, href] as const))('%s: its subject has a page', (_, href) => {
    const parts = href('00000000-0000-7000-8000-000000000001').split('?')[0]!.split('/').filter(Boolean)
    const at = path.join(import.meta.dirname, '../../../app/(desk)')
    const folders = parts.reduce<string[]>(
      (found, part) =>
        found.flatMap((folder) =>
          part.startsWith('0000')
            ? ['schoolId', 'teacherId', 'userId', 'policyId', 'roundId', 'caseId', 'scenarioId', 'noticeId', 'batchId']
                .map((name) => path.join(folder, `[${name}]`))
                .filter((one) => existsSync(one))
            : [path.join(folder, part)],
        ),
      [at],
    )
    expect(folders.filter((folder) => existsSync(path.join(folder, 'page.tsx')))).toHaveLength(1)
  })
})
