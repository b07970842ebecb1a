import { asc, sql } from 'drizzle-orm'
import { isAmong } from '@/db/among.ts'
import { schools } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { SchoolId } from '@/lib/rules/values/ids.ts'

/** Schools an actor of a school acts for; for everybody else all of the district. */
export const ownSchools = (actor: UserActor) =>
  actor.role === 'principal' || actor.role === 'school_hr' ? isAmong(schools.id, actor.schoolIds) : undefined

/** Open schools in list order, for a menu; with an actor of a school only its own. */
export async function schoolOptions(tx: Tx, actor?: UserActor): Promise<{ id: SchoolId; name: string }[]> {
  return tx
    .select({ id: schools.id, name: schools.name })
    .from(schools)
    .where(sql`${schools.closedOn} IS NULL AND ${(actor && ownSchools(actor)) ?? sql`true`}`)
    .orderBy(asc(schools.position))
}
