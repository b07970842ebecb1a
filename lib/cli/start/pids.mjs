import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * What tells one process from a later one with the same number: when it began. Null when there is none.
 * A zombie counts as ended.
 */
export function identityOf(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return null
  if (process.platform === 'linux') {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      return fields[0] === 'Z' ? null : `linux:${fields[19]}`
    } catch {
      return null // no such process
    }
  }
  try {
    return `ps:${execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()}`
  } catch {
    return null // ps answers 1 when there is none
  }
}

export const isSame = ({ pid, identity }) => identity !== null && identityOf(pid) === identity

/** Wait; a pause that does not keep the process alive is for watching only. */
export const pause = (ms, { keepsAlive = true } = {}) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    if (!keepsAlive) timer.unref()
  })

function signal(pid, name) {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error // ended in the meantime
  }
}

/** Ask a process to end, wait, then make it. Only the very process that was recorded. */
export async function endProcess(who, graceMs = 5000) {
  if (!isSame(who)) return
  signal(who.pid, 'SIGTERM')
  const until = performance.now() + graceMs
  while (isSame(who) && performance.now() < until) await pause(50)
  if (isSame(who)) signal(who.pid, 'SIGKILL')
  while (isSame(who)) await pause(20)
}
