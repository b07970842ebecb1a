import { and, desc, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { noticeEntries, publicNotices, rotationCases, rotationRounds } from '@/db/schema/index.ts'
import { one } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { type CaseId, idSchema, type NoticeId, type RoundId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { schoolYear } from '../documents/words.ts'
import { paperIssuer } from '../queries/issuer.ts'
import { undecidedChanges } from '../queries/notices.ts'
import { lockCaseRows } from '../store/advance-case.ts'
import { writeEntries } from '../store/notice-entries.ts'

/** A draft 公示 of all cases of a round that are decided and on no notice yet; people whose roll outcome changed wait. */
export const prepareNotice = defineCommand({
  name: 'rotation.notice.prepare',
  input: z.strictObject({
    roundId: idSchema<RoundId>(),
    days: z.coerce.number().pipe(z.union([z.literal(5), z.literal(7)])),
    phone: z.string().trim().min(5).max(40),
    mail: z.string().trim().min(3).max(80),
  }),
  target: async (tx, { roundId }) => {
    const [round] = await tx.select().from(rotationRounds).where(eq(rotationRounds.id, roundId)).for('update')
    return round ? { ...round, target: {} } : null
  },
  run: async ({ tx, actor, input, before: round, at, today }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const decided = await tx
      .select({ id: rotationCases.id })
      .from(rotationCases)
      .where(
        and(eq(rotationCases.roundId, round.id), eq(rotationCases.state, 'decided'), isNull(rotationCases.noticeId)),
      )
    const rows = await lockCaseRows(
      tx,
      decided.map(({ id }) => id as CaseId),
    )
    const changed = new Set(
      await undecidedChanges(
        tx,
        round.id,
        rows.map(({ teacherId }) => teacherId),
      ),
    )
    const listed = rows.filter(({ teacherId }) => !changed.has(teacherId)).sort((a, b) => a.number - b.number)
    if (listed.length === 0) return refuse('notice.refusal.nobody', { changed: changed.size })
    const [last] = await tx
      .select({ number: publicNotices.number })
      .from(publicNotices)
      .where(eq(publicNotices.roundId, round.id))
      .orderBy(desc(publicNotices.number))
      .limit(1)
    const id = newId<NoticeId>()
    const issuer = await paperIssuer(tx, round.districtId, today)
    await tx.insert(publicNotices).values({
      districtId: round.districtId,
      id,
      roundId: round.id,
      kind: 'first',
      number: (last?.number ?? 0) + 1,
      title: `${issuer.district}${schoolYear(round.year)}教师交流轮岗人员名单公示`,
      state: 'draft',
      days: input.days,
      phone: input.phone,
      mail: input.mail,
      preparedBy: actor.userId,
      preparedByPerson: actor.personId,
      preparedAt: at,
    })
    await writeEntries(tx, id, listed)
    for (const row of listed)
      one(
        await tx
          .update(rotationCases)
          .set({ noticeId: id, version: row.version + 1, changedAt: at })
          .where(and(eq(rotationCases.id, row.id), eq(rotationCases.version, row.version)))
          .returning({ id: rotationCases.id }),
      )
    return finished(
      { noticeId: id },
      {
        message: { key: 'notice.prepared', values: { count: listed.length, left: changed.size } },
        audit: { resource: 'notice', objectId: id, details: { round: round.id, cases: listed.map((row) => row.id) } },
      },
    )
  },
})

/** Takes one person off a draft; they wait for a later notice. */
export const dropNoticeEntry = defineCommand({
  name: 'rotation.notice.dropEntry',
  input: z.strictObject({ noticeId: idSchema<NoticeId>(), caseId: idSchema<CaseId>() }),
  target: async (tx, { noticeId }) => {
    const [notice] = await tx.select().from(publicNotices).where(eq(publicNotices.id, noticeId)).for('update')
    return notice ? { ...notice, target: {} } : null
  },
  run: async ({ tx, input, before: notice, at }) => {
    if (notice.state !== 'draft') return refuse('notice.refusal.posted')
    const [row] = await lockCaseRows(tx, [input.caseId])
    if (!row || row.noticeId !== notice.id) return refuse('platform.refusal.notFound')
    const removed = await tx
      .delete(noticeEntries)
      .where(and(eq(noticeEntries.noticeId, notice.id), eq(noticeEntries.caseId, row.id)))
      .returning({ seq: noticeEntries.seq })
    one(removed)
    one(
      await tx
        .update(rotationCases)
        .set({ noticeId: null, version: row.version + 1, changedAt: at })
        .where(eq(rotationCases.id, row.id))
        .returning({ id: rotationCases.id }),
    )
    one(
      await tx
        .update(publicNotices)
        .set({ version: notice.version + 1 })
        .where(eq(publicNotices.id, notice.id))
        .returning({ id: publicNotices.id }),
    )
    return finished(null, {
      message: { key: 'notice.dropped' },
      audit: { resource: 'notice', objectId: notice.id, teacherId: row.teacherId, details: { case: row.id } },
    })
  },
})
