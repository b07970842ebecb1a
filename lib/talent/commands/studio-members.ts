import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { studioMemberships, studios } from '@/db/schema/index.ts'
import type { StudioId } from '@/db/schema/talent.ts'
import { one, type Tx } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { recordChanges, recordInsert } from '@/lib/platform/field-history.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { membershipRefusals } from '@/lib/rules/talent/studio.ts'
import { addDays, contains, type LocalDate, type Period } from '@/lib/rules/values/dates.ts'
import { idSchema } from '@/lib/rules/values/ids.ts'
import { refuse, refuseAll } from '@/lib/rules/values/outcome.ts'
import { namedPerson } from '../queries/named-person.ts'
import { withStudioNames } from './studio-refusals.ts'
import { dayInput, lockStudio, membershipsAround, whoInput } from './studio-rows.ts'

const inCycle = (during: Period, on: LocalDate) => contains(during, on)

/** Adds a member from a day to the end of the cycle. */
export const addStudioMember = defineCommand({
  name: 'talent.studio.addMember',
  input: z.strictObject({ studioId: idSchema<StudioId>(), who: whoInput, from: dayInput }),
  target: (tx, { studioId }) => lockStudio(tx, studioId),
  run: async ({ tx, actor, input, before, at }) => {
    if (!inCycle(before.during, input.from))
      return refuse('talent.refusal.studio.outsideCycle', undefined, { field: 'from' })
    const person = await namedPerson(tx, input.who, input.from)
    if (!person.ok) return person
    const during = { from: input.from, until: before.during.until }
    const { known, studios: levels } = await membershipsAround(tx, before.id, [person.value.id])
    const next = {
      studioId: before.id as string,
      personId: person.value.id as string,
      role: 'member' as const,
      ...during,
    }
    const refusals = membershipRefusals(next, known, [...levels, { id: before.id, level: before.level }])
    if (refusals.length > 0) return refuseAll(withStudioNames(refusals, levels, 'who'))
    const id = newId<string>()
    const row = { teacherId: person.value.id, personName: person.value.name, schoolId: person.value.schoolId }
    await tx.insert(studioMemberships).values({
      districtId: actor.districtId,
      id,
      studioId: before.id,
      role: 'member',
      ...row,
      during,
      changedAt: at,
    })
    await recordInsert(
      tx,
      actor,
      { entity: 'studio_membership', entityId: id, teacherId: person.value.id, at },
      {
        personName: person.value.name,
        role: 'member',
        during,
      },
    )
    return finished(
      { id },
      {
        message: {
          key: 'talent.studio.memberAdded',
          values: { name: person.value.name, school: person.value.school, studio: before.name, from: input.from },
        },
        audit: { resource: 'studio', objectId: before.id, teacherId: person.value.id, details: { joined: id, during } },
      },
    )
  },
})

const lockMembership = async (tx: Tx, membershipId: string) => {
  const [row] = await tx
    .select({ membership: studioMemberships, studioName: studios.name })
    .from(studioMemberships)
    .innerJoin(
      studios,
      and(eq(studios.districtId, studioMemberships.districtId), eq(studios.id, studioMemberships.studioId)),
    )
    .where(eq(studioMemberships.id, membershipId))
    .for('update', { of: studioMemberships })
  return row ? { ...row, target: {} } : null
}

/** Ends a membership with its last day; a host goes only when a successor comes. */
export const endStudioMember = defineCommand({
  name: 'talent.studio.endMember',
  input: z.strictObject({
    membershipId: idSchema<string>(),
    last: dayInput,
    reason: z.string().trim().max(300).default(''),
  }),
  target: (tx, { membershipId }) => lockMembership(tx, membershipId),
  run: async ({ tx, actor, input, before: { membership, studioName }, at }) => {
    if (membership.role === 'host') return refuse('talent.refusal.studio.hostNeedsSuccessor')
    const during = { from: membership.during.from, until: addDays(input.last, 1) }
    if (input.last < during.from || (membership.during.until !== null && during.until > membership.during.until))
      return refuse('talent.refusal.studio.endOutside', undefined, { field: 'last' })
    one(
      await tx
        .update(studioMemberships)
        .set({ during, changedAt: at })
        .where(eq(studioMemberships.id, membership.id))
        .returning({ id: studioMemberships.id }),
    )
    const { id, teacherId } = membership
    const changed = { entity: 'studio_membership', entityId: id, teacherId, at, reason: input.reason || null }
    await recordChanges(tx, actor, changed, membership, { during })
    return finished(null, {
      message: {
        key: 'talent.studio.memberEnded',
        values: { name: membership.personName, studio: studioName, last: input.last },
      },
      audit: { resource: 'studio', objectId: membership.studioId, teacherId, details: { ended: id, during } },
    })
  },
})

/**
 * Another host from a day on: the present one ends the day before (one host at a time), a member who becomes host
 * stops being a member that day, and a host is not in another studio of the same level (domain.md §1.5).
 */
export const changeStudioHost = defineCommand({
  name: 'talent.studio.changeHost',
  input: z.strictObject({
    studioId: idSchema<StudioId>(),
    who: whoInput,
    from: dayInput,
    reason: z.string().trim().min(1).max(300),
  }),
  target: (tx, { studioId }) => lockStudio(tx, studioId),
  run: async ({ tx, actor, input, before, at }) => {
    if (!inCycle(before.during, input.from))
      return refuse('talent.refusal.studio.outsideCycle', undefined, { field: 'from' })
    const person = await namedPerson(tx, input.who, input.from)
    if (!person.ok) return person
    const { known, studios: levels } = await membershipsAround(tx, before.id, [person.value.id])
    const host = known.find((row) => row.studioId === before.id && row.role === 'host' && contains(row, input.from))
    if (host?.personId === person.value.id)
      return refuse('talent.refusal.studio.hostAlready', undefined, { field: 'who' })
    const own = known.find(
      (row) => row.studioId === before.id && row.personId === person.value.id && contains(row, input.from),
    )
    const ended = [host, own].filter((row) => row !== undefined)
    if (ended.some((row) => row.from >= input.from))
      return refuse('talent.refusal.studio.hostSameDay', undefined, { field: 'from' })
    const during = { from: input.from, until: before.during.until }
    const next = {
      studioId: before.id as string,
      personId: person.value.id as string,
      role: 'host' as const,
      ...during,
    }
    const after = known.map((row) => (ended.includes(row) ? { ...row, until: input.from } : row))
    const refusals = membershipRefusals(next, after, [...levels, { id: before.id, level: before.level }])
    if (refusals.length > 0) return refuseAll(withStudioNames(refusals, levels, 'who'))
    for (const row of ended)
      one(
        await tx
          .update(studioMemberships)
          .set({ during: { from: row.from, until: input.from }, changedAt: at })
          .where(eq(studioMemberships.id, row.id))
          .returning({ id: studioMemberships.id }),
      )
    await tx.insert(studioMemberships).values({
      districtId: actor.districtId,
      id: newId<string>(),
      studioId: before.id,
      teacherId: person.value.id,
      role: 'host',
      personName: person.value.name,
      schoolId: person.value.schoolId,
      during,
      changedAt: at,
    })
    await tx
      .update(studios)
      .set({ version: sql`${studios.version} + 1`, changedAt: at })
      .where(eq(studios.id, before.id))
    const names = await hostNames(tx, before.id)
    await recordChanges(
      tx,
      actor,
      { entity: 'studio', entityId: before.id, at, reason: input.reason },
      { host: names.get(host?.personId ?? '') ?? null },
      { host: person.value.name },
    )
    return finished(null, {
      message: {
        key: 'talent.studio.hostChanged',
        values: { name: person.value.name, school: person.value.school, studio: before.name, from: input.from },
      },
      audit: {
        resource: 'studio',
        objectId: before.id,
        teacherId: person.value.id,
        reason: input.reason,
        details: { during },
      },
    })
  },
})

const hostNames = async (tx: Tx, studioId: StudioId): Promise<Map<string, string>> =>
  new Map(
    (
      await tx
        .select({ id: studioMemberships.teacherId, name: studioMemberships.personName })
        .from(studioMemberships)
        .where(and(eq(studioMemberships.studioId, studioId), eq(studioMemberships.role, 'host')))
    ).map((row) => [row.id, row.name]),
  )
