/**
 * The import, measured: node --import tsx bench/import.ts, with JUNHENG_WORKER_URL, JUNHENG_APP_URL and
 * JUNHENG_MASTER_KEY of a migrated database (bench/run.ts prepares one). Two districts of their own are made and left
 * to the database's end.
 *
 * - Dry run of a roster of 6,230 people (read in its child, compared with the register, rows kept) ÷ reading the same
 *   file with the same reader in the same kind of child and doing nothing with it.
 * - Peak memory of the process that compares 62,300 rows, and of the child that reads them.
 */
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closePools, withScope } from '@/db/scope.ts'
import { generateDistrict } from '@/db/seed/district.ts'
import { writeRosterWorkbook, writeSchoolsWorkbook } from '@/db/seed/workbooks.ts'
import { WORKER_MEMORY } from '@/lib/cli/start/children.mjs'
import { createDistrict } from '@/lib/platform/create-district.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { readWorkbookInChild } from '@/lib/platform/workbook/read-in-child.ts'
import { createBatch, runDryRun } from '@/lib/register/imports/run/batch.ts'
import type { ImportKind } from '@/lib/register/imports/run/entries.ts'
import { importNow } from '@/lib/register/imports/run/import-now.ts'
import type { SystemActor } from '@/lib/rules/access/actor.ts'
import { day } from '@/lib/rules/values/dates.ts'
import type { DistrictId } from '@/lib/rules/values/ids.ts'
import { writeLongRoster } from './long-roster.ts'

export interface Measured {
  name: string
  value: number
  bound: number
  unit: string
}

const LONG = 62_300

async function aDistrict(): Promise<SystemActor> {
  const districtId = newId<DistrictId>()
  const actor: SystemActor = { kind: 'system', districtId, job: 'bench', today: day('2026-11-23') }
  const code = `9${String(Date.now() % 100_000).padStart(5, '0')}`
  await withScope(actor, (tx) =>
    createDistrict(tx, { id: districtId, code, name: '测量区', documentPrefix: '测教人调', demo: true }),
  )
  return actor
}

async function bring(actor: SystemActor, kind: ImportKind, content: Uint8Array): Promise<void> {
  const outcome = await importNow(actor, { content: Buffer.from(content), fileName: `${kind}.xlsx`, kind, on: null })
  if (!outcome.ok) throw new Error(outcome.refusals[0]!.code)
}

async function dryRun(actor: SystemActor, content: Uint8Array): Promise<number> {
  const by = { createdBy: null, createdByName: 'bench', schoolId: null }
  const batch = { fileId: null, fileName: 'roster.xlsx', fileHash: '', kind: 'roster' as const, on: null, ...by }
  const id = await withScope(actor, (tx) => createBatch(tx, actor.districtId, batch))
  const started = performance.now()
  const outcome = await runDryRun(actor, id, content)
  if (!outcome.ok) throw new Error(outcome.refusals[0]!.code)
  return performance.now() - started
}

async function readOnly(path: string): Promise<number> {
  const started = performance.now()
  const opened = await readWorkbookInChild(path, path)
  if (!opened.ok) throw new Error(opened.refusals[0]!.code)
  return performance.now() - started
}

/** Best of a few: what the machine's other work adds is no part of the measure. */
async function best(times: number, work: () => Promise<number>): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < times; i++) least = Math.min(least, await work())
  return least
}

const peakMb = async () =>
  Number(/VmHWM:\s+(\d+)/.exec(await readFile('/proc/self/status', 'utf8').catch(() => ''))?.[1] ?? 0) / 1024

/** The dry runs against reading alone; in a process of its own, as the worker is one. */
async function measureRatios(folder: string): Promise<{ reading: number; fresh: number; known: number }> {
  const path = join(folder, 'roster.xlsx')
  const roster = await readFile(path)
  const actor = await aDistrict()
  await bring(actor, 'schools', await readFile(join(folder, 'schools.xlsx')))
  const reading = await best(4, () => readOnly(path))
  const fresh = await best(4, () => dryRun(actor, roster))
  await bring(actor, 'roster', roster)
  const known = await best(4, () => dryRun(actor, roster))
  return { reading, fresh, known }
}

/** A process of its own, so that its peak is that of the long import alone. */
async function measureLong(folder: string): Promise<{ ms: number; mb: number }> {
  const actor = await aDistrict()
  await bring(actor, 'schools', await readFile(join(folder, 'schools.xlsx')))
  const ms = await dryRun(actor, await readFile(join(folder, 'long.xlsx')))
  return { ms, mb: await peakMb() }
}

const PARTS = { ratios: measureRatios, long: measureLong }

/** Runs a part with the worker's memory. */
function inWorker<T>(part: keyof typeof PARTS, folder: string): T {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...WORKER_MEMORY, '--import', 'tsx', import.meta.filename],
    { env: { ...process.env, BENCH_PART: part, BENCH_FOLDER: folder }, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(stderr.slice(0, 500))
  return JSON.parse(stdout) as T
}

/** The figures of section J that concern the import. */
export async function measure(): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'junheng-bench-'))
  try {
    const records = generateDistrict({ seed: 2026 })
    await writeFile(join(folder, 'schools.xlsx'), await writeSchoolsWorkbook(records))
    await writeFile(join(folder, 'roster.xlsx'), await writeRosterWorkbook(records, { seed: 2026 }))
    await writeLongRoster(join(folder, 'long.xlsx'), LONG, records.schools[0]!.name)
    const { reading, fresh, known } = inWorker<Awaited<ReturnType<typeof measureRatios>>>('ratios', folder)
    const { ms, mb } = inWorker<Awaited<ReturnType<typeof measureLong>>>('long', folder)
    const round = (value: number) => Math.round(value * 100) / 100
    return [
      { name: 'import: reading 6,230 rows (baseline)', value: round(reading), bound: Number.NaN, unit: 'ms' },
      { name: 'import: dry run ÷ reading, empty register', value: round(fresh / reading), bound: 2.5, unit: '×' },
      { name: 'import: dry run ÷ reading, 6,230 known', value: round(known / reading), bound: 2.5, unit: '×' },
      { name: 'import: dry run of 62,300 rows', value: Math.round(ms), bound: Number.NaN, unit: 'ms' },
      { name: 'import: peak memory, 62,300 rows', value: Math.round(mb), bound: 900, unit: 'MB' },
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}

if (process.argv[1] === import.meta.filename) {
  const { BENCH_PART, BENCH_FOLDER } = process.env
  if (BENCH_PART) process.stdout.write(JSON.stringify(await PARTS[BENCH_PART as keyof typeof PARTS](BENCH_FOLDER!)))
  else console.table(await measure())
  await closePools()
}
