import { withScope } from '@/db/scope.ts'
import { keyring } from '../../../platform/crypto.ts'
import type { SystemActor } from '../../../rules/access/actor.ts'
import { type PeopleByDigest, readAhead } from '../plan/read-people.ts'

/** A smaller workbook is read before anything could be read ahead of it. */
export const AHEAD_FROM_BYTES = 200_000
/** A larger register is read piece by piece, as the workbook names its people. */
const MOST_PEOPLE = 10_000

/**
 * A roster of the whole district names most of its register: it is read while the workbook is, in a transaction of its own.
 * What is confirmed later is compared again when it is written, so that nothing rests on these rows.
 */
export const peopleAhead = (actor: SystemActor, isEnough: () => boolean): Promise<PeopleByDigest> =>
  withScope(actor, async (tx) => readAhead(tx, await keyring(tx, actor.districtId), MOST_PEOPLE, isEnough), {
    statementSeconds: 60,
    readOnly: true,
  })
