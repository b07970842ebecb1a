import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import {
  districts,
  noticeEntries,
  objectionParties,
  objections,
  publicNotices,
  rollChanges,
  rotationCases,
  rotationRounds,
  schools,
  teachers,
  users,
} from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { todayIn } from '@/lib/platform/clock.ts'
import type { Keyring } from '@/lib/platform/crypto.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { NoticeColumn } from '@/lib/rules/rotation/notice.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { CaseId, NoticeId, RoundId, TeacherId } from '@/lib/rules/values/ids.ts'
import type { NoticePaper } from '../documents/public-notice.ts'
import { isDecided } from './orders.ts'

export type NoticeRow = typeof publicNotices.$inferSelect
export type EntryRow = typeof noticeEntries.$inferSelect

/** Rounds with what waits for a notice: cases decided and on none. */
export async function roundsWithDecided(tx: Tx) {
  return tx
    .select({
      id: rotationRounds.id,
      name: rotationRounds.name,
      year: rotationRounds.year,
      decided: sql<number>`count(${rotationCases.id}) FILTER (WHERE ${rotationCases.state} = 'decided' AND ${rotationCases.noticeId} IS NULL)::int`,
      /** Decided at some time and standing: what a form can be filled with. */
      standing: sql<number>`count(${rotationCases.id}) FILTER (WHERE ${isDecided})::int`,
      ready: sql<number>`count(${rotationCases.id}) FILTER (WHERE ${rotationCases.state} = 'ready')::int`,
    })
    .from(rotationRounds)
    .leftJoin(rotationCases, eq(rotationCases.roundId, rotationRounds.id))
    .where(eq(rotationRounds.kind, 'regular'))
    .groupBy(rotationRounds.districtId, rotationRounds.id)
    .orderBy(desc(rotationRounds.year), desc(rotationRounds.name))
}

/** Notices, the latest first, with how many stand on each. */
export async function listNotices(tx: Tx) {
  return tx
    .select({
      notice: publicNotices,
      round: rotationRounds.name,
      year: rotationRounds.year,
      entries: sql<number>`(SELECT count(*) FROM ${noticeEntries} e WHERE e.notice_id = ${publicNotices.id})::int`,
      objections: sql<number>`(SELECT count(*) FROM ${objections} o WHERE o.notice_id = ${publicNotices.id} AND o.state = 'open')::int`,
    })
    .from(publicNotices)
    .innerJoin(rotationRounds, eq(rotationRounds.id, publicNotices.roundId))
    .orderBy(desc(publicNotices.preparedAt))
}

/** One notice with its lines and the cases' present states; null when it is not there or not to be seen. */
export async function findNotice(tx: Tx, id: NoticeId) {
  const [row] = await tx
    .select({
      notice: publicNotices,
      round: rotationRounds.name,
      year: rotationRounds.year,
      preparer: users.displayName,
    })
    .from(publicNotices)
    .innerJoin(rotationRounds, eq(rotationRounds.id, publicNotices.roundId))
    .leftJoin(users, eq(users.id, publicNotices.preparedBy))
    .where(eq(publicNotices.id, id))
  if (!row) return null
  const entries = await tx
    .select({ entry: noticeEntries, state: rotationCases.state, number: rotationCases.number })
    .from(noticeEntries)
    .leftJoin(rotationCases, eq(rotationCases.id, noticeEntries.caseId))
    .where(eq(noticeEntries.noticeId, id))
    .orderBy(asc(noticeEntries.seq))
  return { ...row, entries }
}

/** Notices anyone may read now: posted and running, or ended in the last days; the columns of R-PUB-3 and nothing else. */
export async function postedNotices(tx: Tx, today: LocalDate) {
  const notices = await tx
    .select({
      id: publicNotices.id,
      title: publicNotices.title,
      kind: publicNotices.kind,
      days: publicNotices.days,
      publishedOn: publicNotices.publishedOn,
      endsOn: publicNotices.endsOn,
      phone: publicNotices.phone,
      mail: publicNotices.mail,
      documentNo: publicNotices.documentNo,
    })
    .from(publicNotices)
    .where(and(eq(publicNotices.state, 'published'), sql`${publicNotices.endsOn} >= ${today}`))
    .orderBy(desc(publicNotices.publishedOn))
  return Promise.all(
    notices.map(async (notice) => {
      const entries = await tx
        .select()
        .from(noticeEntries)
        .where(eq(noticeEntries.noticeId, notice.id))
        .orderBy(noticeEntries.seq)
      return { ...notice, rows: entries.map(entryText), caseIds: entries.map(({ caseId }) => caseId) }
    }),
  )
}

/** The same on the district's own day, which a demo may have ahead of the clock; for readers without a session. */
export async function postedToday(tx: Tx) {
  const [district] = await tx
    .select({
      timeZone: districts.timeZone,
      demo: districts.demo,
      exercise: districts.exercise,
      settings: districts.settings,
    })
    .from(districts)
  return district ? postedNotices(tx, todayIn(district)) : []
}

export const entryText = (entry: EntryRow): Record<NoticeColumn, string> => ({
  number: String(entry.seq),
  name: entry.name,
  origin: entry.fromSchool,
  subject: entry.subject,
  destination: entry.toSchool,
  form: entry.form,
  term: entry.term,
})

/** The paper of a notice, for its files. */
export async function noticePaper(tx: Tx, id: NoticeId): Promise<NoticePaper | null> {
  const found = await findNotice(tx, id)
  if (!found) return null
  const { notice, entries } = found
  return { ...notice, rows: entries.map(({ entry }) => entryText(entry)) }
}

/** Teachers whose outcome on the roll changed and is not decided yet: in no notice and no order (issue 名册变化). */
export async function undecidedChanges(
  tx: Tx,
  roundId: RoundId,
  teacherIds: readonly TeacherId[],
): Promise<TeacherId[]> {
  if (teacherIds.length === 0) return []
  const rows = await tx
    .select({ id: rollChanges.teacherId })
    .from(rollChanges)
    .where(
      and(
        eq(rollChanges.roundId, roundId),
        isNull(rollChanges.decision),
        inArray(rollChanges.teacherId, [...teacherIds]),
      ),
    )
  return rows.map(({ id }) => id)
}

/** Objections the actor may see, open ones first; who objects and the text only for the handler and the reviewer (f8). */
export async function listObjections(tx: Tx, actor: UserActor, keys: () => Promise<Keyring>, noticeId?: NoticeId) {
  const rows = await tx
    .select({
      objection: objections,
      teacher: teachers.name,
      school: schools.name,
      number: rotationCases.number,
      caseState: rotationCases.state,
      notice: publicNotices.title,
      handler: users.displayName,
      party: objectionParties,
    })
    .from(objections)
    .innerJoin(rotationCases, eq(rotationCases.id, objections.caseId))
    .innerJoin(teachers, eq(teachers.id, rotationCases.teacherId))
    .innerJoin(schools, eq(schools.id, rotationCases.fromSchoolId))
    .innerJoin(publicNotices, eq(publicNotices.id, objections.noticeId))
    .leftJoin(users, eq(users.id, objections.handlerId))
    .leftJoin(objectionParties, eq(objectionParties.objectionId, objections.id))
    .where(noticeId ? eq(objections.noticeId, noticeId) : undefined)
    .orderBy(sql`${objections.state} <> 'open'`, desc(objections.receivedOn))
  return Promise.all(
    rows.map(async ({ party, ...row }) => {
      const mayRead = actor.role === 'bureau_reviewer' || row.objection.handlerId === actor.userId
      if (!party || !mayRead) return { ...row, party: null }
      const ring = await keys()
      const open = (column: 'name' | 'contact' | 'text') => {
        const sealed = party[column]
        return sealed ? ring.open({ table: 'objection_parties', column, rowId: row.objection.id }, sealed) : null
      }
      return { ...row, party: { name: open('name'), contact: open('contact'), text: open('text') ?? '' } }
    }),
  )
}

/** The HR people an objection may be given to: who neither prepared, checked nor decided the case (SD-8). */
export async function possibleHandlers(tx: Tx, caseId: CaseId, today: LocalDate) {
  const rows = await tx.execute(sql`
    SELECT DISTINCT u.id, u.display_name AS name FROM users u
    JOIN role_grants g ON g.district_id = u.district_id AND g.user_id = u.id AND g.role = 'bureau_hr'
      AND g.valid_from <= ${today} AND g.valid_to > ${today}
    WHERE u.disabled_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM case_decisions d WHERE d.district_id = u.district_id AND d.case_id = ${caseId}
        AND d.part IN ('prepare', 'check', 'decide') AND u.person_id IN (d.person_id, d.on_behalf_of_person))
    ORDER BY u.display_name`)
  return rows.map((row) => ({ id: String(row.id), name: String(row.name) }))
}

/** How many objections wait: to be assigned or decided by a reviewer, to be looked into by their handler. */
export async function objectionsWaiting(tx: Tx, actor: UserActor): Promise<number> {
  if (actor.role !== 'bureau_hr' && actor.role !== 'bureau_reviewer') return 0
  const mine =
    actor.role === 'bureau_hr'
      ? and(eq(objections.handlerId, actor.userId), isNull(objections.proposedAt))
      : sql`(${objections.handlerId} IS NULL OR ${objections.proposedAt} IS NOT NULL)`
  const [row] = await tx
    .select({ n: count() })
    .from(objections)
    .where(and(eq(objections.state, 'open'), mine))
  return row?.n ?? 0
}
