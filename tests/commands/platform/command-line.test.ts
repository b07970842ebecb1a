import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { root } from '../../../lib/cli/start/places.mjs'
import { writePrivate } from '../../../lib/cli/start/secrets.mjs'
import { aDatabase, type TestDatabase } from '../../support/database.ts'

let folder: string
let db: TestDatabase
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'junheng-command-'))
  db = await aDatabase()
  // the roles belong to the whole test server: their passwords must stay those the other files use
  writePrivate(join(folder, 'role-passwords.json'), JSON.stringify(inject('postgres').passwords))
})
afterAll(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

function junheng(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'lib/cli/junheng.mjs'), ...args], {
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, JUNHENG_DATA: folder, DATABASE_URL: db.adminUrl },
  })
  return { status, stdout, stderr }
}

describe('the command line', () => {
  test.each([
    ['no command', []],
    ['an unknown command', ['fly']],
    ['an unknown option', ['doctor', '--loud']],
    ['a missing option', ['init', '--empty', '--name', '东胜区']],
  ])('answers 2 and its usage to %s', (_, args) => {
    const { status, stdout, stderr } = junheng(...args)
    expect(status).toBe(2)
    expect(stdout + stderr).toMatch(/init|doctor/)
  })

  test('init --empty makes one district, and refuses a second with 1', () => {
    const words = ['init', '--empty', '--name', '东胜区', '--code', '150602', '--json']
    const first = junheng(...words)
    expect(first).toMatchObject({ status: 0 })
    expect(JSON.parse(first.stdout)).toEqual({ district: '150602' })
    const second = junheng(...words)
    expect(second).toMatchObject({ status: 1, stdout: '' })
    expect(second.stderr).toContain('已有区县')
  })

  test('doctor --json prints one value that names every check', () => {
    const { stdout } = junheng('doctor', '--json')
    const { findings } = JSON.parse(stdout) as { findings: { check: string; state: string }[] }
    const states = Object.fromEntries(findings.map(({ check, state }) => [check, state]))
    expect(states).toMatchObject({ node: 'good', postgres: 'good', role: 'good', 'row-security': 'good' })
    expect(states).toHaveProperty('working-days')
  })

  test('plan solves an instance to the proof, and plan check tells a sound result from one that was touched', () => {
    const instance = join(root, 'tests/rules/planner/fixtures/tiny.json')
    const result = join(folder, 'tiny.result.json')
    const solved = junheng('plan', instance, '--out', result, '--json')
    expect(solved).toMatchObject({ status: 0 })
    const known = JSON.parse(readFileSync(join(root, 'tests/rules/planner/fixtures/tiny.result.json'), 'utf8'))
    const values = (known as { levels: { value: number }[] }).levels.map(({ value }) => value)
    expect(JSON.parse(solved.stdout)).toEqual({ ok: true, status: 'optimal', values })
    expect(junheng('plan', 'check', instance, result)).toMatchObject({ status: 0 })
    writeFileSync(result, readFileSync(result, 'utf8').replace('"value": 2,', '"value": 1,'))
    expect(junheng('plan', 'check', instance, result)).toMatchObject({ status: 1 })
    expect(junheng('plan', join(folder, 'nowhere.json'))).toMatchObject({ status: 2, stdout: '' })
  }, 60_000)
})
