import Link from 'next/link'
import type { ReactNode } from 'react'
import { formatCount } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'

export interface Column<R> {
  key: string
  head: ReactNode
  cell: (row: R) => ReactNode
  kind?: 'text' | 'num' | 'nowrap' | 'clip'
  /** Name under which the list can be sorted by this column. */
  sort?: string
  /** Stays in sight when the table is wider than the screen. */
  fixed?: 'last'
  /** Full text of a clipped cell. */
  title?: (row: R) => string | undefined
}

export interface TableProps<R> {
  label: string
  columns: Column<R>[]
  rows: R[]
  rowKey: (row: R) => string
  current?: string
  empty: ReactNode
  total?: ReactNode[]
  sorting?: { by: string; down: boolean; href: (by: string, down: boolean) => string }
  compact?: boolean
  /** The table scrolls under its header. */
  tall?: boolean
  /** Rows become cards on a phone. */
  cards?: boolean
  /** A cell before the first column, e.g. a check box. */
  lead?: { head: ReactNode; cell: (row: R) => ReactNode }
}

/** A plain table rendered on the server; sorting and paging are addresses. */
export function DataTable<R>({
  label,
  columns,
  rows,
  rowKey,
  current,
  empty,
  total,
  sorting,
  compact,
  tall,
  cards,
  lead,
}: TableProps<R>) {
  if (rows.length === 0) return <div className="table-wrap">{empty}</div>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={tall ? 'table-wrap tall' : 'table-wrap'} aria-label={label} tabIndex={0}>
      <table className={['table', compact && 'compact', cards && 'cards'].filter(Boolean).join(' ')}>
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            {lead && <th scope="col">{lead.head}</th>}
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={classOf(column, column.kind === 'num')}
                aria-sort={ariaSort(column, sorting)}
              >
                {column.sort && sorting ? (
                  <Link href={sorting.href(column.sort, sorting.by === column.sort ? !sorting.down : false) as never}>
                    {column.head}
                    {sorting.by === column.sort ? (sorting.down ? ' ↓' : ' ↑') : ''}
                  </Link>
                ) : (
                  column.head
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} aria-current={current === rowKey(row) ? 'true' : undefined}>
              {lead && <td>{lead.cell(row)}</td>}
              {columns.map((column) => (
                <td
                  key={column.key}
                  className={classOf(column, column.kind !== 'text')}
                  title={column.title?.(row)}
                  data-label={typeof column.head === 'string' ? column.head : undefined}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {total && (
          <tfoot>
            <tr>
              {lead && <td />}
              {total.map((cell, index) => (
                <td key={columns[index]?.key ?? index} className={columns[index]?.kind === 'num' ? 'num' : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  )
}

const classOf = <R,>(column: Column<R>, withKind: boolean): string | undefined =>
  [withKind && column.kind, column.fixed && `fixed-${column.fixed}`].filter(Boolean).join(' ') || undefined

function ariaSort<R>(column: Column<R>, sorting: TableProps<R>['sorting']) {
  if (!column.sort || !sorting || sorting.by !== column.sort) return undefined
  return sorting.down ? ('descending' as const) : ('ascending' as const)
}

export const PAGE_SIZES = [20, 50, 100] as const

/** 共 N 人, pages, page size: under every list. */
export function TableFoot({
  t,
  summary,
  total,
  page,
  size,
  href,
}: {
  t: Translate
  summary?: ReactNode
  total: number
  page: number
  size: number
  href: (change: { page?: number; size?: number }) => string
}) {
  const last = Math.max(1, Math.ceil(total / size))
  const shown = [...new Set([1, 2, page - 1, page, page + 1, last - 1, last])]
    .filter((n) => n >= 1 && n <= last)
    .sort((a, b) => a - b)
  return (
    <div className="table-foot">
      <span>{summary ?? t('platform.list.total', { count: formatCount(total) })}</span>
      {(last > 1 || size !== 50) && (
        <nav className="pages" aria-label={t('platform.list.pages')}>
          {page > 1 && <Link href={href({ page: page - 1 }) as never}>‹ {t('platform.list.previous')}</Link>}
          {shown.map((n, index) => (
            <span key={n} style={{ padding: 0 }}>
              {index > 0 && n - shown[index - 1]! > 1 && <span>…</span>}
              {n === page ? <span aria-current="page">{n}</span> : <Link href={href({ page: n }) as never}>{n}</Link>}
            </span>
          ))}
          {page < last && <Link href={href({ page: page + 1 }) as never}>{t('platform.list.next')} ›</Link>}
          <span className="muted">{t('platform.list.perPage')}</span>
          {PAGE_SIZES.map((option) =>
            option === size ? (
              <span key={option}>{option}</span>
            ) : (
              <Link key={option} href={href({ size: option, page: 1 }) as never}>
                {option}
              </Link>
            ),
          )}
        </nav>
      )}
    </div>
  )
}
