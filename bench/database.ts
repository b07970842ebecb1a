import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closePools, withScope } from '../db/scope.ts'
import { generateDistrict } from '../db/seed/district.ts'
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

export interface BenchDatabase {
  appUrl: string
  workerUrl: string
  /** District of 6,230 people. */
  one: SystemActor
  /** District of 62,300 people: ten generated districts merged. */
  ten: SystemActor
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

async function load(records: DistrictRecords, code: string): Promise<SystemActor> {
  const districtId = newId<DistrictId>()
  const actor: SystemActor = { kind: 'system', districtId, job: 'bench', today: dayIn('Asia/Shanghai') }
  await withScope(
    actor,
    async (tx) => {
      await createDistrict(tx, { id: districtId, code, name: code, documentPrefix: code, demo: true })
      await loadDistrict(tx, districtId, records)
    },
    { statementSeconds: 600 },
  )
  return actor
}

/** A throw-away server with a district of 6,230 and one of 62,300 people, generated. */
export async function benchDatabase(): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'junheng-bench-'))
  ensureDataFolder(folder)
  const cluster = await openCluster({
    home: join(folder, 'pg'),
    passwordFile: join(folder, 'password'),
    settings: { fsync: 'off', max_connections: '100' },
  })
  const urls = await setUpDatabase(cluster.adminUrl, freshPasswords())
  process.env.JUNHENG_APP_URL = urls.appUrl
  process.env.JUNHENG_WORKER_URL = urls.workerUrl
  process.env.JUNHENG_MASTER_KEY ??= '0'.repeat(64)
  const one = await load(generateDistrict({ seed: 'bench' }), '159001')
  const ten = await load(
    merged(Array.from({ length: 10 }, (_, index) => generateDistrict({ seed: 'bench-ten', index }))),
    '159002',
  )
  return {
    appUrl: urls.appUrl,
    workerUrl: urls.workerUrl,
    one,
    ten,
    close: async () => {
      await closePools()
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
