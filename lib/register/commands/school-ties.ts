import { and, eq, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import {
  educationGroups,
  groupMemberships,
  principalships,
  schoolPairings,
  schools,
  teachers,
} from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { isPrincipalDuty } from '@/lib/rules/rotation/facts.ts'
import type { LocalDate, Period } from '@/lib/rules/values/dates.ts'
import { type GroupId, idSchema, type SchoolId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { keepChanges } from '../store/changes.ts'
import { dayInput, reasonInput } from './inputs.ts'

const ofSchool = { schoolId: idSchema<SchoolId>(), from: dayInput, reason: reasonInput }

async function lockSchool(tx: Tx, { schoolId }: { schoolId: SchoolId }) {
  const [row] = await tx.select().from(schools).where(eq(schools.id, schoolId)).for('update')
  return row ? { ...row, target: { schools: [row.id] } } : null
}

/** A row that holds on a day ends the day before; one that would begin no earlier than that day stands in the way. */
function endedAt(during: Period, from: LocalDate): Outcome<Period> {
  return during.from < from
    ? done({ from: during.from, until: from })
    : refuse('school.refusal.beganLater', { from: during.from }, { field: 'from' })
}
const runsFrom = (table: { validTo: unknown }, from: LocalDate) => sql`${table.validTo} > ${from}`

/** 校长任免: the former head's post ends the day before, the new one's begins; open cases follow the post, not the person. */
export const changeHead = defineCommand({
  name: 'register.head.change',
  input: z.strictObject({
    ...ofSchool,
    staffNo: z.string().trim().min(1).max(30),
    duty: z
      .string()
      .trim()
      .max(40)
      .refine((duty) => isPrincipalDuty(duty), 'school.refusal.notAHead'),
  }),
  target: lockSchool,
  run: async ({ tx, actor, input, before, at }) => {
    const [head] = await tx.select().from(teachers).where(eq(teachers.staffNo, input.staffNo))
    if (!head) return refuse('school.refusal.nobody', { staffNo: input.staffNo }, { field: 'staffNo' })
    const running = await tx
      .select()
      .from(principalships)
      .where(and(eq(principalships.schoolId, before.id), runsFrom(principalships, input.from)))
    if (running.some((row) => row.teacherId === head.id))
      return refuse('school.refusal.headsAlready', { name: head.name })
    let former: string | null = null
    for (const row of running) {
      const ended = endedAt(row.during, input.from)
      if (!ended.ok) return ended
      one(
        await tx
          .update(principalships)
          .set({ during: ended.value })
          .where(eq(principalships.id, row.id))
          .returning({ id: principalships.id }),
      )
      const [person] = await tx.select({ name: teachers.name }).from(teachers).where(eq(teachers.id, row.teacherId))
      former = person?.name ?? null
    }
    await tx.insert(principalships).values({
      districtId: before.districtId,
      id: newId<string>(),
      teacherId: head.id,
      schoolId: before.id,
      duty: input.duty,
      during: { from: input.from, until: null },
    })
    await keepChanges({ tx, actor, at, reason: input.reason }, [
      {
        entity: 'schools',
        entityId: before.id,
        schoolId: before.id,
        operation: 'update',
        field: 'head',
        old: former,
        new: head.name,
      },
    ])
    return finished(null, {
      message: { key: 'school.done.head', values: { name: head.name, school: before.name, from: input.from } },
      audit: {
        resource: 'school',
        objectId: before.id,
        teacherId: head.id,
        reason: input.reason,
        details: { from: input.from, duty: input.duty },
      },
    })
  },
})

/** 教育集团: joins a group by its name (a new name makes the group), or leaves with an empty one. */
export const changeGroup = defineCommand({
  name: 'register.group.change',
  input: z.strictObject({ ...ofSchool, group: z.string().trim().max(60), isCore: z.boolean() }),
  target: lockSchool,
  run: async ({ tx, actor, input, before, at }) => {
    const running = await tx
      .select({ row: groupMemberships, name: educationGroups.name })
      .from(groupMemberships)
      .innerJoin(educationGroups, eq(educationGroups.id, groupMemberships.groupId))
      .where(and(eq(groupMemberships.schoolId, before.id), runsFrom(groupMemberships, input.from)))
    if (running.length === 0 && input.group === '') return refuse('school.refusal.noGroup')
    for (const { row } of running) {
      const ended = endedAt(row.during, input.from)
      if (!ended.ok) return ended
      one(
        await tx
          .update(groupMemberships)
          .set({ during: ended.value })
          .where(eq(groupMemberships.id, row.id))
          .returning({ id: groupMemberships.id }),
      )
    }
    if (input.group !== '') {
      const [known] = await tx.select().from(educationGroups).where(eq(educationGroups.name, input.group))
      const groupId = known?.id ?? newId<GroupId>()
      if (!known)
        await tx.insert(educationGroups).values({ districtId: before.districtId, id: groupId, name: input.group })
      await tx.insert(groupMemberships).values({
        districtId: before.districtId,
        id: newId<string>(),
        groupId,
        schoolId: before.id,
        isCore: input.isCore,
        during: { from: input.from, until: null },
      })
    }
    const old = running[0]?.name ?? null
    await keepChanges({ tx, actor, at, reason: input.reason }, [
      {
        entity: 'schools',
        entityId: before.id,
        schoolId: before.id,
        operation: 'update',
        field: 'group',
        old,
        new: input.group || null,
      },
    ])
    return finished(null, {
      message: {
        key: input.group ? 'school.done.joined' : 'school.done.left',
        values: { school: before.name, group: input.group || (old ?? '') },
      },
      audit: {
        resource: 'school',
        objectId: before.id,
        reason: input.reason,
        details: { from: input.from, group: input.group },
      },
    })
  },
})

/** 分校: of which school this one is a branch; none makes it a school by itself again. */
export const changeBranch = defineCommand({
  name: 'register.branch.change',
  input: z.strictObject({
    schoolId: idSchema<SchoolId>(),
    branchOf: z.preprocess((value) => (value === '' ? null : value), idSchema<SchoolId>().nullable()),
    reason: reasonInput,
  }),
  target: lockSchool,
  run: async ({ tx, actor, input, before, at }) => {
    if (input.branchOf === before.id) return refuse('school.refusal.ofItself', undefined, { field: 'branchOf' })
    if (input.branchOf === before.branchOf) return finished(null, { message: { key: 'register.done.nothingChanged' } })
    one(
      await tx
        .update(schools)
        .set({ branchOf: input.branchOf, version: before.version + 1, changedAt: at })
        .where(eq(schools.id, before.id))
        .returning({ id: schools.id }),
    )
    await keepChanges({ tx, actor, at, reason: input.reason }, [
      {
        entity: 'schools',
        entityId: before.id,
        schoolId: before.id,
        operation: 'update',
        field: 'branchOf',
        old: before.branchOf,
        new: input.branchOf,
      },
    ])
    return finished(null, {
      message: { key: 'register.done.edited', values: { count: 1 } },
      audit: { resource: 'school', objectId: before.id, reason: input.reason, details: { fields: ['branchOf'] } },
    })
  },
})

/** 同频互动课堂结对: how many classes are paired with a partner from a day on; 0 ends the pairing. */
export const changePairing = defineCommand({
  name: 'register.pairing.change',
  input: z.strictObject({
    ...ofSchool,
    partnerId: idSchema<SchoolId>(),
    classes: z.coerce.number().int().min(0).max(200),
  }),
  target: lockSchool,
  run: async ({ tx, actor, input, before, at }) => {
    if (input.partnerId === before.id) return refuse('school.refusal.ofItself', undefined, { field: 'partnerId' })
    const [partner] = await tx.select().from(schools).where(eq(schools.id, input.partnerId))
    if (!partner) return refuse('platform.refusal.notFound')
    const running = await tx
      .select()
      .from(schoolPairings)
      .where(
        and(
          or(
            and(eq(schoolPairings.schoolId, before.id), eq(schoolPairings.partnerId, partner.id)),
            and(eq(schoolPairings.schoolId, partner.id), eq(schoolPairings.partnerId, before.id)),
          ),
          runsFrom(schoolPairings, input.from),
        ),
      )
    for (const row of running) {
      const ended = endedAt(row.during, input.from)
      if (!ended.ok) return ended
      one(
        await tx
          .update(schoolPairings)
          .set({ during: ended.value })
          .where(eq(schoolPairings.id, row.id))
          .returning({ id: schoolPairings.id }),
      )
    }
    if (input.classes > 0)
      await tx.insert(schoolPairings).values({
        districtId: before.districtId,
        id: newId<string>(),
        schoolId: before.id,
        partnerId: partner.id,
        classes: input.classes,
        during: { from: input.from, until: null },
      })
    const old = running[0]?.classes ?? 0
    await keepChanges({ tx, actor, at, reason: input.reason }, [
      {
        entity: 'schools',
        entityId: before.id,
        schoolId: before.id,
        operation: 'update',
        field: 'pairing',
        old,
        new: input.classes,
      },
    ])
    return finished(null, {
      message: {
        key: 'school.done.paired',
        values: { school: before.name, partner: partner.name, classes: input.classes },
      },
      audit: {
        resource: 'school',
        objectId: before.id,
        reason: input.reason,
        details: { from: input.from, partner: partner.id, classes: input.classes },
      },
    })
  },
})
