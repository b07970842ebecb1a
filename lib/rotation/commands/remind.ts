import { inArray } from 'drizzle-orm'
import { rotationCases } from '@/db/schema/index.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { SchoolId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { INBOX_HREF } from '../cases/addresses.ts'
import { tell } from '../cases/notify.ts'
import { holdersOf, waitingAt } from '../cases/recipients.ts'
import { remindInput } from '../inputs/cases.ts'
import { type TaskText, taskTexts } from '../queries/task-text.ts'

/** 催办: tells those whose step it is, once each, and gives the text to copy into WeChat for each of them. */
export const remind = defineCommand({
  name: 'rotation.case.remind',
  input: remindInput,
  run: async ({ tx, actor, input }) => {
    const rows = await tx.select().from(rotationCases).where(inArray(rotationCases.id, input.caseIds))
    const waiting = rows.flatMap((row) => {
      const post = waitingAt(row)
      return post ? [{ row, post }] : []
    })
    if (waiting.length === 0) return refuse('case.refusal.nobodyWaitedFor')
    const posts = groupBy(waiting, ({ post }) => `${post.role} ${post.schoolId ?? ''}`)
    let told = 0
    for (const [key, own] of posts) {
      const [role, schoolId] = key.split(' ') as [(typeof own)[number]['post']['role'], string]
      const people = await holdersOf(tx, { role, schoolId: (schoolId || null) as SchoolId | null }, actor.today)
      await tell(tx, actor, people, {
        kind: 'case.waiting',
        key: 'case.notification.urged',
        values: { count: own.length, by: actor.kind === 'user' ? actor.name : '' },
        href: INBOX_HREF,
      })
      told += people.length
    }
    const texts: TaskText[] = await taskTexts(
      tx,
      waiting.map(({ row }) => row),
    )
    return finished(
      { told, texts },
      {
        message: { key: 'case.done.reminded', values: { told, cases: waiting.length } },
        audit: { resource: 'case', details: { cases: waiting.map(({ row }) => row.number) } },
      },
    )
  },
})
