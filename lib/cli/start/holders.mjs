import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { endProcess, identityOf, isSame } from './pids.mjs'
import { inData } from './places.mjs'
import { writePrivate } from './secrets.mjs'

/**
 * Who uses this data folder now: one file a process in `.data/run`, `kind` server or command. The last to
 * leave stops Postgres; a file whose process is gone tells the next start which children it left.
 */
const folder = () => inData('run')
const fileOf = (pid) => join(folder(), `${pid}.json`)

/** Note that this process uses the data folder; `more` (port, children) is added as it becomes known. */
export function hold(kind) {
  mkdirSync(folder(), { recursive: true, mode: 0o700 })
  const record = { pid: process.pid, identity: identityOf(process.pid), kind, children: [] }
  const write = () => writePrivate(fileOf(process.pid), JSON.stringify(record))
  write()
  return {
    note(more) {
      Object.assign(record, more)
      write()
    },
    release: () => rmSync(fileOf(process.pid), { force: true }),
  }
}

function records() {
  if (!existsSync(folder())) return []
  return readdirSync(folder())
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const file = join(folder(), name)
      try {
        return [{ file, ...JSON.parse(readFileSync(file, 'utf8')) }]
      } catch {
        return [{ file, pid: 0, identity: null, kind: 'command', children: [] }] // broken off while being written
      }
    })
}

/** Processes other than this one that use the folder. */
export const others = () => records().filter((record) => record.pid !== process.pid && isSame(record))

/**
 * End the web server and worker that a killed start left behind, and forget their record.
 * @returns how many were ended
 */
export async function endLeftOvers() {
  let ended = 0
  for (const record of records()) {
    if (isSame(record)) continue
    for (const child of record.children ?? []) {
      if (!isSame(child)) continue
      await endProcess(child)
      ended += 1
    }
    rmSync(record.file, { force: true })
  }
  return ended
}
