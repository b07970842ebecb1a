import { and, eq, inArray } from 'drizzle-orm'
import { rotationCases } from '@/db/schema/index.ts'
import { type Tx, withScope } from '@/db/scope.ts'
import type { JobHandler } from '@/lib/platform/queue.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { CaseId, TeacherId, UserId } from '@/lib/rules/values/ids.ts'
import { caseHref, INBOX_HREF } from '../cases/addresses.ts'
import { refreshFigures } from '../cases/figures.ts'
import { type CaseRow, lockRound } from '../cases/lock.ts'
import { tellNobodyLeft } from '../cases/nobody-left.ts'
import { tell } from '../cases/notify.ts'
import { accountsOf, holdersOf, waitingAt } from '../cases/recipients.ts'
import { relatedTo } from '../cases/related.ts'
import { ROUTED_STATES, routeCases } from '../cases/route.ts'

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
      if (seen.bureauBarred || row.bureauBarred) await tellNobodyLeft(tx, actor)
      const others = <T>(people: T[]) => people.filter((person) => person !== userId)
      if (action !== 'acknowledge') await tellWaiting(tx, actor, row, others)
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

/** Who has to act on a case now hears of it; whoever is related to the teacher does not act (SD-5). */
async function tellWaiting(
  tx: Tx,
  actor: Actor,
  row: CaseRow,
  others: (people: UserId[]) => UserId[] = (people) => people,
): Promise<void> {
  const waiting = waitingAt(row)
  if (!waiting) return
  const related = (await relatedTo(tx, [row.teacherId])).map(({ userId }) => userId)
  const free = (await holdersOf(tx, waiting, actor.today)).filter((user) => !related.includes(user))
  await tell(tx, actor, others(free), {
    kind: 'case.waiting',
    key: 'case.notification.waiting',
    values: {},
    href: INBOX_HREF,
  })
}

/**
 * A relation was declared or ended: the open cases of the teacher find their way anew, and who has them now hears of it
 * (SD-5).
 */
export const rerouteCases: JobHandler = {
  name: 'rotation.case.reroute',
  run: async ({ actor, payload }) => {
    await withScope(actor, async (tx) => {
      const mine = and(
        eq(rotationCases.teacherId, String(payload.teacherId) as TeacherId),
        inArray(rotationCases.state, [...ROUTED_STATES]),
      )
      const rows = await tx.select().from(rotationCases).where(mine)
      if (rows.length === 0) return
      for (const row of rows) await lockRound(tx, row.roundId)
      await routeCases(tx, actor, rows)
      await tellNobodyLeft(tx, actor)
      for (const row of await tx.select().from(rotationCases).where(mine)) {
        const before = waitingAt(rows.find(({ id }) => id === row.id) ?? row)
        const now = waitingAt(row)
        if (now && (now.role !== before?.role || now.schoolId !== before?.schoolId)) await tellWaiting(tx, actor, row)
      }
    })
    return null
  },
}
