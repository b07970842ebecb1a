/**
 * Measures the planner: `node --import tsx bench/planner.ts [--county] [--seconds N]`. Ratios of runs made side by side count;
 * seconds depend on the machine. The district of the shared samples is used where it lies beside the project, else a
 * made-up one of the same size.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildModel } from '../lib/planner/model/build.ts'
import { quickPlan } from '../lib/planner/model/quick-plan.ts'
import type { SolveOptions } from '../lib/planner/search-terms.ts'
import { solveLevels } from '../lib/planner/solve-levels.ts'
import { solvePlan } from '../lib/planner/solve-plan.ts'
import { checkPlan } from '../lib/rules/planner/checker.ts'
import { type PlanInstance, type PlanResult, parseInstance } from '../lib/rules/planner/format.ts'
import { censusInstance } from './census-instance.ts'
import type { Measured } from './measure.ts'

interface BenchRow {
  what: string
  figure: string
  target: string
  met: boolean | null
}

/** The district's rows, as the table of all measures shows them. */
export async function measurePlanner(): Promise<Measured[]> {
  return (await benchDistrict()).map(({ what, figure, target, met }) => {
    const [, name = what, note = ''] = /^([^(]+?)(?: \((.*)\))?$/.exec(what) ?? []
    return { name: `planner: ${name}`, value: figure, bound: target, within: met, note }
  })
}

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')
const round = (value: number): number => Math.round(value * 100) / 100

async function timed<T>(work: () => T | Promise<T>): Promise<{ value: T; seconds: number }> {
  const began = performance.now()
  const value = await work()
  return { value, seconds: (performance.now() - began) / 1000 }
}

function sampleInstance(name: string): PlanInstance | null {
  for (const up of ['..', '../..']) {
    const path = join(import.meta.dirname, '..', up, 'shared', 'data', 'planner', `${name}.json`)
    if (!existsSync(path)) continue
    const read = parseInstance(readFileSync(path))
    if (read.ok) return read.value
  }
  return null
}

/** Everybody singly: the same plan then exists in n! copies. */
function withoutGroups(instance: PlanInstance): PlanInstance {
  const singles = instance.groups.flatMap(({ n, ...standing }) =>
    Array.from({ length: n }, (_, at) => ({
      ...standing,
      id: `${standing.id}-${at + 1}`,
      host: false,
      mode: 'any' as const,
      wishes: [],
      max_hm: null,
    })),
  )
  return { ...instance, teachers: [...instance.teachers, ...singles], groups: [] }
}

/** One member of the largest group listed singly, and the same with a lock on that person. */
function oneMoreLock(instance: PlanInstance): { before: PlanInstance; after: PlanInstance } {
  const group = instance.groups.reduce((a, b) => (b.n > a.n ? b : a))
  const { n, ...standing } = group
  const id = `${group.id}-1`
  const before: PlanInstance = {
    ...instance,
    teachers: [...instance.teachers, { ...standing, id, host: false, mode: 'any', wishes: [], max_hm: null }],
    groups: instance.groups.map((one) => (one.id === group.id ? { ...one, n: n - 1 } : one)),
  }
  const stage = group.stage
  const to = instance.schools.find(
    (school) =>
      school.id !== group.school &&
      school.receiver &&
      school.units.some((unit) => unit.stage === stage && unit.subjects.some((post) => post.k === group.subject)),
  )!
  return { before, after: { ...before, locks: [...instance.locks, { id: 'LX', teacher: id, to: to.id }] } }
}

const valuesOf = (result: PlanResult): number[] =>
  result.status === 'optimal' || result.status === 'feasible' ? result.levels.map((level) => level.value) : []

async function benchDistrict(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  const census = () => censusInstance({ districts: 1, zonesPerDistrict: 1, wishPercent: 0, shortage: 1 })
  const district = sampleInstance('district') ?? census()
  const sha = sha256(JSON.stringify(district))
  // The compiled solver is slow until it has run once.
  await solvePlan(censusInstance({ districts: 1, zonesPerDistrict: 5, wishPercent: 0, shortage: 1 }), sha)

  const model = buildModel(district)
  const quick = await timed(() => quickPlan(model))
  rows.push({
    what: 'first plan to show',
    figure: `${round(quick.seconds)} s`,
    target: '≤ 10 s',
    met: quick.seconds <= 10,
  })

  const full = await timed(() => solvePlan(district, sha))
  const isProven = full.value.status === 'optimal'
  rows.push({
    what: `district, five levels proven (${valuesOf(full.value).join(' · ')})`,
    figure: `${round(full.seconds)} s`,
    target: '≤ 60 s',
    met: isProven && full.seconds <= 60,
  })

  const check = await timed(() => checkPlan(district, full.value, { instanceSha256: sha, digest: sha256 }))
  rows.push({
    what: 'checker on the district',
    figure: `${Math.round(check.seconds * 1000)} ms`,
    target: '≤ 2 s',
    met: check.value.ok && check.seconds <= 2,
  })

  const { before, after } = oneMoreLock(district)
  const first = await timed(() => solvePlan(before, sha))
  const again = await timed(() => solvePlan(after, sha, { previous: { instance: before, result: first.value } }))
  const ratio = again.seconds / first.seconds
  rows.push({
    what: `one more lock ÷ first solve (${round(again.seconds)} ÷ ${round(first.seconds)} s)`,
    figure: ratio.toFixed(2),
    target: '≤ 0.5',
    met: again.value.status === 'optimal' && ratio <= 0.5,
  })

  const direct: SolveOptions = { relaxations: false, timeLimit: Math.max(30, 5 * full.seconds) }
  const levelwise = await timed(() => solveLevels(model, direct))
  rows.push({
    what: `chain of relaxations ÷ level by level (${round(full.seconds)} ÷ ${round(levelwise.seconds)} s)`,
    figure: (full.seconds / levelwise.seconds).toFixed(2),
    target: '–',
    met: null,
  })

  const plain = buildModel(withoutGroups(district), { partialSums: false })
  // Three times as long is enough to know that the share is below a third.
  const bare = await timed(() => solveLevels(plain, { timeLimit: Math.max(30, 3 * full.seconds) }))
  const isSame = bare.value.kind === 'plan' && bare.value.status === 'optimal'
  const share = full.seconds / bare.seconds
  rows.push({
    what: `groups and partial sums ÷ without (${plain.size.columns} columns, ${plain.size.nonzeros} nonzeros; ${round(full.seconds)} ÷ ${isSame ? '' : '> '}${round(bare.seconds)} s)`,
    figure: share.toFixed(2),
    target: '≤ 0.4',
    met: share <= 0.4,
  })
  return rows
}

/** Ten districts: 500 schools, 30,000 eligible, a tenth of them with wishes, shortages in level 1. */
async function benchCounty(seconds: number): Promise<BenchRow[]> {
  const county = censusInstance({ districts: 10, zonesPerDistrict: 5, wishPercent: 10, shortage: 1 })
  const sha = sha256(JSON.stringify(county))
  let firstPlan: number | null = null
  const began = performance.now()
  const solved = await timed(() =>
    solvePlan(
      county,
      sha,
      { timeLimit: seconds },
      {
        plan: () => {
          firstPlan ??= (performance.now() - began) / 1000
        },
      },
    ),
  )
  const { value: result } = solved
  const rows: BenchRow[] = [
    {
      what: 'county, first plan to show',
      figure: firstPlan === null ? 'none' : `${round(firstPlan)} s`,
      target: '≤ 60 s',
      met: firstPlan !== null && firstPlan <= 60,
    },
    {
      what: 'county, resident memory after the run',
      figure: `${Math.round(process.memoryUsage().rss / 1_048_576)} MB`,
      target: '≤ 3,584 MB',
      met: process.memoryUsage().rss <= 3584 * 1_048_576,
    },
  ]
  if (result.status !== 'optimal' && result.status !== 'feasible') return rows
  for (const { level, name, value, bound, gap, seconds: spent } of result.levels) {
    const share = gap === null ? null : gap / Math.max(1, Math.abs(value))
    rows.push({
      what: `county, level ${level} ${name}: ${value}, bound ${bound ?? '–'}, ${spent} s`,
      figure: share === null ? '–' : `${(share * 100).toFixed(3)} %`,
      target: '≤ 0.5 %',
      met: share !== null && share <= 0.005,
    })
  }
  const report = checkPlan(county, result, { instanceSha256: sha, digest: sha256 })
  rows.push({ what: 'county, checker', figure: report.ok ? 'sound' : 'unsound', target: 'sound', met: report.ok })
  return rows
}

function print(rows: readonly BenchRow[]): void {
  console.log('| what | measured | target | met |\n| --- | --- | --- | --- |')
  for (const { what, figure, target, met } of rows)
    console.log(`| ${what} | ${figure} | ${target} | ${met === null ? '–' : met ? 'yes' : 'no'} |`)
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { county: { type: 'boolean' }, seconds: { type: 'string' } } })
  print(values.county ? await benchCounty(Number(values.seconds ?? 600)) : await benchDistrict())
}
