import { eq, sql } from 'drizzle-orm'
import { districts, exportLog } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'
import { type Instant, now } from './clock.ts'
import { sha256Hex } from './crypto.ts'
import { type DistrictNature, natureOf } from './nature.ts'
import { newId } from './new-id.ts'

export interface ExportEntry {
  number: number
  page: string
  purpose: string
  filter: unknown
  columns: string[]
  teacherIds: TeacherId[]
  rowCount: number
  file: Buffer
}

/** Who took it out: the person at the page, or for whom the worker made it. */
export type Exporter = Pick<UserActor, 'districtId' | 'userId' | 'name' | 'role'>

/** The next export number: it stands in the file's foot, so it is taken before the file is written. */
export async function nextExportNumber(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ number: string }>(
    sql`SELECT nextval(pg_get_serial_sequence('export_log', 'number')) AS number`,
  )
  return Number(row?.number)
}

/** Keeps who took which rows out, for what, and the file's hash (PIPL Art. 57). */
export async function logExport(tx: Tx, actor: Exporter, entry: ExportEntry, at: Instant = now()): Promise<void> {
  const { file, ...rest } = entry
  await tx
    .insert(exportLog)
    .overridingSystemValue()
    .values({
      ...rest,
      districtId: actor.districtId,
      id: newId<string>(),
      fileHash: sha256Hex(file),
      byUser: actor.userId,
      byName: actor.name,
      role: actor.role,
      at,
    })
}

/** Name, zone and what it was made as: what every paper says. */
export async function districtHead(
  tx: Tx,
  actor: UserActor,
): Promise<{ name: string; nature: DistrictNature; timeZone: string }> {
  const [row] = await tx
    .select({
      name: districts.name,
      demo: districts.demo,
      exercise: districts.exercise,
      timeZone: districts.timeZone,
    })
    .from(districts)
    .where(eq(districts.id, actor.districtId))
  if (!row) throw new Error('the district of the actor is not there')
  return { name: row.name, nature: natureOf(row), timeZone: row.timeZone }
}
