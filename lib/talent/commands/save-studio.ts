import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { studioMemberships, studios } from '@/db/schema/index.ts'
import type { StudioId } from '@/db/schema/talent.ts'
import { one } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { recordChanges, recordInsert } from '@/lib/platform/field-history.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { StudioKind } from '@/lib/rules/talent/studio.ts'
import { membershipRefusals, studioCycle } from '@/lib/rules/talent/studio.ts'
import { addDays, type Period } from '@/lib/rules/values/dates.ts'
import { idSchema } from '@/lib/rules/values/ids.ts'
import { type Outcome, refuse, refuseAll } from '@/lib/rules/values/outcome.ts'
import { namedPerson } from '../queries/named-person.ts'
import { withStudioNames } from './studio-refusals.ts'
import { dayInput, lockStudio, membershipsAround, studioFields, versionInput, whoInput } from './studio-rows.ts'

/** A subject studio has a subject, the two other kinds have none. */
const subjectProblem = (kind: StudioKind, subject: string | null): Outcome<never> | null =>
  (kind === 'subject') === (subject !== null)
    ? null
    : refuse('talent.refusal.studio.subject', undefined, { field: 'subject' })

/** A studio with its host, for one cycle of two or three years. */
export const createStudio = defineCommand({
  name: 'talent.studio.create',
  input: z.strictObject({
    ...studioFields,
    who: whoInput,
    from: dayInput,
    years: z.coerce.number().pipe(z.union([z.literal(2), z.literal(3)])),
  }),
  run: async ({ tx, actor, input, at }) => {
    const problem = subjectProblem(input.kind, input.subject)
    if (problem) return problem
    const person = await namedPerson(tx, input.who, input.from)
    if (!person.ok) return person
    const id = newId<StudioId>()
    const during = studioCycle(input.from, input.years)
    const { known, studios: levels } = await membershipsAround(tx, null, [person.value.id])
    const next = { studioId: id as string, personId: person.value.id as string, role: 'host' as const, ...during }
    const refusals = membershipRefusals(next, known, [...levels, { id, level: input.level }])
    if (refusals.length > 0) return refuseAll(withStudioNames(refusals, levels, 'who'))
    const { who: _who, from: _from, years: _years, ...fields } = input
    await tx.insert(studios).values({ districtId: actor.districtId, id, ...fields, during, changedAt: at })
    await tx.insert(studioMemberships).values({
      districtId: actor.districtId,
      id: newId<string>(),
      studioId: id,
      teacherId: person.value.id,
      role: 'host',
      personName: person.value.name,
      schoolId: person.value.schoolId,
      during,
      changedAt: at,
    })
    await recordInsert(
      tx,
      actor,
      { entity: 'studio', entityId: id, at },
      { ...fields, during, host: person.value.name },
    )
    return finished(
      { id },
      {
        message: { key: 'talent.studio.created', values: { name: input.name, host: person.value.name } },
        audit: { resource: 'studio', objectId: id, details: { ...fields, during } },
      },
    )
  },
})

/** Corrects a studio; a changed cycle carries along the memberships that end with it. */
export const editStudio = defineCommand({
  name: 'talent.studio.edit',
  input: z.strictObject({
    studioId: idSchema<StudioId>(),
    version: versionInput,
    ...studioFields,
    from: dayInput,
    last: dayInput,
    reason: z.string().trim().max(300).default(''),
  }),
  target: (tx, { studioId }) => lockStudio(tx, studioId),
  run: async ({ tx, actor, input, before, at }) => {
    if (before.version !== input.version) return refuse('talent.refusal.stale')
    const problem = subjectProblem(input.kind, input.subject)
    if (problem) return problem
    const during: Period = { from: input.from, until: addDays(input.last, 1) }
    if (during.until! <= during.from)
      return refuse('talent.refusal.studio.endBeforeStart', undefined, { field: 'last' })
    const own = await tx.select().from(studioMemberships).where(eq(studioMemberships.studioId, before.id))
    const carried = own.map((row) => ({
      ...row,
      after: {
        from: row.during.from === before.during.from ? during.from : row.during.from,
        until: row.during.until === before.during.until ? during.until : row.during.until,
      },
    }))
    const outside = carried.find(
      ({ after }) => after.from < during.from || after.until! > during.until! || after.from >= after.until!,
    )
    if (outside) return refuse('talent.refusal.studio.memberOutside', { name: outside.personName }, { field: 'last' })
    const { known, studios: levels } = await membershipsAround(
      tx,
      null,
      own.map((row) => row.teacherId),
    )
    const elsewhere = known.filter((row) => row.studioId !== before.id)
    const levelsNow = [
      ...levels.filter(({ id }) => id !== before.id),
      { id: before.id, level: input.level, name: input.name },
    ]
    const refusals = carried.flatMap(({ teacherId, role, after }) =>
      membershipRefusals({ studioId: before.id, personId: teacherId, role, ...after }, elsewhere, levelsNow),
    )
    if (refusals.length > 0) return refuseAll(withStudioNames(refusals, levels, 'level'))
    const { name, level, kind, subject } = input
    const fields = { name, level, kind, subject, during }
    one(
      await tx
        .update(studios)
        .set({ ...fields, version: sql`${studios.version} + 1`, changedAt: at })
        .where(and(eq(studios.id, before.id), eq(studios.version, input.version)))
        .returning({ id: studios.id }),
    )
    for (const { id, during: was, after } of carried)
      if (was.from !== after.from || was.until !== after.until)
        one(
          await tx
            .update(studioMemberships)
            .set({ during: after, changedAt: at })
            .where(eq(studioMemberships.id, id))
            .returning({ id: studioMemberships.id }),
        )
    const changed = await recordChanges(
      tx,
      actor,
      { entity: 'studio', entityId: before.id, at, reason: input.reason || null },
      before,
      fields,
    )
    return finished(
      { id: before.id },
      {
        message: { key: 'talent.studio.saved', values: { count: changed.length } },
        audit: { resource: 'studio', objectId: before.id, reason: input.reason || null, details: { changed } },
      },
    )
  },
})
