import { and, eq, inArray, notInArray } from 'drizzle-orm'
import { z } from 'zod'
import { rotationCases, scenarios } from '@/db/schema/index.ts'
import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import { one, type Tx } from '@/db/scope.ts'
import { translator } from '@/lib/i18n/translate.ts'
import { finished } from '@/lib/platform/command.ts'
import { sha256Hex } from '@/lib/platform/crypto.ts'
import { defineOperation } from '@/lib/platform/two-person.ts'
import { planEffects } from '@/lib/rules/planner/effects.ts'
import { ENDED_STATES } from '@/lib/rules/rotation/case-states.ts'
import { type GrantId, idSchema, type RoundId, type TeacherId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { roundContext } from '../cases/facts.ts'
import { type CaseRow, lockRound } from '../cases/lock.ts'
import { moveCase } from '../cases/move.ts'
import { insertCases, type NewCase, rollLines } from '../cases/new-case.ts'
import { routeCases } from '../cases/route.ts'
import { schoolNames } from '../queries/round-quota.ts'
import { caseReason } from '../scenarios/case-reason-text.ts'
import { adoptable } from '../scenarios/check-scenario.ts'
import { type NamedLine, namedPlan } from '../scenarios/named-plan.ts'
import { lockScenario, type ScenarioRow, storedInstance } from '../scenarios/scenario-row.ts'

const payload = z.strictObject({
  scenarioId: idSchema<ScenarioId>(),
  roundId: idSchema<RoundId>(),
  version: z.number().int(),
  instanceSha256: z.string(),
  grantId: idSchema<GrantId>(),
})

/** Where an existing case may still take its destination from the plan. */
const OPEN = ['draft', 'submitted', 'origin_approved'] as const

/**
 * 采用方案: submitted by HR, approved by a reviewer; every move becomes a case of the round in this one transaction, each
 * with its reason. The checker looks once more before: no role adopts a plan it refuses.
 */
export const adoptOperation = defineOperation<z.output<typeof payload>>({
  name: 'rotation.scenario.adopt',
  asks: 'rotation.scenario.adopt',
  answerRoles: ['bureau_reviewer'],
  payload,
  href: (scenarioId) => `/rotation/scenarios/${scenarioId}`,
  execute: async ({ tx, actor, at }, asked, by) => {
    const counters = await lockRound(tx, asked.roundId)
    const context = counters && (await roundContext(tx, asked.roundId))
    const row = await lockScenario(tx, asked)
    if (!counters || !context || !row) return refuse('platform.refusal.notFound')
    if (context.round.state !== 'open') return refuse('case.unmet.roundOpen')
    if (row.version !== asked.version || row.instanceSha256 !== asked.instanceSha256)
      return refuse('platform.refusal.payloadChanged')
    const plan = await adoptable(tx, row)
    if (!plan.ok) return plan
    const instance = storedInstance(row)
    const lines = namedPlan(instance, plan.value, row.members)
    const sorted = await sortLines(tx, row, lines)
    if (!sorted.ok) return sorted
    const entries = await rollLines(
      tx,
      asked.roundId,
      sorted.value.fresh.map(({ teacherId }) => teacherId),
    )
    const effects = planEffects(instance, lines)
    const names = await schoolNames(tx, Object.values(row.schools))
    const nameOf = (code: string) => names.get(row.schools[code] ?? '') ?? code
    // Papers and notices are official texts: the reason is written in Chinese, whoever reads the page.
    const t = translator('zh-CN')
    const reason = (line: NamedLine) => caseReason(t, line, instance, effects, nameOf)
    const preparer = {
      userId: by.userId,
      personId: by.personId,
      name: by.name,
      role: 'bureau_hr',
      grantId: asked.grantId as string,
    }
    const voluntary = new Set(instance.teachers.filter(({ status }) => status === 'voluntary').map(({ id }) => id))
    const drafts: NewCase[] = []
    for (const line of sorted.value.fresh) {
      const entry = entries.get(line.teacherId)
      if (!entry) return refuse('plan.refusal.rollChanged')
      drafts.push({
        entry,
        fields: { form: 1, toSchoolId: row.schools[line.to], stage: line.stage, subject: line.subject as never },
        source: 'planner',
        reason: reason(line),
        isVoluntary: voluntary.has(line.listed),
        more: {
          scenarioId: row.id,
          ...(instance.policy.relation_moves ? { movesRelation: true, endsOn: null } : {}),
        },
      })
    }
    const made = await insertCases(tx, actor, context, counters.nextCase, drafts, at, preparer)
    for (const { line, found } of sorted.value.waiting)
      await moveCase(tx, actor, found, context, {
        action: 'edit',
        to: found.state,
        part: 'note',
        side: 'district',
        reason: reason(line),
        patch: {
          toSchoolId: row.schools[line.to]!,
          stage: line.stage,
          subject: line.subject as never,
          scenarioId: row.id,
        },
        at,
      })
    await routeCases(tx, actor, made)
    one(
      await tx
        .update(scenarios)
        .set({ state: 'adopted', adoptedAt: at, version: row.version + 1, changedAt: at })
        .where(and(eq(scenarios.id, row.id), eq(scenarios.version, row.version)))
        .returning({ id: scenarios.id }),
    )
    return finished(
      { cases: made.length },
      {
        message: {
          key: 'plan.done.adopted',
          values: { name: row.name, cases: made.length, updated: sorted.value.waiting.length, kept: sorted.value.kept },
        },
        audit: {
          resource: 'round',
          objectId: asked.roundId,
          details: {
            scenario: row.id,
            sha256: row.instanceSha256,
            cases: made.length,
            sha256OfPlan: sha256Hex(JSON.stringify(row.result)),
          },
        },
      },
    )
  },
})

interface Sorted {
  /** Get a case of their own. */
  fresh: NamedLine[]
  /** Have a case that still lacks a destination. */
  waiting: { line: NamedLine; found: CaseRow }[]
  /** Have the very case already. */
  kept: number
}

/** Moves against the cases the round has by now; somebody sent elsewhere meanwhile stops the adoption. */
async function sortLines(tx: Tx, row: ScenarioRow, lines: readonly NamedLine[]): Promise<Outcome<Sorted>> {
  const ids = lines.map(({ teacherId }) => teacherId)
  const live = ids.length
    ? await tx
        .select()
        .from(rotationCases)
        .where(
          and(
            eq(rotationCases.roundId, row.roundId!),
            inArray(rotationCases.teacherId, ids),
            notInArray(rotationCases.state, [...ENDED_STATES]),
          ),
        )
        .for('update')
    : []
  const caseOf = new Map<TeacherId, CaseRow>(live.map((one) => [one.teacherId, one]))
  const sorted: Sorted = { fresh: [], waiting: [], kept: 0 }
  let differ = 0
  for (const line of lines) {
    const found = caseOf.get(line.teacherId)
    if (!found) sorted.fresh.push(line)
    else if (found.toSchoolId === row.schools[line.to]) sorted.kept += 1
    else if (found.toSchoolId === null && (OPEN as readonly string[]).includes(found.state))
      sorted.waiting.push({ line, found })
    else differ += 1
  }
  return differ > 0 ? refuse('plan.refusal.casesDiffer', { count: differ }) : done(sorted)
}
