import { desc, eq } from 'drizzle-orm'
import { fieldChanges } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'

/** Tables of the register whose rows can be corrected; the name kept with each change. */
export type Entity =
  | 'teachers'
  | 'teacher_secrets'
  | 'appointments'
  | 'employments'
  | 'titles'
  | 'post_grades'
  | 'honours'
  | 'certificates'
  | 'annual_assessments'
  | 'leaves'
  | 'schools'
  | 'school_years'

export interface Change {
  entity: Entity
  entityId: string
  teacherId?: TeacherId | null
  schoolId?: SchoolId | null
  operation: 'insert' | 'update'
  field?: string
  old?: unknown
  new?: unknown
  /** Values of a sensitive class are not kept here: only that the field changed. */
  sensitive?: boolean
}

interface Because {
  tx: Tx
  actor: Actor
  at: string
  reason: string | null
}

/** Keeps who changed what from what to what, and why, beside the change itself. */
export async function keepChanges({ tx, actor, at, reason }: Because, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  await tx.insert(fieldChanges).values(
    changes.map((change) => ({
      districtId: actor.districtId,
      id: newId<string>(),
      entity: change.entity,
      entityId: change.entityId,
      teacherId: change.teacherId ?? null,
      schoolId: change.schoolId ?? null,
      operation: change.operation,
      field: change.field ?? null,
      old: change.sensitive ? null : (change.old ?? null),
      new: change.sensitive ? null : (change.new ?? null),
      sensitive: change.sensitive ?? false,
      at,
      byUser: actor.kind === 'user' ? actor.userId : null,
      byName: actor.kind === 'user' ? actor.name : actor.kind,
      reason,
    })),
  )
}

/** Who changed a row last; for the sentence of a stale edit. */
export async function lastChangedBy(tx: Tx, entityId: string): Promise<string> {
  const [row] = await tx
    .select({ name: fieldChanges.byName })
    .from(fieldChanges)
    .where(eq(fieldChanges.entityId, entityId))
    .orderBy(desc(fieldChanges.seq))
    .limit(1)
  return row?.name ?? ''
}
