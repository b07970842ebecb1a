import { performance } from 'node:perf_hooks'

/** One line of the table: a ratio (or size) of this run against its stated bound. */
export interface Measured {
  name: string
  /** As words where a number alone does not say it; null where nothing could be measured. */
  value: number | string | null
  bound: string
  within: boolean | null
  note: string
}

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
export const median = (values: readonly number[]): number => percentile(values, 0.5)

/** Milliseconds of each of `times` runs, after `warm` that do not count. */
export async function timed(work: () => unknown, times: number, warm = 2): Promise<number[]> {
  for (let i = 0; i < warm; i++) await work()
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    const start = performance.now()
    await work()
    taken.push(performance.now() - start)
  }
  return taken
}

export const atMost = (name: string, value: number, bound: number, note: string): Measured => ({
  name,
  value: Math.round(value * 100) / 100,
  bound: `≤ ${bound}`,
  within: value <= bound,
  note,
})

/** The table as people read it. */
export function tableOf(rows: readonly Measured[]): string {
  const cells = rows.map((row) => [
    row.name,
    row.value === null ? '—' : String(row.value),
    row.bound,
    row.within === null ? '' : row.within ? 'ok' : 'over',
    row.note,
  ])
  const head = ['measure', 'value', 'bound', '', 'how']
  const widths = head.map((text, column) => Math.max(text.length, ...cells.map((row) => row[column]!.length)))
  const line = (row: string[]) =>
    row
      .map((text, column) => text.padEnd(widths[column]!))
      .join('  ')
      .trimEnd()
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n')
}
