import { describe, expect, test } from 'vitest'
import { snapshotOf } from '@/lib/rules/calendar/school-year.ts'
import { factsFromRecords } from '@/lib/rules/register/facts-from-records.ts'
import { movedInYear } from '@/lib/rules/rotation/counted-moves.ts'
import { assessEligibility, reasonRules } from '@/lib/rules/rotation/eligibility.ts'
import { defaultPolicy } from '@/lib/rules/rotation/policy.ts'
import { countsAsEligible, type MovedPerson, quotaFigures, type RollPerson } from '@/lib/rules/rotation/quota.ts'
import { schoolTargets } from '@/lib/rules/rotation/targets.ts'
import type { SchoolYear } from '@/lib/rules/values/dates.ts'
import { percentText, ratio } from '@/lib/rules/values/ratio.ts'
import { expectedFigures, hasSharedData, sharedRecords } from '@/tests/support/shared-records.ts'

const tally = (keys: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

describe.runIf(hasSharedData)('figures of the model district, computed apart from the product', () => {
  const records = sharedRecords()
  const facts = factsFromRecords(records)
  const expected = expectedFigures()

  describe.each([2026, 2027])('round %i', (round) => {
    const cycle = expected.cycles[round]
    const year = round as SchoolYear
    const snapshot = snapshotOf(year)
    const results = facts.map((fact) => assessEligibility(fact, defaultPolicy, snapshot))
    const roll = results.map((result, index): RollPerson => {
      const { school } = facts[index]!
      return { ...result, schoolId: school.id, locality: school.locality, quality: school.quality }
    })
    const eligible = roll.filter((person) => countsAsEligible(person, defaultPolicy.quota))

    test('R-ELIG-0 states, deciding rules and all reasons', () => {
      expect(tally(results.map(({ state }) => state))).toEqual(cycle.states)
      const decidedBy = results.filter(({ decidingRule }) => decidingRule)
      expect(tally(decidedBy.map(({ state, decidingRule }) => `${state} ${decidingRule}`))).toEqual(cycle.deciding_rule)
      expect(tally(results.flatMap(reasonRules))).toEqual(cycle.any_reason)
    })

    test('R-RET-4 R-HON-1 retired by the snapshot and backbone on it', () => {
      expect(results.filter(({ warnings }) => warnings.some(({ code }) => code === 'W-RETIRED'))).toHaveLength(
        cycle.retired_by_snapshot,
      )
      expect(results.filter(({ isBackbone }) => isBackbone)).toHaveLength(cycle.backbone_at_snapshot)
    })

    test('R-QUOTA-2 E and EB, by stage and by school, principals apart', () => {
      expect(eligible).toHaveLength(cycle.E)
      expect(eligible.filter(({ isBackbone }) => isBackbone)).toHaveLength(cycle.EB)
      expect(roll.filter(({ state, isPrincipal }) => state === 'eligible' && isPrincipal)).toHaveLength(
        cycle.eligible_principals,
      )
      expect(tally(eligible.map(({ schoolId }) => schoolId))).toEqual(cycle.E_by_school)
      const stageById = new Map(facts.map(({ id, stage }) => [id, stage]))
      expect(tally(eligible.map(({ id }) => stageById.get(id)!))).toEqual(cycle.E_by_stage)
      const urban = { ...defaultPolicy.quota, scope: 'urban_quality' as const }
      expect(roll.filter((person) => countsAsEligible(person, urban))).toHaveLength(cycle.E_urban_quality)
    })

    test('R-QUOTA-3 targets of the 50 schools', () => {
      const schools = records.schools.filter(({ kind }) => kind !== 'research')
      const counts = tally(eligible.map(({ schoolId }) => schoolId))
      const bases = schools.map(({ name, zone }) => ({ schoolId: name, zone, eligible: counts[name] ?? 0 }))
      const targets = schoolTargets(bases, defaultPolicy.quota.rateTotal, defaultPolicy.quota.minSchoolBase)
      expect(Object.fromEntries(targets.map(({ schoolIds, target }) => [schoolIds[0], target]))).toEqual(cycle.targets)
    })

    test('R-QUOTA-2 readings A, B and C of those moved', () => {
      const moves = facts.flatMap((fact, index): MovedPerson[] => {
        const moved = movedInYear(fact.postings, year, defaultPolicy.quota)
        return moved ? [{ ...roll[index]!, kind: moved.kind }] : []
      })
      const figures = quotaFigures(roll, moves, defaultPolicy.quota)
      const known = cycle.rotated ?? cycle.rotated_continuing_known_on_2026_11_20
      const counts = {
        R: figures.moved.length,
        RB: figures.movedBackbone.length,
        new: figures.new.length,
        continuing: figures.continuing.length,
        not_in_E: figures.added.length,
        E_with_added: figures.eligible.length + figures.added.length,
        EB_with_added: figures.eligibleBackbone.length + figures.addedBackbone.length,
      }
      expect(known).toMatchObject(counts)
      expect(figures.needBeforeMoves).toBe(cycle.need_R)
      expect(figures.total).toMatchObject({ met: known.total_pass, share: ratio(counts.R, counts.E_with_added) })
      expect(percentText(ratio(counts.R, counts.E_with_added))).toBe(known.ratio)
      for (const reading of ['A', 'B', 'C'] as const) {
        const verdict = figures.readings[reading]
        expect(verdict).toMatchObject({ kind: 'measured', met: known[`${reading}_pass`] })
        expect(verdict.kind === 'measured' && percentText(verdict.share)).toBe(known[reading])
      }
    })
  })
})
