import { describe, expect, test } from 'vitest'
import { generateDistrict } from '@/db/seed/district.ts'
import { writeFaultyRoster } from '@/db/seed/faulty-roster.ts'
import { writeRegistersWorkbook, writeRosterWorkbook, writeSchoolsWorkbook } from '@/db/seed/workbooks.ts'
import { openWorkbook } from '@/lib/platform/workbook/open.ts'
import { parseRegisters } from '@/lib/register/imports/registers.ts'
import { parseRoster } from '@/lib/register/imports/roster.ts'
import { parseSchools } from '@/lib/register/imports/schools.ts'

const district = generateDistrict({ seed: 2026, index: 6 })
const context = { schools: district.schools, statisticsDate: district.statisticsDate }
const sheetsOf = async (bytes: Uint8Array) => {
  const opened = await openWorkbook(bytes, 'demo.xlsx')
  if (!opened.ok) throw new Error(JSON.stringify(opened.refusals))
  return opened.value
}

describe('R-IMP-1 what the demo writes, the import reads back', { timeout: 60_000 }, () => {
  test('schools', async () => {
    const parsed = parseSchools(await sheetsOf(await writeSchoolsWorkbook(district)), context)
    expect(parsed.rows.map(({ record }) => record)).toEqual(district.schools)
  })

  test.each(['tidy', 'usual'] as const)('every row of a %s roster, with nothing refused', async (mess) => {
    const parsed = parseRoster(await sheetsOf(await writeRosterWorkbook(district, { seed: 1, mess })), context)
    expect(parsed.refusedRows).toEqual([])
    expect(parsed.findings.filter(({ severity }) => severity !== 'mended')).toEqual([])
    expect(parsed.findings.length > 0).toBe(mess === 'usual')
    expect(parsed.rows.map(({ record }) => record)).toEqual(district.staff)
  })

  test('the registers', async () => {
    const parsed = parseRegisters(await sheetsOf(await writeRegistersWorkbook(district)), context)
    expect(parsed.rotations.rows.map(({ record }) => record)).toEqual(district.rotations)
    expect(parsed.leaves.rows.map(({ record }) => record)).toEqual(district.leaves)
    expect(parsed.disciplines.rows.map(({ record }) => record)).toEqual(district.disciplines)
  })

  test.each([77, 78, 79])('planted faults are found, clean rows are let through, seed %i', async (seed) => {
    const faulty = await writeFaultyRoster(district, { seed })
    const parsed = parseRoster(await sheetsOf(faulty.bytes), context)
    const found = new Set(parsed.findings.map(({ row, column, code }) => `${row} ${column} ${code}`))
    for (const { row, letter, kind } of faulty.findings) expect(found).toContain(`${row} ${letter} ${kind}`)
    const spoilt = new Set(faulty.findings.map(({ row }) => row))
    expect(parsed.findings.filter(({ row }) => !spoilt.has(row))).toEqual([])
    expect(parsed.refusedRows.map(({ row }) => row).sort((a, b) => a - b)).toEqual(faulty.refusedRows)
  })
})
