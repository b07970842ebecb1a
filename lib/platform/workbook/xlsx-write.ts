import { columnLetter } from './sheet.ts'
import { writeZip } from './zip-write.ts'

/** Looks a written cell can have; the index is its style. Text always carries quotePrefix: nothing leaves as a formula. */
const LOOKS = ['plain', 'text', 'title', 'header', 'note', 'error', 'warning', 'mended', 'mark'] as const
export type Look = (typeof LOOKS)[number]

export interface OutCell {
  value: string | number | null
  look?: Look
}
export interface OutSheet {
  name: string
  /** Width in characters, and whether the column is hidden. */
  columns: { width: number; hidden?: boolean }[]
  rows: (OutCell | null)[][]
  frozenRows?: number
  frozenColumns?: number
  merges?: string[]
  /** Drop-downs: the cells and the range or list they offer. */
  choices?: { cells: string; source: string }[]
  filter?: string
  veryHidden?: boolean
  /** Printed at the foot of each page. */
  footer?: string
}

// XML 1.0 cannot hold these at all
const UNWRITABLE = /(?![\t\n\r])\p{Cc}|[\ud800-\udfff\ufffe\uffff]/gu

export const escapeXml = (text: string): string =>
  text
    .replace(UNWRITABLE, '')
    .replace(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** One cell: a text is a text cell whatever it begins with (security.md §5.4). */
export function cellXml(address: string, value: string | number | null, style: number): string {
  if (value === null || value === '') return style === 0 ? '' : `<c r="${address}" s="${style}"/>`
  if (typeof value === 'number')
    return Number.isFinite(value) ? `<c r="${address}" s="${style}"><v>${value}</v></c>` : ''
  return `<c r="${address}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`
}

const styleOf = ({ value, look }: OutCell): number =>
  LOOKS.indexOf(look ?? (typeof value === 'string' ? 'text' : 'plain'))

function sheetXml(sheet: OutSheet): Buffer {
  const { columns, rows, frozenRows = 0, frozenColumns = 0, merges = [], choices = [], filter, footer } = sheet
  const out: string[] = [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
  ]
  if (frozenRows > 0 || frozenColumns > 0) {
    const at = `${columnLetter(frozenColumns)}${frozenRows + 1}`
    const split = `${frozenColumns > 0 ? ` xSplit="${frozenColumns}"` : ''}${frozenRows > 0 ? ` ySplit="${frozenRows}"` : ''}`
    const pane = frozenColumns > 0 ? (frozenRows > 0 ? 'bottomRight' : 'topRight') : 'bottomLeft'
    out.push(
      `<sheetViews><sheetView workbookViewId="0"><pane${split} topLeftCell="${at}" activePane="${pane}" state="frozen"/></sheetView></sheetViews>`,
    )
  }
  if (columns.length > 0)
    out.push(
      '<cols>',
      ...columns.map(
        ({ width, hidden }, i) =>
          `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"${hidden ? ' hidden="1"' : ''}/>`,
      ),
      '</cols>',
    )
  out.push('<sheetData>')
  for (const [r, row] of rows.entries()) {
    const cells = row
      .map((cell, c) => (cell ? cellXml(`${columnLetter(c)}${r + 1}`, cell.value, styleOf(cell)) : ''))
      .join('')
    out.push(`<row r="${r + 1}">${cells}</row>`)
  }
  out.push('</sheetData>')
  if (filter) out.push(`<autoFilter ref="${filter}"/>`)
  if (merges.length > 0)
    out.push(
      `<mergeCells count="${merges.length}">`,
      ...merges.map((ref) => `<mergeCell ref="${ref}"/>`),
      '</mergeCells>',
    )
  if (choices.length > 0)
    out.push(
      `<dataValidations count="${choices.length}">`,
      ...choices.map(
        ({ cells, source }) =>
          `<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${cells}"><formula1>${escapeXml(source)}</formula1></dataValidation>`,
      ),
      '</dataValidations>',
    )
  out.push(
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>',
  )
  if (footer)
    out.push(`<headerFooter><oddFooter>${escapeXml(`&C${footer.replaceAll('&', '&&')}`)}</oddFooter></headerFooter>`)
  out.push('</worksheet>')
  return Buffer.from(out.join(''), 'utf8')
}

const fill = (rgb: string): string =>
  `<fill><patternFill patternType="solid"><fgColor rgb="FF${rgb}"/><bgColor indexed="64"/></patternFill></fill>`
/** Colours of findings, dark enough beside white and light enough under black text. */
export const FINDING_FILLS = { error: fill('F8C9C4'), warning: fill('FCE8B2'), mended: fill('D6E8FA') } as const

interface Format {
  text?: boolean
  font?: number
  fill?: number
  border?: number
  wrap?: boolean
}

const xf = ({ text = true, font = 0, fill: fillId = 0, border = 0, wrap = false }: Format): string =>
  `<xf numFmtId="${text ? 49 : 0}" fontId="${font}" fillId="${fillId}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" ` +
  `applyFill="1" applyBorder="1" applyAlignment="1"${text ? ' quotePrefix="1"' : ''}><alignment vertical="center"${wrap ? ' wrapText="1"' : ''}/></xf>`

function stylesXml(): Buffer {
  // In the order of LOOKS
  const formats = [
    xf({ text: false }),
    xf({}),
    xf({ font: 1 }),
    xf({ font: 2, fill: 2, border: 1, wrap: true }),
    xf({ font: 3, wrap: true }),
    xf({ fill: 3, wrap: true }),
    xf({ fill: 4, wrap: true }),
    xf({ fill: 5, wrap: true }),
    xf({ font: 3 }),
  ]
  const font = (size: number, more = '') => `<font>${more}<sz val="${size}"/><name val="宋体"/><family val="3"/></font>`
  return Buffer.from(
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
      `<fonts count="4">${font(11)}${font(16, '<b/>')}${font(11, '<b/>')}${font(9)}</fonts>` +
      `<fills count="6"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${fill('E7EDF3')}${FINDING_FILLS.error}${FINDING_FILLS.warning}${FINDING_FILLS.mended}</fills>` +
      '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders>' +
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
      `<cellXfs count="${formats.length}">${formats.join('')}</cellXfs>` +
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    'utf8',
  )
}

/** A name Excel accepts for a sheet: at most 31 characters, none of : \ / ? * [ ]. */
export const sheetName = (name: string): string =>
  name
    .replace(/[:\\/?*[\]]/g, ' ')
    .slice(0, 31)
    .trim() || 'Sheet1'

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/**
 * Writes an .xlsx. By hand, because the kept library cannot mark a text as text (quotePrefix), and takes 1.4 GB for
 * 100,000 rows where this takes what the rows hold.
 */
export async function writeXlsx(sheets: readonly OutSheet[]): Promise<Buffer> {
  const parts = sheets.map((_, i) => `worksheets/sheet${i + 1}.xml`)
  const names = sheets.map(
    ({ name, veryHidden }, i) =>
      `<sheet name="${escapeXml(sheetName(name))}" sheetId="${i + 1}"${veryHidden ? ' state="veryHidden"' : ''} r:id="rId${i + 1}"/>`,
  )
  const overrides = parts.map(
    (part) =>
      `<Override PartName="/xl/${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`,
  )
  const relations = parts.map((part, i) => `<Relationship Id="rId${i + 1}" Type="${REL}/worksheet" Target="${part}"/>`)
  const text = (content: string): Buffer => Buffer.from(XML + content, 'utf8')
  return writeZip([
    [
      '[Content_Types].xml',
      text(
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' +
          `<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${overrides.join('')}` +
          '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
      ),
    ],
    [
      '_rels/.rels',
      text(
        `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ),
    ],
    [
      'xl/workbook.xml',
      text(
        `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${REL}"><sheets>${names.join('')}</sheets></workbook>`,
      ),
    ],
    [
      'xl/_rels/workbook.xml.rels',
      text(
        `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations.join('')}<Relationship Id="rId${parts.length + 1}" Type="${REL}/styles" Target="styles.xml"/></Relationships>`,
      ),
    ],
    ['xl/styles.xml', stylesXml()],
    ...sheets.map((sheet, i) => [`xl/${parts[i]}`, sheetXml(sheet)] as const),
  ])
}
