import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  type FileChild,
  Footer,
  Header,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import { PAPER_MARKS } from '@/lib/platform/nature.ts'
import type { Issuer } from './facts.ts'

/** Faces of GB/T 9704: 小标宋 for the title, 仿宋 for the text, 黑体 for headings. Word and WPS put their nearest in place. */
export const FACES = { title: '方正小标宋简体', body: '仿宋', bold: '黑体', table: '宋体' } as const
/** Half points: 二号, 三号, 四号, 小四, 五号. */
export const SIZES = { title: 44, body: 32, fourth: 28, small: 24, table: 21 } as const

const face = (name: string) => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  eastAsia: name,
  cs: 'Times New Roman',
})
const LINE = 28 * 20

interface TextOptions {
  font?: string
  size?: number
  bold?: boolean
}
export const run = (text: string, { font = FACES.body, size = SIZES.body, bold }: TextOptions = {}): TextRun =>
  new TextRun({ text, font: face(font), size, bold })

/** Title of an official paper: 二号小标宋, centred, on as many lines as it needs. */
export const title = (...lines: string[]): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { before: 200, after: 360, line: 36 * 20, lineRule: LineRuleType.EXACT },
    children: lines.flatMap((line, index) => [
      ...(index > 0 ? [new TextRun({ break: 1 })] : []),
      run(line, { font: FACES.title, size: SIZES.title }),
    ]),
  })

/** 发文字号, centred under nothing but white. */
export const documentNumber = (text: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 240, line: LINE, lineRule: LineRuleType.EXACT },
    children: [run(text)],
  })

/** 主送: flush left, ends with a full-width colon. */
export const addressee = (text: string): Paragraph =>
  new Paragraph({ spacing: { line: LINE, lineRule: LineRuleType.EXACT }, children: [run(`${text}：`)] })

/** A paragraph of text, first line two characters in. */
export const body = (...children: (string | ParagraphChild)[]): Paragraph =>
  new Paragraph({
    indent: { firstLine: 640 },
    spacing: { line: LINE, lineRule: LineRuleType.EXACT },
    alignment: AlignmentType.BOTH,
    children: children.map((child) => (typeof child === 'string' ? run(child) : child)),
  })

/** 落款 and date: two lines above the seal, four characters from the right edge. */
export const signed = (bureau: string, day: string): Paragraph[] =>
  [bureau, day].map(
    (text, index) =>
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        indent: { right: 640 },
        keepLines: true,
        keepNext: index === 0,
        spacing: { before: index === 0 ? 900 : 0, line: LINE, lineRule: LineRuleType.EXACT },
        children: [run(text)],
      }),
  )

export const note = (text: string, size: number = SIZES.small): Paragraph =>
  new Paragraph({ spacing: { before: 120 }, children: [run(text, { size })] })

export const centred = (text: string, options: TextOptions = {}): Paragraph =>
  new Paragraph({ alignment: AlignmentType.CENTER, children: [run(text, options)] })

const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' }

interface CellOptions {
  span?: number
  rows?: number
  head?: boolean
  align?: 'left' | 'center' | 'right'
  size?: number
  width?: number
  valign?: 'top' | 'center' | 'bottom'
}

/** A cell of a form: several lines of text, each a paragraph. */
export const cell = (text: string | Paragraph[], options: CellOptions = {}): TableCell => {
  const { span, rows, head, align = head ? 'center' : 'left', size = SIZES.table, width, valign = 'center' } = options
  const font = head ? FACES.bold : FACES.table
  const alignment = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT }[align]
  return new TableCell({
    columnSpan: span,
    rowSpan: rows,
    verticalAlign: { top: VerticalAlign.TOP, center: VerticalAlign.CENTER, bottom: VerticalAlign.BOTTOM }[valign],
    margins: { left: 70, right: 70, top: 30, bottom: 30 },
    width: width ? { size: width, type: WidthType.DXA } : undefined,
    children: Array.isArray(text)
      ? text
      : text.split('\n').map((part) => new Paragraph({ alignment, children: [run(part, { font, size })] })),
  })
}

/** A ruled table whose columns keep their widths (in millimetres). */
export function table(widths: readonly number[], rows: TableRow[]): Table {
  const columns = widths.map((mm) => convertMillimetersToTwip(mm))
  return new Table({
    rows,
    columnWidths: columns,
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    width: { size: columns.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
  })
}

export const row = (
  cells: TableCell[],
  options: { height?: number; header?: boolean; exact?: boolean } = {},
): TableRow =>
  new TableRow({
    children: cells,
    cantSplit: true,
    tableHeader: options.header,
    height: options.height
      ? { value: convertMillimetersToTwip(options.height), rule: options.exact ? 'exact' : 'atLeast' }
      : undefined,
  })

/** One paper of a document: its own page, counted from 1. */
export interface Sheet {
  children: FileChild[]
  landscape?: boolean
  /** Smaller margins for forms that are tables. */
  form?: boolean
  /** Text above the page beside the mark of a demo or an exercise. */
  header?: string
}

const mm = convertMillimetersToTwip

/** A4 with the margins of GB/T 9704 (37/35/28/26 mm), for forms 20/15/18/18; page numbers at the foot. */
export function officialDocument(issuer: Issuer, about: string, sheets: readonly Sheet[]): Document {
  const mark = PAPER_MARKS[issuer.nature] ?? ''
  return new Document({
    creator: issuer.bureau,
    title: about,
    styles: { default: { document: { run: { font: face(FACES.body), size: SIZES.body } } } },
    sections: sheets.map((sheet) => ({
      properties: {
        page: {
          size: {
            width: mm(210),
            height: mm(297),
            orientation: sheet.landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
          },
          margin: sheet.form
            ? { top: mm(20), bottom: mm(15), left: mm(18), right: mm(18), header: mm(9), footer: mm(8) }
            : { top: mm(37), bottom: mm(35), left: mm(28), right: mm(26), header: mm(15), footer: mm(25) },
          pageNumbers: { start: 1 },
        },
      },
      headers: {
        default: new Header({
          children: [
            new Paragraph({
              alignment: AlignmentType.RIGHT,
              children: [run([sheet.header, mark].filter(Boolean).join('  '), { size: 18, font: FACES.table })],
            }),
          ],
        }),
      },
      footers: {
        default: new Footer({
          children: [
            new Paragraph({
              alignment: AlignmentType.CENTER,
              children: [
                run('— ', { size: SIZES.fourth, font: FACES.table }),
                new TextRun({ children: [PageNumber.CURRENT], size: SIZES.fourth, font: face(FACES.table) }),
                run(' —', { size: SIZES.fourth, font: FACES.table }),
              ],
            }),
          ],
        }),
      },
      children: sheet.children,
    })),
  })
}

export const packed = (document: Document): Promise<Buffer> => Packer.toBuffer(document)
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const ZIP = 'application/zip'
