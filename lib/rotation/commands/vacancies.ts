import { and, eq, inArray } from 'drizzle-orm'
import { schools, vacancies } from '@/db/schema/index.ts'
import { exactly, one, type Tx } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { SUBJECTS, type Subject } from '@/lib/rules/register/vocabulary.ts'
import { suggestVacancies as shortPlaces } from '@/lib/rules/rotation/matching.ts'
import type { RoundId, SchoolId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { type RoundContext, roundContext } from '../cases/facts.ts'
import { lockRound } from '../cases/lock.ts'
import { placesTaken } from '../cases/places.ts'
import { saveVacancyInput, suggestVacanciesInput, vacanciesInput } from '../inputs/rounds.ts'
import { coverKey, subjectCover } from '../queries/cover.ts'

async function runningRound(tx: Tx, roundId: RoundId): Promise<Outcome<RoundContext>> {
  const locked = await lockRound(tx, roundId)
  const context = locked && (await roundContext(tx, roundId))
  if (!context) return refuse('platform.refusal.notFound')
  return context.round.state === 'closed' ? refuse('round.refusal.notOpen', { state: 'closed' }) : done(context)
}

const ownSchools = (actor: Actor): readonly SchoolId[] | null =>
  actor.kind === 'user' && (actor.role === 'principal' || actor.role === 'school_hr') ? actor.schoolIds : null

/** Suggests places where the subject need is above what the school has (R-SUB-1, R-MATCH-1); published ones stay as they are. */
export const suggestVacancies = defineCommand({
  name: 'rotation.vacancy.suggest',
  input: suggestVacanciesInput,
  run: async ({ tx, actor, input, at }) => {
    const round = await runningRound(tx, input.roundId)
    if (!round.ok) return round
    const mine = ownSchools(actor)
    const all = await tx.select({ id: schools.id, kind: schools.kind }).from(schools)
    const wanted = all
      .filter(({ id, kind }) => kind !== 'research' && (input.schoolIds.length === 0 || input.schoolIds.includes(id)))
      .map(({ id }) => id)
      .filter((id) => mine === null || mine.includes(id))
    const covers = await subjectCover(tx, wanted, actor.today, round.value.policy, input.roundId)
    const short = shortPlaces(
      [...covers.values()].map(({ schoolId, stage, subject, haveTenths, needTenths }) => ({
        schoolId,
        stage,
        subject,
        have: haveTenths / 10,
        need: needTenths / 10,
      })),
    )
    const known = wanted.length
      ? await tx
          .select()
          .from(vacancies)
          .where(and(eq(vacancies.roundId, input.roundId), inArray(vacancies.schoolId, wanted)))
      : []
    const byPost = new Map(known.map((row) => [coverKey(row.schoolId, row.stage, row.subject), row]))
    const fresh = short.filter((place) => !byPost.has(coverKey(place.schoolId, place.stage, place.subject)))
    for (const place of short) {
      const row = byPost.get(coverKey(place.schoolId, place.stage, place.subject))
      if (row?.state === 'suggested' && row.places !== place.places)
        await tx
          .update(vacancies)
          .set({ places: place.places, version: row.version + 1, changedAt: at })
          .where(eq(vacancies.id, row.id))
    }
    for (let start = 0; start < fresh.length; start += 500)
      await tx.insert(vacancies).values(
        fresh.slice(start, start + 500).map((place) => ({
          districtId: actor.districtId,
          id: newId<string>(),
          roundId: input.roundId,
          schoolId: place.schoolId as SchoolId,
          stage: place.stage,
          subject: place.subject,
          places: place.places,
          state: 'suggested' as const,
          changedBy: actor.kind === 'user' ? actor.userId : null,
          changedAt: at,
        })),
      )
    return finished(
      { suggested: fresh.length },
      {
        message: { key: 'round.done.suggested', values: { count: fresh.length } },
        audit: { resource: 'round', objectId: input.roundId, details: { suggested: fresh.length } },
      },
    )
  },
})

/** One post of a school, new or changed; what is published stays published with its new number. */
export const saveVacancy = defineCommand({
  name: 'rotation.vacancy.save',
  input: saveVacancyInput,
  target: async (tx, { roundId, schoolId }) => {
    const locked = await lockRound(tx, roundId)
    return locked ? { locked, target: { schools: [schoolId] } } : null
  },
  run: async ({ tx, actor, input, at }) => {
    if (!(input.subject in SUBJECTS)) return refuse('platform.refusal.invalid', undefined, { field: 'subject' })
    const round = await runningRound(tx, input.roundId)
    if (!round.ok) return round
    const subject = input.subject as Subject
    const post = and(
      eq(vacancies.roundId, input.roundId),
      eq(vacancies.schoolId, input.schoolId),
      eq(vacancies.stage, input.stage),
      eq(vacancies.subject, subject),
    )
    const [before] = await tx.select().from(vacancies).where(post).for('update')
    const by = { changedBy: actor.kind === 'user' ? actor.userId : null, changedAt: at }
    const values = { places: input.places, note: input.note || null, ...by }
    if (!before) {
      await tx.insert(vacancies).values({
        districtId: actor.districtId,
        id: newId<string>(),
        roundId: input.roundId,
        schoolId: input.schoolId,
        stage: input.stage,
        subject,
        state: 'suggested',
        ...values,
      })
    } else {
      if (before.version !== input.version) return refuse('case.refusal.stale', { by: '', at: before.changedAt })
      const taken = (await placesTaken(tx, input.roundId)).get(coverKey(input.schoolId, input.stage, subject)) ?? 0
      if (before.state === 'published' && input.places < taken)
        return refuse('round.refusal.placesTaken', { taken }, { field: 'places' })
      one(
        await tx
          .update(vacancies)
          .set({ ...values, version: before.version + 1 })
          .where(eq(vacancies.id, before.id))
          .returning({ id: vacancies.id }),
      )
    }
    return finished(null, {
      message: { key: 'round.done.vacancySaved', values: { places: input.places } },
      audit: {
        resource: 'round',
        objectId: input.roundId,
        details: { school: input.schoolId, subject, places: input.places },
      },
    })
  },
})

const changeState = (
  name: 'rotation.vacancy.publish' | 'rotation.vacancy.close',
  to: 'published' | 'closed',
  message: string,
) =>
  defineCommand({
    name,
    input: vacanciesInput,
    run: async ({ tx, actor, input, at }) => {
      const round = await runningRound(tx, input.roundId)
      if (!round.ok) return round
      const mine = ownSchools(actor)
      const rows = await tx
        .select()
        .from(vacancies)
        .where(and(eq(vacancies.roundId, input.roundId), inArray(vacancies.id, input.vacancyIds)))
        .for('update')
      if (
        rows.length !== new Set(input.vacancyIds).size ||
        rows.some(({ schoolId }) => mine && !mine.includes(schoolId))
      )
        return refuse('platform.refusal.notFound')
      for (const row of rows)
        exactly(
          await tx
            .update(vacancies)
            .set({
              state: to,
              version: row.version + 1,
              changedBy: actor.kind === 'user' ? actor.userId : null,
              changedAt: at,
            })
            .where(eq(vacancies.id, row.id))
            .returning({ id: vacancies.id }),
          1,
        )
      return finished(
        { changed: rows.length },
        {
          message: { key: message, values: { count: rows.length } },
          audit: { resource: 'round', objectId: input.roundId, details: { vacancies: input.vacancyIds, state: to } },
        },
      )
    },
  })

/** 发布交流岗位: teachers see them, destinations approve against them. */
export const publishVacancies = changeState('rotation.vacancy.publish', 'published', 'round.done.published')
/** A post no longer offered; cases agreed to it stay. */
export const closeVacancies = changeState('rotation.vacancy.close', 'closed', 'round.done.vacanciesClosed')
