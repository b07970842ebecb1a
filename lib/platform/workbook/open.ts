import { done, type Outcome, refuseAll } from '../../rules/values/outcome.ts'
import { readCsv } from './csv.ts'
import { WORKBOOK_LIMITS, type WorkbookLimits } from './limits.ts'
import { readOds } from './ods.ts'
import { checkPackage } from './package-check.ts'
import { WorkbookRefused } from './refused.ts'
import { collectSheets, type SheetData, type SheetSink } from './sheet.ts'
import { checkOle, OLE_MAGIC, readXls } from './xls.ts'
import { readXlsx } from './xlsx.ts'
import { entryText, readZipDirectory, type ZipEntry } from './zip.ts'

const MACRO_TYPES = /\.(xlsm|xltm|xlsb|xlam|xla|xlw)$/i

export const extensionOf = (filename: string): string => /\.[^./\\]*$/.exec(filename)?.[0].toLowerCase() ?? ''

/** What a ZIP holds by its own parts, whatever it is called. */
async function packageKind(entries: Map<string, ZipEntry>): Promise<'.xlsx' | '.ods' | null> {
  const mimetype = entries.get('mimetype')
  if (
    mimetype &&
    mimetype.size < 200 &&
    (await entryText(mimetype)).trim() === 'application/vnd.oasis.opendocument.spreadsheet'
  )
    return '.ods'
  return entries.has('[Content_Types].xml') && entries.has('xl/workbook.xml') ? '.xlsx' : null
}

async function readPackage(bytes: Buffer, extension: string, limits: WorkbookLimits, sink: SheetSink): Promise<void> {
  const entries = readZipDirectory(bytes, limits)
  const kind = await packageKind(entries)
  if (kind !== extension) throw new WorkbookRefused('renamed', { type: extension })
  await checkPackage(entries, bytes.length, limits)
  await (kind === '.ods' ? readOds : readXlsx)(entries, limits, sink)
}

/**
 * Checks a workbook and passes its rows to the sink. Type by content and by extension: both must agree.
 * @throws {WorkbookRefused} naming the reason
 */
export async function readSheets(
  bytes: Buffer,
  filename: string,
  limits: WorkbookLimits,
  sink: SheetSink,
): Promise<void> {
  const extension = extensionOf(filename)
  if (bytes.length > limits.fileBytes)
    throw new WorkbookRefused('tooLarge', { mb: Math.round(limits.fileBytes / 1024 / 1024) })
  if (bytes.length === 0) throw new WorkbookRefused('empty')
  if (MACRO_TYPES.test(filename)) throw new WorkbookRefused('macroType', { type: extension })
  if (!['.xlsx', '.xls', '.ods', '.csv'].includes(extension))
    throw new WorkbookRefused('unknownType', { type: extension })
  const isZip = bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))
  const isOle = bytes.subarray(0, 8).equals(OLE_MAGIC)
  if (isOle) checkOle(bytes, extension)
  if (isOle) return readXls(bytes, limits, sink)
  if (isZip && (extension === '.xlsx' || extension === '.ods')) return readPackage(bytes, extension, limits, sink)
  if (isZip) throw new WorkbookRefused('renamed', { type: extension })
  if (extension === '.csv') return readCsv(bytes, filename.replace(/^.*[\\/]/, '').slice(0, -4), limits, sink)
  // A ZIP with something before it still has its directory at the end
  if (extension !== '.xls' && bytes.includes('PK\x05\x06', 0, 'latin1')) throw new WorkbookRefused('prefixBytes')
  throw new WorkbookRefused('renamed', { type: extension })
}

/** Opens a workbook in this process: for tests and small files. Uploads go through `readWorkbookInChild`. */
export async function openWorkbook(
  bytes: Uint8Array,
  filename: string,
  limits: Partial<WorkbookLimits> = {},
): Promise<Outcome<SheetData[]>> {
  const sink = collectSheets()
  try {
    await readSheets(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      filename,
      { ...WORKBOOK_LIMITS, ...limits },
      sink,
    )
  } catch (error) {
    if (error instanceof WorkbookRefused) return refuseAll([error.toRefusal()])
    // A parser that stumbles over a broken file is the file's fault, not ours
    if (error instanceof RangeError || error instanceof TypeError || error instanceof SyntaxError)
      return refuseAll([new WorkbookRefused('unreadable').toRefusal()])
    throw error
  }
  return sink.sheets.some((sheet) => sheet.rows.length > 0)
    ? done(sink.sheets)
    : refuseAll([new WorkbookRefused('empty').toRefusal()])
}
