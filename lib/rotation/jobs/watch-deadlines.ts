import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import { rotationCases, rotationRounds } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import { runCommand } from '@/lib/platform/command.ts'
import type { DailyJob } from '@/lib/platform/queue.ts'
import { workingDaysAfter } from '@/lib/rules/calendar/working-days.ts'
import type { CaseState } from '@/lib/rules/rotation/case-states.ts'
import { INBOX_HREF } from '../cases/addresses.ts'
import { districtCalendar } from '../cases/calendar.ts'
import { roundContext } from '../cases/facts.ts'
import { lockRound } from '../cases/lock.ts'
import { tellNobodyLeft } from '../cases/nobody-left.ts'
import { tell } from '../cases/notify.ts'
import { holdersOf, waitingAt } from '../cases/recipients.ts'
import { ROUTED_STATES, routeCases } from '../cases/route.ts'
import { escalateCase, lapseStep } from '../commands/deadlines.ts'

const WAITING: CaseState[] = ['submitted', 'origin_approved', 'destination_approved', 'checked']

/**
 * Every day: tasks follow the posts (a change of principal), who is nearly late is reminded, a missed deadline does what
 * the policy says — a reminder, the bureau, or 视为同意. Safe to run twice and to have missed days.
 */
export const watchDeadlines: DailyJob = {
  name: 'rotation.case.deadlines',
  onlyLatest: true,
  run: async ({ actor }) => {
    const report = { rerouted: 0, reminded: 0, escalated: 0, lapsed: 0 }
    const late: { caseId: string; lapses: boolean }[] = []
    await withScope(actor, async (tx) => {
      const open = await tx.select().from(rotationRounds).where(eq(rotationRounds.state, 'open'))
      const calendar = await districtCalendar(tx)
      for (const round of open) {
        await lockRound(tx, round.id)
        const context = await roundContext(tx, round.id)
        if (!context) continue
        const { process } = context.policy
        const toRoute = await tx
          .select()
          .from(rotationCases)
          .where(and(eq(rotationCases.roundId, round.id), inArray(rotationCases.state, [...ROUTED_STATES])))
        await routeCases(tx, actor, toRoute)
        const rows = await tx
          .select()
          .from(rotationCases)
          .where(
            and(
              eq(rotationCases.roundId, round.id),
              inArray(rotationCases.state, WAITING),
              isNotNull(rotationCases.dueOn),
            ),
          )
        for (const row of rows) {
          const due = row.dueOn!
          const waiting = waitingAt(row)
          if (due < actor.today) {
            const kept =
              row.state === 'submitted'
                ? process.onMissedDeadline.origin
                : row.state === 'origin_approved'
                  ? process.onMissedDeadline.destination
                  : 'remind'
            if (row.escalatedAt === null) late.push({ caseId: row.id, lapses: kept === 'agreed' })
            continue
          }
          const warnFrom =
            process.remindBefore === 0
              ? actor.today
              : workingDaysAfter(actor.today, process.remindBefore, calendar).lastDay
          if (due > warnFrom || row.remindedOn !== null || !waiting) continue
          await tell(tx, actor, await holdersOf(tx, waiting, actor.today), {
            kind: 'case.waiting',
            key: 'case.notification.dueSoon',
            values: { due },
            href: INBOX_HREF,
          })
          await tx.update(rotationCases).set({ remindedOn: actor.today }).where(eq(rotationCases.id, row.id))
          report.reminded += 1
        }
      }
      // Roles given and ended since change who is left for a step (SD-5).
      await tellNobodyLeft(tx, actor)
    })
    for (const { caseId, lapses } of late) {
      if (lapses && (await runCommand(lapseStep, actor, { caseId })).ok) report.lapsed += 1
      else if ((await runCommand(escalateCase, actor, { caseId })).ok) {
        report.escalated += 1
        await withScope(actor, async (tx) => {
          const [row] = await tx
            .select()
            .from(rotationCases)
            .where(eq(rotationCases.id, caseId as never))
          const waiting = row && waitingAt(row)
          if (!row || !waiting) return
          const told = [
            ...(await holdersOf(tx, waiting, actor.today)),
            ...(await holdersOf(tx, { role: 'bureau_hr', schoolId: null }, actor.today)),
          ]
          await tell(tx, actor, told, {
            kind: 'case.late',
            key: 'case.notification.late',
            values: { number: row.number },
            href: INBOX_HREF,
          })
        })
      }
    }
    return report
  },
}
