import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import {
  annualAssessments,
  appointments,
  certificates,
  disciplinaryPeriods,
  employments,
  fieldChanges,
  honours,
  leaves,
  postGrades,
  postings,
  schools,
  titles,
} from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { PRIVATE_LEAVES, type RecordPart, readsPart } from '@/lib/rules/access/masks.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { addDays } from '@/lib/rules/values/dates.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'

export type RecordKind =
  | 'relation'
  | 'service'
  | 'employment'
  | 'titleHeld'
  | 'titleAppointed'
  | 'grade'
  | 'honour'
  | 'certificate'
  | 'assessment'
  | 'leave'
  | 'discipline'
  | 'posting'

/** One dated fact of a person, ready to be said in a sentence `register.record.<kind>`. */
export interface RecordEntry {
  id: string
  kind: RecordKind
  from: LocalDate | null
  /** Day after the last; null = still, or of one day only. */
  until: LocalDate | null
  /** Codes and names of the sentence. */
  facts: Record<string, string | number | boolean | null>
  /** Kept back by a mask: that it is so and until when is shown, not why. */
  masked?: boolean
  source: 'import' | 'order' | 'register'
  version?: number
}

/** A correction or entry of the register: who, when, why, old and new. */
export interface ChangeEntry {
  id: string
  at: string
  by: string
  entity: string
  field: string | null
  operation: string
  old: unknown
  new: unknown
  sensitive: boolean
  reason: string | null
  imported: boolean
}

const next = (last: LocalDate | null): LocalDate | null => (last ? addDays(last, 1) : null)
const sourceOf = (row: { batchId?: string | null; postingId?: string | null }): RecordEntry['source'] =>
  row.batchId ? 'import' : row.postingId ? 'order' : 'register'

/** The whole dated record of a person as the role may read it, newest first; parts the role does not read are not asked for. */
export async function teacherRecord(tx: Tx, actor: UserActor, teacherId: TeacherId): Promise<RecordEntry[]> {
  const reads = (part: RecordPart) => readsPart(actor.role, part)
  const of = (column: AnyPgColumn): SQL => eq(column, teacherId)
  const parts: Promise<RecordEntry[]>[] = []
  const part = (name: RecordPart, load: () => Promise<RecordEntry[]>) => {
    if (reads(name)) parts.push(load())
  }
  part('appointments', async () => {
    const rows = await tx
      .select({ row: appointments, school: schools.name })
      .from(appointments)
      .innerJoin(schools, and(eq(schools.districtId, appointments.districtId), eq(schools.id, appointments.schoolId)))
      .where(of(appointments.teacherId))
    return rows.map(({ row, school }) => ({
      id: row.id,
      kind: row.kind === 'establishment' ? 'relation' : 'service',
      from: row.during.from,
      until: row.during.until,
      facts: { school, stage: row.stage, subject: row.subject, periods: row.periods, partTime: row.partTime },
      source: sourceOf(row),
    }))
  })
  part('employments', async () => {
    const rows = await tx.select().from(employments).where(of(employments.teacherId))
    return rows.map((row) => ({
      id: row.id,
      kind: 'employment',
      from: row.during.from,
      until: row.during.until,
      facts: { form: row.form, category: row.category, postKind: row.postKind, duty: row.duty, status: row.status },
      source: sourceOf(row),
    }))
  })
  part('titles', async () => {
    const rows = await tx.select().from(titles).where(of(titles.teacherId))
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind === 'held' ? 'titleHeld' : 'titleAppointed',
      from: row.during.from,
      until: row.during.until,
      facts: { title: row.title },
      source: sourceOf(row),
    }))
  })
  part('grades', async () => {
    const rows = await tx.select().from(postGrades).where(of(postGrades.teacherId))
    return rows.map((row) => ({
      id: row.id,
      kind: 'grade',
      from: row.during.from,
      until: row.during.until,
      facts: { grade: row.grade },
      source: sourceOf(row),
    }))
  })
  part('honours', async () => {
    const rows = await tx.select().from(honours).where(of(honours.teacherId))
    return rows.map((row) => ({
      id: row.id,
      kind: 'honour',
      from: row.awardedMonth,
      until: row.revokedOn ?? row.validUntil,
      facts: { kind: row.kind, level: row.level, revoked: row.revokedOn !== null, reason: row.revokedReason },
      source: sourceOf(row),
    }))
  })
  part('certificates', async () => {
    const rows = await tx.select().from(certificates).where(of(certificates.teacherId))
    return rows.map((row) => ({
      id: row.id,
      kind: 'certificate',
      from: null,
      until: null,
      facts: { kind: row.kind, subject: row.subject },
      source: sourceOf(row),
    }))
  })
  part('assessments', async () => {
    const rows = await tx
      .select()
      .from(annualAssessments)
      .where(of(annualAssessments.teacherId))
      .orderBy(asc(annualAssessments.year))
    return rows.map((row) => ({
      id: row.id,
      kind: 'assessment',
      from: `${row.year}-12-31` as LocalDate,
      until: `${row.year + 1}-01-01` as LocalDate,
      facts: { year: row.year, result: row.result },
      source: sourceOf(row),
    }))
  })
  part('leaves', () => leaveEntries(tx, actor, of(leaves.teacherId)))
  part('disciplines', async () => {
    const rows = await tx.select().from(disciplinaryPeriods).where(of(disciplinaryPeriods.teacherId))
    return rows.map((row) => ({
      id: row.id,
      kind: 'discipline',
      from: row.startsOn,
      until: next(row.endsOn),
      facts: { kind: row.kind },
      source: sourceOf(row),
    }))
  })
  part('postings', () => postingEntries(tx, of(postings.teacherId)))
  const entries = (await Promise.all(parts)).flat()
  return entries.sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? 1 : (a.from ?? '') > (b.from ?? '') ? -1 : 0))
}

/** Leaves: the kind of a private one is not even selected for others than the person (class f3). */
async function leaveEntries(tx: Tx, actor: UserActor, ofPerson: SQL): Promise<RecordEntry[]> {
  const own = actor.role === 'teacher'
  const secret = sql.join(
    PRIVATE_LEAVES.map((kind) => sql`${kind}`),
    sql`, `,
  )
  const rows = await tx
    .select({
      id: leaves.id,
      kind: own
        ? sql<string | null>`${leaves.kind}`
        : sql<string | null>`CASE WHEN ${leaves.kind} IN (${secret}) THEN NULL ELSE ${leaves.kind} END`,
      startsOn: leaves.startsOn,
      endsOn: leaves.endsOn,
      childBirth: own ? sql<LocalDate | null>`${leaves.childBirth}` : sql<null>`NULL`,
      version: leaves.version,
      batchId: leaves.batchId,
    })
    .from(leaves)
    .where(own ? ofPerson : and(ofPerson, sql`${leaves.kind} <> 'birth'`))
  return rows.map((row) => ({
    id: row.id,
    kind: 'leave',
    from: row.startsOn ?? row.childBirth,
    until: row.kind === 'birth' ? next(row.childBirth) : next(row.endsOn),
    facts: { kind: row.kind },
    masked: row.kind === null,
    version: row.version,
    source: sourceOf(row),
  }))
}

async function postingEntries(tx: Tx, ofPerson: SQL): Promise<RecordEntry[]> {
  const rows = await tx
    .select({
      id: postings.id,
      form: postings.form,
      movesRelation: postings.movesRelation,
      startsOn: postings.startsOn,
      endsOn: postings.endsOn,
      planned: postings.planned,
      batchId: postings.batchId,
      source: postings.source,
      from: sql<string>`(SELECT s.name FROM schools s WHERE s.district_id = ${postings.districtId} AND s.id = ${postings.fromSchoolId})`,
      to: sql<string>`(SELECT s.name FROM schools s WHERE s.district_id = ${postings.districtId} AND s.id = ${postings.toSchoolId})`,
    })
    .from(postings)
    .where(ofPerson)
  return rows.map((row) => ({
    id: row.id,
    kind: 'posting',
    from: row.startsOn,
    until: next(row.endsOn),
    facts: { form: row.form, movesRelation: row.movesRelation, from: row.from, to: row.to, planned: row.planned },
    source: row.source === 'order' ? 'order' : sourceOf(row),
  }))
}

/** What was corrected or entered, newest first: old value, new value, who, when and why. */
export async function teacherChanges(tx: Tx, actor: UserActor, teacherId: TeacherId): Promise<ChangeEntry[]> {
  if (!readsPart(actor.role, 'changes')) return []
  const rows = await tx
    .select()
    .from(fieldChanges)
    .where(eq(fieldChanges.teacherId, teacherId))
    .orderBy(desc(fieldChanges.seq))
    .limit(200)
  const hides = (row: (typeof rows)[number]) => row.sensitive || (row.entity === 'leaves' && actor.role !== 'teacher')
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    by: row.byName,
    entity: row.entity,
    field: row.field,
    operation: row.operation,
    old: hides(row) ? null : row.old,
    new: hides(row) ? null : row.new,
    sensitive: row.sensitive,
    reason: row.reason,
    imported: row.batchId !== null,
  }))
}
