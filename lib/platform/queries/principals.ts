import { type SQL, sql } from 'drizzle-orm'
import { users } from '@/db/schema/index.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'

/** Accounts that act as a principal on this day. */
export const isPrincipal = (today: LocalDate): SQL =>
  sql`EXISTS (SELECT FROM role_grants g WHERE g.district_id = ${users.districtId} AND g.user_id = ${users.id}
    AND g.role = 'principal' AND g.ended_at IS NULL AND g.valid_from <= ${today} AND g.valid_to > ${today})`
