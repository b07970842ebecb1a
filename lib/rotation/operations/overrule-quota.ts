import { z } from 'zod'
import { finished } from '@/lib/platform/command.ts'
import { defineOperation } from '@/lib/platform/two-person.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { type GrantId, idSchema, type PersonId, type TeacherId, type UserId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { decideReady, readyBatch } from '../cases/decide-batch.ts'
import { loadFacts } from '../cases/facts.ts'
import { decideInput } from '../inputs/cases.ts'

const payload = z.strictObject({
  decision: decideInput,
  by: z.strictObject({
    userId: idSchema<UserId>(),
    personId: idSchema<PersonId>(),
    name: z.string(),
    role: z.literal('bureau_reviewer'),
    grantId: idSchema<GrantId>(),
    teacherId: idSchema<TeacherId>().nullable(),
  }),
})

/**
 * Overrule of a hard quota (security.md §2.5): decided by the reviewer who asked, in the transaction of the person who
 * confirms. Everything is proved again as it is now; the batch keeps the reason and both names.
 */
export const overruleOperation = defineOperation<z.output<typeof payload>>({
  name: 'rotation.case.overrule',
  asks: 'rotation.case.overrule',
  answerRoles: ['bureau_reviewer', 'bureau_hr'],
  payload,
  href: (roundId) => `/rotation/rounds/${roundId}/decide`,
  execute: async ({ tx, actor, at }, { decision, by }, asked) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const decider: UserActor = {
      kind: 'user',
      districtId: actor.districtId,
      ...by,
      schoolIds: [],
      flags: [],
      sessionId: null,
      today: actor.today,
    }
    const batch = await readyBatch(tx, decider, decision)
    if (!batch.ok) return batch
    const { context, rows, figures } = batch.value
    const mine = await loadFacts(tx, actor, rows, context)
    for (const facts of mine.values()) {
      if (facts.ownCase) return refuse('case.unmet.notOwnCase', undefined, { rule: 'SD-3' })
      if (facts.recused) return refuse('case.unmet.notRecused', undefined, { rule: 'SD-5' })
    }
    const result = await decideReady(tx, actor, batch.value, decision, by, at, {
      reason: asked.reason ?? '',
      confirmedBy: actor.userId,
    })
    return finished(result, {
      message: { key: 'case.done.overruled', values: { count: result.decided, by: by.name } },
      audit: { details: { batch: result.number, cases: decision.caseIds, figures } },
    })
  },
})
