import type { ReactNode } from 'react'
import type { Translate } from '@/lib/i18n/translate.ts'
import { ChartDownload } from './chart-download.tsx'

/** What every picture says around its marks (ux.md §5). All texts are whole sentences in the reader's language. */
export interface ChartText {
  /** The finding, not the topic: “6 of 22 schools are below 0.85”. */
  title: string
  /** Unit, source, date, numerator and denominator. */
  note: string
}

export interface ChartTable {
  head: { text: string; num?: boolean }[]
  rows: { key: string; cells: { text: string; href?: string }[] }[]
}

/** Frame of a picture: its finding, the marks, what they mean, the same figures as a table, and the picture as a file. */
export function Chart({
  t,
  text,
  table,
  legend,
  children,
  minWidth = 0,
}: {
  t: Translate
  text: ChartText
  table: ChartTable
  legend?: ReactNode
  children: ReactNode
  /** Narrower than this the picture scrolls sideways, so that its letters stay readable. */
  minWidth?: number
}) {
  return (
    <figure className="figure">
      <figcaption>{text.title}</figcaption>
      {legend && <div className="legend">{legend}</div>}
      <section className="figure-scroll" aria-label={text.title} tabIndex={minWidth > 0 ? 0 : undefined}>
        <div style={{ minWidth }}>{children}</div>
      </section>
      <p className="figure-note">{text.note}</p>
      <div className="figure-tools">
        <details className="figure-table">
          <summary>{t('chart.table')}</summary>
          <div className="table-wrap">
            <table className="table compact">
              <caption className="visually-hidden">{text.title}</caption>
              <thead>
                <tr>
                  {table.head.map((column) => (
                    <th key={column.text} scope="col" className={column.num ? 'num' : undefined}>
                      {column.text}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {table.rows.map((row) => (
                  <tr key={row.key}>
                    {row.cells.map((cell, index) => (
                      <td key={table.head[index]?.text} className={table.head[index]?.num ? 'num' : undefined}>
                        {cell.href ? <a href={cell.href}>{cell.text}</a> : cell.text}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
        <ChartDownload name={text.title} png={t('chart.png')} svg={t('chart.svg')} />
      </div>
    </figure>
  )
}

/** A drawing grows with the page this far: beyond, its letters would be larger than the page's own. */
const LARGEST = 1.25

/** The drawing itself: its own font and ground, so that it stands alone as a file. Sizes are units of the view box. */
export function Picture({
  width,
  height,
  label,
  natural,
  children,
}: {
  width: number
  height: number
  label: string
  /** Keep its own size instead of growing with the page. */
  natural?: boolean
  children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of links inside a drawing; fieldset is for forms
    <svg
      className="chart"
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label={label}
      fontFamily='system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
      fontSize={12}
      style={natural ? { width, maxWidth: 'none' } : { maxWidth: Math.round(width * LARGEST) }}
    >
      {children}
    </svg>
  )
}

/** A mark that opens what it stands for; its words are the tooltip and what a screen reader says. */
export function Mark({ href, label, children }: { href?: string; label: string; children: ReactNode }) {
  if (!href)
    return (
      <g>
        <title>{label}</title>
        {children}
      </g>
    )
  return (
    <a href={href} aria-label={label}>
      <title>{label}</title>
      {children}
    </a>
  )
}
