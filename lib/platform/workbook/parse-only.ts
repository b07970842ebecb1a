import { readFile } from 'node:fs/promises'
import { openWorkbook } from './open.ts'

/** Baseline of the measurements: the file read by the reader of the import, and nothing done with it. */
export async function parseOnly(path: string): Promise<number> {
  const opened = await openWorkbook(await readFile(path), path)
  if (!opened.ok) throw new RangeError(`not readable: ${opened.refusals[0]?.code}`)
  return opened.value.reduce((rows, sheet) => rows + sheet.rows.length, 0)
}

/** The same with the general workbook library, which builds every cell as an object. */
export async function parseOnlyWithLibrary(path: string): Promise<number> {
  const XLSX = await import('@e965/xlsx')
  const book = XLSX.read(await readFile(path), { dense: true })
  return book.SheetNames.reduce((rows, name) => rows + (book.Sheets[name]?.['!data']?.length ?? 0), 0)
}
