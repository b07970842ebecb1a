import { desc, eq } from 'drizzle-orm'
import { reveals } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'

export interface Look {
  id: string
  at: string
  by: string
  role: string
  subject: string
  reasonKind: string
  reason: string
}

/** Who was shown a sensitive value of this person, newest first; the person reads it under row-level security. */
export async function whoLooked(tx: Tx, teacherId: TeacherId): Promise<Look[]> {
  const rows = await tx
    .select()
    .from(reveals)
    .where(eq(reveals.teacherId, teacherId))
    .orderBy(desc(reveals.at))
    .limit(100)
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    by: row.byName,
    role: row.role,
    subject: row.subject,
    reasonKind: row.reasonKind,
    reason: row.reason,
  }))
}
