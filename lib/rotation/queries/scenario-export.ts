import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import type { Tx } from '@/db/scope.ts'
import { writeAudit } from '@/lib/platform/audit.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { instanceName } from '../scenarios/store-scenario.ts'
import { scenarioRow } from './scenarios.ts'

/** A scenario as a file of `junheng-plan/1`, with the trail of who took it out; null where there is nothing to take. */
export async function exportedScenario(
  tx: Tx,
  actor: UserActor,
  id: ScenarioId,
  what: 'instance' | 'result',
): Promise<{ body: Uint8Array; name: string } | null> {
  const row = await scenarioRow(tx, id)
  if (!row || (what === 'result' && !row.result)) return null
  await writeAudit(tx, actor, {
    action: 'rotation.scenario.export',
    outcome: 'done',
    resource: 'round',
    objectId: row.roundId ?? row.id,
    details: { scenario: row.id, what, sha256: row.instanceSha256 },
  })
  const text = what === 'instance' ? row.instance : JSON.stringify(row.result)
  return {
    body: new TextEncoder().encode(text),
    name: `${instanceName(row.id)}${what === 'result' ? '.result' : ''}.json`,
  }
}
