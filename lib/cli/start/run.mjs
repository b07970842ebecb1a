import { spawn } from 'node:child_process'

const running = new Set()

/** Note a child that may be ended when the person asks to stop. */
export function noteRunning(child) {
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

/** End the programs `run` waits for. */
export function endRunning() {
  for (const child of running) child.kill('SIGTERM')
}

/**
 * Run a program to its end and keep what it printed.
 * @returns {Promise<{ code: number, output: string }>} output is stdout and stderr as they came
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const { onText, ...rest } = options
    const child = noteRunning(spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...rest }))
    let output = ''
    const take = (chunk) => {
      output += chunk
      onText?.(String(chunk))
    }
    child.stdout?.on('data', take)
    child.stderr?.on('data', take)
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code: code ?? (signal ? 1 : 0), output }))
  })
}

/** The last lines of a text: the cause of a failure is nearly always there. */
export const lastLines = (text, count = 20) => text.trimEnd().split('\n').slice(-count).join('\n')
