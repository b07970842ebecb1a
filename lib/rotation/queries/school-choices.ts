import { asc, isNull } from 'drizzle-orm'
import { schools } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'

/** Schools for a menu, in the district's own order; the research centre is no school. */
export async function schoolChoices(tx: Tx): Promise<{ value: string; text: string }[]> {
  const rows = await tx
    .select({ value: schools.id, text: schools.name, kind: schools.kind })
    .from(schools)
    .where(isNull(schools.closedOn))
    .orderBy(asc(schools.position), asc(schools.name))
  return rows.filter(({ kind }) => kind !== 'research').map(({ value, text }) => ({ value, text }))
}
