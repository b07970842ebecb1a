import type { PlanChain } from '@/lib/rules/planner/format.ts'

/** One person's move between posts, as chains see it. */
export interface ChainMove {
  teacher: string
  from: string
  to: string
  wished: boolean
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Splits a plan into chains, each person taking the post the next one leaves (planner.md §10): walk from posts that
 * lose more than they gain, then from the rest, smallest id first; a walk that returns to a post is cut off as a cycle.
 */
export function findChains(moves: readonly ChainMove[]): PlanChain[] {
  const leaving = new Map<string, ChainMove[]>()
  const balance = new Map<string, number>()
  for (const move of [...moves].sort((a, b) => byText(a.teacher, b.teacher))) {
    const list = leaving.get(move.from)
    if (list) list.push(move)
    else leaving.set(move.from, [move])
    balance.set(move.from, (balance.get(move.from) ?? 0) + 1)
    balance.set(move.to, (balance.get(move.to) ?? 0) - 1)
  }
  const chains: PlanChain[] = []
  const close = (kind: PlanChain['kind'], steps: ChainMove[]) => {
    if (steps.length > 0)
      chains.push({ kind, teachers: steps.map((s) => s.teacher), all_wished: steps.every((s) => s.wished) })
  }
  const walk = (start: string) => {
    const steps: ChainMove[] = []
    let at = start
    for (;;) {
      const next = leaving.get(at)?.shift()
      if (!next) break
      steps.push(next)
      at = next.to
      const back = steps.findIndex((step) => step.from === at)
      if (back >= 0) close('cycle', steps.splice(back))
    }
    close('path', steps)
  }
  const posts = [...leaving.keys()].sort(byText)
  for (const post of posts) for (let n = balance.get(post)!; n > 0; n--) walk(post)
  for (const post of posts) while (leaving.get(post)!.length > 0) walk(post)
  return chains
}
