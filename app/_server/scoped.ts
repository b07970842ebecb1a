import 'server-only'
import { type DistrictEntry, listDistricts, type Tx, withScope } from '@/db/scope.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'

/** One read-only transaction in the actor's scope, for the frame around the pages. */
export const readScope = <T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> =>
  withScope(actor, work, { readOnly: true })

/** The districts a visitor may sign in to, names only. */
export const districtEntries = (): Promise<DistrictEntry[]> => listDistricts()
