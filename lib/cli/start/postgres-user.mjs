import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Halt } from './halt.mjs'

const ask = (command, ...args) =>
  execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()

function idsOf(name) {
  try {
    return { uid: Number(ask('id', '-u', name)), gid: Number(ask('id', '-g', name)) }
  } catch {
    return null // no such user
  }
}

/**
 * Postgres refuses to run as root: for root it runs as the system user `postgres`, made when absent.
 * @returns {{ uid?: number, gid?: number }} spawn options; empty when we are not root
 */
export function postgresUser() {
  if (process.getuid?.() !== 0) return {}
  const there = idsOf('postgres')
  if (there) return there
  try {
    ask('useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres')
  } catch {
    // no useradd here (a very small image): `nobody` will do, it only has to be somebody else than root
  }
  const ids = idsOf('postgres') ?? idsOf('nobody')
  if (ids) return ids
  throw new Halt(
    '以 root 身份启动时，数据库要以另一个系统用户运行，但不能建立它。请先运行 useradd --system postgres，或改用普通用户启动。',
    'Started by root, the database runs as another system user, which could not be made. Run useradd --system postgres, or start as an ordinary user.',
  )
}

/** May this user pass through every folder above `path`? */
export function isPassable(path, { uid, gid }) {
  if (uid === undefined) return true
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const { mode, uid: owner, gid: group } = statSync(folder)
      const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001
      if (!(mode & bit)) return false
    }
    if (folder === dirname(folder)) return true
  }
}

const PASSABLE = '/var/lib/junheng'

/** Where things go that user `postgres` must reach when the checkout lies in a closed folder such as /root. */
export function passablePlace(path) {
  mkdirSync(PASSABLE, { recursive: true })
  chmodSync(PASSABLE, 0o755) // whatever the umask was
  return join(PASSABLE, createHash('sha256').update(path).digest('hex').slice(0, 12))
}
