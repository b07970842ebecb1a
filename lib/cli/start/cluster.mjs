import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { postgresBinaries } from './binaries.mjs'
import { diskFull, Halt } from './halt.mjs'
import { identityOf, pause } from './pids.mjs'
import { freeMegabytes } from './places.mjs'
import { freePort } from './ports.mjs'
import { isPassable, passablePlace, postgresUser } from './postgres-user.mjs'
import { lastLines, run } from './run.mjs'
import { writePrivate } from './secrets.mjs'

const SUPERUSER = 'postgres'
const RETRY_MS = 30_000
const LOG_BYTES = 10 * 1024 * 1024

/** No parameter and no row of a person in the log (security.md §5.7); loopback only; no socket to guard. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
  jit: 'off',
  shared_buffers: '256MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

/**
 * The embedded Postgres of one folder: made when absent, started unless it runs.
 * Driven by `initdb` and `pg_ctl` alone: the package's own class stops the server at the first SIGTERM, under
 * the worker that still writes.
 * @param {{ home: string, passwordFile: string, settings?: Record<string, string>, note?: (text: string) => void }} place
 * @returns {Promise<{ adminUrl: string, pid: number, adopted: boolean, made: boolean, log: string, stop: () => Promise<void> }>}
 */
export async function openCluster({ home: wanted, passwordFile, settings = {}, note = () => {} }) {
  const user = postgresUser()
  const home = isPassable(join(wanted, 'data', 'base'), user) || existsSync(wanted) ? wanted : keptPlace(passwordFile)
  const data = join(home, 'data')
  const log = join(home, 'server.log')
  const programs = postgresBinaries(user)
  const tool = (program, args) =>
    run(program, args, { ...user, cwd: home, env: { PATH: process.env.PATH, LC_ALL: 'C' } })
  const stop = async () => {
    await tool(programs.pgCtl, ['-D', data, '-m', 'fast', '-w', '-t', '60', 'stop'])
  }

  mkdirSync(home, { recursive: true, mode: 0o700 })
  if (user.uid !== undefined) chownSync(home, user.uid, user.gid)
  const made = !existsSync(join(data, 'PG_VERSION')) || !existsSync(join(home, 'complete'))
  if (made) await makeCluster(tool, programs, { home, data, passwordFile, user })
  const password = readPassword(passwordFile, data)

  const running = livePostmaster(data, note)
  if (running) return { adminUrl: urlOf(password, running.port), pid: running.pid, adopted: true, made, log, stop }

  const port = await freePort(lastPort(home))
  if (existsSync(log) && statSync(log).size > LOG_BYTES) renameSync(log, `${log}.1`)
  const options = Object.entries({ ...SETTINGS, ...settings }).map(([name, value]) => `-c ${name}='${value}'`)
  const started = () =>
    tool(programs.pgCtl, ['-D', data, '-l', log, '-w', '-t', '60', '-o', `-p ${port} ${options.join(' ')}`, 'start'])
  await retryStart(started, { home, log, note })
  writeFileSync(join(home, 'port'), String(port))
  return { adminUrl: urlOf(password, port), pid: livePostmaster(data, note).pid, adopted: false, made, log, stop }
}

/** In a closed checkout the cluster lies elsewhere; its place is noted here, so that a new clone gets a new one. */
function keptPlace(passwordFile) {
  const note = `${passwordFile}-place`
  if (!existsSync(note)) writePrivate(note, passablePlace(randomBytes(12).toString('hex')))
  return readFileSync(note, 'utf8')
}

const urlOf = (password, port) => `postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/junheng`

function lastPort(home) {
  const file = join(home, 'port')
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
}

async function makeCluster(tool, programs, { home, data, passwordFile, user }) {
  // a folder without the mark `complete` is an initdb that was broken off: nothing was ever stored in it
  rmSync(data, { recursive: true, force: true })
  const password = randomBytes(24).toString('base64url')
  const handed = join(home, 'password')
  writePrivate(handed, `${password}\n`)
  if (user.uid !== undefined) chownSync(handed, user.uid, user.gid)
  const { code, output } = await tool(programs.initdb, [
    `--pgdata=${data}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${handed}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ])
  unlinkSync(handed)
  if (code !== 0) throw failure(home, output)
  writePrivate(passwordFile, password)
  writeFileSync(join(home, 'complete'), '')
}

function readPassword(file, data) {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  throw new Halt(
    `数据库目录 ${data} 还在，但它的密码文件 ${file} 不见了。请从备份恢复该文件。`,
    `The database folder ${data} is there, but its password file ${file} is not. Restore that file from a backup.`,
  )
}

/** The server that runs on this folder, if one does. A pid file that names another program is put aside. */
function livePostmaster(data, note) {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return null
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n').map(Number)
  if (identityOf(pid) === null) return null // Postgres itself clears what a dead server left
  if (isPostgres(pid)) return { pid, port }
  note(`上次遗留的 postmaster.pid 指向别的程序（pid ${pid}），已删除 · removed a left-over postmaster.pid`)
  rmSync(file)
  return null
}

function isPostgres(pid) {
  if (process.platform !== 'linux') return true
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0].includes('postgres')
}

/** After a crash the old backends may hold the shared memory for some seconds more. */
async function retryStart(start, { home, log, note }) {
  const until = performance.now() + RETRY_MS
  for (let attempt = 1; ; attempt += 1) {
    const from = existsSync(log) ? statSync(log).size : 0
    const { code } = await start()
    if (code === 0) return
    const said = existsSync(log) ? readFileSync(log, 'utf8').slice(from) : ''
    if (/No space left on device/.test(said)) throw diskFull(home, freeMegabytes(home))
    if (performance.now() > until) throw failure(home, said)
    if (attempt === 1) note('数据库还在恢复，稍候重试 · the database is still recovering, trying again')
    await pause(2000)
  }
}

function failure(home, output) {
  if (/No space left on device/.test(output)) return diskFull(home, freeMegabytes(home))
  appendFileSync(join(home, 'server.log'), '')
  return new Halt(
    `内置数据库没有启动。下面是它日志的最后几行（全文：${join(home, 'server.log')}）。`,
    `The embedded database did not start. The last lines of its log follow (all of it: ${join(home, 'server.log')}).`,
    lastLines(output),
  )
}
