import { createElement, type FunctionComponent } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { DotPlot } from '@/app/_domain/charts/dot-plot.tsx'
import { FlowChart, MOST_RIBBONS } from '@/app/_domain/charts/flow-chart.tsx'
import { layoutRibbons } from '@/app/_domain/charts/layout/ribbons.ts'
import { niceTicks } from '@/app/_domain/charts/layout/scale.ts'
import { labelRows, swarm } from '@/app/_domain/charts/layout/swarm.ts'
import { NeedHeatmap, signed } from '@/app/_domain/charts/need-heatmap.tsx'
import { QuotaBars } from '@/app/_domain/charts/quota-bars.tsx'
import type { SchoolFlow } from '@/app/_domain/charts/school-flow.ts'
import { translator } from '@/lib/i18n/translate.ts'

const t = translator('zh-CN')
const text = { title: '结论一句', note: '单位：人；来源：名册' }
const drawn = <P extends object>(part: FunctionComponent<P>, props: P) =>
  renderToStaticMarkup(createElement(part, props))
const count = (html: string, what: RegExp) => html.match(what)?.length ?? 0

describe('layouts', () => {
  test('an axis has round marks that cover its ends', () => {
    expect(niceTicks(0.37, 1.42)).toEqual([0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6])
    expect(niceTicks(3, 3)).toEqual([3])
  })

  test('dots of a swarm never cover each other', () => {
    const dots = swarm(
      Array.from({ length: 40 }, (_, n) => ({ key: String(n), x: (n * 7) % 30 })),
      10,
    )
    for (const a of dots)
      for (const b of dots) if (a.key < b.key) expect(a.step === b.step && Math.abs(a.x - b.x) < 10).toBe(false)
  })

  test('labels stay inside and apart', () => {
    const rows = labelRows(
      [1, 2, 3, 90].map((x) => ({ key: String(x), x, width: 40 })),
      [0, 100],
    )
    expect(rows.map(({ row }) => row)).toEqual([0, 1, 2, 0])
    for (const { x } of rows) expect(x >= 0 && x + 40 <= 100).toBe(true)
  })

  test('ribbons fill both sides exactly', () => {
    const flows = [
      { key: '1', from: 'A', to: 'D', kind: 'CHN', count: 3 },
      { key: '2', from: 'A', to: 'E', kind: 'MATH', count: 5 },
      { key: '3', from: 'B', to: 'D', kind: 'CHN', count: 2 },
    ]
    const layout = layoutRibbons(flows, 10, 8)
    expect(layout.left.map(({ id, count: heads }) => [id, heads])).toEqual([
      ['A', 8],
      ['B', 2],
    ])
    const ofA = layout.ribbons.filter(({ from }) => from === 'A')
    expect(ofA.map(({ y0, width }) => [y0, y0 + width])).toEqual([
      [0, 30],
      [30, 80],
    ])
    const intoD = layout.ribbons.filter(({ to }) => to === 'D').sort((a, b) => a.y1 - b.y1)
    expect(intoD[0]!.y1 + intoD[0]!.width).toBe(intoD[1]!.y1)
  })

  test('a gap carries a true minus', () => {
    expect([signed(-2), signed(0.04), signed(1.25)]).toEqual(['−2.0', '0.0', '+1.3'])
  })
})

describe('pictures', () => {
  const bar = {
    key: 'total',
    label: '交流人数',
    parts: [
      { key: 'new', label: '新派', count: 259, href: '/people?part=new' },
      { key: 'continuing', label: '续派', count: 92, href: '/people?part=continuing' },
    ],
    need: 341,
    needHref: '/people?part=eligible',
    state: 'met' as const,
    share: '10.30 %（351/3,407）',
    shareHref: '/people?part=all',
    verdict: '达标，超 10 人',
  }

  test('R-QUOTA-4 every number of a quota bar opens the people behind it, and the table says the same', () => {
    const html = drawn(QuotaBars, { t, text, bars: [bar] })
    for (const part of ['new', 'continuing', 'eligible', 'all']) expect(html).toContain(`href="/people?part=${part}"`)
    expect(html).toContain('<td class="num">351</td>')
    expect(html).toContain('351 人 / 需 341 人')
    expect(html).toContain('<figcaption>结论一句</figcaption>')
  })

  test('a quota without base shows no line', () => {
    const html = drawn(QuotaBars, { t, text, bars: [{ ...bar, need: null, needHref: undefined, state: 'no_base' }] })
    expect(html).not.toContain('需要 341 人')
    expect(html).not.toContain('NaN')
  })

  const schools = Array.from({ length: 9 }, (_, n) => ({
    key: `s${n}`,
    name: `第${n}小学`,
    before: 0.5 + n / 10,
    after: 0.6 + n / 10,
    href: `/schools/s${n}`,
  }))

  test('R-BAL a dot before and one after for each school, both links; the worst five by name', () => {
    const html = drawn(DotPlot, { t, text, schools, threshold: { value: 0.85, label: '应达 0.85' } })
    expect(count(html, /<circle/g)).toBe(18)
    expect(count(html, /fill="#ffffff" stroke="#/g)).toBe(9)
    expect(count(html, /href="\/schools\/s0"/g)).toBe(4) // before, after, name, table
    expect(count(html, /href="\/schools\/s5"/g)).toBe(3) // the sixth has no name in the drawing
    expect(count(html, />未达到</g)).toBe(3)
  })

  test('where less is better the worst are the highest', () => {
    const html = drawn(DotPlot, { t, text, schools, threshold: null, higherIsBetter: false })
    expect(count(html, /href="\/schools\/s8"/g)).toBe(4)
  })

  const flow = (from: number, to: number): SchoolFlow => ({
    from: { id: `a${from}`, name: `派出${from}` },
    to: { id: `b${to}`, name: `接收${to}` },
    kind: 'CHN',
    kindName: '语文',
    count: 2,
    href: `/cases?from=a${from}&to=b${to}&subject=CHN`,
  })
  const hrefOf = (from: string, to: string) => `/cases?from=${from}&to=${to}`

  test('up to 25 flows are ribbons, more are a matrix of from × to', () => {
    const some = Array.from({ length: MOST_RIBBONS }, (_, n) => flow(n % 5, Math.floor(n / 5)))
    const ribbons = drawn(FlowChart, { t, text, flows: some, hrefOf })
    expect(count(ribbons, /stroke-opacity="0.55"/g)).toBe(25)
    const matrix = drawn(FlowChart, { t, text, flows: [...some, flow(0, 5)], hrefOf })
    expect(count(matrix, /stroke-opacity/g)).toBe(0)
    expect(matrix).toContain('href="/cases?from=a0&amp;to=b5"')
    expect(matrix).toContain('派出 ↓ 接收 →')
  })

  test('R-SUB-1 a cell of need prints its gap and opens its people; nothing taught is an empty cell', () => {
    const html = drawn(NeedHeatmap, {
      t,
      text,
      schools: [{ id: 's1', name: '第一小学', href: '/schools/s1' }],
      subjects: [
        { id: 'CHN', name: '语文' },
        { id: 'PHY', name: '物理' },
      ],
      cells: [{ school: 's1', subject: 'CHN', gap: -1.6, detail: '有 24.0，需 25.6', href: '/schools/s1?subject=CHN' }],
    })
    expect(count(html, />−1.6</g)).toBe(2)
    expect(count(html, /href="\/schools\/s1\?subject=CHN"/g)).toBe(2)
    expect(count(html, /<td class="num">—<\/td>/g)).toBe(1)
  })
})
