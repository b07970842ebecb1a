/** Bounds of an uploaded workbook (security.md §5.6). All are arguments, so a district may set them lower. */
export interface WorkbookLimits {
  fileBytes: number
  unpackedBytes: number
  /** Unpacked bytes for each packed byte; judged only beyond `ratioFloorBytes`, below which no harm is possible. */
  ratio: number
  ratioFloorBytes: number
  entries: number
  /** Rows with content. Title, header and totals rows come on top: `spareRows`. */
  rows: number
  spareRows: number
  columns: number
  cellChars: number
  seconds: number
  memoryMb: number
}

const MB = 1024 * 1024

export const WORKBOOK_LIMITS: WorkbookLimits = {
  fileBytes: 40 * MB,
  unpackedBytes: 300 * MB,
  ratio: 100,
  ratioFloorBytes: 4 * MB,
  entries: 2000,
  rows: 100_000,
  spareRows: 20,
  columns: 200,
  cellChars: 32_767,
  seconds: 60,
  memoryMb: 900,
}
