import type { WorkbookLimits } from './limits.ts'
import { WorkbookRefused } from './refused.ts'
import { columnIndex } from './sheet.ts'
import { entryText, InflationMeter, inflateEntry, type ZipEntry } from './zip.ts'

const FORBIDDEN: readonly [RegExp, 'macro' | 'externalLink' | 'embedded' | 'activeX'][] = [
  [/(^|\/)vba(project|data)[^/]*$/i, 'macro'],
  [/(^|\/)(macrosheets|dialogsheets)\//i, 'macro'],
  [/^(basic|scripts)\//i, 'macro'],
  [/(^|\/)externallinks\//i, 'externalLink'],
  [/(^|\/)connections\.xml$/i, 'externalLink'],
  [/(^|\/)(embeddings|objectreplacements)\//i, 'embedded'],
  [/^object \d+\//i, 'embedded'],
  [/(^|\/)activex\//i, 'activeX'],
]

const isXml = (name: string): boolean => /\.(xml|rels|vml|rdf)$/i.test(name)

/** Only UTF-8 is searched below, so an XML part in any other coding is refused rather than read unsearched. */
function checkEncoding(first: Buffer): void {
  const [a, b] = first
  const wide = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || a === 0 || b === 0
  const declared = /encoding\s*=\s*["']([\w.-]+)["']/i.exec(first.subarray(0, 200).toString('latin1'))?.[1]
  if (wide || (declared && !/^(utf-?8|us-ascii)$/i.test(declared))) throw new WorkbookRefused('encoding')
}

const holdsDoctype = (piece: Buffer): boolean => {
  for (let at = piece.indexOf('<!'); at >= 0; at = piece.indexOf('<!', at + 2))
    if (/^<!(doctype|entity|element|attlist|notation)/i.test(piece.subarray(at, at + 12).toString('latin1')))
      return true
  return false
}

/**
 * Unpacks every part once, keeping nothing: size and ratio as they really come out, document types, external parts.
 * Only a package that passes is handed to a parser.
 */
export async function checkPackage(entries: Map<string, ZipEntry>, packedBytes: number, limits: WorkbookLimits) {
  for (const name of entries.keys())
    for (const [pattern, reason] of FORBIDDEN) if (pattern.test(name)) throw new WorkbookRefused(reason, { name })
  const meter = new InflationMeter(packedBytes, limits)
  for (const entry of entries.values()) {
    let carry = Buffer.alloc(0)
    let first = true
    for await (const piece of inflateEntry(entry, meter)) {
      if (!isXml(entry.name)) continue
      if (first) checkEncoding(piece)
      first = false
      const seam = Buffer.concat([carry, piece.subarray(0, 16)])
      if (holdsDoctype(piece) || holdsDoctype(seam)) throw new WorkbookRefused('externalEntity')
      carry = Buffer.from(piece.subarray(-16))
    }
  }
  await checkTypes(entries)
}

async function checkTypes(entries: Map<string, ZipEntry>): Promise<void> {
  const types = entries.get('[Content_Types].xml')
  // A default for a file ending says nothing of this workbook: some programs always list that of macro files
  if (types && /<Override\b[^>]*(macroEnabled|vbaProject)/i.test(await entryText(types)))
    throw new WorkbookRefused('macro')
  const manifest = entries.get('META-INF/manifest.xml')
  if (manifest && /encryption-data/i.test(await entryText(manifest))) throw new WorkbookRefused('encrypted')
  for (const [name, entry] of entries) {
    if (!name.endsWith('.rels')) continue
    const text = await entryText(entry)
    // A hyperlink may point outside; a part of the workbook itself may not
    for (const link of text.match(/<[\w:]*Relationship\b[^>]*>/g) ?? [])
      if (/TargetMode\s*=\s*["']External["']/i.test(link) && !/\/hyperlink["']/i.test(link))
        throw new WorkbookRefused('externalLink', { name })
  }
}

/** `cmd|'/c calc'!A1`: a formula that starts a program through dynamic data exchange. */
export const isDdeFormula = (formula: string): boolean =>
  /(^|[=+\-(,;\s])[a-z]\w*\s*\|\s*('[^']*'|[^!"]+)!/i.test(formula) || /\bDDE\s*\(/i.test(formula)

/** Bounds that hold for each row, whatever the format. */
export class RowGuard {
  #rows = 0
  readonly #limits: WorkbookLimits

  constructor(limits: WorkbookLimits) {
    this.#limits = limits
  }

  column(index: number): void {
    if (index >= this.#limits.columns) throw new WorkbookRefused('tooManyColumns', { max: this.#limits.columns })
  }

  address(address: string): number {
    const index = columnIndex(address)
    if (index < 0) throw new WorkbookRefused('unreadable')
    return index
  }

  row(count = 1): void {
    this.#rows += count
    if (this.#rows > this.#limits.rows + this.#limits.spareRows)
      throw new WorkbookRefused('tooManyRows', { max: this.#limits.rows })
  }

  text(text: string): void {
    if (text.length > this.#limits.cellChars) throw new WorkbookRefused('cellTooLong', { max: this.#limits.cellChars })
  }

  formula(formula: string): void {
    if (isDdeFormula(formula)) throw new WorkbookRefused('dde')
  }
}
