import { describe, expect, test } from 'vitest'
import { generateDistrict } from '@/db/seed/district.ts'
import { stageIndicators } from '@/lib/rules/equity/indicators.ts'
import { type EquityPerson, equityUnits } from '@/lib/rules/equity/units.ts'
import { factsFromRecords } from '@/lib/rules/register/facts-from-records.ts'
import { movedInYear } from '@/lib/rules/rotation/counted-moves.ts'
import { assessEligibility } from '@/lib/rules/rotation/eligibility.ts'
import { defaultPolicy } from '@/lib/rules/rotation/policy.ts'
import { countsAsEligible, type MovedPerson, quotaFigures, type RollPerson } from '@/lib/rules/rotation/quota.ts'
import { isBackbone } from '@/lib/rules/standing/backbone.ts'
import { day, type SchoolYear } from '@/lib/rules/values/dates.ts'

describe.each([0, 4, 42])('the story the rules tell of district %i', (index) => {
  const district = generateDistrict({ seed: 2026, index })
  const facts = factsFromRecords(district)
  const results = facts.map((fact) => assessEligibility(fact, defaultPolicy, day('2026-08-31')))
  const roll = results.map((result, i): RollPerson => {
    const { school } = facts[i]!
    return { ...result, schoolId: school.id, locality: school.locality, quality: school.quality }
  })
  const moves = facts.flatMap((fact, i): MovedPerson[] => {
    const moved = movedInYear(fact.postings, 2026 as SchoolYear, defaultPolicy.quota)
    return moved ? [{ ...roll[i]!, kind: moved.kind }] : []
  })
  const figures = quotaFigures(roll, moves, defaultPolicy.quota)

  test('R-ELIG-0 every state occurs, and about half of those in scope are eligible', () => {
    const count = (state: string) => results.filter((r) => r.state === state).length
    for (const state of ['eligible', 'deferred', 'exempt', 'not_yet', 'out_of_scope'])
      expect(count(state)).toBeGreaterThan(20)
    const inScope = results.length - count('out_of_scope')
    expect(count('eligible') / inScope).toBeGreaterThan(0.45)
    expect(count('eligible') / inScope).toBeLessThan(0.6)
    expect(roll.filter((p) => countsAsEligible(p, defaultPolicy.quota)).length).toBeGreaterThan(2_400)
  })

  test('R-HON-1 1 864 backbone at the snapshot; R-RET-4 nobody retired', () => {
    expect(results.filter((r) => r.isBackbone)).toHaveLength(1_864)
    expect(results.filter((r) => r.warnings.some((w) => w.code === 'W-RETIRED'))).toHaveLength(0)
  })

  test('R-BAL-2 R-BAL-4 every coefficient by relation is inside its limit; moving helps where people work', () => {
    const people = district.staff.map((p): EquityPerson => {
      return {
        relationSchool: p.school,
        workSchool: p.workSchool,
        stage: p.stage === 'P' || p.stage === 'J' ? p.stage : null,
        isTeacher: p.category === 'teacher',
        isBackbone: isBackbone(p.honours, district.statisticsDate, defaultPolicy.eligibility),
        education: p.highestEducation,
        subject: p.subject,
      }
    })
    const schools = district.schools.filter((s) => s.kind !== 'research').map((s) => ({ ...s, id: s.name }))
    const of = (basis: 'relation' | 'workplace', stage: 'P' | 'J') =>
      stageIndicators(equityUnits(schools, people, basis), stage).indicators
    for (const [stage, backbone] of [
      ['P', 4_907],
      ['J', 4_136],
    ] as const) {
      const official = of('relation', stage)
      expect(official.every((figure) => figure.passes)).toBe(true)
      expect(official[1]!.coefficient!.tenThousandths).toBe(backbone)
      expect(of('workplace', stage)[1]!.coefficient!.tenThousandths).toBeLessThan(backbone)
    }
  })

  test('R-QUOTA-2 286 moved of whom 63 backbone: the total and reading A pass, B and C fail', () => {
    expect([figures.moved.length, figures.movedBackbone.length]).toEqual([286, 63])
    expect([figures.new.length, figures.continuing.length]).toEqual([194, 92])
    expect(figures.added.length).toBeLessThan(20)
    expect(figures.total).toMatchObject({ kind: 'measured', met: true })
    expect(figures.readings.A).toMatchObject({ kind: 'measured', met: true })
    expect(figures.readings.B).toMatchObject({ kind: 'measured', met: false })
    expect(figures.readings.C).toMatchObject({ kind: 'measured', met: false })
  })
})
