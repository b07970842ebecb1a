import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generateDistrict, onlySchools } from '@/db/seed/district.ts'
import { writeRegistersWorkbook, writeRosterWorkbook, writeSchoolsWorkbook } from '@/db/seed/workbooks.ts'
import { root } from '@/lib/cli/start/places.mjs'
import { writePrivate } from '@/lib/cli/start/secrets.mjs'
import { anEmptyDistrict } from '@/tests/support/import-district.ts'
import { type LoadedDistrict, rolePasswords } from '@/tests/support/loaded-district.ts'
import { hasSharedData, sharedData } from '@/tests/support/shared-records.ts'

const whole = generateDistrict({ seed: 2026 })
const records = onlySchools(whole, [whole.schools[0]!.name, whole.schools[1]!.name])
let folder: string
let district: LoadedDistrict
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'junheng-import-'))
  writePrivate(join(folder, 'role-passwords.json'), JSON.stringify(rolePasswords()))
  process.env.JUNHENG_MASTER_KEY = '0'.repeat(64)
  process.env.JUNHENG_DATA = folder
  district = await anEmptyDistrict()
  writeFileSync(join(folder, 'schools.xlsx'), await writeSchoolsWorkbook(records))
  writeFileSync(join(folder, 'roster.xlsx'), await writeRosterWorkbook(records, { seed: 1 }))
  writeFileSync(join(folder, 'registers.xlsx'), await writeRegistersWorkbook(records))
  writeFileSync(join(folder, 'broken.xlsx'), 'no workbook')
})
afterAll(async () => {
  await district.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Run from the folder of the files, as a person would. */
const junheng = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'lib/cli/junheng.mjs'), 'import', ...args], {
    encoding: 'utf8',
    timeout: 90_000,
    maxBuffer: 64 * 1024 * 1024,
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder, JUNHENG_DATA: folder, DATABASE_URL: district.db.adminUrl },
  })
const json = (...args: string[]) => {
  const { status, stdout, stderr } = junheng(...args, '--json')
  expect({ status, stderr: stderr.slice(0, 500) }).toMatchObject({ status: 0 })
  return JSON.parse(stdout)
}

describe('the command import of design.md §9', () => {
  test('schools, roster, registers in order, each with its dry run, and again without a change', () => {
    for (const kind of ['schools', 'roster', 'registers']) {
      const dry = json(kind, `${kind}.xlsx`, '--dry-run')
      const done = json(kind, `${kind}.xlsx`)
      expect(done.counts).toEqual(dry.counts)
      expect(done.counts).toMatchObject({ changed: 0, unchanged: 0, refused: 0, missing: 0 })
      expect(done.counts.new).toBeGreaterThan(0)
      for (const finding of done.findings)
        expect(Object.keys(finding)).toEqual(['sheet', 'row', 'column', 'code', 'severity', 'message'])
      expect(json(kind, `${kind}.xlsx`, '--dry-run').counts).toMatchObject({
        new: 0,
        changed: 0,
        unchanged: done.counts.new,
      })
    }
  }, 240_000)

  test('a file that is no workbook is refused with 1 and a reason; no such file and wrong usage too', () => {
    const broken = junheng('roster', 'broken.xlsx', '--json')
    expect(broken).toMatchObject({ status: 1, stdout: '' })
    expect(broken.stderr).toContain('✗ 文件')
    expect(junheng('roster', 'nothing.xlsx')).toMatchObject({ status: 1 })
    expect(junheng('people', 'roster.xlsx')).toMatchObject({ status: 2, stdout: '' })
    expect(junheng('roster')).toMatchObject({ status: 2, stdout: '' })
  }, 120_000)

  test.runIf(hasSharedData && existsSync(join(sharedData, '花名册-有错误.xlsx')))(
    'the faulty roster gives its expected findings',
    () => {
      expect(json('schools', join(sharedData, '学校基本情况-2026.xlsx')).counts.refused).toBe(0)
      const { counts, findings } = json('roster', join(sharedData, '花名册-有错误.xlsx'), '--dry-run')
      const expected = JSON.parse(readFileSync(join(sharedData, '花名册-有错误.expected.json'), 'utf8'))
      const found = new Set(findings.map((f: Record<string, string>) => `${f.row} ${f.column} ${f.code} ${f.severity}`))
      for (const { row, letter, kind, severity } of expected.findings)
        expect(found).toContain(`${row} ${letter} ${kind} ${severity}`)
      expect(counts.refused).toBe(34)
      expect(counts.new + counts.changed + counts.unchanged).toBe(303)
    },
    120_000,
  )
})
