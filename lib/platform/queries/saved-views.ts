import { and, asc, eq, ne } from 'drizzle-orm'
import { savedViews } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'

export interface SavedView {
  id: string
  name: string
  /** Path and query; the same link opens the same list for a colleague who may see it. */
  address: string
}

/** The actor's named views of a page, by name. */
export async function listSavedViews(tx: Tx, actor: UserActor, page: string): Promise<SavedView[]> {
  const rows = await tx
    .select({ id: savedViews.id, name: savedViews.name, content: savedViews.content })
    .from(savedViews)
    .where(and(eq(savedViews.userId, actor.userId), eq(savedViews.page, page), ne(savedViews.name, '')))
    .orderBy(asc(savedViews.name))
  return rows.map((row) => ({ id: row.id, name: row.name, address: String(row.content.address ?? '/') }))
}

/** What the actor keeps of a list under no name: columns, density, or the selection in progress. */
export async function keptContent(tx: Tx, actor: UserActor, page: string): Promise<Record<string, unknown>> {
  const [row] = await tx
    .select({ content: savedViews.content })
    .from(savedViews)
    .where(and(eq(savedViews.userId, actor.userId), eq(savedViews.page, page), eq(savedViews.name, '')))
  return row?.content ?? {}
}
