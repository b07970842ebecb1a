import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { Halt } from './halt.mjs'
import { root } from './places.mjs'
import { lastLines, noteRunning } from './run.mjs'

/**
 * Run `lib/cli/prepare.ts` (roles, migrations, demo district) in a process of its own, which alone learns
 * the administrator's address.
 * @param {(title: string, work: () => Promise<string>) => Promise<string>} step prints one step
 * @returns {Promise<{ appUrl: string, workerUrl: string }>}
 */
export async function prepareDatabase({ adminUrl, environment, step, seed = true }) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'lib/cli/prepare.ts')], {
    cwd: root,
    env: { ...environment, JUNHENG_ADMIN_URL: adminUrl, JUNHENG_SEED: seed ? 'demo' : 'none' },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
  noteRunning(child)
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const inbox = []
  let wake = () => {}
  const put = (message) => {
    inbox.push(message)
    wake()
  }
  child.on('message', put)
  // not `exit`: what it wrote last may still be on its way
  child.on('close', (code) => put({ exit: code }))

  const next = async () => {
    while (inbox.length === 0)
      await new Promise((resolve) => {
        wake = resolve
      })
    return inbox.shift()
  }
  const noteOf = async () => {
    const message = await next()
    if (message.done !== undefined) return message.done
    throw problem(message, errors)
  }
  for (;;) {
    const message = await next()
    if (message.urls) return message.urls
    if (message.step) await step(message.step, noteOf)
    else throw problem(message, errors)
  }
}

function problem(message, errors) {
  if (message.halt) return new Halt(message.halt.zh, message.halt.en, message.halt.detail)
  if (/ENOSPC|No space left on device/.test(errors)) return Object.assign(new Error('full'), { code: 'ENOSPC' })
  return new Halt('准备数据库失败。', 'Preparing the database failed.', lastLines(errors, 30))
}
