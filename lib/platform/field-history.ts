import { and, desc, eq, inArray } from 'drizzle-orm'
import { fieldChanges } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { SchoolId, TeacherId, UserId } from '@/lib/rules/values/ids.ts'
import type { Instant } from './clock.ts'
import { newId } from './new-id.ts'

export interface Changed {
  entity: string
  entityId: string
  teacherId?: TeacherId | null
  schoolId?: SchoolId | null
  reason?: string | null
  at: Instant
}

type Values = Record<string, unknown>
const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** Keeps the old value of every field that differs, with who and why: nothing is overwritten without a trace. @returns fields that changed */
export async function recordChanges(
  tx: Tx,
  actor: Actor,
  changed: Changed,
  before: Values,
  after: Values,
): Promise<string[]> {
  const fields = Object.keys(after).filter((field) => !same(before[field], after[field]))
  if (fields.length > 0)
    await tx.insert(fieldChanges).values(
      fields.map((field) => ({
        ...base(actor, changed),
        operation: 'update',
        field,
        old: before[field] ?? null,
        new: after[field] ?? null,
      })),
    )
  return fields
}

/** A row that came to be; `row` holds what a reader of the history may see. */
export async function recordInsert(tx: Tx, actor: Actor, changed: Changed, row: Values): Promise<void> {
  await tx.insert(fieldChanges).values({ ...base(actor, changed), operation: 'insert', new: row })
}

const base = (actor: Actor, { at, reason, teacherId, schoolId, entity, entityId }: Changed) => ({
  districtId: actor.districtId,
  id: newId<string>(),
  entity,
  entityId,
  teacherId: teacherId ?? null,
  schoolId: schoolId ?? null,
  at,
  byUser: actor.kind === 'user' ? (actor.userId as UserId) : null,
  byName: actor.kind === 'user' ? actor.name : '',
  reason: reason ?? null,
})

export interface HistoryEntry {
  id: string
  entity: string
  entityId: string
  operation: string
  field: string | null
  old: unknown
  new: unknown
  at: string
  byName: string
  reason: string | null
}

/** What was changed on these rows, newest first; sensitive values are not kept there. */
export async function historyOf(tx: Tx, entities: readonly string[], ids: readonly string[]): Promise<HistoryEntry[]> {
  if (ids.length === 0) return []
  return tx
    .select({
      id: fieldChanges.id,
      entity: fieldChanges.entity,
      entityId: fieldChanges.entityId,
      operation: fieldChanges.operation,
      field: fieldChanges.field,
      old: fieldChanges.old,
      new: fieldChanges.new,
      at: fieldChanges.at,
      byName: fieldChanges.byName,
      reason: fieldChanges.reason,
    })
    .from(fieldChanges)
    .where(
      and(
        inArray(fieldChanges.entity, [...entities]),
        inArray(fieldChanges.entityId, [...ids]),
        eq(fieldChanges.sensitive, false),
      ),
    )
    .orderBy(desc(fieldChanges.seq))
    .limit(200)
}
