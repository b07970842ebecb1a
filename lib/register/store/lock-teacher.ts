import { and, eq, sql } from 'drizzle-orm'
import { appointments, teachers } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { Target } from '@/lib/rules/access/permissions.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { lastChangedBy } from './changes.ts'

export type LockedTeacher = typeof teachers.$inferSelect & { target: Target }

/** Schools of the personnel relation and of work today: a person belongs to both. */
export async function schoolsOf(tx: Tx, actor: Actor, teacherId: TeacherId): Promise<string[]> {
  const rows = await tx
    .select({ schoolId: appointments.schoolId })
    .from(appointments)
    .where(
      and(
        eq(appointments.teacherId, teacherId),
        sql`${appointments.validFrom} <= ${actor.today} AND ${appointments.validTo} > ${actor.today}`,
      ),
    )
  return [...new Set(rows.map((row) => row.schoolId))]
}

/** Loads and locks a person with what rights look at; null when not there, or not for this actor. */
export async function lockTeacher(tx: Tx, teacherId: TeacherId, actor: Actor): Promise<LockedTeacher | null> {
  const [row] = await tx.select().from(teachers).where(eq(teachers.id, teacherId)).for('update')
  if (!row) return null
  return { ...row, target: { schools: await schoolsOf(tx, actor, teacherId), teacherId } }
}

/** Counts the row's version up, so that an edit begun before it is told; refuses one that is itself stale. */
export async function nextVersion(
  tx: Tx,
  before: LockedTeacher,
  version: number | undefined,
  at: string,
  values: Partial<typeof teachers.$inferInsert> = {},
): Promise<Outcome<number>> {
  if (version !== undefined && version !== before.version)
    return refuse('platform.refusal.stale', { by: await lastChangedBy(tx, before.id) })
  const row = one(
    await tx
      .update(teachers)
      .set({ ...values, version: before.version + 1, changedAt: at })
      .where(eq(teachers.id, before.id))
      .returning({ version: teachers.version }),
  )
  return done(row.version)
}
