import { inArray } from 'drizzle-orm'
import type { z } from 'zod'
import { rotationCases } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import { type Command, defineCommand, finished, runCommand } from '@/lib/platform/command.ts'
import { IncidentError } from '@/lib/platform/log.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import type { CaseId } from '@/lib/rules/values/ids.ts'
import { type Refusal, refuse } from '@/lib/rules/values/outcome.ts'
import { roundContext } from '../cases/facts.ts'
import { snapshotsOf } from '../cases/snapshot.ts'
import type { StepResult } from '../cases/step-command.ts'
import { type BulkAction, bulkInput } from '../inputs/cases.ts'
import {
  acceptShortage,
  approveCase,
  checkCase,
  rejectCase,
  returnCase,
  submitCase,
  withdrawCase,
} from './case-steps.ts'

/** Each bulk action is the step's own command, one transaction a case. */
const COMMANDS = {
  submit: submitCase,
  approve: approveCase,
  return: returnCase,
  check: checkCase,
  reject: rejectCase,
  withdraw: withdrawCase,
  acceptShortage,
} as const satisfies Record<BulkAction, unknown>

export const permissionOfBulk = (action: BulkAction) => COMMANDS[action].name

export interface BulkOutcome {
  caseId: CaseId
  number: number
  name: string
  ok: boolean
  state: string | null
  refusals: Refusal[]
}
export interface BulkReport {
  done: number
  failed: number
  results: BulkOutcome[]
}

/**
 * 批量办理: the same step on many cases, each its own transaction and its own line of the report; a case that fails holds
 * up no other. The same key goes on where an interrupted run stopped.
 */
export const bulkStep = defineCommand<z.ZodType<z.output<typeof bulkInput>>, undefined, BulkReport>({
  name: 'rotation.case.bulk',
  input: bulkInput,
  run: async () => refuse('platform.refusal.invalid'),
  apart: async (actor, input, options) => {
    const { action, reason, to } = input
    if (!mayUse(actor, permissionOfBulk(action))) return refuse('platform.refusal.forbidden')
    const caseIds = [...new Set(input.caseIds)]
    const { labels, bulkMax } = await withScope(actor, (tx) => labelsOf(tx, actor, caseIds), { readOnly: true })
    if (caseIds.length > bulkMax) return refuse('case.refusal.bulkMax', { most: bulkMax })
    const command = COMMANDS[action] as unknown as Command<z.ZodType, unknown, StepResult>
    const results: BulkOutcome[] = []
    for (const caseId of caseIds) {
      const label = labels.get(caseId) ?? { number: 0, name: '' }
      const outcome = await attempt(
        command,
        actor,
        { caseId, reason, ...(action === 'return' && to ? { to } : {}) },
        options.idempotencyKey ? `${options.idempotencyKey}:${caseId}` : undefined,
      )
      results.push({
        caseId,
        ...label,
        ok: outcome.ok,
        state: outcome.ok ? outcome.value.value.state : null,
        refusals: outcome.ok ? [] : outcome.refusals,
      })
    }
    const done = results.filter(({ ok }) => ok).length
    const report: BulkReport = { done, failed: results.length - done, results }
    return finished(report, { message: { key: `case.bulk.${action}`, values: { done, failed: report.failed } } })
  },
})

/** An unforeseen failure of one case is that case's line; the others go on. */
async function attempt(command: Command<z.ZodType, unknown, StepResult>, actor: Actor, input: unknown, key?: string) {
  try {
    return await runCommand(command, actor, input, key ? { idempotencyKey: key } : {})
  } catch (error) {
    if (error instanceof IncidentError) return refuse('platform.refusal.incident', { number: error.number })
    throw error
  }
}

async function labelsOf(tx: Parameters<Parameters<typeof withScope>[1]>[0], actor: Actor, caseIds: CaseId[]) {
  const rows = await tx.select().from(rotationCases).where(inArray(rotationCases.id, caseIds))
  const snapshots = await snapshotsOf(tx, rows, actor.today)
  const context = rows[0] ? await roundContext(tx, rows[0].roundId) : null
  return {
    labels: new Map(rows.map((row) => [row.id, { number: row.number, name: snapshots.get(row.id)?.name ?? '' }])),
    bulkMax: context?.policy.process.bulkMax ?? 5000,
  }
}
