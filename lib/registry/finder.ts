import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'

export interface Finding {
  kind: 'person' | 'school' | 'case' | 'page'
  text: string
  detail: string
  href: string
}
export type FinderSource = (tx: Tx, actor: UserActor, words: string) => Promise<Finding[]>

/** What the finder looks through; each area brings its own. */
export const FINDER_SOURCES: readonly FinderSource[] = []

/** At most 20 findings, people first. */
export async function find(tx: Tx, actor: UserActor, words: string): Promise<Finding[]> {
  const found: Finding[] = []
  for (const source of FINDER_SOURCES) found.push(...(await source(tx, actor, words)))
  return found.slice(0, 20)
}
