import { desc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { candidateEvents, reserveCandidates, reservePlacements } from '@/db/schema/index.ts'
import type { CandidateId } from '@/db/schema/talent.ts'
import { one, type Tx } from '@/db/scope.ts'
import type { Instant } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { CandidateState } from '@/lib/rules/reserve/pipeline.ts'
import { type LocalDate, parseDay } from '@/lib/rules/values/dates.ts'
import { idSchema, type UserId } from '@/lib/rules/values/ids.ts'

/** A day in a form; refused beside its field when it is not one. */
export const dayInput = z.string().transform((value, context): LocalDate => {
  const day = parseDay(value.trim())
  if (day) return day
  context.addIssue({ code: 'custom', message: 'platform.refusal.invalid' })
  return z.NEVER
})

/** Which candidate, as the form showed it. */
export const targetFields = { candidateId: idSchema<CandidateId>(), version: z.coerce.number().int() }
export const optionalText = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit)
    .transform((value) => value || null)

/** Loads a candidate and holds it, with the day of the last step. */
export async function lockCandidate(tx: Tx, id: CandidateId) {
  const [row] = await tx.select().from(reserveCandidates).where(eq(reserveCandidates.id, id)).for('update')
  if (!row) return null
  const [last] = await tx
    .select({ onDay: candidateEvents.onDay })
    .from(candidateEvents)
    .where(eq(candidateEvents.candidateId, id))
    .orderBy(desc(candidateEvents.onDay))
    .limit(1)
  return { ...row, lastStepOn: last?.onDay ?? null, target: {} }
}
export type LockedCandidate = NonNullable<Awaited<ReturnType<typeof lockCandidate>>>

/** Moves the candidate to a state and keeps the step: from, to, day, why, by whom. */
export async function writeStep(
  tx: Tx,
  actor: Actor,
  before: LockedCandidate,
  step: { to: CandidateState; on: LocalDate; reason: string | null; at: Instant },
  more: Partial<typeof reserveCandidates.$inferInsert> = {},
): Promise<void> {
  one(
    await tx
      .update(reserveCandidates)
      .set({ ...more, state: step.to, version: before.version + 1, changedAt: step.at })
      .where(eq(reserveCandidates.id, before.id))
      .returning({ id: reserveCandidates.id }),
  )
  await tx.insert(candidateEvents).values({
    districtId: actor.districtId,
    id: newId<string>(),
    candidateId: before.id,
    fromState: before.state,
    toState: step.to,
    onDay: step.on,
    reason: step.reason,
    byUser: actor.kind === 'user' ? (actor.userId as UserId) : null,
    byName: actor.kind === 'user' ? actor.name : '',
    at: step.at,
  })
}

/** Ends the placement that is open on a day; the day is its last. */
export async function endPlacement(tx: Tx, id: CandidateId, until: LocalDate, at: Instant): Promise<void> {
  const rows = await tx.select().from(reservePlacements).where(eq(reservePlacements.candidateId, id))
  const open = rows.find(({ during }) => during.until === null)
  if (!open || open.during.from >= until) return
  one(
    await tx
      .update(reservePlacements)
      .set({ during: { from: open.during.from, until }, changedAt: at })
      .where(eq(reservePlacements.id, open.id))
      .returning({ id: reservePlacements.id }),
  )
}
