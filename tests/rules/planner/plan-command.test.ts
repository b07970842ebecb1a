import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { planCommand } from '@/lib/cli/plan.ts'
import { hasSample, sample, samplePath } from './support.ts'

const folder = mkdtempSync(join(tmpdir(), 'plan-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the command and returns its exit code and what it printed. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const write = (add: (text: string) => void) => (text: string | Uint8Array) => {
    add(String(text))
    return true
  }
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(
      write((text) => {
        out += text
      }),
    ),
    vi.spyOn(process.stderr, 'write').mockImplementation(
      write((text) => {
        err += text
      }),
    ),
  ]
  const code = await planCommand(args).finally(() => {
    for (const spy of spies) spy.mockRestore()
  })
  return { code, out, err }
}

async function solveAndCheck(name: string, ...more: string[]) {
  const out = join(folder, `${name}.result.json`)
  const solved = await run(samplePath(`${name}.json`), '--out', out, ...more)
  expect(solved).toMatchObject({ code: 0 })
  const checked = await run('check', samplePath(`${name}.json`), out, '--json')
  expect(checked).toMatchObject({ code: 0 })
  return { said: JSON.parse(readFileSync(out, 'utf8')), checked: JSON.parse(checked.out), solved }
}

describe('plan INSTANCE --out RESULT, then plan check', () => {
  test('tiny: the published values, moves, chains and price of its lock', async () => {
    const { said, checked } = await solveAndCheck('tiny', '--lock-prices')
    const { result } = sample('tiny')
    expect(checked).toMatchObject({ ok: true, values: [2, 101754837, 16, 679, 2397523] })
    for (const part of ['moves', 'flows', 'counts', 'equity', 'why_not', 'chains', 'lock_prices'] as const)
      expect(said[part], part).toEqual(result[part])
    expect(said.levels.every((level: { gap: number }) => level.gap === 0)).toBe(true)
  }, 60_000)
  test.runIf(hasSample('small.json'))(
    'small: the published values and plan',
    async () => {
      const { said } = await solveAndCheck('small')
      const { result } = sample('small')
      expect(said.levels.map((level: { value: number }) => level.value)).toEqual(
        result.levels.map((level) => level.value),
      )
      expect(said.moves).toEqual(result.moves)
      expect(said.chains).toEqual(result.chains)
    },
    60_000,
  )
  test.runIf(hasSample('district.json'))(
    'district: the published values, each proven',
    async () => {
      const { said } = await solveAndCheck('district')
      const { result } = sample('district')
      expect(said.levels.map((level: { value: number; gap: number }) => [level.value, level.gap])).toEqual(
        result.levels.map((level) => [level.value, 0]),
      )
      expect(said.flows).toEqual(result.flows)
    },
    240_000,
  )
})

describe('exit codes', () => {
  test('no plan exists is an answer: 0, with the conflict in words', async () => {
    const plan = structuredClone(sample('tiny').instance)
    Object.assign(plan.policy, { backbone_reading: 'B', rate_backbone: [60, 100], backbone_leave_share: [10, 100] })
    plan.locks = []
    const path = join(folder, 'none.json')
    writeFileSync(path, JSON.stringify(plan))
    const { code, out } = await run(path, '--out', join(folder, 'none.result.json'))
    expect(code).toBe(0)
    expect(out).toContain('H6 H7c')
    expect(await run('check', path, join(folder, 'none.result.json'))).toMatchObject({ code: 0 })
  }, 60_000)
  test('1: a result of another instance', async () => {
    const changed = join(folder, 'changed.json')
    writeFileSync(changed, readFileSync(samplePath('tiny.json'), 'utf8').replace('"max_moves":6', '"max_moves":5'))
    const { code, out } = await run('check', changed, samplePath('tiny.result.json'), '--lang', 'en')
    expect(code).toBe(1)
    expect(out).toContain('H15  6 move, more than the most of 5.')
  })
  test('2: an instance that is refused, with a sentence naming the field', async () => {
    const bad = join(folder, 'bad.json')
    writeFileSync(bad, readFileSync(samplePath('tiny.json'), 'utf8').replace('"zone_only"', '"zones_only"'))
    const { code, err } = await run(bad, '--out', join(folder, 'x.json'), '--lang', 'en')
    expect(code).toBe(2)
    expect(err).toContain('Field policy.zones_only is not part of the format')
  })
  test('2: 30 MB, no file, no arguments, unknown option', async () => {
    const large = join(folder, 'large.json')
    writeFileSync(large, Buffer.alloc(30 * 1024 * 1024))
    expect(await run(large, '--lang', 'en')).toMatchObject({ code: 2, err: expect.stringContaining('30 MB') })
    expect((await run(join(folder, 'nowhere.json'))).code).toBe(2)
    expect((await run()).code).toBe(2)
    expect((await run('--what')).code).toBe(2)
    expect((await run(samplePath('tiny.json'), '--time-limit', 'soon')).code).toBe(2)
  })
})
