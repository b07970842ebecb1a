import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '@/lib/cli/start/places.mjs'
import { writePrivate } from '@/lib/cli/start/secrets.mjs'
import { aDatabase, type TestDatabase } from '@/tests/support/database.ts'
import { rolePasswords } from '@/tests/support/loaded-district.ts'

let folder: string
let database: TestDatabase
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'junheng-user-'))
  writePrivate(join(folder, 'role-passwords.json'), JSON.stringify(rolePasswords()))
  database = await aDatabase()
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

const junheng = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'lib/cli/junheng.mjs'), ...args], {
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, JUNHENG_MASTER_KEY: '0'.repeat(64), JUNHENG_DATA: folder, DATABASE_URL: database.adminUrl },
  })
const json = (...args: string[]) => {
  const { status, stdout, stderr } = junheng(...args, '--json')
  expect({ status, stderr: stderr.slice(0, 500) }).toMatchObject({ status: 0 })
  return JSON.parse(stdout)
}
/** Exit code and the first line of what was said, without a stack. */
const said = (...args: string[]) => {
  const { status, stderr } = junheng(...args)
  expect(stderr).not.toMatch(/\n\s+at /)
  return [status, stderr.split('\n').find((line) => line.startsWith('✗')) ?? '']
}

describe('accounts from the console of an installation that begins', () => {
  test('without a district there is nothing to do, and it says so', () => {
    expect(said('user', 'list')).toEqual([2, expect.stringContaining('还没有区县')])
  })

  test('an exercise is named as one, and a second district is refused', () => {
    expect(json('init', '--empty', '--exercise', '--name', '测试区', '--code', '159001')).toEqual({
      district: '159001',
    })
    expect(said('init', '--demo')).toEqual([1, expect.stringContaining('已有区县')])
    expect(said('init', '--demo', '--exercise')).toEqual([2, expect.stringContaining('--empty')])
    expect(json('user', 'list')).toEqual({ users: [] })
  })

  test('a role is given with the account, and the trail is sound', () => {
    expect(json('user', 'add', 'han.hr', '韩干事', '--role', 'bureau_hr')).toMatchObject({
      login: 'han.hr',
      path: expect.stringMatching(/^\/activate\?d=[0-9a-f-]{36}&t=[\w-]{43}$/),
    })
    expect(json('user', 'list').users).toMatchObject([{ login: 'han.hr', roles: ['bureau_hr'] }])
    expect(json('audit', 'verify')).toMatchObject({ ok: true, districts: [{ district: '159001', faults: [] }] })
  })

  test.each([
    [['add', 'han.hr', '别人'], 1, '该账号名已被使用'],
    [['add', 'Bad Login', '别人'], 1, '账号只能用'],
    [['add', 'wang', '王校长', '--role', 'principal'], 2, '--school'],
    [['add', 'wang', '王校长', '--role', 'principal', '--school', '9999'], 1, '没有这所学校'],
    [['add', 'li', '李老师', '--role', 'teacher'], 1, '按名册'],
    [['add', 'qian', '钱', '--role', 'boss'], 2, '--role'],
    [['disable', 'nobody', '--reason', '离职'], 1, '没有这个账号'],
    [['disable', 'han.hr'], 2, '--reason'],
    [['list', '--district', '999999'], 2, '159001'],
  ])('user %j → %i', (args, code, words) => {
    expect(said('user', ...args)).toEqual([code, expect.stringContaining(words)])
  })

  test('what was refused left no account behind', () => {
    expect(json('user', 'list').users).toHaveLength(1)
  })

  test('a link, an unlocking, a closing and an opening each tell what is true', () => {
    expect(json('user', 'link', 'HAN.hr').path).toMatch(/^\/activate/)
    expect(json('user', 'unlock', 'han.hr')).toEqual({ login: 'han.hr', unlocked: true })
    expect(json('user', 'disable', 'han.hr', '--reason', '离职')).toEqual({ login: 'han.hr', disabled: true })
    expect(said('user', 'link', 'han.hr')).toEqual([1, expect.stringContaining('已停用')])
    expect(json('user', 'enable', 'han.hr')).toEqual({ login: 'han.hr', disabled: false })
  })
})
