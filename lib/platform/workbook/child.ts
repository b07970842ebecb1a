import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { done, type Outcome, refuseAll } from '../../rules/values/outcome.ts'
import { WORKBOOK_LIMITS, type WorkbookLimits } from './limits.ts'
import { WorkbookRefused } from './refused.ts'

const PAGE = 4096

/** Resident memory of a process in MB where the system tells it (Linux); 0 elsewhere, where the heap limit alone holds. */
async function residentMb(pid: number): Promise<number> {
  try {
    return (Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1]) * PAGE) / 1024 / 1024
  } catch {
    // No /proc, or the process has just ended: nothing to measure
    return 0
  }
}

export interface ChildWork {
  /** Program of the child, from the product's folder. */
  entry: string
  args: readonly string[]
  /** What the child reads from its standard input. */
  input?: string
  limits?: Partial<WorkbookLimits>
  take: (piece: Buffer) => void
}

/**
 * Works on somebody else's workbook in a process of its own (SEC-T7): capped in memory and time, without the server's
 * environment and secrets, ended on breach. What the child writes is handed over as it comes.
 * @returns the most memory it took, or which bound it broke; `unreadable` where it ended otherwise than well
 */
export async function workInChild(work: ChildWork): Promise<Outcome<{ childMb: number }>> {
  const { seconds, memoryMb } = { ...WORKBOOK_LIMITS, ...work.limits }
  const root = process.cwd()
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${memoryMb}`,
      '--disable-proto=delete',
      '--no-warnings',
      '--import',
      'tsx',
      join(root, work.entry),
      ...work.args,
    ],
    { cwd: root, env: { PATH: process.env.PATH, NODE_ENV: 'production' }, stdio: ['pipe', 'pipe', 'ignore'] },
  )
  let breach: 'tooSlow' | 'tooMuchMemory' | null = null
  let childMb = 0
  const stop = (reason: 'tooSlow' | 'tooMuchMemory') => {
    breach ??= reason
    child.kill('SIGKILL')
  }
  const clock = setTimeout(() => stop('tooSlow'), seconds * 1000)
  const watch = setInterval(async () => {
    if (child.pid === undefined) return
    childMb = Math.max(childMb, await residentMb(child.pid))
    if (childMb > memoryMb) stop('tooMuchMemory')
  }, 200)
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  // A child that ends before it has read everything closes the pipe; how it ended is told by its code.
  child.stdin.on('error', () => undefined)
  child.stdin.end(work.input ?? '')
  try {
    for await (const piece of child.stdout) work.take(piece as Buffer)
    const { code, signal } = await ended
    if (breach) return refuseAll([new WorkbookRefused(breach, { seconds, mb: memoryMb }).toRefusal()])
    if (code === 0) return done({ childMb: Math.round(childMb) })
    // V8 ends itself with SIGABRT (or code 134) when its heap is full
    const reason = signal === 'SIGABRT' || code === 134 ? 'tooMuchMemory' : 'unreadable'
    return refuseAll([new WorkbookRefused(reason, { mb: memoryMb }).toRefusal()])
  } finally {
    clearTimeout(clock)
    clearInterval(watch)
    if (child.exitCode === null) child.kill('SIGKILL')
  }
}
