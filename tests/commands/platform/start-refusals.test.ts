import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { checkNodeVersion } from '../../../lib/cli/start/node-version.mjs'
import { root } from '../../../lib/cli/start/places.mjs'

let folder: string
let server: Server
let takenPort: number
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'junheng-start-'))
  server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  takenPort = (server.address() as { port: number }).port
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** `npm start` with this environment, to its refusal. */
function start(environment: Record<string, string>, ...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'lib/cli/start.mjs'), ...args], {
    encoding: 'utf8',
    timeout: 50_000,
    env: { ...process.env, JUNHENG_DATA: folder, PORT: '0', ...environment },
  })
  return { status, said: stderr }
}
const anyPort = '4199'

describe('npm start says what to do', () => {
  test('when the port is taken', () => {
    const { status, said } = start({ PORT: String(takenPort) })
    expect(status).toBe(1)
    expect(said).toContain(`端口 ${takenPort} 已被别的程序占用`)
    expect(said).toContain(`PORT=${takenPort + 1} npm start`)
  })

  test.each([
    ['PORT is no number', { PORT: 'web' }, '不是端口号'],
    ['SEC-S2 the secret is short', { PORT: anyPort, NEXTAUTH_SECRET: 'short' }, 'NEXTAUTH_SECRET 太短'],
    ['plain http would go on the network', { PORT: anyPort, HOST: '0.0.0.0' }, '--insecure-lan'],
    ['DATABASE_URL is no address', { PORT: anyPort, DATABASE_URL: 'my database' }, 'DATABASE_URL 的写法不对'],
    [
      'nobody listens at DATABASE_URL',
      { PORT: anyPort, DATABASE_URL: 'postgres://u:p@127.0.0.1:1/x' },
      '连不上 DATABASE_URL 所指的数据库（127.0.0.1:1/x，ECONNREFUSED）',
    ],
  ])('when %s', (_, environment, sentence) => {
    const { status, said } = start(environment as unknown as Record<string, string>)
    expect(status).toBe(1)
    expect(said).toContain(sentence)
    expect(said).not.toMatch(/\n\s+at /) // a sentence, no stack
  })

  test('when --insecure-lan does not name its address', () => {
    const { status, said } = start({ PORT: anyPort, HOST: '0.0.0.0' }, '--insecure-lan')
    expect(status).toBe(1)
    expect(said).toContain('PUBLIC_ORIGIN=http://192.168.1.20:3000')
  })

  test('when the password of DATABASE_URL is wrong, without printing it', () => {
    const url = new URL(inject('postgres').adminUrl)
    url.password = 'not-the-password'
    const { status, said } = start({ PORT: anyPort, DATABASE_URL: url.href })
    expect(status).toBe(1)
    expect(said).toContain('不接受 DATABASE_URL 里的用户名或密码')
    expect(said).not.toContain('not-the-password')
  })

  test('and leaves nobody behind', () => {
    expect(readdirSync(join(folder, 'run'))).toEqual([])
  })

  test.each(['18.20.4', '20.18.1'])('when Node is %s', (version) => {
    expect(() => checkNodeVersion(version)).toThrow('Node.js 20.19 or newer')
  })

  test.each(['20.19.0', '22.1.0', '24.0.0'])('but not when Node is %s', (version) => {
    expect(() => checkNodeVersion(version)).not.toThrow()
  })
})
