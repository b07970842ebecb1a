import { and, eq, or, sql } from 'drizzle-orm'
import { appointments, schools, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'

export interface NamedPerson {
  id: TeacherId
  name: string
  staffNo: string
  schoolId: SchoolId
  school: string
}

/** The one person of the register with this staff number or name on a day; namesakes are refused with their numbers. */
export async function namedPerson(tx: Tx, words: string, on: LocalDate, field = 'who'): Promise<Outcome<NamedPerson>> {
  const found = await tx
    .select({
      id: teachers.id,
      name: teachers.name,
      staffNo: teachers.staffNo,
      schoolId: appointments.schoolId,
      school: schools.name,
    })
    .from(teachers)
    .innerJoin(
      appointments,
      and(
        eq(appointments.districtId, teachers.districtId),
        eq(appointments.teacherId, teachers.id),
        eq(appointments.kind, 'establishment'),
        sql`${appointments.validFrom} <= ${on} AND ${appointments.validTo} > ${on}`,
      ),
    )
    .innerJoin(schools, and(eq(schools.districtId, teachers.districtId), eq(schools.id, appointments.schoolId)))
    .where(or(eq(teachers.name, words), eq(teachers.staffNo, words.toUpperCase())))
    .orderBy(teachers.staffNo)
    .limit(6)
  const [only, ...others] = found
  if (!only) return refuse('talent.refusal.person.none', { who: words }, { field })
  if (others.length > 0) {
    const list = found.map(({ name, school, staffNo }) => `${name} ${school} ${staffNo}`).join('; ')
    return refuse('talent.refusal.person.several', { who: words, list }, { field })
  }
  return done(only)
}
