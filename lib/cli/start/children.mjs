import { spawn } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, readFileSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { nextCli } from './build.mjs'
import { Halt } from './halt.mjs'
import { endProcess, identityOf, pause } from './pids.mjs'
import { inData, root } from './places.mjs'
import { lastLines } from './run.mjs'

const LOG_BYTES = 10 * 1024 * 1024
const READY_MS = 90_000
/** The whole stop has to fit into the ten seconds a service manager grants. */
const GRACE_MS = 3500

/** The web server and the worker, each with a log in `.data/log` and a channel to this process. */
export function startWeb({ port, host, dev, environment }) {
  const guard = pathToFileURL(join(root, 'lib/cli/start/end-with-parent.mjs')).href
  return startChild('web', ['--import', guard, nextCli, dev ? 'dev' : 'start', '-p', String(port), '-H', host], {
    ...environment,
    NODE_ENV: dev ? 'development' : 'production',
  })
}

/**
 * Memory of the worker: collecting in time it compares 62,300 rows within 600 MB; left alone it lets a gigabyte pile up.
 * Rows of a workbook live as long as the workbook: room for many young ones saves half the collecting.
 */
export const WORKER_MEMORY = ['--max-old-space-size=640', '--max-semi-space-size=32']

export const startWorker = ({ environment }) =>
  startChild('worker', [...WORKER_MEMORY, '--import', 'tsx', join(root, 'lib/worker/main.ts')], environment)

function startChild(name, args, env) {
  const folder = inData('log')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `${name}.log`)
  if (existsSync(file) && statSync(file).size > LOG_BYTES) truncateSync(file)
  const log = createWriteStream(file, { flags: 'a', mode: 0o600 })
  // detached: Ctrl-C reaches this process alone, which then stops the others in order
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  const who = { pid: child.pid, identity: identityOf(child.pid) }
  return {
    name,
    who,
    ended: new Promise((resolve) => child.once('exit', resolve)),
    stop: () => endProcess(who, GRACE_MS),
    failure: () =>
      new Halt(
        `${name === 'web' ? '网页服务' : '后台任务进程'}自己停了。下面是日志的最后几行（全文：${file}）。`,
        `The ${name} process ended by itself. The last lines of its log follow (all of it: ${file}).`,
        lastLines(readFileSync(file, 'utf8')),
      ),
  }
}

/** Wait until the web server answers; any answer will do. */
export async function answers(web, port) {
  let over = false
  web.ended.then(() => {
    over = true
  })
  const until = performance.now() + READY_MS
  while (performance.now() < until && !over) {
    try {
      await fetch(`http://127.0.0.1:${port}/api/health`, { redirect: 'manual' })
      return
    } catch {
      await pause(150) // not listening yet
    }
  }
  throw web.failure()
}
