import type { Tx } from '@/db/scope.ts'
import type { Instant } from '@/lib/platform/clock.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { done, type Outcome } from '@/lib/rules/values/outcome.ts'
import { advanceCase, type CaseRow } from './advance-case.ts'

/** 已报到 and in effect: 在岗交流; a move of the relation is over with it (转调动). */
export async function startService(tx: Tx, actor: Actor, row: CaseRow, at: Instant): Promise<Outcome<CaseRow>> {
  const serving = await advanceCase(tx, actor, row, { action: 'start' }, at)
  if (!serving.ok || !row.movesRelation) return serving
  const moved = await advanceCase(tx, actor, serving.value, { action: 'transfer' }, at)
  return moved.ok ? done(moved.value) : moved
}
