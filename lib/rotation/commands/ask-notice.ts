import { z } from 'zod'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { askSecondPerson } from '@/lib/platform/two-person.ts'
import { noticeEnd } from '@/lib/rules/calendar/working-days.ts'
import { idSchema, type NoticeId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { districtCalendar } from '../cases/calendar.ts'
import { noticeToAsk, publishNoticeOperation, withdrawNoticeOperation } from '../operations/publish-notice.ts'
import { roundPolicy } from '../queries/round-policy.ts'

/** Puts a draft before the second person; past the end of the working-day table it warns (R-PUB-1). */
export const askPublishNotice = defineCommand({
  name: 'rotation.notice.askPublish',
  input: z.strictObject({ noticeId: idSchema<NoticeId>() }),
  run: async ({ tx, actor, input, today }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const found = await noticeToAsk(tx, input.noticeId, 'draft')
    if (!found.ok) return found
    const { notice, payload } = found.value
    const { process } = await roundPolicy(tx, notice.roundId)
    const end = noticeEnd(today, notice.days, await districtCalendar(tx), process.noticeCountsPublicationDay)
    const asked = await askSecondPerson(tx, actor, publishNoticeOperation, {
      subjectId: notice.id,
      payload,
      summary: { title: notice.title, count: payload.cases.length, days: notice.days, until: end.lastDay },
    })
    if (!asked.ok) return asked
    return finished(
      { requestId: asked.value, beyondCalendar: end.warning !== null },
      {
        message: { key: end.warning ? 'notice.askedBeyond' : 'notice.asked', values: { until: end.lastDay } },
        audit: { resource: 'notice', objectId: notice.id, details: { until: end.lastDay } },
      },
    )
  },
})

/** Asks that a posted notice be taken down, with the reason. */
export const askWithdrawNotice = defineCommand({
  name: 'rotation.notice.askWithdraw',
  input: z.strictObject({ noticeId: idSchema<NoticeId>(), reason: z.string().trim().min(2).max(500) }),
  run: async ({ tx, actor, input }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const found = await noticeToAsk(tx, input.noticeId, 'published')
    if (!found.ok) return found
    const { notice, payload } = found.value
    const asked = await askSecondPerson(tx, actor, withdrawNoticeOperation, {
      subjectId: notice.id,
      payload,
      summary: { title: notice.title, count: payload.cases.length },
      reason: input.reason,
    })
    if (!asked.ok) return asked
    return finished(
      { requestId: asked.value },
      {
        message: { key: 'notice.askedWithdraw' },
        audit: { resource: 'notice', objectId: notice.id, reason: input.reason },
      },
    )
  },
})
