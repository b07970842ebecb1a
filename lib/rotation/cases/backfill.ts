import { and, eq, isNull, sql } from 'drizzle-orm'
import { caseDecisions, postings, rotationCases, rotationRounds, roundCounters } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { staffOn } from '@/lib/register/queries/units.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { snapshotOf } from '@/lib/rules/calendar/school-year.ts'
import { defaultPolicy } from '@/lib/rules/rotation/policy.ts'
import { type LocalDate, schoolYearOf, schoolYearPeriod } from '@/lib/rules/values/dates.ts'
import type { CaseId, PersonId, RoundId, UserId } from '@/lib/rules/values/ids.ts'
import { lockRound } from './lock.ts'
import { deciderOf } from './move.ts'
import { snapshotsOf } from './snapshot.ts'

/**
 * 补录: every running posting of the register that no case made becomes a case in 在岗交流 of a closed round of its school
 * year, so that a district may start in the middle of a year. No approval is invented: the only entry of the trail says
 * that the register had it, and by whom it was entered. Run again, it adds what is new.
 * @returns how many cases were added
 */
export async function backfillRound(
  tx: Tx,
  actor: Actor,
  { name, on = actor.today }: { name: string; on?: LocalDate },
): Promise<{ roundId: RoundId | null; added: number }> {
  const running = await tx
    .select()
    .from(postings)
    .where(
      and(
        isNull(postings.caseId),
        eq(postings.movesRelation, false),
        sql`${postings.startsOn} <= ${on}`,
        sql`${postings.endsOn} >= ${on}`,
        eq(postings.source, 'register'),
      ),
    )
    .orderBy(postings.startsOn, postings.id)
  const firsts = new Map(running.map((posting) => [posting.teacherId as string, posting]))
  const postingsToAdd = [...firsts.values()]
  if (postingsToAdd.length === 0) return { roundId: null, added: 0 }
  const year = schoolYearOf(on)
  const at = now()
  const roundId = await closedRound(tx, actor, name, year, at)
  const counters = (await lockRound(tx, roundId))!
  const staff = new Map((await staffOn(tx, on, defaultPolicy.eligibility)).map((one) => [one.teacherId, one]))
  const live = new Set(
    (
      await tx
        .select({ teacherId: rotationCases.teacherId })
        .from(rotationCases)
        .where(and(eq(rotationCases.roundId, roundId), eq(rotationCases.state, 'serving')))
    ).map(({ teacherId }) => teacherId),
  )
  const yearStart = schoolYearPeriod(year).from
  const user = actor.kind === 'user' ? actor : null
  const values = postingsToAdd
    .filter(({ teacherId }) => !live.has(teacherId))
    .map((posting, index) => {
      const person = staff.get(posting.teacherId)
      return {
        posting,
        row: {
          districtId: actor.districtId,
          id: newId<CaseId>(),
          number: counters.nextCase + index,
          roundId,
          teacherId: posting.teacherId,
          state: 'serving' as const,
          form: posting.form,
          movesRelation: false,
          fromSchoolId: posting.fromSchoolId,
          toSchoolId: posting.toSchoolId,
          stage: person?.workStage ?? person?.stage ?? null,
          subject: person?.workSubject ?? person?.subject ?? null,
          teacherStage: person?.stage ?? null,
          startsOn: posting.startsOn,
          endsOn: posting.endsOn,
          source: 'register' as const,
          isBackbone: person?.isBackbone ?? false,
          isContinuing: posting.startsOn < yearStart,
          periodsPerWeek: posting.periodsPerWeek,
          reason: posting.note ?? '',
          shownToDestination: true,
          preparedBy: (user?.userId ?? null) as UserId | null,
          preparedByPerson: (user?.personId ?? null) as PersonId | null,
          preparedByName: user?.name ?? 'system',
          reportedOn: posting.startsOn,
          createdAt: at,
          changedAt: at,
          changedByName: user?.name ?? 'system',
          enteredStateOn: posting.startsOn,
        },
      }
    })
  if (values.length === 0) return { roundId, added: 0 }
  for (let start = 0; start < values.length; start += 500) {
    const chunk = values.slice(start, start + 500)
    const rows = await tx
      .insert(rotationCases)
      .values(chunk.map(({ row }) => row))
      .returning()
    const snapshots = await snapshotsOf(tx, rows, on)
    await tx.insert(caseDecisions).values(
      rows.map((row) => ({
        districtId: actor.districtId,
        id: newId<string>(),
        caseId: row.id,
        pass: 1,
        action: 'backfill',
        part: 'note' as const,
        side: 'system',
        fromState: null,
        toState: 'serving' as const,
        ...deciderOf(actor),
        byName: user?.name ?? 'system',
        at,
        snapshot: snapshots.get(row.id) ?? null,
      })),
    )
    for (const { posting, row } of chunk)
      await tx.update(postings).set({ caseId: row.id }).where(eq(postings.id, posting.id))
  }
  await tx
    .update(roundCounters)
    .set({ nextCase: counters.nextCase + values.length })
    .where(eq(roundCounters.roundId, roundId))
  return { roundId, added: values.length }
}

async function closedRound(
  tx: Tx,
  actor: Actor,
  name: string,
  year: ReturnType<typeof schoolYearOf>,
  at: string,
): Promise<RoundId> {
  const [known] = await tx
    .select({ id: rotationRounds.id })
    .from(rotationRounds)
    .where(and(eq(rotationRounds.year, year), eq(rotationRounds.kind, 'backfill')))
  if (known) return known.id
  const id = newId<RoundId>()
  await tx.insert(rotationRounds).values({
    districtId: actor.districtId,
    id,
    year,
    name,
    kind: 'backfill',
    state: 'closed',
    snapshotDate: snapshotOf(year),
    effectiveOn: schoolYearPeriod(year).from,
    openedAt: at,
    closedAt: at,
    createdBy: actor.kind === 'user' ? actor.userId : null,
    changedAt: at,
  })
  await tx.insert(roundCounters).values({ districtId: actor.districtId, roundId: id })
  return id
}
