import { z } from 'zod'
import { scenarios } from '@/db/schema/index.ts'
import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { sha256Hex } from '@/lib/platform/crypto.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { checkPlan } from '@/lib/rules/planner/checker.ts'
import { MAX_INSTANCE_BYTES, parseInstance, parseResult } from '@/lib/rules/planner/format.ts'
import { refuse, refuseAll } from '@/lib/rules/values/outcome.ts'

/** An instance from elsewhere, with its result where there is one: read strictly, kept read-only, of no round. */
export const openInstance = defineCommand({
  name: 'rotation.scenario.open',
  input: z.strictObject({
    name: z.string().trim().min(1).max(120),
    instance: z.string().min(1).max(MAX_INSTANCE_BYTES, { error: 'plan.refusal.tooLarge' }),
    result: z.string().max(MAX_INSTANCE_BYTES, { error: 'plan.refusal.tooLarge' }).default(''),
  }),
  run: async ({ tx, actor, input, at }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const read = parseInstance(input.instance)
    if (!read.ok) return read
    const sha = sha256Hex(input.instance)
    const result = input.result === '' ? null : parseResult(input.result)
    if (result && !result.ok) return result
    const report = result && checkPlan(read.value, result.value, { instanceSha256: sha, digest: sha256Hex })
    if (report && !report.ok)
      return refuseAll(report.findings.slice(0, 5).map(({ code, values, rule }) => ({ code, values, rule })))
    const id = newId<ScenarioId>()
    await tx.insert(scenarios).values({
      districtId: actor.districtId,
      id,
      roundId: null,
      name: input.name,
      state: !result ? 'draft' : result.value.status === 'infeasible' ? 'infeasible' : 'solved',
      instance: input.instance,
      instanceSha256: sha,
      result: result?.value ?? null,
      check: report ? { ...report, instanceSha256: sha, at } : null,
      createdBy: actor.userId,
      createdByName: actor.name,
      createdAt: at,
      changedAt: at,
    })
    return finished(
      { scenarioId: id },
      {
        message: { key: 'plan.done.opened', values: { name: input.name } },
        audit: { resource: 'scenario', objectId: id, details: { sha256: sha } },
      },
    )
  },
})
