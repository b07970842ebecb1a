import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm'
import { appointments, employments, postGrades, titles } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { type Entity, keepChanges } from './changes.ts'

const TABLES = { appointments, employments, titles, post_grades: postGrades } as const
type Dated = keyof typeof TABLES
/** Columns that belong to one row, and are not taken over by the next. */
const OF_ONE_ROW = ['id', 'during', 'validFrom', 'validTo', 'batchId', 'postingId']

interface Succession {
  tx: Tx
  actor: Actor
  at: string
  reason: string | null
  table: Dated
  teacherId: TeacherId
  /** Which of the person's rows form one line, e.g. the kind of title. */
  line?: SQL
  from: LocalDate
  /** Columns of the new row; what is left out is taken over from the row that ends. */
  values: Record<string, unknown>
}

/**
 * From this day on another fact holds: the row that held is closed the day before, a new one opens, and lasts until a
 * later row that is there already. On the very first day of a row the row itself is corrected, its old values kept.
 * Nothing that was true is overwritten.
 */
export async function succeed(change: Succession): Promise<Outcome<{ id: string }>> {
  const { tx, actor, teacherId, from, values } = change
  const table = TABLES[change.table] as typeof titles
  const rows = await tx
    .select()
    .from(table)
    .where(and(eq(table.teacherId, teacherId), gt(table.validTo, from), change.line))
    .orderBy(asc(table.validFrom))
    .for('update')
  const current = rows.find((row) => row.during.from <= from) as ({ id: string } & Record<string, unknown>) | undefined
  const later = rows.find((row) => row.during.from > from)
  const entity = change.table as Entity
  if (current && Object.entries(values).every(([name, value]) => current[name] === value))
    return refuse('register.refusal.sameAlready', { from })
  const during = (current?.during ?? null) as { from: LocalDate; until: LocalDate | null } | null
  if (current && during?.from === from) {
    const fields = Object.keys(values).filter((name) => current[name] !== values[name])
    one(
      await tx
        .update(table)
        .set(values as never)
        .where(eq(table.id, current.id))
        .returning({ id: table.id }),
    )
    await keepChanges(
      change,
      fields.map((field) => ({
        entity,
        entityId: current.id,
        teacherId,
        operation: 'update',
        field,
        old: current[field],
        new: values[field],
      })),
    )
    return done({ id: current.id })
  }
  if (current && during) {
    one(
      await tx
        .update(table)
        .set({ during: { from: during.from, until: from } })
        .where(eq(table.id, current.id))
        .returning({ id: table.id }),
    )
    await keepChanges(change, [
      { entity, entityId: current.id, teacherId, operation: 'update', field: 'until', old: during.until, new: from },
    ])
  }
  const kept = Object.fromEntries(Object.entries(current ?? {}).filter(([name]) => !OF_ONE_ROW.includes(name)))
  const id = newId<string>()
  await tx.insert(table).values({
    ...kept,
    ...values,
    districtId: actor.districtId,
    teacherId,
    id,
    during: { from, until: during?.until ?? later?.during.from ?? null },
  } as never)
  await keepChanges(change, [{ entity, entityId: id, teacherId, operation: 'insert', new: { ...values, from } }])
  return done({ id })
}

/** Closes what is open of a line from a day on: somebody leaves. */
export async function close(change: Omit<Succession, 'values'>): Promise<number> {
  const { tx, teacherId, from } = change
  const table = TABLES[change.table] as typeof titles
  const rows = await tx
    .select({ id: table.id, during: table.during })
    .from(table)
    .where(and(eq(table.teacherId, teacherId), gt(table.validTo, from), sql`${table.validFrom} < ${from}`, change.line))
    .for('update')
  for (const row of rows)
    one(
      await tx
        .update(table)
        .set({ during: { from: row.during.from, until: from } })
        .where(eq(table.id, row.id))
        .returning({ id: table.id }),
    )
  await keepChanges(
    change,
    rows.map((row) => ({
      entity: change.table as Entity,
      entityId: row.id,
      teacherId,
      operation: 'update',
      field: 'until',
      old: row.during.until,
      new: from,
    })),
  )
  return rows.length
}
