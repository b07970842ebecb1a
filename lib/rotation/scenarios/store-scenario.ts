import { and, eq } from 'drizzle-orm'
import { scenarios } from '@/db/schema/index.ts'
import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import { one, type Tx } from '@/db/scope.ts'
import { type Instant, now } from '@/lib/platform/clock.ts'
import { keyring, sha256Hex } from '@/lib/platform/crypto.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { enqueue } from '@/lib/platform/queue.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { PlanInstance, PlanPolicy } from '@/lib/rules/planner/format.ts'
import type { RoundId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse, refuseAll } from '@/lib/rules/values/outcome.ts'
import { type FrozenScenario, instanceText, reviseScenario, roundIds } from './freeze-scenario.ts'
import { type Hand, handOf } from './hand.ts'
import { isResting, namedRefusals, type ScenarioRow, storedInstance } from './scenario-row.ts'

/** Names of instances say nothing of the round or its people. */
export const instanceName = (id: ScenarioId): string => `plan-${id.replaceAll('-', '').slice(-12)}`

export const SOLVE_JOB = 'rotation.scenario.solve'
export const PRICE_JOB = 'rotation.scenario.price'
export const EXCHANGE_JOB = 'rotation.scenario.exchanges'

export interface NewScenario {
  id: ScenarioId
  roundId: RoundId | null
  rollId: ScenarioRow['rollId']
  name: string
  frozen: FrozenScenario
  hand: Hand
  basedOn: ScenarioId | null
}

/** Stores a draft: the instance as bytes with their digest. */
export async function insertScenario(tx: Tx, actor: UserActor, made: NewScenario, at: Instant): Promise<ScenarioRow> {
  const text = instanceText(made.frozen.instance)
  return one(
    await tx
      .insert(scenarios)
      .values({
        districtId: actor.districtId,
        id: made.id,
        roundId: made.roundId,
        rollId: made.rollId,
        name: made.name,
        state: 'draft',
        instance: text,
        instanceSha256: sha256Hex(text),
        members: made.frozen.members,
        schools: made.frozen.schools,
        hand: made.hand,
        basedOn: made.basedOn,
        createdBy: actor.userId,
        createdByName: actor.name,
        createdAt: at,
        changedAt: at,
      })
      .returning(),
  )
}

/** A further name that is free: “方案一 2”, “方案一 3” … */
export async function freeName(tx: Tx, roundId: RoundId, wanted: string): Promise<string> {
  const taken = new Set(
    (await tx.select({ name: scenarios.name }).from(scenarios).where(eq(scenarios.roundId, roundId))).map(
      ({ name }) => name,
    ),
  )
  if (!taken.has(wanted)) return wanted
  const stem = wanted.replace(/ \d+$/, '').slice(0, 110)
  let n = 2
  while (taken.has(`${stem} ${n}`)) n++
  return `${stem} ${n}`
}

export interface ScenarioChange {
  /** A relaxed instance of the same people; by default the stored one. */
  instance?: PlanInstance
  hand?: Hand
  policy?: Omit<PlanPolicy, 'scale'>
  name?: string
}

/**
 * Applies a hand or policy to a scenario. A draft changes itself; one that was solved stays as it is, and a draft based on
 * it takes the change.
 */
export async function changeScenario(
  tx: Tx,
  actor: UserActor,
  row: ScenarioRow,
  change: ScenarioChange,
): Promise<Outcome<ScenarioRow>> {
  if (row.roundId === null) return refuse('plan.refusal.readOnly')
  if (row.state === 'queued' || row.state === 'solving') return refuse('plan.refusal.running')
  const at = now()
  const instance = change.instance ?? storedInstance(row)
  const hand = change.hand ?? handOf(row.hand)
  const ids = roundIds(await keyring(tx, actor.districtId), row.roundId)
  const isDraft = row.state === 'draft'
  const id = isDraft ? row.id : newId<ScenarioId>()
  const base: FrozenScenario = { instance, members: row.members, schools: row.schools }
  const revised = reviseScenario(base, {
    name: instanceName(id),
    ids,
    policy: change.policy ?? instance.policy,
    hand,
  })
  if (!revised.ok) return refuseAll(await namedRefusals(tx, revised.refusals, { ids, hand, schoolIds: row.schools }))
  const frozen = revised.value
  if (!isDraft)
    return done(
      await insertScenario(
        tx,
        actor,
        {
          id,
          roundId: row.roundId,
          rollId: row.rollId,
          name: await freeName(tx, row.roundId, change.name || row.name),
          frozen,
          hand,
          basedOn: row.id,
        },
        at,
      ),
    )
  const text = instanceText(frozen.instance)
  return done(
    one(
      await tx
        .update(scenarios)
        .set({
          ...(change.name ? { name: change.name } : {}),
          instance: text,
          instanceSha256: sha256Hex(text),
          members: frozen.members,
          hand,
          version: row.version + 1,
          changedAt: at,
        })
        .where(and(eq(scenarios.id, row.id), eq(scenarios.version, row.version)))
        .returning(),
    ),
  )
}

/** Puts a scenario in the queue; the worker takes one after the other. */
export async function queueSolve(
  tx: Tx,
  actor: UserActor,
  row: ScenarioRow,
  timeLimit: number,
): Promise<Outcome<ScenarioRow>> {
  if (!isResting(row.state))
    return refuse(row.state === 'adopted' ? 'plan.refusal.adoptedAlready' : 'plan.refusal.running')
  const at = now()
  const jobId = await enqueue(tx, actor, SOLVE_JOB, { scenarioId: row.id })
  return done(
    one(
      await tx
        .update(scenarios)
        .set({
          state: 'queued',
          jobId,
          timeLimit,
          cancelAsked: false,
          failure: null,
          progress: null,
          queuedAt: at,
          startedAt: null,
          finishedAt: null,
          version: row.version + 1,
          changedAt: at,
        })
        .where(and(eq(scenarios.id, row.id), eq(scenarios.version, row.version)))
        .returning(),
    ),
  )
}
