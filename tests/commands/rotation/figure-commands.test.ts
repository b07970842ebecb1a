import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generateDistrict } from '@/db/seed/district.ts'
import { root } from '@/lib/cli/start/places.mjs'
import { writePrivate } from '@/lib/cli/start/secrets.mjs'
import { snapshotOf } from '@/lib/rules/calendar/school-year.ts'
import { factsFromRecords } from '@/lib/rules/register/facts-from-records.ts'
import { assessEligibility } from '@/lib/rules/rotation/eligibility.ts'
import { defaultPolicy } from '@/lib/rules/rotation/policy.ts'
import type { SchoolYear } from '@/lib/rules/values/dates.ts'
import { aLoadedDistrict, type LoadedDistrict, rolePasswords } from '@/tests/support/loaded-district.ts'

const records = generateDistrict({ seed: 2026 })
let folder: string
let district: LoadedDistrict
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'junheng-figures-'))
  writePrivate(join(folder, 'role-passwords.json'), JSON.stringify(rolePasswords()))
  process.env.JUNHENG_MASTER_KEY = '0'.repeat(64)
  district = await aLoadedDistrict(records)
})
afterAll(async () => {
  await district.close()
  rmSync(folder, { recursive: true, force: true })
})

const junheng = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'lib/cli/junheng.mjs'), ...args], {
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, JUNHENG_DATA: folder, DATABASE_URL: district.db.adminUrl },
  })
const json = (...args: string[]) => {
  const { status, stdout, stderr } = junheng(...args, '--json')
  expect({ status, stderr: stderr.slice(0, 500) }).toMatchObject({ status: 0 })
  return JSON.parse(stdout)
}

describe('the commands of design.md §9 that print figures', () => {
  test('R-ELIG-0 roll --json: every person once, with the outcome of the rules', () => {
    const roll = json('roll', '--snapshot', '2026-08-31', '--with-id-number')
    expect(roll.people).toHaveLength(records.staff.length)
    const snapshot = snapshotOf(2026 as SchoolYear)
    const expected = new Map(
      factsFromRecords(records).map((facts) => [facts.id, assessEligibility(facts, defaultPolicy, snapshot)]),
    )
    for (const person of roll.people) {
      const result = expected.get(person.idNumber)
      expect(person).toMatchObject({
        state: result?.state,
        decidingRule: result?.decidingRule,
        tenureMonths: result?.tenureMonths,
        retirementCategory: result?.retirementCategory,
        retirementDate: result?.retirementDate,
        isBackbone: result?.isBackbone,
        nextChange: result?.nextChange,
      })
    }
    const { E, EB, ...states } = roll.counts
    expect(Object.values(states).reduce((sum: number, count) => sum + Number(count), 0)).toBe(records.staff.length)
    expect(E).toBeGreaterThan(EB)
  })

  test('SEC: roll without --with-id-number prints no ID number', () => {
    const { stdout } = junheng('roll', '--snapshot', '2026-08-31', '--json')
    expect(stdout).not.toContain(records.staff[0]!.idNumber)
    expect(stdout).not.toContain('idNumber')
  })

  test('R-QUOTA-2 R-QUOTA-3 quota --snapshot: three readings, targets that add up to the need', () => {
    const quota = json('quota', '--snapshot', '2026-08-31')
    expect(Object.keys(quota.readings)).toEqual(['A', 'B', 'C'])
    expect(quota.new + quota.continuing).toBe(quota.R)
    expect(quota.needR).toBe(Math.ceil(quota.E / 10))
    const sum = quota.targets.reduce((all: number, { target }: { target: number }) => all + target, 0)
    expect(sum).toBe(quota.needR)
  })

  test('R-BAL-4 equity on both bases, seven indicators a stage', () => {
    const relation = json('equity', '--on', '2026-09-01')
    const workplace = json('equity', '--on', '2026-09-01', '--basis', 'workplace')
    expect(relation).toMatchObject({
      on: '2026-09-01',
      basis: 'relation',
      stages: { P: { units: 37, pupils: 53_010 } },
    })
    for (const stage of ['P', 'J'])
      expect(relation.stages[stage].indicators.map((row: { indicator: number }) => row.indicator)).toEqual([
        1, 2, 3, 4, 5, 6, 7,
      ])
    expect(workplace.stages.P.indicators[1].cv).not.toBe(relation.stages.P.indicators[1].cv)
  })

  test('R-SUB-1 need: gross shortage of the district is the sum of its schools', () => {
    const need = json('need', '--on', '2026-09-01')
    const ofScience = need.rows.filter((row: { subject: string }) => row.subject === 'SCI')
    const gross = ofScience.reduce((sum: number, { gap }: { gap: number }) => sum + Math.max(0, -gap), 0)
    const district = need.district.find((row: { subject: string; stage: string }) => row.subject === 'SCI')
    expect(Math.abs(district.grossShortage - gross)).toBeLessThan(2)
    expect(district.have).toBe(ofScience.reduce((sum: number, { have }: { have: number }) => sum + have, 0))
  })

  test.each([
    ['no day', ['roll']],
    ['a day that is none', ['equity', '--on', '2026-02-30']],
    ['both forms of quota', ['quota', '--snapshot', '2026-08-31', '--round', '01990000-0000-7000-8000-000000000000']],
    ['an unknown basis', ['equity', '--on', '2026-09-01', '--basis', 'both']],
  ])('%s is wrong usage: 2, and nothing on standard output', (_, args) => {
    expect(junheng(...args)).toMatchObject({ status: 2, stdout: '' })
  })

  test('a round that is not there is refused with 1', () => {
    expect(junheng('quota', '--round', '01990000-0000-7000-8000-000000000000')).toMatchObject({ status: 1, stdout: '' })
  })
})
