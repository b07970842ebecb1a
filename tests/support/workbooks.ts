import { crc32, deflateRawSync } from 'node:zlib'
import * as XLSX from '@e965/xlsx'

/** One part of a ZIP made for a test, with every lie a ZIP can tell. */
export interface TestPart {
  name: string
  data: string | Buffer
  stored?: boolean
  flags?: number
  /** Name in the local header, when it differs from the directory's. */
  localName?: string
  size?: number
  localSize?: number
  crc?: number
  method?: number
  unixMode?: number
  /** Offset in the directory instead of the true one. */
  offset?: number
}

/** A ZIP from its parts, byte by byte: libraries refuse to write what these tests need. */
export function makeZip(
  parts: readonly TestPart[],
  around: { before?: string; after?: string; shift?: boolean } = {},
): Buffer {
  const pieces: Buffer[] = [Buffer.from(around.before ?? '', 'latin1')]
  const directory: Buffer[] = []
  let at = around.shift === false ? 0 : pieces[0]!.length
  for (const part of parts) {
    const data = Buffer.from(part.data as string)
    const packed = part.stored ? data : deflateRawSync(data)
    const method = part.method ?? (part.stored ? 0 : 8)
    const [name, localName] = [Buffer.from(part.name), Buffer.from(part.localName ?? part.name)]
    const crc = part.crc ?? crc32(data)
    const size = part.size ?? data.length
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(part.flags ?? 0, 6)
    local.writeUInt16LE(method, 8)
    local.writeUInt32LE(crc, 14)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(part.localSize ?? size, 22)
    local.writeUInt16LE(localName.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(part.unixMode === undefined ? 20 : 0x0314, 4)
    central.writeUInt16LE(20, 6)
    central.writeUInt16LE(part.flags ?? 0, 8)
    central.writeUInt16LE(method, 10)
    central.writeUInt32LE(crc, 16)
    central.writeUInt32LE(packed.length, 20)
    central.writeUInt32LE(size, 24)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt32LE(((part.unixMode ?? 0) << 16) >>> 0, 38)
    central.writeUInt32LE(part.offset ?? at, 42)
    pieces.push(local, localName, packed)
    directory.push(central, name)
    at += 30 + localName.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...pieces, listed, end, Buffer.from(around.after ?? '', 'latin1')])
}

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The parts of a small but whole .xlsx around the given rows of XML. */
export function xlsxParts(rows: string, after = ''): TestPart[] {
  return [
    {
      name: '[Content_Types].xml',
      data: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    },
    {
      name: '_rels/.rels',
      data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      data: `<workbook ${MAIN} xmlns:r="${REL}"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    { name: 'xl/worksheets/sheet1.xml', data: `<worksheet ${MAIN}><sheetData>${rows}</sheetData>${after}</worksheet>` },
  ]
}

export const ONE_ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>'

/** The parts of a small .ods around the given content of its table. */
export const odsParts = (rows: string, before = ''): TestPart[] => [
  { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', stored: true },
  {
    name: 'content.xml',
    data:
      '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">' +
      `<office:body><office:spreadsheet>${before}<table:table table:name="表">${rows}</table:table></office:spreadsheet></office:body></office:document-content>`,
  },
]

type Grid = (string | number | null)[][]

/** A grid of values as a file of another format, written by the general library. */
export function gridAs(grid: Grid, type: 'xls' | 'ods' | 'xlsx', sheet = '花名册'): Buffer {
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(grid), sheet)
  return XLSX.write(book, { type: 'buffer', bookType: type === 'xls' ? 'biff8' : type }) as Buffer
}

/** An OLE file with the named streams. */
export function makeOle(streams: Record<string, Buffer>): Buffer {
  const file = XLSX.CFB.utils.cfb_new()
  for (const [name, data] of Object.entries(streams)) XLSX.CFB.utils.cfb_add(file, `/${name}`, data)
  return Buffer.from(XLSX.CFB.write(file, { type: 'buffer' }) as Uint8Array)
}

/** An .xls whose stream says that it is encrypted: a FilePass record after the first one. */
export function passwordXls(): Buffer {
  const file = XLSX.CFB.read(gridAs([['姓名']], 'xls'), { type: 'buffer' })
  const stream = Buffer.from(XLSX.CFB.find(file, '/Workbook')!.content as Uint8Array)
  const first = 4 + stream.readUInt16LE(2)
  const pass = Buffer.alloc(4 + 54)
  pass.writeUInt16LE(0x2f, 0)
  pass.writeUInt16LE(54, 2)
  pass.writeUInt16LE(1, 4)
  pass.writeUInt16LE(1, 6)
  pass.writeUInt16LE(1, 8)
  return makeOle({ Workbook: Buffer.concat([stream.subarray(0, first), pass, stream.subarray(first)]) })
}
