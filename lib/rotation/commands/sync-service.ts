import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { postings } from '@/db/schema/index.ts'
import type { PostingId } from '@/db/schema/rotation/postings.ts'
import { one } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { isEnded } from '@/lib/rules/rotation/case-states.ts'
import { addDays } from '@/lib/rules/values/dates.ts'
import { type CaseId, idSchema } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { daySchema } from '../operations/day-schema.ts'
import { lockCaseRows } from '../store/advance-case.ts'
import { moveRelation, rewriteService } from '../store/register-effects.ts'

/**
 * Makes the register agree with a case whose end changed: the posting's last day, where the person teaches from then on,
 * and after 转调动 the relation. Says the same however often it runs. A posting that has ended restarts the clock of
 * R-ELIG-11, since `planned` falls.
 */
export const syncService = defineCommand({
  name: 'rotation.service.sync',
  input: z.strictObject({ caseId: idSchema<CaseId>(), relationFrom: daySchema.optional() }),
  run: async ({ tx, input, at }) => {
    const [row] = await lockCaseRows(tx, [input.caseId])
    if (!row) return refuse('platform.refusal.notFound')
    const [posting] = await tx
      .select()
      .from(postings)
      .where(and(eq(postings.caseId, row.id), eq(postings.movesRelation, false)))
      .for('update')
    if (!posting || row.endsOn === null) return finished({ changed: false })
    const earlier = posting.endsOn !== null && posting.endsOn < row.endsOn ? posting.endsOn : row.endsOn
    one(
      await tx
        .update(postings)
        .set({ endsOn: row.endsOn, planned: !isEnded(row.state), changedAt: at })
        .where(eq(postings.id, posting.id))
        .returning({ id: postings.id }),
    )
    if (input.relationFrom && row.toSchoolId) {
      const [transfer] = await tx
        .select({ id: postings.id })
        .from(postings)
        .where(and(eq(postings.caseId, row.id), eq(postings.movesRelation, true)))
      if (!transfer) {
        const id = newId<PostingId>()
        await tx.insert(postings).values({
          districtId: row.districtId,
          id,
          teacherId: row.teacherId,
          form: row.form,
          movesRelation: true,
          fromSchoolId: row.fromSchoolId,
          toSchoolId: row.toSchoolId,
          startsOn: input.relationFrom,
          planned: false,
          caseId: row.id,
          source: 'order',
          changedAt: at,
        })
        const moved = await moveRelation(tx, row, row.toSchoolId, input.relationFrom, id)
        if (!moved.ok) return moved
      }
    }
    await rewriteService(tx, row.districtId, row.teacherId, addDays(earlier, 1), row)
    return finished(
      { changed: true },
      { audit: { resource: 'case', objectId: row.id, teacherId: row.teacherId, details: { endsOn: row.endsOn } } },
    )
  },
})
