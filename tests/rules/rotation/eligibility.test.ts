import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assessEligibility, reasonRules } from '@/lib/rules/rotation/eligibility.ts'
import type { PostingFact, TeacherFacts } from '@/lib/rules/rotation/facts.ts'
import { isPrincipalDuty } from '@/lib/rules/rotation/facts.ts'
import { defaultPolicy, type Policy } from '@/lib/rules/rotation/policy.ts'
import { addDays, day, fromDayNumber, month, toDayNumber } from '@/lib/rules/values/dates.ts'
import { aTeacher } from '@/tests/support/facts.ts'

const SNAPSHOT = day('2027-08-31')
const assess = (facts: TeacherFacts, policy: Policy = defaultPolicy, on = SNAPSHOT) =>
  assessEligibility(facts, policy, on)
const withSettings = (changes: Partial<Policy['eligibility']>): Policy => ({
  ...defaultPolicy,
  eligibility: { ...defaultPolicy.eligibility, ...changes },
})
const posting = (from: string, until: string | null, more: Partial<PostingFact> = {}): PostingFact => ({
  form: 1,
  other: null,
  movesRelation: false,
  fromSchool: 'S1',
  toSchool: 'S2',
  from: day(from),
  until: until === null ? null : day(until),
  orderedOn: null,
  periodsPerWeek: null,
  ...more,
})
const appointed = (title: 'senior' | 'first', since = '2015-09'): TeacherFacts['titles'] => [
  { title, obtained: month(since), appointed: month(since) },
]

describe('R-ELIG test vectors of domain.md §2.3, snapshot 2027-08-31', () => {
  test('case 1: F 1985-03-12, joined 2021-09: eligible with 72 months', () => {
    const result = assess(aTeacher({ joined: '2021-09' }))
    expect(result).toMatchObject({ state: 'eligible', decidingRule: null, tenureMonths: 72, reasons: [] })
  })

  test('case 2: joined 2021-10: not yet, 71 months, reached with 2027-09', () => {
    const result = assess(aTeacher({ joined: '2021-10' }))
    expect(result).toMatchObject({ state: 'not_yet', decidingRule: 'R-ELIG-3', tenureMonths: 71 })
    expect(result.nextChange).toBe('2027-09-01')
    expect(result.reasons[0]).toMatchObject({ until: '2027-09-01', values: { months: 71, needed: 72 } })
  })

  test('case 3: F 1972-03-15, 高级教师 appointed: eligible, retires 2034-01-15', () => {
    const result = assess(aTeacher({ birth: day('1972-03-15'), titles: appointed('senior') }))
    expect(result).toMatchObject({ state: 'eligible', retirementCategory: 'F60', retirementDate: '2034-01-15' })
  })

  test('case 4: the same with 一级教师: exempt, retires 2027-10-15', () => {
    const result = assess(aTeacher({ birth: day('1972-03-15'), titles: appointed('first') }))
    expect(result).toMatchObject({ state: 'exempt', decidingRule: 'R-ELIG-5', retirementDate: '2027-10-15' })
    expect(result.nextChange).toBeNull()
  })

  test('case 5: child born 2026-11-02: deferred to 2027-11-02', () => {
    const result = assess(aTeacher({ births: [day('2026-11-02')], joined: '2016-09' }))
    expect(result).toMatchObject({ state: 'deferred', decidingRule: 'R-ELIG-6', nextChange: '2027-11-02' })
    expect(assess(aTeacher({ births: [day('2026-11-02')] }), defaultPolicy, day('2027-11-01')).state).toBe('deferred')
    expect(assess(aTeacher({ births: [day('2026-11-02')] }), defaultPolicy, day('2027-11-02')).state).toBe('eligible')
  })

  test('case 6: M 1970-07-07: exempt, retires 2031-12-07', () => {
    const result = assess(aTeacher({ sex: 'M', birth: day('1970-07-07'), joined: '2009-09' }))
    expect(result).toMatchObject({ state: 'exempt', retirementDate: '2031-12-07' })
  })

  test('case 7: M 1971-01-31: eligible, retires 2032-08-31, exactly five years left', () => {
    const result = assess(aTeacher({ sex: 'M', birth: day('1971-01-31') }))
    expect(result).toMatchObject({ state: 'eligible', retirementDate: '2032-08-31', nextChange: '2027-09-01' })
  })

  test('case 8: M 1971-01-30: exempt, retires 2032-08-30', () => {
    const result = assess(aTeacher({ sex: 'M', birth: day('1971-01-30') }))
    expect(result).toMatchObject({ state: 'exempt', retirementDate: '2032-08-30' })
  })

  test('case 9: posting to 2027-07-31 completed: not yet until 2033-07', () => {
    const facts = aTeacher({ sex: 'M', joined: '2012-09', postings: [posting('2025-09-01', '2027-08-01')] })
    const result = assess(facts)
    expect(result).toMatchObject({ state: 'not_yet', decidingRule: 'R-ELIG-11', nextChange: '2033-07-01' })
    expect(result.tenureMonths).toBe(180)
    expect(assess(facts, defaultPolicy, day('2033-06-30')).state).toBe('not_yet')
    expect(assess(facts, defaultPolicy, day('2033-07-01')).state).toBe('eligible')
  })

  test('case 10: F seconded since 2025-03: out of scope', () => {
    const result = assess(
      aTeacher({ absences: [{ kind: 'seconded', from: day('2025-03-01'), until: null, grade: null }] }),
    )
    expect(result).toMatchObject({ state: 'out_of_scope', decidingRule: 'R-ELIG-2', nextChange: null })
  })
})

describe('R-ELIG-0 order, all reasons, next change', () => {
  test('the first group decides, every reason is listed in order', () => {
    const result = assess(
      aTeacher({
        joined: '2024-09',
        births: [day('2027-01-05')],
        disciplines: [{ kind: 'warning', from: day('2027-08-31'), until: day('2028-03-01') }],
        absences: [{ kind: 'study', from: day('2027-03-01'), until: day('2027-10-01'), grade: null }],
      }),
    )
    expect(result.state).toBe('out_of_scope')
    expect(reasonRules(result)).toEqual(['R-ELIG-2', 'R-ELIG-3', 'R-ELIG-6', 'R-ELIG-8'])
    expect(result.nextChange).toBe('2027-10-01')
  })

  test('a reason that ends while another holds the same state is no change', () => {
    const result = assess(
      aTeacher({
        births: [day('2026-11-02')],
        absences: [{ kind: 'illness', from: day('2027-01-01'), until: day('2028-02-29'), grade: null }],
      }),
    )
    expect(result.nextChange).toBe('2028-02-29')
  })

  test('an eligible teacher changes when the five years before retirement begin', () => {
    const result = assess(aTeacher({ sex: 'M', birth: day('1972-02-29') }))
    expect(result).toMatchObject({ state: 'eligible', retirementDate: '2033-12-29', nextChange: '2028-12-30' })
  })

  test('next change is the first day on which the state differs, and no day before does', () => {
    const days = fc.integer({ min: -900, max: 900 }).map((shift) => addDays(SNAPSHOT, shift))
    const facts = fc
      .record({
        joined: fc.constantFrom('2020-01', '2021-08', '2021-10', '2022-02'),
        birth: fc
          .integer({ min: toDayNumber(day('1968-01-01')), max: toDayNumber(day('1999-12-31')) })
          .map(fromDayNumber),
        sex: fc.constantFrom('M' as const, 'F' as const),
        births: fc.array(days, { maxLength: 1 }),
        absence: fc.option(
          fc.tuple(fc.constantFrom('seconded' as const, 'illness' as const, 'maternity' as const), days, days),
        ),
        ended: fc.option(days),
      })
      .map(({ absence, ended, ...rest }) =>
        aTeacher({
          ...rest,
          absences: absence ? [{ kind: absence[0], from: absence[1], until: absence[2], grade: null }] : [],
          postings: ended ? [posting('2015-09-01', ended)] : [],
        }),
      )
    fc.assert(
      fc.property(facts, (teacher) => {
        const result = assess(teacher)
        const last = result.nextChange ?? addDays(SNAPSHOT, 1500)
        for (let on = SNAPSHOT; on < last; on = addDays(on, 17))
          expect(assess(teacher, defaultPolicy, on).state).toBe(result.state)
        expect(assess(teacher, defaultPolicy, addDays(last, -1)).state).toBe(result.state)
        if (result.nextChange) expect(assess(teacher, defaultPolicy, result.nextChange).state).not.toBe(result.state)
      }),
      { numRuns: 60 },
    )
  })
})

describe('R-ELIG-1 scope', () => {
  test.each([
    ['outsideEstablishment', { form: 'contract' }],
    ['notTeacher', { category: 'administrative' }],
    ['leftService', { status: 'resigned' }],
    ['researchCentre', { stage: 'R', school: { ...aTeacher().school, kind: 'research' } }],
    ['notPublic', { school: { ...aTeacher().school, isPublic: false } }],
    ['otherStage', { stage: 'S' }],
  ] as const)('%s is out of scope', (finding, changes) => {
    const result = assess(aTeacher(changes as Partial<TeacherFacts>))
    expect(result).toMatchObject({ state: 'out_of_scope', decidingRule: 'R-ELIG-1' })
    expect(result.reasons.map((reason) => reason.finding)).toContain(finding)
  })

  test('产假, 长期病休 and 停职 stay in scope and their own rules decide', () => {
    const sick = { kind: 'sick', from: day('2027-01-01'), until: null, grade: null } as const
    expect(assess(aTeacher({ status: 'sick', absences: [sick] })).decidingRule).toBe('R-ELIG-7')
    const maternity = { kind: 'maternity', from: day('2027-05-01'), until: day('2027-10-06'), grade: null } as const
    expect(assess(aTeacher({ status: 'maternity', absences: [maternity] }))).toMatchObject({
      decidingRule: 'R-ELIG-6',
      nextChange: '2027-10-06',
    })
    const suspended = { kind: 'investigation', from: day('2027-06-15'), until: null } as const
    expect(assess(aTeacher({ status: 'suspended', disciplines: [suspended] })).decidingRule).toBe('R-ELIG-8')
  })
})

describe('R-ELIG-4…12 settings', () => {
  test('R-ELIG-4 age is off by default; M < 50 exempts from the 50th birthday', () => {
    const facts = aTeacher({ sex: 'M', birth: day('1977-09-01') })
    const policy = withSettings({ ageBelow: { M: 50, F: 45 } })
    expect(assess(facts).state).toBe('eligible')
    expect(assess(facts, policy)).toMatchObject({ state: 'eligible', nextChange: '2027-09-01' })
    expect(assess(facts, policy, day('2027-09-01'))).toMatchObject({ state: 'exempt', decidingRule: 'R-ELIG-4' })
  })

  test('R-ELIG-5 36 months instead of 60', () => {
    const facts = aTeacher({ sex: 'M', birth: day('1970-07-07') })
    expect(assess(facts, withSettings({ retirementMonths: 36 })).state).toBe('eligible')
  })

  test('R-RET-4 past the date but listed: exempt with W-RETIRED', () => {
    const result = assess(aTeacher({ sex: 'M', birth: day('1966-10-31') }))
    expect(result).toMatchObject({ state: 'exempt', decidingRule: 'R-ELIG-5' })
    expect(result.warnings[0]).toMatchObject({ code: 'W-RETIRED', values: { date: '2027-04-30' } })
  })

  test('R-RET-3 a request on file replaces the statutory date', () => {
    const facts = aTeacher({
      birth: day('1972-03-15'),
      titles: appointed('senior'),
      retirement: { override: null, choice: day('2027-10-15') },
    })
    expect(assess(facts)).toMatchObject({ state: 'exempt', retirementDate: '2027-10-15' })
  })

  test('R-RET-3 the held title counts only where the policy says so', () => {
    const titles: TeacherFacts['titles'] = [{ title: 'senior', obtained: month('2020-12'), appointed: null }]
    const facts = aTeacher({ birth: day('1972-03-15'), titles })
    expect(assess(facts).retirementCategory).toBe('F55')
    expect(assess(facts, withSettings({ seniorTitleBy: 'held' })).retirementCategory).toBe('F60')
  })

  test('R-ELIG-6 a child born on 29 February defers until 1 March; a father is not deferred', () => {
    const facts = aTeacher({ births: [day('2028-02-29')] })
    expect(assess(facts, defaultPolicy, day('2029-02-28')).state).toBe('deferred')
    expect(assess(facts, defaultPolicy, day('2029-03-01')).state).toBe('eligible')
    expect(assess({ ...facts, sex: 'M' }, defaultPolicy, day('2028-08-31')).state).toBe('eligible')
  })

  test('R-ELIG-7 a sick leave of less than six months does not defer; disability of grade 3 neither', () => {
    const sick = (until: string) =>
      aTeacher({ absences: [{ kind: 'sick', from: day('2027-06-01'), until: day(until), grade: null }] })
    expect(assess(sick('2027-11-30')).state).toBe('eligible')
    expect(assess(sick('2027-12-01')).state).toBe('deferred')
    const grade = (number: number) =>
      aTeacher({ absences: [{ kind: 'disability', from: null, until: null, grade: number }] })
    expect(assess(grade(2)).state).toBe('deferred')
    expect(assess(grade(3)).state).toBe('eligible')
  })

  test('R-ELIG-8 only the last assessment counts; three passes may be asked for', () => {
    const results = (...list: ('pass' | 'fail' | 'basic')[]) =>
      aTeacher({ assessments: list.map((result, index) => ({ year: 2024 + index, result })) })
    expect(assess(results('pass', 'pass', 'fail')).decidingRule).toBe('R-ELIG-8')
    expect(assess(results('fail', 'pass', 'pass')).state).toBe('eligible')
    expect(assess(results('pass', 'basic', 'pass'), withSettings({ passedAssessments: 3 })).state).toBe('deferred')
  })

  test('R-ELIG-9 bond, R-ELIG-10 and R-ELIG-12 by decision only', () => {
    expect(assess(aTeacher({ bondUntil: day('2028-09-01') }))).toMatchObject({
      state: 'not_yet',
      decidingRule: 'R-ELIG-9',
      nextChange: '2028-09-01',
    })
    for (const rule of ['R-ELIG-10', 'R-ELIG-12'] as const) {
      const exemption = {
        rule,
        state: 'deferred',
        from: day('2027-05-01'),
        until: day('2028-08-31'),
        document: '纪要3',
      }
      const result = assess(aTeacher({ exemptions: [exemption as TeacherFacts['exemptions'][number]] }))
      expect(result).toMatchObject({ state: 'deferred', decidingRule: rule, nextChange: '2028-08-31' })
      expect(result.reasons[0]?.values).toEqual({ document: '纪要3' })
    }
  })

  test('R-ELIG-11 a transfer, a shadowing and a campus move restart nothing', () => {
    const done = (more: Partial<PostingFact>) =>
      assess(aTeacher({ postings: [posting('2025-09-01', '2027-08-01', more)] }))
    expect(done({ movesRelation: true }).state).toBe('eligible')
    expect(done({ form: 9, other: 'shadowing' }).state).toBe('eligible')
    expect(done({ toSchool: 'S1' }).state).toBe('eligible')
    expect(done({ form: 9, other: 'support' }).state).toBe('not_yet')
  })

  test('R-TEN-3 a running posting does not end tenure; its end is the next change', () => {
    const result = assess(aTeacher({ postings: [posting('2026-09-01', '2028-08-01')] }))
    expect(result).toMatchObject({ state: 'eligible', nextChange: '2028-08-01' })
  })
})

test('R-QUOTA-1 principal: 校长 that is not 副校长', () => {
  expect(['校长', '党支部书记、校长', '园长', '副校长、校长'].map(isPrincipalDuty)).toEqual([true, true, true, true])
  expect(['副校长', '校长助理', '教务主任', '副园长', null].map(isPrincipalDuty)).toEqual(Array(5).fill(false))
})
