import { and, eq, inArray } from 'drizzle-orm'
import { rotationCases } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import type { JobHandler } from '@/lib/platform/queue.ts'
import type { CaseId, TeacherId } from '@/lib/rules/values/ids.ts'
import { caseHref, INBOX_HREF } from '../cases/addresses.ts'
import { refreshFigures } from '../cases/figures.ts'
import { lockRound } from '../cases/lock.ts'
import { tell } from '../cases/notify.ts'
import { accountsOf, holdersOf, waitingAt } from '../cases/recipients.ts'
import { routeCases } from '../cases/route.ts'

/** Actions the teacher hears about; others are between the deciders. */
const TEACHER_HEARS = ['create', 'submit', 'decide', 'reject', 'rule_refuse', 'withdraw', 'return', 'revoke', 'assign']

/**
 * After every step: the step of a school goes to the bureau where nobody there may take it, who has to act next is told,
 * the teacher and who prepared the case hear what concerns them. Runs as the system, which sees whose posts these are.
 */
export const followCase: JobHandler = {
  name: 'rotation.case.follow',
  run: async ({ actor, payload, userId }) => {
    const caseId = String(payload.caseId) as CaseId
    const action = String(payload.action)
    await withScope(actor, async (tx) => {
      const [seen] = await tx.select().from(rotationCases).where(eq(rotationCases.id, caseId))
      if (!seen) return
      await lockRound(tx, seen.roundId)
      await routeCases(tx, actor, [seen])
      if (payload.refresh === true) await refreshFigures(tx, seen.roundId)
      const [row] = await tx.select().from(rotationCases).where(eq(rotationCases.id, caseId))
      if (!row) return
      const others = <T>(people: T[]) => people.filter((person) => person !== userId)
      const waiting = waitingAt(row)
      if (waiting && action !== 'acknowledge')
        await tell(tx, actor, others(await holdersOf(tx, waiting, actor.today)), {
          kind: 'case.waiting',
          key: 'case.notification.waiting',
          values: {},
          href: INBOX_HREF,
        })
      const own = await accountsOf(tx, row.teacherId)
      if (TEACHER_HEARS.includes(action) && !(action === 'create' && row.source === 'applied'))
        await tell(tx, actor, others(own), {
          kind: 'case.own',
          key:
            row.source === 'nominated' && action === 'submit'
              ? 'case.notification.acknowledge'
              : 'case.notification.own',
          values: { state: row.state },
          href: caseHref(row.id),
        })
      if (
        ['return', 'reject', 'rule_refuse', 'refuse'].includes(action) &&
        row.preparedBy &&
        !own.includes(row.preparedBy)
      )
        await tell(tx, actor, others([row.preparedBy]), {
          kind: 'case.returned',
          key: 'case.notification.returned',
          values: { number: row.number, state: row.state },
          href: caseHref(row.id),
        })
    })
    return null
  },
}

/** A relation was declared or ended: the open cases of the teacher find their way anew (SD-5). */
export const rerouteCases: JobHandler = {
  name: 'rotation.case.reroute',
  run: async ({ actor, payload }) => {
    await withScope(actor, async (tx) => {
      const rows = await tx
        .select()
        .from(rotationCases)
        .where(
          and(
            eq(rotationCases.teacherId, String(payload.teacherId) as TeacherId),
            inArray(rotationCases.state, ['draft', 'submitted', 'origin_approved']),
          ),
        )
      for (const row of rows) await lockRound(tx, row.roundId)
      await routeCases(tx, actor, rows)
    })
    return null
  },
}
