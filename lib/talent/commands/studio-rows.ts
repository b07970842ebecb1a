import { and, eq, inArray, or } from 'drizzle-orm'
import { z } from 'zod'
import { studioMemberships, studios } from '@/db/schema/index.ts'
import type { StudioId } from '@/db/schema/talent.ts'
import type { Tx } from '@/db/scope.ts'
import { SUBJECTS, type Subject } from '@/lib/rules/register/vocabulary.ts'
import {
  STUDIO_KINDS,
  STUDIO_LEVELS,
  type StudioKind,
  type StudioLevel,
  type StudioMembership,
} from '@/lib/rules/talent/studio.ts'
import { type LocalDate, parseDay } from '@/lib/rules/values/dates.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'

/** A day in a form; refused beside its field when it is not one. */
export const dayInput = z.string().transform((value, context): LocalDate => {
  const day = parseDay(value.trim())
  if (day) return day
  context.addIssue({ code: 'custom', message: 'platform.refusal.invalid' })
  return z.NEVER
})
export const versionInput = z.coerce.number().int()
export const whoInput = z.string().trim().min(1).max(60)

export const studioFields = {
  name: z.string().trim().min(2).max(60),
  level: z.enum(STUDIO_LEVELS),
  kind: z.enum(Object.keys(STUDIO_KINDS) as [StudioKind, ...StudioKind[]]),
  subject: z
    .string()
    .transform((code) => code || null)
    .pipe(z.enum(Object.keys(SUBJECTS) as [Subject, ...Subject[]]).nullable()),
}

/** Loads a studio and holds it: two people cannot change its host at once. */
export async function lockStudio(tx: Tx, id: StudioId) {
  const [row] = await tx.select().from(studios).where(eq(studios.id, id)).for('update')
  return row ? { ...row, target: {} } : null
}

/** Memberships that could stand against a person's place in a studio: the studio's own and the person's elsewhere. */
export async function membershipsAround(
  tx: Tx,
  studioId: StudioId | null,
  people: readonly TeacherId[],
): Promise<{ known: (StudioMembership & { id: string })[]; studios: (StudioLevel & { name: string })[] }> {
  const rows = await tx
    .select({
      id: studioMemberships.id,
      studioId: studioMemberships.studioId,
      personId: studioMemberships.teacherId,
      role: studioMemberships.role,
      during: studioMemberships.during,
      level: studios.level,
      name: studios.name,
    })
    .from(studioMemberships)
    .innerJoin(
      studios,
      and(eq(studios.districtId, studioMemberships.districtId), eq(studios.id, studioMemberships.studioId)),
    )
    .where(
      or(
        studioId ? eq(studioMemberships.studioId, studioId) : undefined,
        people.length > 0 ? inArray(studioMemberships.teacherId, [...people]) : undefined,
      ),
    )
  return {
    known: rows.map(({ during, level: _level, name: _name, ...row }) => ({ ...row, ...during })),
    studios: [
      ...new Map(rows.map((row) => [row.studioId, { id: row.studioId, level: row.level, name: row.name }])),
    ].map(([, studio]) => studio),
  }
}
