import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { users } from '@/db/schema/index.ts'
import { listDistricts, type Tx, withScope } from '@/db/scope.ts'
import type { SystemActor } from '@/lib/rules/access/actor.ts'
import type { DistrictId } from '@/lib/rules/values/ids.ts'
import { todayIn } from './clock.ts'
import { randomToken, sameBytes, sha256 } from './crypto.ts'
import { dataFolder } from './demo-accounts.ts'

/** Holds the token of the first set-up; printed on the console at the start, gone once the three accounts exist. */
export const setUpTokenFile = (): string => path.join(dataFolder(), 'set-up-token')

/** Makes the 128-bit token when a district has nobody yet. @returns it, or null when there is nothing to set up */
export async function offerSetUp(): Promise<string | null> {
  const file = setUpTokenFile()
  if ((await districtsWithoutUsers()).length === 0) {
    rmSync(file, { force: true })
    return null
  }
  if (!existsSync(file)) writeFileSync(file, `${randomToken(16)}\n`, { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

/** Districts in which no account exists; the set-up page is there for these alone. */
export async function districtsWithoutUsers(): Promise<{ id: DistrictId; name: string; timeZone: string }[]> {
  const empty: { id: DistrictId; name: string; timeZone: string }[] = []
  for (const district of await listDistricts('app')) {
    const actor = setUpActor(district.id as DistrictId, todayIn({ ...district, settings: {} }))
    if (await withScope(actor, hasNobody, { readOnly: true }))
      empty.push({ id: actor.districtId, name: district.name, timeZone: district.timeZone })
  }
  return empty
}

const setUpActor = (districtId: DistrictId, today: SystemActor['today']): SystemActor => ({
  kind: 'system',
  districtId,
  job: 'set-up',
  today,
})

/** Whether the district in scope has no account at all. */
export const hasNobody = async (tx: Tx): Promise<boolean> =>
  (await tx.select({ id: users.id }).from(users).limit(1)).length === 0

/** The installation itself as actor for an empty district, when the token is right; null otherwise. */
export async function setUpActorFor(districtId: string, token: string): Promise<SystemActor | null> {
  if (!isToken(token)) return null
  const found = (await districtsWithoutUsers()).find((district) => district.id === districtId)
  const all = await listDistricts('app')
  const district = found ? all.find((row) => row.id === found.id) : undefined
  return district ? setUpActor(district.id as DistrictId, todayIn({ ...district, settings: {} })) : null
}

/** Compared in constant time; no file, no set-up. */
function isToken(given: string): boolean {
  if (!existsSync(setUpTokenFile())) return false
  return sameBytes(sha256(readFileSync(setUpTokenFile(), 'utf8').trim()), sha256(given.trim()))
}
