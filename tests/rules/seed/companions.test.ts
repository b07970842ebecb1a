import { describe, expect, test } from 'vitest'
import { planAccounts } from '@/db/seed/accounts.ts'
import { generateDistrict, onlySchools } from '@/db/seed/district.ts'
import { generateReserve } from '@/db/seed/reserve.ts'
import { SEATS_BY_SHORTAGE } from '@/db/seed/reserve-plan.ts'
import { generateTalent } from '@/db/seed/talent.ts'
import { reserveCounter } from '@/lib/rules/reserve/counter.ts'
import { addMonthsToDay, contains } from '@/lib/rules/values/dates.ts'

describe.each([0, 5])('companions of district %i', (index) => {
  const district = generateDistrict({ seed: 2026, index })
  const byId = new Map(district.staff.map((p) => [p.idNumber, p]))

  test('§9.1 studios: 2 national, 9 of the city by researchers, 27 of the district with 4 for 德育', () => {
    const { studios } = generateTalent(district)
    const level = (name: string) => studios.filter((s) => s.level === name)
    expect([level('national').length, level('city').length, level('county').length]).toEqual([2, 9, 27])
    expect(level('county').filter((s) => s.kind === 'moral')).toHaveLength(4)
    expect(
      level('national').every((s) => s.kind === 'principal' && /校长$/.test(byId.get(s.host.idNumber)!.duty!)),
    ).toBe(true)
    expect(level('city').every((s) => byId.get(s.host.idNumber)!.stage === 'R')).toBe(true)
    if (index === 0)
      expect(
        level('national')
          .map((s) => s.host.name)
          .sort(),
      ).toEqual(['訾慧', '郭彩霞'])
    expect(new Set(studios.map((s) => s.name)).size).toBe(studios.length)
    for (const s of studios) {
      expect(s.until).toBe(addMonthsToDay(s.from, s.cycleYears * 12))
      expect(s.members.length).toBeGreaterThanOrEqual(3)
      expect(s.members.every((m) => byId.get(m.idNumber)!.school === m.school && contains(s, m.from))).toBe(true)
    }
    for (const name of ['national', 'city', 'county']) {
      const people = level(name).flatMap((s) => [s.host.idNumber, ...s.members.map((m) => m.idNumber)])
      expect(new Set(people).size).toBe(people.length)
    }
  })

  test('§9.1 experts, training bases, paired classes', () => {
    const { experts, trainingBases, pairings } = generateTalent(district)
    expect(new Set(experts.map((e) => e.idNumber)).size).toBe(42)
    expect(new Set(experts.flatMap((e) => e.pools)).size).toBe(5)
    expect(new Set(trainingBases).size).toBe(30)
    const branches = district.schools
      .filter((s) => s.branchOf)
      .map((s) => pairings.filter((p) => p.branchSchool === s.name).length * 2)
    expect(branches).toEqual([10, 12])
  })

  test('R-POOL-2 at least a hundred entered in each calendar year, R-POOL-1 by shortage', () => {
    const reserve = generateReserve(district)
    for (const year of [2024, 2025, 2026]) {
      const own = reserve.filter((r) => r.entered.startsWith(String(year)))
      expect(own.length).toBeGreaterThanOrEqual(100)
      for (const stage of ['P', 'J'] as const)
        for (const [subject, seats] of Object.entries(SEATS_BY_SHORTAGE[stage]))
          expect(own.filter((r) => r.stage === stage && r.subject === subject).length).toBeGreaterThanOrEqual(seats)
    }
    for (const state of ['pooled', 'awaiting', 'placed', 'employed', 'withdrew', 'expired'])
      expect(reserve.some((r) => r.state === state)).toBe(true)
    for (const year of [2024, 2025, 2026])
      expect(
        reserveCounter(
          reserve.map((r) => ({ id: r.idNumber, enteredOn: r.entered, state: r.state })),
          year,
          100,
        ).met,
      ).toBe(true)
    expect(new Set(reserve.map((r) => r.channel)).size).toBe(3)
    expect(new Set(reserve.map((r) => r.idNumber)).size).toBe(reserve.length)
    for (const r of reserve) {
      if (r.state === 'employed') expect(byId.get(r.idNumber)!.staffNo).toBe(r.staffNo)
      else expect(byId.has(r.idNumber)).toBe(false)
      expect(r.placement !== null).toBe(r.state === 'placed' || r.state === 'employed')
      if (r.placement) expect(r.placement.from > r.entered).toBe(true)
      expect(r.entered <= '2026-11-20').toBe(true)
    }
    const waiting = reserve.filter((r) => r.state === 'awaiting')
    expect(waiting.some((r) => r.poolEnds <= '2026-11-23')).toBe(true)
    expect(waiting.some((r) => r.poolEnds > '2026-11-23' && r.poolEnds <= '2027-01-31')).toBe(true)
  })

  test('accounts: three console people, HR, reviewers, a principal and a clerk for every school, twelve teachers', () => {
    const accounts = planAccounts(district)
    const of = (role: string) => accounts.filter((a) => a.role === role)
    expect(new Set(accounts.map((a) => a.login)).size).toBe(accounts.length)
    for (const role of ['bureau_admin', 'bureau_security', 'bureau_auditor', 'researcher'])
      expect(of(role)).toHaveLength(1)
    expect([of('bureau_hr').length, of('bureau_reviewer').length]).toEqual([3, 2])
    expect([of('principal').length, of('school_hr').length]).toEqual([50, 50])
    expect(of('teacher').map((a) => a.story)).toHaveLength(12)
    expect(new Set(of('teacher').map((a) => a.story)).size).toBe(12)
    const schools = new Map(district.schools.map((s) => [s.code, s.name]))
    for (const a of accounts.filter((x) => x.staffNo !== null)) {
      const person = district.staff.find((p) => p.staffNo === a.staffNo)!
      expect([person.name, person.school]).toEqual([a.displayName, schools.get(a.schoolCode!)])
      if (a.role === 'principal') expect(person.duty).toMatch(/(^|、)校长$/)
    }
    const people = accounts.filter((a) => a.role === 'principal' || a.role === 'school_hr').map((a) => a.staffNo)
    expect(new Set(people).size).toBe(100)
  })

  test('accounts of a part of the district name only its schools', () => {
    const part = onlySchools(
      district,
      district.schools.slice(0, 4).map((s) => s.name),
    )
    const codes = new Set(part.schools.map((s) => s.code))
    expect(planAccounts(part).every((a) => a.schoolCode === null || codes.has(a.schoolCode))).toBe(true)
  })
})
