import { inArray } from 'drizzle-orm'
import { rotationRounds, schools } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { SchoolId } from '@/lib/rules/values/ids.ts'
import { caseHref, INBOX_HREF } from '../cases/addresses.ts'
import type { CaseRow } from '../cases/lock.ts'
import { waitingAt } from '../cases/recipients.ts'

/** A text to send over WeChat: `t(key, { ...values, link })` with the link made absolute by the page. No names of teachers in it. */
export interface TaskText {
  role: string
  schoolId: SchoolId | null
  school: string | null
  count: number
  key: 'case.taskText.school' | 'case.taskText.bureau'
  values: { school: string; round: string; count: number; due: string }
  /** One case: its card; several: the inbox. */
  href: string
}

/** What waits at each post, as a text and a link; posts in the order of the cases. */
export async function taskTexts(tx: Tx, rows: readonly CaseRow[]): Promise<TaskText[]> {
  const waiting = rows.flatMap((row) => {
    const post = waitingAt(row)
    return post ? [{ row, post }] : []
  })
  if (waiting.length === 0) return []
  const roundIds = [...new Set(waiting.map(({ row }) => row.roundId))]
  const rounds = new Map(
    (
      await tx
        .select({ id: rotationRounds.id, name: rotationRounds.name })
        .from(rotationRounds)
        .where(inArray(rotationRounds.id, roundIds))
    ).map(({ id, name }) => [id, name]),
  )
  const names = new Map(
    (await tx.select({ id: schools.id, name: schools.name }).from(schools)).map((s) => [s.id, s.name]),
  )
  return [...groupBy(waiting, ({ post }) => `${post.role} ${post.schoolId ?? ''}`).values()].map((own): TaskText => {
    const { row, post } = own[0]!
    const dues = own.flatMap((one) => (one.row.dueOn ? [one.row.dueOn as string] : [])).sort()
    const school = post.schoolId ? (names.get(post.schoolId) ?? '') : null
    return {
      role: post.role,
      schoolId: post.schoolId,
      school,
      count: own.length,
      key: post.schoolId ? 'case.taskText.school' : 'case.taskText.bureau',
      values: { school: school ?? '', round: rounds.get(row.roundId) ?? '', count: own.length, due: dues[0] ?? '' },
      href: own.length === 1 ? caseHref(row.id) : INBOX_HREF,
    }
  })
}
