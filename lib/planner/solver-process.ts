/**
 * The solver's own process: an instance on standard input, progress and the result as JSON lines on standard output.
 * The solver blocks this thread for as long as it works, so lines are written synchronously and the parent ends the
 * process to cancel; the best plan so far has been sent by then.
 */
import { readFileSync, writeSync } from 'node:fs'
import { parseInstance, parseResult } from '@/lib/rules/planner/format.ts'
import { planLines } from './certificate/result.ts'
import { priceLock } from './prices.ts'
import { type PlanOptions, solvePlan } from './solve-plan.ts'
import type { SolveMessage, SolveRequest } from './solver-protocol.ts'

function send(message: SolveMessage): void {
  const line = Buffer.from(`${JSON.stringify(message)}\n`)
  for (let at = 0; at < line.length; ) {
    try {
      at += writeSync(1, line, at)
    } catch (error) {
      // The pipe is full until the parent reads on.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    }
  }
}

async function main(): Promise<void> {
  const request = JSON.parse(readFileSync(0, 'utf8')) as SolveRequest
  const instance = parseInstance(request.instance)
  if (!instance.ok) throw new Error(instance.refusals.map((one) => `${one.code} ${one.field ?? ''}`).join('; '))
  const options: PlanOptions = request.timeLimit === undefined ? {} : { timeLimit: request.timeLimit }
  if (request.mustMove !== undefined) options.mustMove = request.mustMove
  if (request.previous) {
    const before = parseInstance(request.previous.instance)
    const result = parseResult(request.previous.result)
    if (before.ok && result.ok) options.previous = { instance: before.value, result: result.value }
  }
  send({ kind: 'begun' })
  const result = await solvePlan(instance.value, request.instanceSha256, options, {
    news: (news) => send({ kind: 'news', ...news }),
    level: (level) => send({ kind: 'level', level }),
    conflict: () => send({ kind: 'conflict' }),
    plan: (plan, values, level, model) => send({ kind: 'plan', level, ...planLines(model, plan), values }),
  })
  if (request.lockPrices && result.status === 'optimal') {
    result.lock_prices = []
    for (const lock of instance.value.locks) {
      const price = await priceLock(instance.value, result, lock.id)
      if (price) result.lock_prices.push(price)
    }
  }
  send({ kind: 'result', result })
}

main().catch((error: unknown) => {
  send({ kind: 'error', message: error instanceof Error ? error.message : String(error) })
  process.exitCode = 1
})
