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
import { WORKER_HEAP_MB } from '@/lib/cli/start/children.mjs'
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

/** In a process of its own (`BENCH_LONG=path`), so that its peak is that of the long import alone; its heap is the worker's. */
async function measureLong(path: string): Promise<void> {
  const actor = await aDistrict()
  await bring(actor, 'schools', await readFile(`${path}.schools`))
  const content = await readFile(path)
  const ms = await dryRun(actor, content)
  process.stdout.write(JSON.stringify({ ms, mb: await peakMb() }))
}

/** The figures of section J that concern the import. */
export async function measure(): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'junheng-bench-'))
  try {
    const records = generateDistrict({ seed: 2026 })
    const roster = await writeRosterWorkbook(records, { seed: 2026 })
    const path = join(folder, 'roster.xlsx')
    await writeFile(path, roster)
    const actor = await aDistrict()
    await bring(actor, 'schools', await writeSchoolsWorkbook(records))
    const reading = await best(3, () => readOnly(path))
    const fresh = await best(3, () => dryRun(actor, roster))
    await bring(actor, 'roster', roster)
    const known = await best(3, () => dryRun(actor, roster))
    const long = join(folder, 'long.xlsx')
    await writeFile(`${long}.schools`, await writeSchoolsWorkbook(records))
    await writeLongRoster(long, LONG, records.schools[0]!.name)
    const child = spawnSync(
      process.execPath,
      [`--max-old-space-size=${WORKER_HEAP_MB}`, '--import', 'tsx', import.meta.filename],
      {
        env: { ...process.env, BENCH_LONG: long },
        encoding: 'utf8',
      },
    )
    if (child.status !== 0) throw new Error(child.stderr.slice(0, 500))
    const { ms, mb } = JSON.parse(child.stdout) as { ms: number; mb: number }
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
  if (process.env.BENCH_LONG) await measureLong(process.env.BENCH_LONG)
  else console.table(await measure())
  await closePools()
}
