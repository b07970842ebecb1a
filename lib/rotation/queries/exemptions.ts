import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { exemptions, schools, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { ExemptionRule } from '@/lib/rules/rotation/exemption-rules.ts'

/** The exemption row, locked, with the person and school that rights look at. */
export async function lockExemption(tx: Tx, id: string) {
  const [row] = await tx.select().from(exemptions).where(eq(exemptions.id, id)).for('update')
  return row ? { ...row, target: { schools: [row.schoolId], teacherId: row.teacherId, assigned: [row.askedBy] } } : null
}
export type LockedExemption = NonNullable<Awaited<ReturnType<typeof lockExemption>>>

export interface ExemptionQuery {
  state?: string
  rule?: string
  who?: string
}

const OPEN = ['asked', 'checked']

/** Exemptions and deferrals in the actor's scope, those that wait first. Schools and reviewers read no reason of f3. */
export async function listExemptions(tx: Tx, actor: UserActor, query: ExemptionQuery) {
  const rows = await tx
    .select({
      id: exemptions.id,
      teacherId: exemptions.teacherId,
      name: teachers.name,
      staffNo: teachers.staffNo,
      schoolName: schools.name,
      rule: exemptions.rule,
      outcome: exemptions.outcome,
      state: exemptions.state,
      reason: exemptions.reason,
      minutesNo: exemptions.minutesNo,
      evidenceFileId: exemptions.evidenceFileId,
      during: exemptions.during,
      askedBy: exemptions.askedBy,
      askedByPerson: exemptions.askedByPerson,
      askedByName: exemptions.askedByName,
      askedAt: exemptions.askedAt,
      checkedByPerson: exemptions.checkedByPerson,
      checkedByName: exemptions.checkedByName,
      checkedAt: exemptions.checkedAt,
      decidedByName: exemptions.decidedByName,
      decidedAt: exemptions.decidedAt,
      decisionReason: exemptions.decisionReason,
      version: exemptions.version,
    })
    .from(exemptions)
    .innerJoin(teachers, and(eq(teachers.districtId, exemptions.districtId), eq(teachers.id, exemptions.teacherId)))
    .leftJoin(schools, and(eq(schools.districtId, exemptions.districtId), eq(schools.id, exemptions.schoolId)))
    .where(
      and(
        query.state ? eq(exemptions.state, query.state) : undefined,
        query.rule ? eq(exemptions.rule, query.rule) : undefined,
        query.who
          ? sql`(${teachers.name} = ${query.who} OR ${teachers.staffNo} = ${query.who} OR ${teachers.initials} = ${query.who.toLowerCase()})`
          : undefined,
      ),
    )
    .orderBy(sql`(${exemptions.state} IN ('asked', 'checked')) DESC`, desc(exemptions.askedAt), asc(exemptions.id))
    .limit(500)
  return rows.map(({ reason, evidenceFileId, decisionReason, ...row }) => {
    const isSchool = actor.role === 'principal' || actor.role === 'school_hr'
    const own = row.askedBy === actor.userId
    const shown = !isSchool || own || row.rule === 'R-ELIG-10'
    return {
      ...row,
      rule: row.rule as ExemptionRule,
      /** Null where the role reads outcome and end only (security.md §2.2, f3). */
      reason: shown ? reason : null,
      decisionReason: shown ? decisionReason : null,
      evidenceFileId: isSchool ? null : evidenceFileId,
    }
  })
}
export type ExemptionRow = Awaited<ReturnType<typeof listExemptions>>[number]

/** How many wait for this person: unchecked ones for a clerk who did not ask, checked ones for who may decide. */
export async function waitingExemptions(tx: Tx, actor: UserActor): Promise<number> {
  if (actor.role !== 'bureau_hr' && actor.role !== 'bureau_reviewer') return 0
  const rows = await tx
    .select({
      state: exemptions.state,
      rule: exemptions.rule,
      asked: exemptions.askedByPerson,
      checked: exemptions.checkedByPerson,
    })
    .from(exemptions)
    .where(inArray(exemptions.state, OPEN))
  return rows.filter((row) => {
    if (row.asked === actor.personId || row.checked === actor.personId) return false
    if (actor.role === 'bureau_reviewer') return row.state === 'checked'
    return row.state === 'asked' || row.rule !== 'R-ELIG-12'
  }).length
}
