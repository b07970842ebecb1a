import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { schools, schoolYears } from '@/db/schema/index.ts'
import { one } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import type { StageResources } from '@/lib/rules/register/records.ts'
import { LOCALITIES, SCHOOL_KINDS } from '@/lib/rules/register/vocabulary.ts'
import { idSchema, type SchoolId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { keepChanges, lastChangedBy } from '../store/changes.ts'
import { pinyinKeys } from '../store/pinyin.ts'
import { codeOf, optional, reasonInput } from './inputs.ts'

const count = z.coerce.number().int().min(0).max(10_000_000)
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** A school's own row, by HR. */
export const editSchool = defineCommand({
  name: 'register.school.edit',
  input: z.strictObject({
    schoolId: idSchema<SchoolId>(),
    version: z.coerce.number().int(),
    name: z.string().trim().min(2).max(60),
    shortName: optional(z.string().trim().max(30)),
    kind: codeOf(SCHOOL_KINDS),
    locality: codeOf(LOCALITIES),
    quality: z.boolean(),
    zone: optional(z.string().trim().max(30)),
    foundedYear: optional(z.coerce.number().int().min(1800).max(2200)),
    oneSchoolOnePlan: z.boolean(),
    interactive: z.boolean(),
    smartCampus: z.boolean(),
    reason: reasonInput,
  }),
  target: async (tx, input) => {
    const [row] = await tx.select().from(schools).where(eq(schools.id, input.schoolId)).for('update')
    return row ? { ...row, target: { schools: [row.id] } } : null
  },
  run: async ({ tx, actor, input, before, at }) => {
    if (before.version !== input.version)
      return refuse('platform.refusal.stale', { by: await lastChangedBy(tx, before.id) })
    const { schoolId, version, reason, ...values } = input
    const changed = (Object.keys(values) as (keyof typeof values)[]).filter(
      (field) => !same(values[field], before[field]),
    )
    if (changed.length === 0) return finished(null, { message: { key: 'register.done.nothingChanged' } })
    one(
      await tx
        .update(schools)
        .set({ ...values, ...pinyinKeys(values.name), version: version + 1, changedAt: at })
        .where(eq(schools.id, schoolId))
        .returning({ id: schools.id }),
    )
    await keepChanges(
      { tx, actor, at, reason },
      changed.map((field) => ({
        entity: 'schools',
        entityId: schoolId,
        schoolId,
        operation: 'update',
        field,
        old: before[field],
        new: values[field],
      })),
    )
    return finished(null, {
      message: { key: 'register.done.edited', values: { count: changed.length } },
      audit: { resource: 'school', objectId: schoolId, reason, details: { fields: changed } },
    })
  },
})

const resourcesOf = (area: string) =>
  z
    .string()
    .max(200)
    .transform((text, context): StageResources | null => {
      const parts = text.split(',').map((part) => part.trim())
      if (parts.every((part) => part === '')) return null
      const numbers = parts.map((part) => (part === '' ? null : Number(part)))
      if (
        parts.length !== 4 ||
        numbers.some((number) => number !== null && !(Number.isInteger(number) && number >= 0))
      ) {
        context.addIssue({ code: 'custom', message: 'register.refusal.resources', path: [area] })
        return z.NEVER
      }
      const [teachingArea = null, sportsArea = null, equipmentValue = null, networkedRooms = null] = numbers
      return { teachingArea, sportsArea, equipmentValue, networkedRooms }
    })

/** Numbers of a school in a school year; a school's HR may mend them until the year is closed. */
export const editSchoolYear = defineCommand({
  name: 'register.schoolYear.edit',
  input: z.strictObject({
    schoolId: idSchema<SchoolId>(),
    year: z.coerce.number().int(),
    version: z.coerce.number().int(),
    pupilsPrimary: count,
    pupilsJunior: count,
    /** Classes of grades 1–9. */
    classes: z.array(z.coerce.number().int().min(0).max(200)).length(9, 'register.refusal.nineGrades'),
    establishment: optional(count),
    seats: optional(count),
    addedSeats: optional(count),
    /** Four whole numbers: m² of teaching and of sports, yuan of equipment, networked rooms; empty = not recorded. */
    resourcesPrimary: resourcesOf('resourcesPrimary'),
    resourcesJunior: resourcesOf('resourcesJunior'),
    reason: reasonInput,
  }),
  target: async (tx, input) => {
    const [row] = await tx
      .select()
      .from(schoolYears)
      .where(and(eq(schoolYears.schoolId, input.schoolId), eq(schoolYears.year, input.year)))
      .for('update')
    return row ? { ...row, target: { schools: [row.schoolId] } } : null
  },
  run: async ({ tx, actor, input, before, at }) => {
    const rowId = `${input.schoolId}|${input.year}`
    if (before.closedAt) return refuse('register.refusal.yearClosed', { year: String(input.year) })
    if (before.version !== input.version)
      return refuse('platform.refusal.stale', { by: await lastChangedBy(tx, rowId) })
    const { schoolId, year, version, reason, ...values } = input
    const changed = (Object.keys(values) as (keyof typeof values)[]).filter(
      (field) => !same(values[field], before[field]),
    )
    if (changed.length === 0) return finished(null, { message: { key: 'register.done.nothingChanged' } })
    one(
      await tx
        .update(schoolYears)
        .set({ ...values, version: version + 1, changedAt: at })
        .where(and(eq(schoolYears.schoolId, schoolId), eq(schoolYears.year, year)))
        .returning({ id: schoolYears.schoolId }),
    )
    await keepChanges(
      { tx, actor, at, reason },
      changed.map((field) => ({
        entity: 'school_years',
        entityId: rowId,
        schoolId,
        operation: 'update',
        field,
        old: before[field],
        new: values[field],
      })),
    )
    return finished(null, {
      message: { key: 'register.done.edited', values: { count: changed.length } },
      audit: { resource: 'school', objectId: schoolId, reason, details: { year, fields: changed } },
    })
  },
})
