export interface Flow {
  key: string
  from: string
  to: string
  /** What flows: a subject; ribbons of one kind have one colour. */
  kind: string
  count: number
}

export interface Side {
  id: string
  y: number
  height: number
  count: number
}
export interface Ribbon extends Flow {
  y0: number
  y1: number
  width: number
}
export interface RibbonLayout {
  height: number
  left: Side[]
  right: Side[]
  ribbons: Ribbon[]
}

const MIN_NODE = 15

/** Two sides with ribbons between them; largest first, ribbons in the order of the side they meet so that few cross. */
export function layoutRibbons(flows: readonly Flow[], perHead: number, gap: number): RibbonLayout {
  const left = sides(flows, 'from', perHead, gap)
  const right = sides(flows, 'to', perHead, gap)
  const order = (list: Side[]) => new Map(list.map(({ id }, index) => [id, index]))
  const [orderLeft, orderRight] = [order(left), order(right)]
  const y0 = starts(left)
  const y1 = starts(right)
  const sorted = [...flows].sort(
    (a, b) =>
      orderLeft.get(a.from)! - orderLeft.get(b.from)! ||
      orderRight.get(a.to)! - orderRight.get(b.to)! ||
      a.kind.localeCompare(b.kind),
  )
  const ribbons = sorted.map((flow): Ribbon => {
    const width = flow.count * perHead
    const ribbon = { ...flow, width, y0: y0.get(flow.from)!, y1: 0 }
    y0.set(flow.from, ribbon.y0 + width)
    return ribbon
  })
  // On the right the ribbons arrive from top to bottom, too.
  for (const ribbon of ribbons) {
    ribbon.y1 = y1.get(ribbon.to)!
    y1.set(ribbon.to, ribbon.y1 + ribbon.width)
  }
  const height = Math.max(0, ...[left, right].map((list) => (list.at(-1) ? list.at(-1)!.y + list.at(-1)!.height : 0)))
  return { height, left, right, ribbons }
}

function sides(flows: readonly Flow[], end: 'from' | 'to', perHead: number, gap: number): Side[] {
  const counts = new Map<string, number>()
  for (const flow of flows) counts.set(flow[end], (counts.get(flow[end]) ?? 0) + flow.count)
  let y = 0
  return [...counts]
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .map(([id, count]) => {
      const side = { id, count, y, height: Math.max(MIN_NODE, count * perHead) }
      y += side.height + gap
      return side
    })
}

const starts = (list: readonly Side[]) => new Map(list.map(({ id, y }) => [id, y]))
