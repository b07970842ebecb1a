import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { appointments, principalships, roleGrants, teachers, users } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import { writeAudit } from '../audit.ts'
import { now } from '../clock.ts'
import { endGrantNow } from '../grant-rows.ts'
import type { DailyJob } from '../queue.ts'

/**
 * School roles follow the post (SEC-T6): who left, who no longer works at the school, or no longer heads it, loses the role
 * the same night. Roles of the bureau end by two people only.
 */
export const endGrantsWithPosts: DailyJob = {
  name: 'platform.grants.followPosts',
  run: ({ actor, forDay }) =>
    withScope(actor, async (tx) => {
      const held = await tx
        .select({ grant: roleGrants, teacherId: users.teacherId, leftOn: teachers.leftOn })
        .from(roleGrants)
        .innerJoin(users, and(eq(users.districtId, roleGrants.districtId), eq(users.id, roleGrants.userId)))
        .innerJoin(teachers, and(eq(teachers.districtId, users.districtId), eq(teachers.id, users.teacherId)))
        .where(
          and(
            inArray(roleGrants.role, ['principal', 'school_hr', 'teacher']),
            isNull(roleGrants.endedAt),
            sql`${roleGrants.validFrom} < ${forDay} AND ${roleGrants.validTo} > ${forDay}`,
          ),
        )
      const on = sql`valid_from <= ${forDay} AND valid_to > ${forDay}`
      const works = await tx
        .select({ teacherId: appointments.teacherId, schoolId: appointments.schoolId })
        .from(appointments)
        .where(on)
      const headed = await tx.select().from(principalships).where(on)
      const workplace = new Set(works.map((row) => `${row.teacherId}|${row.schoolId}`))
      const heads = new Map(headed.map((row) => [row.schoolId, row.teacherId]))
      let ended = 0
      for (const { grant, teacherId, leftOn } of held) {
        const gone = leftOn !== null && leftOn <= forDay
        const elsewhere = grant.schoolId !== null && !workplace.has(`${teacherId}|${grant.schoolId}`)
        const head = grant.schoolId ? heads.get(grant.schoolId) : undefined
        const replaced = grant.role === 'principal' && head !== undefined && head !== teacherId
        if (!gone && !elsewhere && !replaced) continue
        const reason = gone ? 'left' : replaced ? 'replaced' : 'moved'
        await endGrantNow(tx, grant, { at: now(), today: forDay, by: null, reason })
        await writeAudit(tx, actor, {
          action: 'platform.grant.end',
          outcome: 'done',
          resource: 'grant',
          objectId: grant.id,
          details: { role: grant.role, user: grant.userId, reason },
        })
        ended += 1
      }
      return { ended }
    }),
}
