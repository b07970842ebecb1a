import { exportLog } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { Instant } from './clock.ts'
import { newId } from './new-id.ts'

interface TakenOut {
  page: string
  purpose: string
  filter: unknown
  columns: string[]
  rowCount: number
  teacherIds?: string[]
  at: Instant
}

/** Who takes which rows out of the system (PIPL Art. 57). @returns the number printed on the file */
export async function logExport(tx: Tx, actor: UserActor, taken: TakenOut): Promise<number> {
  const row = one(
    await tx
      .insert(exportLog)
      .values({
        districtId: actor.districtId,
        id: newId<string>(),
        ...taken,
        teacherIds: taken.teacherIds ?? [],
        byUser: actor.userId,
        byName: actor.name,
        role: actor.role,
      })
      .returning({ number: exportLog.number }),
  )
  return row.number
}
