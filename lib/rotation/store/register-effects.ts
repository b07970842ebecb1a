import { and, asc, eq, sql } from 'drizzle-orm'
import { appointments, postings } from '@/db/schema/index.ts'
import type { AppointmentId } from '@/db/schema/register/appointments.ts'
import type { PostingId } from '@/db/schema/rotation/postings.ts'
import { one, type Tx } from '@/db/scope.ts'
import type { Instant } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { serviceLine } from '@/lib/register/store/service-line.ts'
import type { Stage, Subject } from '@/lib/rules/register/vocabulary.ts'
import { addDays, type LocalDate, type Period } from '@/lib/rules/values/dates.ts'
import type { DistrictId, SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import type { CaseRow } from './advance-case.ts'

type AppointmentRow = typeof appointments.$inferSelect
const ITINERANT = 8

/** Rows that reach the day, also one that ends with the day before: it may be the one that goes on. */
const appointmentsOf = (tx: Tx, teacherId: TeacherId, kind: AppointmentRow['kind'], after: LocalDate) =>
  tx
    .select()
    .from(appointments)
    .where(
      and(eq(appointments.teacherId, teacherId), eq(appointments.kind, kind), sql`${appointments.validTo} >= ${after}`),
    )
    .orderBy(asc(appointments.validFrom))
    .for('update')

interface ServiceSpan {
  schoolId: SchoolId
  during: Period
  postingId: string | null
  partTime: boolean
  stage: Stage | null
  subject: Subject | null
}

/** Where the person is to teach from a day on, from their relation and postings; 走教 teaches at both ends, part-time. */
async function intendedService(tx: Tx, teacherId: TeacherId, from: LocalDate): Promise<ServiceSpan[]> {
  const relations = await appointmentsOf(tx, teacherId, 'establishment', from)
  const running = await tx
    .select()
    .from(postings)
    .where(
      and(
        eq(postings.teacherId, teacherId),
        eq(postings.movesRelation, false),
        sql`(${postings.endsOn} IS NULL OR ${postings.endsOn} >= ${from})`,
      ),
    )
  const byId = new Map<string, (typeof running)[number]>(running.map((posting) => [posting.id, posting]))
  const line = serviceLine(
    relations.map(({ schoolId, during }) => ({ schoolId, during })),
    running.map(({ id, toSchoolId, startsOn, endsOn }) => ({
      id,
      toSchoolId,
      during: { from: startsOn, until: endsOn === null ? null : addDays(endsOn, 1) },
    })),
  )
  return line.flatMap(({ schoolId, during, postingId }): ServiceSpan[] => {
    if (during.until !== null && during.until <= from) return []
    const home = relations.find((row) => row.during.from <= during.from && (row.during.until ?? '9999') > during.from)
    const cut = { from: during.from < from ? from : during.from, until: during.until }
    const stage = home?.stage ?? null
    const subject = home?.subject ?? null
    const span: ServiceSpan = { schoolId, during: cut, postingId, partTime: false, stage, subject }
    if (postingId === null || byId.get(postingId)?.form !== ITINERANT || !home) return [span]
    return [
      { ...span, partTime: true },
      { ...span, partTime: true, schoolId: home.schoolId, postingId: null },
    ]
  })
}

/**
 * Makes the service appointments from a day on say what relation and postings say; what lies before stays as it was.
 * Rows are reused in order, never deleted: a row too many carries the last stretch on at the same school.
 */
export async function rewriteService(
  tx: Tx,
  districtId: DistrictId,
  teacherId: TeacherId,
  from: LocalDate,
  posted: Pick<CaseRow, 'stage' | 'subject'> | null,
): Promise<void> {
  const intended = await intendedService(tx, teacherId, from)
  const existing = await appointmentsOf(tx, teacherId, 'service', from)
  const reusable: AppointmentRow[] = []
  for (const row of existing) {
    const first = intended[0]
    if (row.during.from >= from) reusable.push(row)
    else if (
      first &&
      row.schoolId === first.schoolId &&
      row.partTime === first.partTime &&
      row.postingId === first.postingId
    ) {
      first.during = { ...first.during, from: row.during.from }
      reusable.unshift(row)
    } else if (row.during.until !== from) await setDuring(tx, row.id, { from: row.during.from, until: from })
  }
  spreadOver(intended, reusable)
  // Out of each other's way first, long before anybody served: the exclusion constraints look after every statement
  for (const [index, row] of reusable.entries()) await setDuring(tx, row.id, parkedAt(index))
  for (const [index, span] of intended.entries()) {
    const row = reusable[index]
    const teaches = span.postingId && posted ? posted : span
    const values = {
      schoolId: span.schoolId,
      during: span.during,
      partTime: span.partTime,
      postingId: span.postingId,
      stage: teaches.stage ?? span.stage,
      subject: teaches.subject ?? span.subject,
    }
    if (row)
      one(
        await tx.update(appointments).set(values).where(eq(appointments.id, row.id)).returning({ id: appointments.id }),
      )
    else
      await tx
        .insert(appointments)
        .values({ districtId, id: newId<AppointmentId>(), teacherId, kind: 'service', ...values })
  }
}

const setDuring = async (tx: Tx, id: AppointmentId, during: Period): Promise<void> => {
  one(await tx.update(appointments).set({ during }).where(eq(appointments.id, id)).returning({ id: appointments.id }))
}
const parkedAt = (index: number): Period => {
  const from = addDays('1000-01-01' as LocalDate, index)
  return { from, until: addDays(from, 1) }
}

/** More rows than stretches: the last stretch is told in several rows of one school, cut where the rows began. */
function spreadOver(intended: ServiceSpan[], rows: readonly AppointmentRow[]): void {
  while (intended.length > 0 && intended.length < rows.length) {
    const last = intended.at(-1)!
    const next = rows[intended.length]!.during.from
    const cut = next > last.during.from ? next : addDays(last.during.from, 1)
    intended.push({ ...last, during: { from: cut, until: last.during.until } })
    last.during = { from: last.during.from, until: cut }
  }
}

/** Moves the personnel relation to a school from a day on: closes the row in force, opens another. */
export async function moveRelation(
  tx: Tx,
  row: Pick<CaseRow, 'districtId' | 'teacherId' | 'stage' | 'subject'>,
  toSchoolId: SchoolId,
  from: LocalDate,
  postingId: PostingId,
): Promise<Outcome<null>> {
  const relations = (await appointmentsOf(tx, row.teacherId, 'establishment', from)).filter(
    ({ during }) => during.until === null || during.until > from,
  )
  if (relations.some(({ during }) => during.from > from)) return refuse('register.refusal.establishmentOverlap')
  const current = relations[0]
  const opened = {
    schoolId: toSchoolId,
    during: { from, until: current?.during.until ?? null },
    stage: row.stage ?? current?.stage ?? null,
    subject: row.subject ?? current?.subject ?? null,
    postingId,
  }
  if (current?.during.from === from) {
    one(
      await tx
        .update(appointments)
        .set(opened)
        .where(eq(appointments.id, current.id))
        .returning({ id: appointments.id }),
    )
    return done(null)
  }
  if (current) await setDuring(tx, current.id, { from: current.during.from, until: from })
  await tx.insert(appointments).values({
    districtId: row.districtId,
    id: newId<AppointmentId>(),
    teacherId: row.teacherId,
    kind: 'establishment',
    ...opened,
  })
  return done(null)
}

/** Writes the posting of a case into the register and moves service, and where the form says so the relation. */
export async function beginPosting(tx: Tx, row: CaseRow, from: LocalDate, at: Instant): Promise<Outcome<PostingId>> {
  if (row.toSchoolId === null) return refuse('case.refusal.destinationMissing')
  const id = newId<PostingId>()
  await tx.insert(postings).values({
    districtId: row.districtId,
    id,
    teacherId: row.teacherId,
    form: row.form,
    movesRelation: row.movesRelation,
    fromSchoolId: row.fromSchoolId,
    toSchoolId: row.toSchoolId,
    startsOn: from,
    endsOn: row.movesRelation ? null : row.endsOn,
    planned: !row.movesRelation,
    caseId: row.id,
    source: 'order',
    changedAt: at,
  })
  if (row.movesRelation) {
    const moved = await moveRelation(tx, row, row.toSchoolId, from, id)
    if (!moved.ok) return moved
  }
  await rewriteService(tx, row.districtId, row.teacherId, from, row)
  return done(id)
}
