import { and, asc, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { caseDecisions, users } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { CaseState } from '@/lib/rules/rotation/case-states.ts'
import type { RoundFigures } from '@/lib/rules/rotation/round-figures.ts'
import type { CaseId } from '@/lib/rules/values/ids.ts'

export interface TimelineStep {
  id: string
  action: string
  part: string
  side: string
  from: CaseState | null
  to: CaseState
  by: string
  role: string
  /** Whom a delegate stood for. */
  onBehalfOf: string | null
  at: string
  reason: string | null
  meeting: string | null
  meetingDate: string | null
  minutesNo: string | null
  paper: { date: string; decider: string; fileId: string | null; confirmedAt: string | null } | null
  figures: RoundFigures | null
  pass: number
}

/** Everything that was done to a case, first to last: who, in which role, from → to, the figures of that moment. */
export async function caseTimeline(tx: Tx, caseId: CaseId): Promise<TimelineStep[]> {
  const delegator = alias(users, 'delegator')
  const rows = await tx
    .select({ step: caseDecisions, delegator: delegator.displayName })
    .from(caseDecisions)
    .leftJoin(
      delegator,
      and(eq(delegator.districtId, caseDecisions.districtId), eq(delegator.id, caseDecisions.onBehalfOf)),
    )
    .where(eq(caseDecisions.caseId, caseId))
    .orderBy(asc(caseDecisions.at), asc(caseDecisions.id))
  return rows.map(({ step, delegator: stoodFor }) => ({
    id: step.id,
    action: step.action,
    part: step.part,
    side: step.side,
    from: step.fromState,
    to: step.toState,
    by: step.byName,
    role: step.role,
    onBehalfOf: step.onBehalfOf ? (stoodFor ?? '') : null,
    at: step.at,
    reason: step.reason,
    meeting: step.meeting,
    meetingDate: step.meetingDate,
    minutesNo: step.minutesNo,
    paper: step.paperDate
      ? {
          date: step.paperDate,
          decider: step.paperDecider ?? '',
          fileId: step.paperFileId,
          confirmedAt: step.paperConfirmedAt,
        }
      : null,
    figures: (step.figures ?? null) as RoundFigures | null,
    pass: step.pass,
  }))
}
