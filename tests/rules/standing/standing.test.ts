import { describe, expect, test } from 'vitest'
import type { HonourKind, HonourLevel } from '@/lib/rules/register/vocabulary.ts'
import { defaultPolicy } from '@/lib/rules/rotation/policy.ts'
import { countedHonours, countsFrom, type Honour, isBackbone } from '@/lib/rules/standing/backbone.ts'
import { certificateFits, certificateStage } from '@/lib/rules/standing/certificate.ts'
import {
  gradeFitsTitle,
  postVacancies,
  relationMoveHasPost,
  titleOfGrade,
  titleStructure,
} from '@/lib/rules/standing/posts.ts'
import { type RuralService, ruralRecord } from '@/lib/rules/standing/promotion.ts'
import { addMonths, day, month } from '@/lib/rules/values/dates.ts'
import { ratio } from '@/lib/rules/values/ratio.ts'

const settings = defaultPolicy.eligibility
const honour = (
  kind: HonourKind,
  awarded: string,
  level: HonourLevel = 'county',
  more: Partial<Honour> = {},
): Honour => ({
  kind,
  level,
  awarded: month(awarded),
  ...more,
})
const holds = (honours: Honour[], on: string) => isBackbone(honours, day(on), settings)

describe('R-HON-1 backbone', () => {
  test('教学能手 lasts 36 months from the first day of its month, half-open', () => {
    const list = [honour('teaching_expert', '2023-09')]
    expect(holds(list, '2023-08-31')).toBe(false)
    expect(holds(list, '2023-09-01')).toBe(true)
    expect(holds(list, '2026-08-31')).toBe(true)
    expect(holds(list, '2026-09-01')).toBe(false)
  })
  test('the month an honour counts from is the same rule, for every kind, month and day', () => {
    const kinds = Object.keys(settings.honourValidityMonths) as HonourKind[]
    for (const on of ['2024-02-29', '2026-08-31', '2026-09-01', '2026-12-31'])
      for (const kind of kinds)
        for (let back = 0; back < 80; back++) {
          const awarded = addMonths(month(on.slice(0, 7)), -back)
          const from = countsFrom(kind, day(on), settings)
          const all = { ...settings, backboneKinds: kinds }
          expect(from === null || awarded >= from).toBe(isBackbone([{ kind, level: 'county', awarded }], day(on), all))
        }
  })
  test('骨干教师 60 months, 特级教师 without end, what the certificate states first', () => {
    expect(holds([honour('backbone', '2021-09')], '2026-08-31')).toBe(true)
    expect(holds([honour('special_grade', '1998-09', 'region')], '2026-08-31')).toBe(true)
    expect(holds([honour('famous', '2012-09', 'city', { validUntil: day('2027-01-01') })], '2026-12-31')).toBe(true)
  })
  test('校级, 教坛新秀, undated and revoked honours do not count', () => {
    expect(holds([honour('backbone', '2025-09', 'school')], '2026-08-31')).toBe(false)
    expect(holds([honour('young_star', '2025-09', 'city')], '2026-08-31')).toBe(false)
    expect(holds([{ kind: 'backbone', level: 'county', awarded: null }], '2026-08-31')).toBe(false)
    const revoked = [honour('backbone', '2025-09', 'city', { revokedOn: day('2026-03-01') })]
    expect([holds(revoked, '2026-02-28'), holds(revoked, '2026-03-01')]).toEqual([true, false])
  })
  test('a person counts once; the set of kinds is a setting', () => {
    const list = [
      honour('backbone', '2025-09'),
      honour('famous', '2025-09', 'city'),
      honour('young_star', '2025-09', 'city'),
    ]
    expect(countedHonours(list, day('2026-08-31'), settings)).toHaveLength(2)
    expect(isBackbone(list.slice(2), day('2026-08-31'), { ...settings, backboneKinds: ['young_star'] })).toBe(true)
  })
})

describe('R-POST-1 posts', () => {
  test('grade inside its title’s range, else E-POST-RANGE', () => {
    expect([gradeFitsTitle('senior', 5), gradeFitsTitle('senior', 8), gradeFitsTitle('none', 12)]).toEqual([
      true,
      false,
      false,
    ])
    expect(gradeFitsTitle('third', null)).toBe(true)
    expect([1, 4, 7, 10, 12, 13, 14].map(titleOfGrade)).toEqual([
      'full_senior',
      'full_senior',
      'senior',
      'first',
      'second',
      'third',
      null,
    ])
  })
  test('over-appointed grades are shown as negative vacancies', () => {
    expect(postVacancies([{ grade: 7, approved: 10, appointed: 12 }])[0]?.vacancy).toBe(-2)
  })
  test('a relation move needs a vacancy of its title or a district reserve post', () => {
    const posts = [
      { grade: 7, approved: 2, appointed: 2 },
      { grade: 8, approved: 3, appointed: 2 },
    ]
    expect([relationMoveHasPost('senior', posts, 0), relationMoveHasPost('first', posts, 0)]).toEqual([false, true])
    expect(relationMoveHasPost('senior', posts, 1)).toBe(true)
  })
  test('structure is a share of those with a title', () => {
    const counts = { full_senior: 1, senior: 9, first: 30, second: 55, third: 5, none: 20 }
    expect(titleStructure(counts)).toEqual({ senior: ratio(10, 100), middle: ratio(30, 100), junior: ratio(60, 100) })
    expect(titleStructure({ full_senior: 0, senior: 0, first: 0, second: 0, third: 0, none: 3 })).toBeNull()
  })
})

describe('R-CERT-1 certificate', () => {
  const post = { stage: 'J', subject: '数学', strict: false } as const
  test('reach is the own stage and below; the stage refuses, the subject warns unless strict', () => {
    expect(certificateFits({ kind: 'junior', subject: '数学' }, post)).toEqual({ ok: true, value: { warning: null } })
    expect(certificateFits({ kind: 'primary', subject: '数学' }, post).ok).toBe(false)
    expect(certificateFits({ kind: 'senior', subject: '物理' }, post)).toMatchObject({
      ok: true,
      value: { warning: 'standing.certificate.subjectDiffers' },
    })
    expect(certificateFits({ kind: 'senior', subject: '物理' }, { ...post, strict: true }).ok).toBe(false)
    expect(certificateFits({ kind: 'practice', subject: '数学' }, post).ok).toBe(false)
    expect(certificateFits({ kind: null, subject: null }, post).ok).toBe(false)
    expect(
      certificateFits({ kind: 'primary', subject: '学前教育' }, { stage: 'K', subject: '学前教育', strict: false }).ok,
    ).toBe(true)
  })
  test('highest stage for the planner: J covers P, not the reverse', () => {
    expect(
      ['kindergarten', 'primary', 'junior', 'vocational', null].map((kind) => certificateStage(kind as never)),
    ).toEqual([null, 'P', 'J', 'J', null])
  })
})

describe('R-PROM-1 rural or weak service', () => {
  const service = (from: string, until: string | null, more: Partial<RuralService> = {}): RuralService => ({
    schoolId: 'S9',
    locality: 'rural',
    weak: false,
    fromLocality: 'urban',
    isShadowing: false,
    order: '东教调〔2025〕7号',
    from: day(from),
    until: until === null ? null : day(until),
    ...more,
  })
  const record = (services: RuralService[], failed: number[] = [], on = '2027-08-31') =>
    ruralRecord(
      services,
      failed.map((year) => ({ year, result: 'fail' as const })),
      day(on),
      defaultPolicy.process,
    )

  test('one year of two semesters meets it', () => {
    expect(record([service('2025-09-01', '2026-09-01')])).toMatchObject({ months: 12, semesters: 2, meets: true })
    expect(record([service('2025-09-01', '2026-08-01')])).toMatchObject({ months: 11, semesters: 2, meets: false })
  })
  test('the flag of the day of service counts; weak schools in town count', () => {
    expect(record([service('2025-09-01', '2026-09-01', { locality: 'urban' })]).months).toBe(0)
    expect(record([service('2025-09-01', '2026-09-01', { locality: 'town', weak: true })]).months).toBe(12)
  })
  test('跟岗 and a posting from rural to urban do not count', () => {
    expect(record([service('2025-09-01', '2026-09-01', { isShadowing: true })]).months).toBe(0)
    expect(
      record([service('2025-09-01', '2026-09-01', { locality: 'urban', weak: true, fromLocality: 'rural' })]).months,
    ).toBe(0)
  })
  test('overlapping services count a month once; running service counts to the day', () => {
    expect(record([service('2025-09-01', '2026-09-01'), service('2026-03-01', '2026-09-01')]).months).toBe(12)
    expect(record([service('2026-09-01', null)], [], '2027-02-10')).toMatchObject({ months: 6, semesters: 1 })
  })
  test('a year assessed below 合格 does not count', () => {
    const result = record([service('2025-09-01', '2027-08-01')], [2026])
    expect(result.months).toBe(4 + 7)
    expect(result.counted.map(({ from, until }) => [from, until])).toEqual([
      ['2025-09-01', '2026-01-01'],
      ['2027-01-01', '2027-08-01'],
    ])
  })
})
