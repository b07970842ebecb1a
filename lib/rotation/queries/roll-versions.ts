import { asc, eq } from 'drizzle-orm'
import { eligibilityRolls } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { type RollChange, rollChanges } from '@/lib/rules/rotation/roll-changes.ts'
import type { RoundId } from '@/lib/rules/values/ids.ts'
import { frozenRows, type RollRow } from './roll-list.ts'

export interface VersionChange {
  from: number
  to: number
  frozenAt: string
  eligibleBefore: number
  eligibleAfter: number
  changes: { change: RollChange; person: RollRow }[]
}

/** Who fell in and out with each further version of a round's roll (补充规定). Empty for a round with one version. */
export async function versionChanges(tx: Tx, roundId: RoundId): Promise<VersionChange[]> {
  const versions = await tx
    .select()
    .from(eligibilityRolls)
    .where(eq(eligibilityRolls.roundId, roundId))
    .orderBy(asc(eligibilityRolls.version))
  if (versions.length < 2) return []
  const found: VersionChange[] = []
  let before = await frozenRows(tx, versions[0]!.id)
  for (const [index, version] of versions.slice(1).entries()) {
    const after = await frozenRows(tx, version.id)
    const people = new Map<string, RollRow>([...before, ...after].map((row) => [row.teacherId, row]))
    const line = (row: RollRow) => ({ ...row, id: row.teacherId as string })
    found.push({
      from: versions[index]!.version,
      to: version.version,
      frozenAt: version.frozenAt,
      eligibleBefore: before.filter(({ state }) => state === 'eligible').length,
      eligibleAfter: after.filter(({ state }) => state === 'eligible').length,
      changes: rollChanges(before.map(line), after.map(line)).flatMap((change) => {
        const person = people.get(change.id)
        return person ? [{ change, person }] : []
      }),
    })
    before = after
  }
  return found
}
