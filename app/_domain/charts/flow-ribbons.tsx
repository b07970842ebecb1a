import { Mark, Picture } from './chart.tsx'
import { layoutRibbons, type Side } from './layout/ribbons.ts'
import { clipped } from './layout/scale.ts'
import { INK, INK_2, KINDS } from './palette.ts'
import type { SchoolFlow } from './school-flow.ts'

const WIDTH = 660
const NAME = 170
const BAR = 8

/** Schools on two sides, ribbons by subject; each ribbon opens its people. */
export function FlowRibbons({ label, flows }: { label: string; flows: SchoolFlow[] }) {
  const kinds = [...new Map(flows.map((flow) => [flow.kind, flow.kindName]))]
  const inkOf = (kind: string) => KINDS[kinds.findIndex(([code]) => code === kind) % KINDS.length]!
  const heads = flows.reduce((sum, flow) => sum + flow.count, 0)
  const perHead = Math.max(3, Math.min(14, 320 / Math.max(1, heads)))
  const layout = layoutRibbons(
    flows.map((flow) => ({
      key: `${flow.from.id} ${flow.to.id} ${flow.kind}`,
      from: flow.from.id,
      to: flow.to.id,
      kind: flow.kind,
      count: flow.count,
    })),
    perHead,
    8,
  )
  const flowOf = new Map(flows.map((flow) => [`${flow.from.id} ${flow.to.id} ${flow.kind}`, flow]))
  const nameOf = new Map(flows.flatMap((flow) => [flow.from, flow.to]).map(({ id, name }) => [id, name]))
  const x0 = NAME + BAR
  const x1 = WIDTH - NAME - BAR
  const middle = (x0 + x1) / 2
  const legendTop = layout.height + 22
  const perRow = 6
  return (
    <Picture width={WIDTH} height={legendTop + Math.ceil(kinds.length / perRow) * 18} label={label}>
      {layout.ribbons.map((ribbon) => {
        const flow = flowOf.get(ribbon.key)!
        const a = ribbon.y0 + ribbon.width / 2
        const b = ribbon.y1 + ribbon.width / 2
        return (
          <Mark
            key={ribbon.key}
            href={flow.href}
            label={`${flow.from.name} → ${flow.to.name} · ${flow.kindName} ${flow.count}`}
          >
            <path
              d={`M${x0} ${a} C${middle} ${a} ${middle} ${b} ${x1} ${b}`}
              fill="none"
              stroke={inkOf(ribbon.kind)}
              strokeOpacity={0.55}
              strokeWidth={ribbon.width}
            />
          </Mark>
        )
      })}
      {layout.left.map((side) => (
        <SideName key={side.id} side={side} name={nameOf.get(side.id)!} x={NAME} anchor="end" />
      ))}
      {layout.right.map((side) => (
        <SideName key={side.id} side={side} name={nameOf.get(side.id)!} x={WIDTH - NAME - BAR} anchor="start" />
      ))}
      {kinds.map(([code, name], index) => (
        <g
          key={code}
          transform={`translate(${(index % perRow) * (WIDTH / perRow)} ${legendTop + Math.floor(index / perRow) * 18})`}
        >
          <rect x={0} y={-9} width={12} height={10} fill={inkOf(code)} fillOpacity={0.55} />
          <text x={16} y={0} fill={INK_2}>
            {clipped(name, 14)}
          </text>
        </g>
      ))}
    </Picture>
  )
}

function SideName({ side, name, x, anchor }: { side: Side; name: string; x: number; anchor: 'start' | 'end' }) {
  const y = side.y + side.height / 2 + 4
  return (
    <g>
      <title>{`${name} ${side.count}`}</title>
      <rect x={x} y={side.y} width={BAR} height={side.height} fill={INK} />
      <text x={anchor === 'end' ? x - 6 : x + BAR + 6} y={y} textAnchor={anchor} fill={INK}>
        {`${clipped(name, 22)} ${side.count}`}
      </text>
    </g>
  )
}
