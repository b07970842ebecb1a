import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { closePools, listDistricts, withScope } from '../db/scope.ts'
import { planAccounts } from '../db/seed/accounts.ts'
import { generateDistrict } from '../db/seed/district.ts'
import { seedDemo } from '../lib/cli/seed.ts'
import { createDemoAccounts } from '../lib/cli/seed-accounts.ts'
import { seedPolicies } from '../lib/cli/seed-policy.ts'
import { freshPasswords, setUpDatabase } from '../lib/cli/setup-database.ts'
import { openCluster } from '../lib/cli/start/cluster.mjs'
import { ensureDataFolder } from '../lib/cli/start/places.mjs'
import { dayIn } from '../lib/platform/clock.ts'
import { createDistrict } from '../lib/platform/create-district.ts'
import { newId } from '../lib/platform/new-id.ts'
import { loadDistrict } from '../lib/register/store/load-district.ts'
import type { SystemActor } from '../lib/rules/access/actor.ts'
import type { DistrictRecords } from '../lib/rules/register/records.ts'
import type { DistrictId } from '../lib/rules/values/ids.ts'

/** Password of every account of the throw-away database. */
export const BENCH_PASSWORD = 'Bench-pass-2026'

export interface BenchDatabase {
  adminUrl: string
  appUrl: string
  workerUrl: string
  /** The demo district: 6,230 people, with its accounts, rules and running postings. */
  one: SystemActor
  /** District of 62,300 people: ten generated districts merged; made when first asked for. */
  ten: () => Promise<SystemActor>
  close: () => Promise<void>
}

function merged(districts: DistrictRecords[]): DistrictRecords {
  const [first] = districts
  return {
    statisticsDate: first!.statisticsDate,
    schools: districts.flatMap((district, n) =>
      district.schools.map((school) => ({
        ...school,
        name: `${school.name}${n}`,
        branchOf: school.branchOf ? `${school.branchOf}${n}` : null,
        group: school.group ? `${school.group}${n}` : null,
        pairedSchool: school.pairedSchool ? `${school.pairedSchool}${n}` : null,
      })),
    ),
    staff: districts.flatMap((district, n) =>
      district.staff.map((person) => ({
        ...person,
        school: `${person.school}${n}`,
        workSchool: `${person.workSchool}${n}`,
        staffNo: `${n}${person.staffNo}`,
      })),
    ),
    rotations: districts.flatMap((district, n) =>
      district.rotations.map((record) => ({
        ...record,
        relationSchool: `${record.relationSchool}${n}`,
        fromSchool: `${record.fromSchool}${n}`,
        toSchool: `${record.toSchool}${n}`,
      })),
    ),
    leaves: districts.flatMap((district) => district.leaves),
    disciplines: districts.flatMap((district) => district.disciplines),
  }
}

/** Ten generated districts in one, with the bureau's accounts and the rules in force. */
async function loadTen(): Promise<SystemActor> {
  const districts = Array.from({ length: 10 }, (_, index) => generateDistrict({ seed: 'bench-ten', index }))
  const districtId = newId<DistrictId>()
  const actor: SystemActor = { kind: 'system', districtId, job: 'bench', today: dayIn('Asia/Shanghai') }
  await withScope(
    actor,
    async (tx) => {
      await createDistrict(tx, { id: districtId, code: '159002', name: '测量市', documentPrefix: '测', demo: true })
      await loadDistrict(tx, districtId, merged(districts))
      const bureau = planAccounts(districts[0]!).filter(({ schoolCode }) => schoolCode === null)
      await createDemoAccounts(tx, actor, bureau, BENCH_PASSWORD, { schoolByCode: new Map(), teacherByNo: new Map() })
      await seedPolicies(tx, actor)
    },
    { statementSeconds: 600 },
  )
  return actor
}

/** Statistics as autovacuum gathers them within minutes of a large import. */
async function analyze(adminUrl: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  await sql`VACUUM ANALYZE`
  await sql.end()
}

/** A throw-away server with the demo district, and on request one ten times as large. */
export async function benchDatabase(): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'junheng-bench-'))
  process.env.JUNHENG_DATA = folder
  ensureDataFolder(folder)
  const cluster = await openCluster({
    home: join(folder, 'pg'),
    passwordFile: join(folder, 'password'),
    settings: { fsync: 'off', max_connections: '100' },
  })
  const urls = await setUpDatabase(cluster.adminUrl, freshPasswords())
  process.env.JUNHENG_APP_URL = urls.appUrl
  process.env.JUNHENG_WORKER_URL = urls.workerUrl
  process.env.JUNHENG_MASTER_KEY = '0'.repeat(64)
  await seedDemo(undefined, { password: BENCH_PASSWORD })
  await analyze(cluster.adminUrl)
  const [demo] = await listDistricts()
  let ten: Promise<SystemActor> | undefined
  const makeTen = async () => {
    const actor = await loadTen()
    await analyze(cluster.adminUrl)
    return actor
  }
  return {
    adminUrl: urls.adminUrl,
    appUrl: urls.appUrl,
    workerUrl: urls.workerUrl,
    one: { kind: 'system', districtId: demo!.id as DistrictId, job: 'bench', today: dayIn('Asia/Shanghai') },
    ten: () => {
      ten ??= makeTen()
      return ten
    },
    close: async () => {
      await closePools()
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
