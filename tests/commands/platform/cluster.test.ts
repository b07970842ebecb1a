import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCluster } from '../../../lib/cli/start/cluster.mjs'
import { identityOf } from '../../../lib/cli/start/pids.mjs'
import { ensureDataFolder } from '../../../lib/cli/start/places.mjs'

let folder: string
const notes: string[] = []
const open = () =>
  openCluster({
    home: join(folder, 'pg'),
    passwordFile: join(folder, 'password'),
    settings: { fsync: 'off' },
    note: (text: string) => notes.push(text),
  })
const pidFile = () => join(folder, 'pg/data/postmaster.pid')

async function ask(adminUrl: string, setting: string): Promise<string> {
  const url = new URL(adminUrl)
  url.pathname = '/postgres'
  const sql = postgres(url.href, { max: 1 })
  try {
    const [row] = await sql<{ value: string }[]>`SELECT current_setting(${setting}) AS value`
    return row?.value ?? ''
  } finally {
    await sql.end()
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'junheng-cluster-'))
  ensureDataFolder(folder)
})
afterAll(async () => {
  await (await open()).stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the embedded Postgres', () => {
  test('is made once, listens on loopback only, logs no parameter, asks for the password', async () => {
    const first = await open()
    expect(first).toMatchObject({ made: true, adopted: false })
    expect(await ask(first.adminUrl, 'listen_addresses')).toBe('127.0.0.1')
    expect(await ask(first.adminUrl, 'log_parameter_max_length')).toBe('0')
    expect(await ask(first.adminUrl, 'log_error_verbosity')).toBe('terse')
    expect(await ask(first.adminUrl, 'password_encryption')).toBe('scram-sha-256')
    const stranger = new URL(first.adminUrl)
    stranger.password = 'guess'
    await expect(ask(stranger.href, 'port')).rejects.toMatchObject({ code: '28P01' })
    expect(statSync(join(folder, 'password')).mode & 0o077).toBe(0)
    expect(statSync(join(folder, 'pg')).mode & 0o077).toBe(0)
  })

  test('left running by a killed start, it is used again', async () => {
    const again = await open()
    expect(again).toMatchObject({ made: false, adopted: true })
    expect(await ask(again.adminUrl, 'server_encoding')).toBe('UTF8')
  })

  test('stops, and starts with its data on the port it had', async () => {
    const before = await open()
    await before.stop()
    expect(existsSync(pidFile())).toBe(false)
    expect(identityOf(before.pid)).toBeNull()
    const after = await open()
    expect(after).toMatchObject({ made: false, adopted: false, adminUrl: before.adminUrl })
  })

  test('killed hard, it recovers', async () => {
    const { pid } = await open()
    process.kill(pid, 'SIGKILL')
    while (identityOf(pid) !== null) await new Promise((resolve) => setTimeout(resolve, 20))
    const after = await open()
    expect(after.adopted).toBe(false)
    expect(await ask(after.adminUrl, 'server_encoding')).toBe('UTF8')
  })

  test.runIf(process.platform === 'linux')('a pid file that names another program is put aside', async () => {
    const { stop } = await open()
    const lines = readFileSync(pidFile(), 'utf8').split('\n')
    await stop()
    const stranger = spawn('sleep', ['60'])
    try {
      writeFileSync(pidFile(), [stranger.pid, ...lines.slice(1)].join('\n'))
      chmodSync(pidFile(), 0o644)
      notes.length = 0
      expect(await open()).toMatchObject({ adopted: false })
      expect(notes.join()).toContain('postmaster.pid')
      expect(stranger.exitCode).toBeNull()
    } finally {
      stranger.kill()
    }
  })
})
