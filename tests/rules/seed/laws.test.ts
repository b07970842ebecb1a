import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { generateDistrict, onlySchools } from '@/db/seed/district.ts'
import { GRADES_OF_TITLE } from '@/lib/rules/register/vocabulary.ts'
import { addMonths, ageOn, monthOf, parseDay } from '@/lib/rules/values/dates.ts'

const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex')

describe('determinism', { timeout: 30_000 }, () => {
  test('one seed is one district, another seed another', () => {
    const first = hash(generateDistrict({ seed: 2026 }))
    expect(hash(generateDistrict({ seed: 2026 }))).toBe(first)
    expect(hash(generateDistrict({ seed: 2027 }))).not.toBe(first)
  })
})

describe('ten districts side by side', () => {
  const districts = Array.from({ length: 10 }, (_, index) => generateDistrict({ seed: 2026, index }))
  const distinct = (values: (string | null)[]) => new Set(values).size

  test('citizen numbers, telephones, school codes, district codes and names never meet', () => {
    const staff = districts.flatMap((d) => d.staff)
    expect(distinct(staff.map((p) => p.idNumber))).toBe(62_300)
    expect(distinct(staff.map((p) => p.phone))).toBe(62_300)
    expect(distinct(districts.flatMap((d) => d.schools.map((s) => s.code)))).toBe(510)
    expect(distinct(districts.map((d) => d.code))).toBe(10)
    expect(distinct(districts.map((d) => d.name))).toBe(10)
  })

  test('staff numbers are unique inside a district', () => {
    for (const { staff } of districts) expect(distinct(staff.map((p) => p.staffNo))).toBe(staff.length)
  })

  test('people differ from district to district', () => {
    const [one, other] = [districts[0]!, districts[1]!]
    const same = one.staff.filter((p, i) => p.name === other.staff[i]!.name)
    expect(same.length).toBeLessThan(200)
  })
})

describe.each([0, 3])('laws of every record, district %i', { timeout: 30_000 }, (index) => {
  const district = generateDistrict({ seed: 'laws', index })
  const { staff } = district
  const byId = new Map(staff.map((p) => [p.idNumber, p]))

  test('citizen numbers have the unassigned area, a right checksum, and the birth and sex of the record', () => {
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    for (const p of staff) {
      const check = '10X98765432'[weights.reduce((s, w, i) => s + w * Number(p.idNumber[i]), 0) % 11]
      expect(p.idNumber).toMatch(/^150699\d{11}[\dX]$/)
      expect(p.idNumber[17]).toBe(check)
      expect(p.idNumber.slice(6, 14)).toBe(p.birth.replaceAll('-', ''))
      expect(Number(p.idNumber[16]) % 2 === 1).toBe(p.sex === 'M')
      expect(p.phone).toMatch(/^143\d{8}$/)
      if (p.certificateNo) expect(p.certificateNo).toMatch(/^\d{17}$/)
    }
  })

  test('birth + 18 ≤ joined work ≤ joined school ≤ 2026-08, title obtained ≤ appointed ≤ post', () => {
    for (const p of staff) {
      expect(p.joinedWork >= addMonths(monthOf(p.birth), 18 * 12)).toBe(true)
      expect(p.joinedSchool >= p.joinedWork).toBe(true)
      expect(p.joinedSchool <= '2026-08').toBe(true)
      if (p.title === 'none') expect([p.titleObtained, p.titleAppointed, p.postSince]).toEqual([null, null, null])
      else {
        expect(
          p.titleObtained! >= p.joinedWork &&
            p.titleAppointed! >= p.titleObtained! &&
            p.postSince! >= p.titleAppointed!,
        ).toBe(true)
        expect(p.postSince! <= '2026-08').toBe(true)
      }
      if (p.joinedParty) expect(p.joinedParty >= addMonths(monthOf(p.birth), 18 * 12)).toBe(true)
      for (const honour of p.honours) expect(honour.awarded! >= p.joinedWork && honour.awarded! <= '2026-08').toBe(true)
      for (const { year } of p.assessments) expect(p.joinedWork <= `${year}-12`).toBe(true)
    }
  })

  test('titles fit age, category and form; grades fit titles', () => {
    for (const p of staff) {
      const age = ageOn(p.birth, district.statisticsDate)
      if (p.title === 'senior' || p.title === 'full_senior') expect(age).toBeGreaterThanOrEqual(32)
      if (p.category === 'worker') expect([p.title, p.postKind]).toEqual(['none', 'worker'])
      const range = GRADES_OF_TITLE[p.title]
      if (range) expect(p.postGrade! >= range[0] && p.postGrade! <= range[1]).toBe(true)
      else expect(p.postGrade).toBeNull()
    }
    const low = staff.filter((p) => (p.title === 'third' || p.title === 'none') && p.category !== 'worker')
    const expected = low.filter((p) => ageOn(p.birth, district.statisticsDate) < 30 || p.form !== 'in')
    expect(expected.length / low.length).toBeGreaterThan(0.9)
  })

  test('R-RET-2 nobody is past the statutory date: men and senior women born from 1966-05, other women from 1971-05, women workers from 1976-02', () => {
    for (const p of staff) {
      const sixty = p.sex === 'M' || p.title === 'senior' || p.title === 'full_senior'
      const floor = sixty ? '1966-05-01' : p.postKind === 'worker' ? '1976-02-01' : '1971-05-01'
      expect(p.birth >= floor).toBe(true)
    }
  })

  test('one class teacher a class and one principal a school', () => {
    for (const s of district.schools.filter((school) => school.kind !== 'research')) {
      const own = staff.filter((p) => p.school === s.name)
      expect(own.filter((p) => p.isClassTeacher === true)).toHaveLength(s.classes.reduce((a, b) => a + b, 0))
      expect(own.filter((p) => p.duty !== null && /校长/.test(p.duty) && !/副校长/.test(p.duty))).toHaveLength(1)
    }
  })

  test('R-ROT running postings put people to work elsewhere; nobody else works elsewhere', () => {
    const running = district.rotations.filter((r) => r.planned)
    for (const r of running) {
      const p = byId.get(r.idNumber)!
      expect([p.school, p.workSchool, p.status]).toEqual([r.fromSchool, r.toSchool, 'on_post'])
      expect(r.fromSchool).not.toBe(r.toSchool)
      expect(r.end! > '2026-11').toBe(true)
    }
    expect(staff.filter((p) => p.workSchool !== p.school)).toHaveLength(running.length)
    expect(running.filter((r) => byId.get(r.idNumber)!.honours.some((h) => h.level !== 'school'))).toHaveLength(63)
    for (const r of district.rotations.filter((x) => !x.planned)) {
      const p = byId.get(r.idNumber)!
      if (r.movesRelation) expect([r.toSchool, r.start, r.end]).toEqual([p.school, p.joinedSchool, null])
      else expect(r.fromSchool === p.school && r.start >= p.joinedSchool && r.end! <= '2026-07').toBe(true)
    }
    expect(new Set(district.rotations.map((r) => r.idNumber)).size).toBe(671)
  })

  test('leaves and discipline agree with the status on the roster', () => {
    const kinds: Record<string, string> = {
      maternity: 'maternity',
      seconded: 'seconded',
      sick: 'sick',
      support: 'support',
      study: 'study',
      birth: 'on_post',
    }
    for (const l of district.leaves) {
      const p = byId.get(l.idNumber)!
      expect(p.status).toBe(kinds[l.kind])
      expect(l.school).toBe(p.school)
      for (const date of [l.start, l.end, l.childBirth]) if (date) expect(parseDay(date)).toBe(date)
      if (l.kind === 'maternity') expect(l.start! <= '2026-09-01' && l.end! >= '2026-09-01').toBe(true)
    }
    for (const d of district.disciplines)
      expect(byId.get(d.idNumber)!.status).toBe(d.kind === 'investigation' ? 'suspended' : 'on_post')
  })

  test('names: Han and Mongolian, some long, some with characters beyond the basic plane', () => {
    expect(staff.some((p) => [...p.name].length >= 10 && p.name.includes('·'))).toBe(true)
    expect(staff.some((p) => [...p.name].length < p.name.length)).toBe(true)
    expect(staff.filter((p) => p.ethnic === '蒙古族').length).toBeGreaterThan(600)
  })

  test('a part of the district stays closed in itself', () => {
    const names = district.schools.slice(0, 6).map((s) => s.name)
    const part = onlySchools(district, names)
    expect(part.schools).toHaveLength(6)
    expect(part.staff.length).toBeGreaterThan(700)
    expect(part.staff.every((p) => names.includes(p.school) && names.includes(p.workSchool))).toBe(true)
    expect(part.rotations.every((r) => names.includes(r.fromSchool) && names.includes(r.toSchool))).toBe(true)
  })
})
