import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { done, type Outcome, type Refusal, refuseAll } from '../../rules/values/outcome.ts'
import { WORKBOOK_LIMITS, type WorkbookLimits } from './limits.ts'
import { WorkbookRefused } from './refused.ts'
import { type Cell, collectSheets, type Merge, type SheetData } from './sheet.ts'

type Line =
  | [number, 0 | 1, (Cell | undefined)[]]
  | { sheet: string; hidden: boolean }
  | { merges: Merge[] }
  | { done: true }
  | { refused: Refusal }

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

/**
 * Reads an uploaded workbook in a process of its own (SEC-T7): capped in memory and time, without the server's
 * environment and secrets, ended on breach. Rows stream back, so the child never holds the whole file.
 */
export async function readWorkbookInChild(
  path: string,
  filename: string,
  limits: Partial<WorkbookLimits> = {},
  seen?: (memory: { childMb: number }) => void,
): Promise<Outcome<SheetData[]>> {
  const { seconds, memoryMb } = { ...WORKBOOK_LIMITS, ...limits }
  const root = process.cwd()
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${memoryMb}`,
      '--disable-proto=delete',
      '--no-warnings',
      '--import',
      'tsx',
      join(root, 'lib/platform/workbook/child-entry.ts'),
      path,
      filename,
      JSON.stringify(limits),
    ],
    { cwd: root, env: { PATH: process.env.PATH, NODE_ENV: 'production' }, stdio: ['ignore', 'pipe', 'ignore'] },
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
  const intake = new Intake()
  try {
    const decoder = new StringDecoder('utf8')
    for await (const piece of child.stdout) intake.take(decoder.write(piece as Buffer))
    const { code, signal } = await ended
    seen?.({ childMb: Math.round(childMb) })
    if (intake.refusal) return refuseAll([intake.refusal])
    if (breach) return refuseAll([new WorkbookRefused(breach, { seconds, mb: memoryMb }).toRefusal()])
    if (code === 0 && intake.finished) return intake.outcome()
    // V8 ends itself with SIGABRT (or code 134) when its heap is full
    const reason = signal === 'SIGABRT' || code === 134 ? 'tooMuchMemory' : 'unreadable'
    return refuseAll([new WorkbookRefused(reason, { mb: memoryMb }).toRefusal()])
  } finally {
    clearTimeout(clock)
    clearInterval(watch)
    if (child.exitCode === null) child.kill('SIGKILL')
  }
}

/** Puts the child's lines together; equal texts are kept once, as a roster repeats most of its words. */
class Intake {
  readonly #sink = collectSheets()
  readonly #words = new Map<string, string>()
  #rest = ''
  finished = false
  refusal: Refusal | null = null

  take(text: string): void {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop()!
    for (const line of lines) this.#line(JSON.parse(line) as Line)
  }

  outcome(): Outcome<SheetData[]> {
    const { sheets } = this.#sink
    return sheets.some((sheet) => sheet.rows.length > 0)
      ? done(sheets)
      : refuseAll([new WorkbookRefused('empty').toRefusal()])
  }

  #line(line: Line): void {
    if (Array.isArray(line)) {
      const [number, hidden, cells] = line
      for (let i = 0; i < cells.length; i++) {
        const cell = cells[i]
        if (typeof cell === 'string') cells[i] = this.#word(cell)
      }
      this.#sink.row({ number, hidden: hidden === 1, cells })
    } else if ('sheet' in line) this.#sink.startSheet(line.sheet, line.hidden)
    else if ('merges' in line) this.#sink.endSheet(line.merges)
    else if ('refused' in line) this.refusal = line.refused
    else this.finished = true
  }

  #word(text: string): string {
    const known = this.#words.get(text)
    if (known !== undefined) return known
    this.#words.set(text, text)
    return text
  }
}
