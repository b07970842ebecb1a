import { describe, expect, test } from 'vitest'
import { generateDistrict } from '@/db/seed/district.ts'
import type { HonourRecord, StaffRecord } from '@/lib/rules/register/records.ts'
import { addMonths, ageOn, month } from '@/lib/rules/values/dates.ts'

/** Counted here by hand, apart from the generator: how many fall on each value. */
function tally<T>(list: readonly T[], of: (item: T) => string | number | null): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const item of list) counts[String(of(item))] = (counts[String(of(item))] ?? 0) + 1
  return counts
}
const sum = (numbers: readonly (number | null)[]) => numbers.reduce<number>((a, b) => a + (b ?? 0), 0)

const MONTHS: Record<string, number> = {
  teaching_expert: 36,
  subject_leader: 36,
  backbone: 60,
  famous: 60,
  special_grade: 9999,
}
const counts = (honour: HonourRecord) =>
  honour.level !== 'school' &&
  honour.kind in MONTHS &&
  addMonths(honour.awarded!, MONTHS[honour.kind]!) > month('2026-09')
const isBackbone = (person: StaffRecord) => person.honours.some(counts)

describe.each([0, 7, 99])('§9 census of district %i', (index) => {
  const district = generateDistrict({ seed: 2026, index })
  const { staff } = district
  const schools = district.schools.filter((school) => school.kind !== 'research')
  const teachers = staff.filter((person) => person.category === 'teacher')

  test('§9.1 schools, pupils, places, flags', () => {
    expect(schools).toHaveLength(50)
    expect(district.schools).toHaveLength(51)
    expect(tally(schools, (s) => s.kind)).toEqual({ primary: 30, junior: 13, nine_year: 7 })
    expect(tally(schools, (s) => s.locality)).toEqual({ urban: 40, town: 7, rural: 3 })
    expect(sum(schools.map((s) => s.pupils.P))).toBe(53_010)
    expect(sum(schools.map((s) => s.pupils.J))).toBe(24_322)
    const quality = schools.filter((s) => s.quality)
    expect(quality).toHaveLength(21)
    expect(sum(quality.map((s) => s.seats))).toBe(40_900)
    expect(sum(schools.map((s) => s.seats))).toBe(81_625)
    const enlarged = schools.filter((s) => s.oneSchoolOnePlan)
    expect(enlarged).toHaveLength(7)
    expect(enlarged.every((s) => s.quality)).toBe(true)
    expect(sum(enlarged.map((s) => s.addedSeats))).toBe(1_200)
    expect(sum(schools.map((s) => s.addedSeats))).toBe(1_200)
    expect(schools.filter((s) => s.interactive)).toHaveLength(49)
    expect(schools.filter((s) => s.smartCampus)).toHaveLength(20)
    expect(schools.filter((s) => s.branchOf).map((s) => s.pairedClasses)).toEqual([10, 12])
  })

  test('§9.2 classes and pupils per locality; sizes stay under the limits', () => {
    const grade = (g: number) => sum(schools.map((s) => s.classes[g]!))
    expect([0, 1, 2, 3, 4, 5].map(grade).sort()).toEqual([221, 221, 222, 222, 222, 222])
    expect([6, 7, 8].map(grade)).toEqual([182, 182, 182])
    const pupils = (locality: string) =>
      sum(schools.filter((s) => s.locality === locality).map((s) => s.pupils.P + s.pupils.J))
    expect([pupils('urban'), pupils('town'), pupils('rural')]).toEqual([69_360, 7_072, 900])
    for (const s of schools) expect(s.pupils.P + s.pupils.J).toBeLessThanOrEqual(s.kind === 'nine_year' ? 2_500 : 2_000)
  })

  test('§9.3 people by category, establishment, sex', () => {
    expect(staff).toHaveLength(6_230)
    expect(tally(staff, (p) => p.category)).toEqual({ teacher: 5_760, administrative: 190, support: 170, worker: 110 })
    expect(tally(teachers, (p) => p.stage)).toEqual({ P: 3_776, J: 1_930, R: 54 })
    expect(tally(staff, (p) => (p.form === 'in' ? 'in' : 'out'))).toEqual({ in: 5_640, out: 590 })
    expect(sum(district.schools.map((s) => s.establishment))).toBe(5_720)
    expect(district.schools.find((s) => s.kind === 'research')!.establishment).toBe(57)
    expect(tally(staff, (p) => p.sex)).toEqual({ F: 4_486, M: 1_744 })
    expect(staff.filter((p) => p.school === '教研中心')).toHaveLength(54)
  })

  test('§9.3 ages, titles, grades, statuses', () => {
    const band = (p: StaffRecord) => {
      const age = ageOn(p.birth, district.statisticsDate)
      return age <= 24 ? '≤24' : age >= 60 ? '≥60' : String(Math.floor(age / 5) * 5)
    }
    expect(tally(staff, band)).toEqual({
      '≤24': 187,
      25: 872,
      30: 1_121,
      35: 1_121,
      40: 1_059,
      45: 935,
      50: 685,
      55: 225,
      '≥60': 25,
    })
    expect(tally(staff, (p) => p.title)).toEqual({
      full_senior: 31,
      senior: 1_433,
      first: 2_305,
      second: 1_869,
      third: 62,
      none: 530,
    })
    expect(tally(staff, (p) => p.postGrade)).toEqual({
      4: 31,
      5: 287,
      6: 573,
      7: 573,
      8: 692,
      9: 922,
      10: 691,
      11: 935,
      12: 934,
      13: 62,
      null: 530,
    })
    expect(tally(staff, (p) => p.status)).toEqual({
      on_post: 6_074,
      maternity: 58,
      seconded: 46,
      sick: 24,
      support: 18,
      study: 7,
      suspended: 3,
    })
  })

  test('§9.4 subjects of 专任教师', () => {
    const by = (stage: string) =>
      tally(
        teachers.filter((p) => p.stage === stage),
        (p) => p.subject,
      )
    expect(by('P')).toEqual({
      CHN: 1_465,
      MATH: 860,
      ENG: 265,
      MORAL: 195,
      SCI: 190,
      PE: 365,
      MUS: 180,
      ART: 172,
      IT: 60,
      PSY: 24,
    })
    expect(by('J')).toEqual({
      CHN: 318,
      MATH: 312,
      ENG: 322,
      MORAL: 150,
      HIST: 140,
      GEO: 98,
      BIO: 92,
      PHY: 95,
      CHEM: 72,
      PE: 148,
      MUS: 49,
      ART: 47,
      IT: 30,
      PSY: 12,
      LAB: 45,
    })
  })

  test('R-HON-1 backbone on 2026-09-01: 1 864 distinct people, each by one valid kind', () => {
    const backbone = staff.filter(isBackbone)
    expect(backbone).toHaveLength(1_864)
    expect(tally(backbone, (p) => p.stage)).toEqual({ P: 1_160, J: 664, R: 40 })
    const kinds = tally(
      backbone.flatMap((p) => p.honours.filter(counts)),
      (h) => h.kind,
    )
    expect(kinds).toEqual({ teaching_expert: 386, subject_leader: 135, famous: 152, backbone: 1_191, special_grade: 9 })
    for (const kind of ['backbone', 'famous'])
      expect(backbone.filter((p) => p.honours.filter(counts).filter((h) => h.kind === kind).length > 1)).toEqual([])
  })

  test('R-BAL-3 the balance story: weighted passes where the unweighted coefficient would fail', () => {
    const units = (stage: 'P' | 'J') =>
      schools
        .filter((s) => s.pupils[stage] > 0)
        .map((s) => ({
          pupils: s.pupils[stage],
          backbone: staff.filter((p) => p.school === s.name && p.stage === stage && isBackbone(p)).length,
        }))
    const cv = (list: { pupils: number; backbone: number }[], weigh: boolean) => {
      const all = sum(list.map((u) => u.pupils))
      const weight = (u: { pupils: number }) => (weigh ? u.pupils / all : 1 / list.length)
      const mean = sum(list.map((u) => (weight(u) * u.backbone) / u.pupils))
      return Math.sqrt(sum(list.map((u) => weight(u) * (u.backbone / u.pupils - mean) ** 2))) / mean
    }
    const [P, J] = [units('P'), units('J')]
    expect([P.length, J.length]).toEqual([37, 20])
    expect([cv(P, true), cv(J, true)].map((v) => v.toFixed(4))).toEqual(['0.4907', '0.4136'])
    expect([cv(P, false), cv(J, false)].map((v) => v.toFixed(4))).toEqual(['0.5896', '0.4587'])
    const town = schools.filter((s) => s.kind === 'primary' && s.locality === 'town')
    for (const s of town) {
      const per100 =
        (staff.filter((p) => p.school === s.name && p.stage === 'P' && isBackbone(p)).length / s.pupils.P) * 100
      expect(per100).toBeGreaterThanOrEqual(0.85)
      expect(per100).toBeLessThan(1)
    }
  })

  test('registers: 671 postings, 238 leaves and births, 10 disciplinary entries', () => {
    expect(tally(district.rotations, (r) => (r.movesRelation ? 'moved' : r.planned ? 'running' : 'done'))).toEqual({
      running: 286,
      done: 315,
      moved: 70,
    })
    expect(
      tally(
        district.rotations.filter((r) => r.planned),
        (r) => `${r.start}→${r.end}`,
      ),
    ).toEqual({
      '2026-09→2027-07': 70,
      '2026-09→2028-07': 67,
      '2026-09→2029-07': 57,
      '2025-09→2027-07': 64,
      '2025-09→2028-07': 28,
    })
    expect(tally(district.leaves, (l) => l.kind)).toEqual({
      birth: 85,
      maternity: 58,
      seconded: 46,
      sick: 24,
      support: 18,
      study: 7,
    })
    expect(tally(district.disciplines, (d) => d.kind)).toEqual({
      warning: 4,
      demerit: 2,
      demotion: 1,
      investigation: 3,
    })
  })
})
