/** References of a formula to its own sheet: `B3`, `$B$3`, `B3:C9`; not names, functions, texts or other sheets. */
const REFERENCE =
  /"(?:[^"]|"")*"|'(?:[^']|'')*'![$A-Z0-9:]+|(?<![\w.!$'])(\$?[A-Z]{1,3}\$?)(\d+)(?::(\$?[A-Z]{1,3}\$?)(\d+))?(?![\w(!])/g

const mapRows = (formula: string, change: (from: number, until: number | null) => [number, number | null]): string =>
  formula.replace(REFERENCE, (all, column?: string, row?: string, lastColumn?: string, lastRow?: string) => {
    if (column === undefined || row === undefined) return all
    const [from, until] = change(Number(row), lastRow === undefined ? null : Number(lastRow))
    return `${column}${from}${until === null ? '' : `:${lastColumn}${until}`}`
  })

/**
 * A formula after lines were inserted at a row: what lies below moves down, and a range that ended on the last line before
 * them takes the new ones in, so that a sum under a table still sums the whole table.
 */
export const afterInsertion = (formula: string, at: number, count: number): string =>
  mapRows(formula, (from, until) => {
    const moved = from >= at ? from + count : from
    if (until === null) return [moved, null]
    return [moved, until >= at - 1 && until >= from && (from < at || until >= at) ? until + count : until]
  })

/** The formula of one line written on another line: its own row's references follow, the rest stay. */
export const onLine = (formula: string, from: number, to: number): string =>
  mapRows(formula, (row, until) => [row === from ? to : row, until === from ? to : until])
