import { afterEach, describe, expect, test } from 'vitest'
import { type PlanRun, startPlan } from '@/lib/planner/runner.ts'
import type { LevelNews } from '@/lib/planner/search-terms.ts'
import { hasSample, sample } from './support.ts'

let running: PlanRun | null = null
afterEach(() => running?.cancel())

function start(...args: Parameters<typeof startPlan>): PlanRun {
  const started = startPlan(...args)
  if (!started.ok) throw new Error('refused')
  running = started.value
  return started.value
}

test('progress names level, bound, incumbent, gap and time, and every plan comes with its values', async () => {
  const news: LevelNews[] = []
  const plans: number[][] = []
  const run = start(sample('tiny').text, {
    onNews: (one) => news.push(one),
    onPlan: (plan) => plans.push(plan.values),
  })
  const outcome = await run.done
  expect(outcome).toMatchObject({ kind: 'result', report: { ok: true } })
  expect(news[0]).toMatchObject({ level: 1, name: 'slack', bound: 2 })
  expect(plans.length).toBeGreaterThan(0)
  expect(plans.at(-1)).toEqual([2, 101754837, 16, 679, 2397523])
}, 60_000)

test('a solver that is killed leaves a failure that can be run again, and nothing else', async () => {
  const run = start(sample('tiny').text)
  process.kill(run.pid!, 'SIGKILL')
  expect(await run.done).toMatchObject({ kind: 'failed', why: 'crashed' })
  expect(await start(sample('tiny').text).done).toMatchObject({ kind: 'result' })
}, 60_000)

test('an instance that is refused starts no process', () => {
  expect(startPlan('{}')).toMatchObject({ ok: false, refusals: [{ code: 'planner.refusal.wrong_version' }] })
})

describe.runIf(hasSample('district.json'))('stopped before the end', () => {
  test('cancelled: the best plan so far with its honest gap, accepted by the checker', async () => {
    const run = start(sample('district').text, { onPlan: () => run.cancel() })
    const outcome = await run.done
    expect(outcome).toMatchObject({ kind: 'result', result: { status: 'feasible' }, report: { ok: true } })
  }, 60_000)
  test('a time limit too short to prove anything still gives a plan', async () => {
    const outcome = await start(sample('district').text, { timeLimit: 1 }).done
    expect(outcome).toMatchObject({ kind: 'result', result: { status: 'feasible' }, report: { ok: true } })
  }, 60_000)
  test('too little memory ends the solver, not the caller', async () => {
    const outcome = await start(sample('district').text, { memoryMegabytes: 120 }).done
    expect(['result', 'failed']).toContain(outcome.kind)
    if (outcome.kind === 'failed') expect(outcome.why).toBe('memory')
    else expect(outcome.result.status).toBe('feasible')
  }, 60_000)
})
