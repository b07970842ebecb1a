import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type CheckReport, checkPlan } from '@/lib/rules/planner/checker.ts'
import {
  LEVELS,
  type PlanInstance,
  type PlanLevel,
  type PlanResult,
  parseInstance,
} from '@/lib/rules/planner/format.ts'
import type { Outcome } from '@/lib/rules/values/outcome.ts'
import { certify } from './certificate/result.ts'
import { listOptions } from './model/options.ts'
import { readRoll } from './model/roll.ts'
import type { LevelNews } from './search-terms.ts'
import { planFromLines } from './solve-plan.ts'
import type { SolveMessage, SolveRequest } from './solver-protocol.ts'

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

export interface RunOptions {
  /** Seconds; the best plan so far is the result when they are over. None: until proven. */
  timeLimit?: number
  /** Resident memory at which the solver is ended. */
  memoryMegabytes?: number
  previous?: SolveRequest['previous']
  lockPrices?: boolean
  /** Somebody listed singly who has to go, to the best place there is. */
  mustMove?: string
  /** Progress for a page: level, bound, incumbent, gap, elapsed. */
  onNews?(news: LevelNews): void
  /** A better plan exists; level 0 is the quick one. */
  onPlan?(plan: Extract<SolveMessage, { kind: 'plan' }>): void
  /** There is no plan; the rules in conflict are being looked for, for at most as long again. */
  onConflict?(): void
}

export type RunOutcome =
  | { kind: 'result'; result: PlanResult; report: CheckReport }
  /** crashed: the process ended by itself; memory: ended for its size; nothing: stopped before any plan; unexplained: no plan, and no conflict found in time; unsound: the checker refuses it. */
  | {
      kind: 'failed'
      why: 'crashed' | 'memory' | 'nothing' | 'unexplained' | 'unsound'
      detail: string
      report?: CheckReport
    }

export interface PlanRun {
  /** Process id of the solver. */
  pid: number | undefined
  /** Ends the solver; `done` gives the best plan so far with its honest gap. */
  cancel(): void
  done: Promise<RunOutcome>
}

const DEFAULT_MEMORY_MB = 3500
/** A solver that has not kept its own time limit is ended after this many seconds more. */
const GRACE_SECONDS = 10
/** A process may take this long to start and to read a long instance; that is no part of the time to solve. */
const START_SECONDS = 60

/** Where this file lies; a bundled server knows its project by its working directory instead. */
function solverEntry(): { file: string; root: string } {
  const here = join(dirname(fileURLToPath(import.meta.url)), 'solver-process.ts')
  if (existsSync(here)) return { file: here, root: join(dirname(here), '..', '..') }
  const root = process.cwd()
  return { file: join(root, 'lib', 'planner', 'solver-process.ts'), root }
}

function startProcess(memoryMegabytes: number): ChildProcessWithoutNullStreams {
  const { file, root } = solverEntry()
  const loader = createRequire(join(root, 'package.json')).resolve('tsx')
  // The solver's own memory lies outside the JavaScript heap; the limit here bounds only instance and model.
  const heap = `--max-old-space-size=${Math.max(256, Math.floor(memoryMegabytes / 2))}`
  return spawn(process.execPath, [heap, '--import', `file://${loader}`, file], { cwd: root, stdio: 'pipe' })
}

function residentMegabytes(pid: number): number {
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 1_048_576
  } catch {
    // Not this kind of system, or the process is gone: nothing to measure.
    return 0
  }
}

interface Seen {
  plan: Extract<SolveMessage, { kind: 'plan' }> | null
  levels: PlanLevel[]
  news: LevelNews | null
  conflict: boolean
  result: PlanResult | null
  error: string | null
}

/** The best plan of a run that was ended, as a certificate: proven levels, and the one it was ended in with its gap. */
function bestSoFar(instance: PlanInstance, instanceSha256: string, seen: Seen): PlanResult | null {
  if (!seen.plan) return null
  const roll = readRoll(instance)
  const table = listOptions(roll, false)
  const plan = planFromLines({ roll, table }, seen.plan)
  if (!plan) return null
  const draft = certify(instance, { roll, table }, plan, { instanceSha256, levels: [], status: 'feasible' })
  const levels = seen.levels.filter((level) => level.status === 'optimal')
  const open = LEVELS[levels.length]
  if (!open) return { ...draft, levels, status: 'optimal' }
  const bound = seen.news?.level === open.level ? seen.news.bound : null
  const value = seen.plan.values[open.level - 1]!
  const gap = bound === null ? null : Math.abs(value - bound)
  levels.push({
    ...open,
    value,
    bound,
    gap,
    status: gap === 0 ? 'optimal' : 'feasible',
    seconds: Math.round(seen.news?.elapsed ?? 0),
  })
  return { ...draft, levels }
}

/**
 * Runs one instance in a process of its own (planner.md §12): the web process never waits for the solver, a crash leaves
 * nothing behind, and whatever comes out is checked before anybody sees it as a plan.
 */
export function startPlan(instanceText: string, options: RunOptions = {}): Outcome<PlanRun> {
  const read = parseInstance(instanceText)
  if (!read.ok) return read
  const instance = read.value
  const instanceSha256 = sha256(instanceText)
  const limit = options.memoryMegabytes ?? DEFAULT_MEMORY_MB
  const child = startProcess(limit)
  const seen: Seen = { plan: null, levels: [], news: null, conflict: false, result: null, error: null }
  let ended: 'cancelled' | 'late' | 'memory' | null = null
  let late: NodeJS.Timeout | null = null
  const giveTime = (more = GRACE_SECONDS) => {
    if (late) clearTimeout(late)
    if (options.timeLimit !== undefined) late = setTimeout(() => end('late'), (options.timeLimit + more) * 1000)
  }
  const end = (why: NonNullable<typeof ended>) => {
    ended ??= why
    child.kill('SIGKILL')
  }
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line) as SolveMessage
    if (message.kind === 'begun') giveTime()
    else if (message.kind === 'news') {
      seen.news = message
      options.onNews?.(message)
    } else if (message.kind === 'plan') {
      seen.plan = message
      options.onPlan?.(message)
    } else if (message.kind === 'conflict') {
      seen.conflict = true
      giveTime()
      options.onConflict?.()
    } else if (message.kind === 'level') seen.levels.push(message.level)
    else if (message.kind === 'result') seen.result = message.result
    else seen.error = message.message
  })
  let complaints = ''
  child.stderr.on('data', (data: Buffer) => {
    complaints = (complaints + data.toString()).slice(-2000)
  })
  const request: SolveRequest = {
    instance: instanceText,
    instanceSha256,
    ...(options.timeLimit === undefined ? {} : { timeLimit: options.timeLimit }),
    ...(options.previous ? { previous: options.previous } : {}),
    ...(options.mustMove === undefined ? {} : { mustMove: options.mustMove }),
    ...(options.lockPrices ? { lockPrices: true } : {}),
  }
  // A solver ended before it has read everything closes the pipe; the close event tells the rest.
  child.stdin.on('error', () => undefined)
  child.stdin.end(JSON.stringify(request))
  giveTime(START_SECONDS)
  const watch = setInterval(() => {
    if (child.pid !== undefined && residentMegabytes(child.pid) > limit) end('memory')
  }, 500)

  const done = new Promise<RunOutcome>((resolve) => {
    child.on('error', (error) => {
      seen.error ??= error.message
    })
    child.on('close', (code, signal) => {
      clearInterval(watch)
      if (late) clearTimeout(late)
      const stopped = ended !== null
      const result = seen.result ?? (stopped ? bestSoFar(instance, instanceSha256, seen) : null)
      if (!result || result.status === 'error') {
        const unfinished = seen.conflict ? 'unexplained' : 'nothing'
        const why = ended === 'memory' ? 'memory' : stopped || result ? unfinished : 'crashed'
        const detail = seen.error ?? (result?.status === 'error' ? result.error : undefined) ?? complaints
        resolve({ kind: 'failed', why, detail: detail || `code ${code ?? ''} ${signal ?? ''}`.trim() })
        return
      }
      const report = checkPlan(instance, result, { instanceSha256, digest: sha256 })
      if (report.ok) resolve({ kind: 'result', result, report })
      else resolve({ kind: 'failed', why: 'unsound', detail: report.findings[0]!.code, report })
    })
  })
  return { ok: true, value: { pid: child.pid, cancel: () => end('cancelled'), done } }
}
