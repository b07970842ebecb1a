import type { Translate } from '@/lib/i18n/translate.ts'
import { Mark, Picture } from './chart.tsx'
import { clipped } from './layout/scale.ts'
import { INK, INK_2, LINE, twoSided } from './palette.ts'
import type { SchoolFlow } from './school-flow.ts'

const CELL = 24
const NAME = 150
const HEAD = 112

/** From × to: rows send, columns receive, sums at the ends. Schools that neither send nor receive are left out. */
export function FlowMatrix({
  t,
  label,
  flows,
  hrefOf,
}: {
  t: Translate
  label: string
  flows: SchoolFlow[]
  hrefOf: (from: string, to: string) => string
}) {
  const pairs = new Map<string, number>()
  const out = new Map<string, number>()
  const into = new Map<string, number>()
  const nameOf = new Map<string, string>()
  for (const { from, to, count } of flows) {
    pairs.set(`${from.id} ${to.id}`, (pairs.get(`${from.id} ${to.id}`) ?? 0) + count)
    out.set(from.id, (out.get(from.id) ?? 0) + count)
    into.set(to.id, (into.get(to.id) ?? 0) + count)
    nameOf.set(from.id, from.name).set(to.id, to.name)
  }
  const order = (sums: Map<string, number>) =>
    [...sums].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([id]) => id)
  const rows = order(out)
  const columns = order(into)
  const most = Math.max(1, ...pairs.values())
  const width = NAME + columns.length * CELL + 44
  const height = HEAD + rows.length * CELL + 26
  return (
    <Picture width={width} height={height} label={label} natural>
      <text x={0} y={HEAD - 8} fill={INK_2}>
        {t('chart.flow.corner')}
      </text>
      {columns.map((to, index) => (
        <text
          key={to}
          transform={`translate(${NAME + index * CELL + CELL / 2 + 4} ${HEAD - 6}) rotate(-60)`}
          fill={INK_2}
          fontSize={11}
        >
          <title>{nameOf.get(to)}</title>
          {clipped(nameOf.get(to)!, 17)}
        </text>
      ))}
      <text x={NAME + columns.length * CELL + 38} y={HEAD - 8} textAnchor="end" fill={INK_2}>
        {t('chart.flow.sum')}
      </text>
      {rows.map((from, row) => (
        <g key={from} transform={`translate(0 ${HEAD + row * CELL})`}>
          <text x={NAME - 6} y={16} textAnchor="end" fill={INK}>
            <title>{nameOf.get(from)}</title>
            {clipped(nameOf.get(from)!, 22)}
          </text>
          {columns.map((to, column) => {
            const count = pairs.get(`${from} ${to}`) ?? 0
            const place = { x: NAME + column * CELL, y: 0, width: CELL, height: CELL, stroke: LINE }
            if (count === 0) return <rect key={to} {...place} fill={from === to ? LINE : '#ffffff'} />
            return (
              <Mark key={to} href={hrefOf(from, to)} label={`${nameOf.get(from)} → ${nameOf.get(to)} ${count}`}>
                <rect {...place} fill={twoSided(0.25 + (0.75 * count) / most, false)} />
                <text x={place.x + CELL / 2} y={16} textAnchor="middle" fill={INK} fontSize={11}>
                  {count}
                </text>
              </Mark>
            )
          })}
          <text x={NAME + columns.length * CELL + 38} y={16} textAnchor="end" fill={INK_2}>
            {out.get(from)}
          </text>
        </g>
      ))}
      <text x={NAME - 6} y={HEAD + rows.length * CELL + 17} textAnchor="end" fill={INK_2}>
        {t('chart.flow.sum')}
      </text>
      {columns.map((to, column) => (
        <text
          key={to}
          x={NAME + column * CELL + CELL / 2}
          y={HEAD + rows.length * CELL + 17}
          textAnchor="middle"
          fill={INK_2}
          fontSize={11}
        >
          {into.get(to)}
        </text>
      ))}
    </Picture>
  )
}
