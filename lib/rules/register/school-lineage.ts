/** What became of a school; keeps or breaks tenure (R-TEN-2). */
export interface LineageEvent {
  /** rename 更名 and merge 合并 keep tenure; branch 分校/拆分 keeps it only where the policy says so. */
  kind: 'rename' | 'merge' | 'branch'
  from: string
  to: string
}

/** Whether service in `earlier` continues in `later`: the same school, or joined by a chain of lineage events (R-TEN-2). */
export function sameLineage(
  earlier: string,
  later: string,
  events: readonly LineageEvent[],
  branchKeepsTenure: boolean,
): boolean {
  const reached = new Set([earlier])
  const queue = [earlier]
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    if (at === later) return true
    for (const event of events) {
      if (event.from !== at || reached.has(event.to)) continue
      if (event.kind === 'branch' && !branchKeepsTenure) continue
      reached.add(event.to)
      queue.push(event.to)
    }
  }
  return false
}
