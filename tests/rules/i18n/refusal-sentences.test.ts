import { describe, expect, test } from 'vitest'
import { refusalSentences } from '@/lib/i18n/refusal-sentences.ts'
import { translator } from '@/lib/i18n/translate.ts'

const zh = translator('zh-CN')
const en = translator('en')

describe('SEC-A1 a refusal in the trail reads as the person read it', () => {
  const details = { refusals: [{ code: 'order.refusal.notNow', values: { number: 12, state: 'on_notice' } }] }

  test('the sentence in both languages, with its values and its code', () => {
    expect(refusalSentences(zh, 'order.refusal.notNow', details)).toEqual([
      { code: 'order.refusal.notNow', text: '申报 12 现为“公示中”，不能这样办理。请刷新后重试。' },
    ])
    expect(refusalSentences(en, 'order.refusal.notNow', details)?.[0]?.text).toContain('Case 12 is now “On notice”')
  })

  test('several codes are several sentences; values no longer kept are an ellipsis', () => {
    const found = refusalSentences(zh, 'order.refusal.applied, platform.refusal.forbidden', null)
    expect(found?.map(({ code }) => code)).toEqual(['order.refusal.applied', 'platform.refusal.forbidden'])
    expect(found?.[0]?.text).toContain('申报 …')
    for (const { code, text } of found ?? []) expect(text).not.toContain(code)
  })

  test('a person’s own words stay as they are', () => {
    expect(refusalSentences(zh, '工作需要', null)).toBeNull()
    expect(refusalSentences(zh, null, null)).toBeNull()
  })
})
