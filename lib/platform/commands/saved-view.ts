import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { savedViews } from '@/db/schema/index.ts'
import { exactly, type Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { isUuid } from '@/lib/rules/values/ids.ts'
import { defineCommand, finished } from '../command.ts'
import { newId } from '../new-id.ts'

/** A path of this product with its query: never another site's. */
const address = z
  .string()
  .max(2000)
  .regex(/^\/(?!\/)[^\\\s]*$/)

/** Keeps a list's address under a name; the same name again takes its place. */
export const saveView = defineCommand({
  name: 'platform.savedView.save',
  input: z.strictObject({ page: z.string().regex(/^[a-z.]{1,40}$/), name: z.string().trim().min(1).max(40), address }),
  run: async ({ tx, actor, input, at }) => {
    await keep(tx, actor as UserActor, at, input.page, input.name, { address: input.address })
    return finished(null, { message: { key: 'platform.savedView.saved', values: { name: input.name } } })
  },
})

export const deleteView = defineCommand({
  name: 'platform.savedView.delete',
  input: z.strictObject({ viewId: z.string().refine(isUuid) }),
  run: async ({ tx, actor, input }) => {
    const { userId } = actor as UserActor
    exactly(
      await tx
        .delete(savedViews)
        .where(and(eq(savedViews.id, input.viewId), eq(savedViews.userId, userId)))
        .returning({ id: savedViews.id }),
      1,
    )
    return finished(null, { message: { key: 'platform.savedView.deleted' } })
  },
})

/** Writes the actor's content of a page under a name, '' for what is kept without one. */
export async function keep(
  tx: Tx,
  actor: UserActor,
  at: string,
  page: string,
  name: string,
  content: Record<string, unknown>,
): Promise<void> {
  await tx
    .insert(savedViews)
    .values({ districtId: actor.districtId, id: newId<string>(), userId: actor.userId, page, name, content, at })
    .onConflictDoUpdate({
      target: [savedViews.districtId, savedViews.userId, savedViews.page, savedViews.name],
      set: { content, at },
    })
}
