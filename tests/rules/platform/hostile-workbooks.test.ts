import { describe, expect, test } from 'vitest'
import { openWorkbook } from '@/lib/platform/workbook/open.ts'
import {
  gridAs,
  makeOle,
  makeZip,
  ONE_ROW,
  odsParts,
  passwordXls,
  type TestPart,
  xlsxParts,
} from '../../support/workbooks.ts'

const good = xlsxParts(ONE_ROW)
const withPart = (name: string, data = 'x'): Buffer => makeZip([...good, { name, data }])
/** The good workbook with one part changed. */
const changed = (name: string, change: Partial<TestPart>): Buffer =>
  makeZip(good.map((part) => (part.name === name ? { ...part, ...change } : part)))
const sheet = 'xl/worksheets/sheet1.xml'
const whole = makeZip(good)
const cells = (count: number, row = 1): string =>
  `<row r="${row}">${Array.from({ length: count }, () => '<c t="inlineStr"><is><t>x</t></is></c>').join('')}</row>`
const types = (override: string): string =>
  `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${override}</Types>`
const formula = (text: string): Buffer => makeZip(xlsxParts(`<row r="1"><c r="A1"><f>${text}</f><v>1</v></c></row>`))
const relation = (type: string, mode = 'External'): string =>
  `<Relationships><Relationship Id="a" Type="http://x/${type}" Target="file:///etc/passwd" TargetMode="${mode}"/></Relationships>`
const odsCell =
  '<table:table-row><table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>'

const CORPUS: [string, string, Buffer, string][] = [
  ['empty file', 'a.xlsx', Buffer.alloc(0), 'empty'],
  ['workbook without a cell', 'a.xlsx', makeZip(xlsxParts('')), 'empty'],
  ['not a workbook type', 'a.pdf', Buffer.from('%PDF-1.7'), 'unknownType'],
  ['no extension', 'roster', whole, 'unknownType'],
  ['text named .xlsx', 'a.xlsx', Buffer.from('姓名,性别\n'), 'renamed'],
  ['workbook named .csv', 'a.csv', whole, 'renamed'],
  ['workbook named .xls', 'a.xls', whole, 'renamed'],
  ['workbook named .ods', 'a.ods', whole, 'renamed'],
  ['old workbook named .xlsx', 'a.xlsx', gridAs([['姓名']], 'xls'), 'renamed'],
  ['OpenDocument named .xlsx', 'a.xlsx', makeZip(odsParts(odsCell)), 'renamed'],
  ['another ZIP named .xlsx', 'a.xlsx', makeZip([{ name: 'word/document.xml', data: '<w/>' }]), 'renamed'],
  ['picture named .xls', 'a.xls', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'renamed'],
  ['binary named .csv', 'a.csv', Buffer.from([1, 2, 0, 0, 3, 0]), 'renamed'],
  ['macro extension', 'a.xlsm', whole, 'macroType'],
  ['binary workbook extension', 'a.xlsb', whole, 'macroType'],
  ['macro part', 'a.xlsx', withPart('xl/vbaProject.bin'), 'macro'],
  ['macro part under another folder and case', 'a.xlsx', withPart('xl/Sub/VBAproject.BIN'), 'macro'],
  ['macro sheet of Excel 4', 'a.xlsx', withPart('xl/macrosheets/sheet1.xml', '<m/>'), 'macro'],
  [
    'macro content type',
    'a.xlsx',
    changed('[Content_Types].xml', {
      data: types(
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>',
      ),
    }),
    'macro',
  ],
  [
    'macros in an old workbook',
    'a.xls',
    makeOle({ Workbook: Buffer.alloc(5000), _VBA_PROJECT_CUR: Buffer.alloc(5000) }),
    'macro',
  ],
  [
    'macros in OpenDocument',
    'a.ods',
    makeZip([...odsParts(odsCell), { name: 'Basic/Standard/Module1.xml', data: '<m/>' }]),
    'macro',
  ],
  ['external link part', 'a.xlsx', withPart('xl/externalLinks/externalLink1.xml', '<x/>'), 'externalLink'],
  ['data connection', 'a.xlsx', withPart('xl/connections.xml', '<x/>'), 'externalLink'],
  ['external relation', 'a.xlsx', withPart('xl/worksheets/_rels/sheet1.xml.rels', relation('image')), 'externalLink'],
  ['external table in OpenDocument', 'a.ods', makeZip(odsParts(`<table:table-source/>${odsCell}`)), 'externalLink'],
  ['embedded file', 'a.xlsx', withPart('xl/embeddings/oleObject1.bin'), 'embedded'],
  [
    'embedded object in an old workbook',
    'a.xls',
    makeOle({ Workbook: Buffer.alloc(5000), MBD0001A2B3: Buffer.alloc(5000) }),
    'embedded',
  ],
  [
    'embedded object in OpenDocument',
    'a.ods',
    makeZip([...odsParts(odsCell), { name: 'Object 1/content.xml', data: '<x/>' }]),
    'embedded',
  ],
  ['ActiveX control', 'a.xlsx', withPart('xl/activeX/activeX1.xml', '<x/>'), 'activeX'],
  ['dynamic data exchange in a formula', 'a.xlsx', formula('cmd|&apos;/c calc&apos;!A0'), 'dde'],
  ['dynamic data exchange inside a function', 'a.xlsx', formula('IF(1,MSEXCEL|&apos;\\..\\x&apos;!A1)'), 'dde'],
  ['dynamic data exchange in OpenDocument', 'a.ods', makeZip(odsParts(odsCell, '<table:dde-links/>')), 'dde'],
  [
    'external entity',
    'a.xlsx',
    changed(sheet, {
      data: '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>',
    }),
    'externalEntity',
  ],
  [
    'entity expansion in the strings',
    'a.xlsx',
    withPart('xl/sharedStrings.xml', '<!DOCTYPE l [<!ENTITY a "aa">]><sst/>'),
    'externalEntity',
  ],
  [
    'document type in lower case',
    'a.xlsx',
    changed('xl/workbook.xml', { data: '<!doctype x><workbook/>' }),
    'externalEntity',
  ],
  [
    'document type in a part nobody reads',
    'a.xlsx',
    withPart('docProps/core.xml', '<!DOCTYPE x><a/>'),
    'externalEntity',
  ],
  [
    'document type hidden by UTF-16',
    'a.xlsx',
    changed(sheet, { data: Buffer.from('\ufeff<!DOCTYPE x><worksheet/>', 'utf16le') }),
    'encoding',
  ],
  [
    'document type hidden by another coding',
    'a.xlsx',
    changed(sheet, { data: '<?xml version="1.0" encoding="UTF-7"?><worksheet/>' }),
    'encoding',
  ],
  [
    'document type in OpenDocument',
    'a.ods',
    makeZip([...odsParts(odsCell), { name: 'styles.xml', data: '<!DOCTYPE x><a/>' }]),
    'externalEntity',
  ],
  ['zip bomb by ratio', 'a.xlsx', withPart('xl/media/image1.png', 'a'.repeat(30_000_000)), 'zipBomb'],
  ['zip bomb by promise', 'a.xlsx', changed(sheet, { size: 400_000_000 }), 'zipBomb'],
  [
    'zip bomb by two entries over one piece of data',
    'a.xlsx',
    makeZip([...good, { ...good[4]!, name: 'xl/worksheets/sheet2.xml', localName: good[4]!.name, offset: 0 }]),
    'headerMismatch',
  ],
  ['size that lies', 'a.xlsx', changed(sheet, { size: 10, localSize: 10 }), 'badZip'],
  ['checksum that lies', 'a.xlsx', changed(sheet, { crc: 1 }), 'badZip'],
  ['unknown compression', 'a.xlsx', changed(sheet, { method: 12 }), 'badZip'],
  ['broken compressed data', 'a.xlsx', changed(sheet, { method: 8, stored: true }), 'badZip'],
  ['path upwards', 'a.xlsx', withPart('xl/../../evil.xml', '<x/>'), 'unsafeName'],
  ['absolute path', 'a.xlsx', withPart('/etc/cron.d/x'), 'unsafeName'],
  ['path of Windows', 'a.xlsx', withPart('C:\\evil'), 'unsafeName'],
  [
    'symbolic link',
    'a.xlsx',
    makeZip([...good, { name: 'xl/link', data: '/etc/passwd', unixMode: 0o120777 }]),
    'symlink',
  ],
  ['doubled entry', 'a.xlsx', makeZip([...good, { ...good[4]! }]), 'duplicateEntry'],
  ['doubled entry in another case', 'a.xlsx', withPart('XL/Worksheets/Sheet1.xml', '<x/>'), 'duplicateEntry'],
  ['local name that differs', 'a.xlsx', changed(sheet, { localName: 'xl/worksheets/sheet9.xml' }), 'headerMismatch'],
  ['local size that differs', 'a.xlsx', changed(sheet, { localSize: 7 }), 'headerMismatch'],
  ['bytes before the ZIP', 'a.xlsx', makeZip(good, { before: '#!/bin/sh\n' }), 'prefixBytes'],
  ['bytes before the ZIP, offsets of before', 'a.xlsx', makeZip(good, { before: 'MZ', shift: false }), 'prefixBytes'],
  ['bytes after the ZIP', 'a.xlsx', makeZip(good, { after: '<script>' }), 'truncated'],
  ['cut off', 'a.xlsx', whole.subarray(0, whole.length - 30), 'truncated'],
  ['encrypted entry', 'a.xlsx', changed(sheet, { flags: 1 }), 'encrypted'],
  [
    'encrypted .xlsx',
    'a.xlsx',
    makeOle({ EncryptionInfo: Buffer.alloc(5000), EncryptedPackage: Buffer.alloc(5000) }),
    'encrypted',
  ],
  [
    'encrypted OpenDocument',
    'a.ods',
    makeZip([...odsParts(odsCell), { name: 'META-INF/manifest.xml', data: '<manifest><encryption-data/></manifest>' }]),
    'encrypted',
  ],
  ['password of an old workbook', 'a.xls', passwordXls(), 'encrypted'],
  [
    'more than 2,000 entries',
    'a.xlsx',
    makeZip([...good, ...Array.from({ length: 2000 }, (_, i) => ({ name: `x/${i}`, data: '' }))]),
    'tooManyEntries',
  ],
  ['300 columns', 'a.xlsx', makeZip(xlsxParts(cells(300))), 'tooManyColumns'],
  [
    'one cell far to the right',
    'a.xlsx',
    makeZip(xlsxParts('<row r="1"><c r="XFD1"><v>1</v></c></row>')),
    'tooManyColumns',
  ],
  ['300 columns as text', 'a.csv', Buffer.from('x,'.repeat(300)), 'tooManyColumns'],
  [
    'columns repeated in OpenDocument',
    'a.ods',
    makeZip(
      odsParts(
        '<table:table-row><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>',
      ),
    ),
    'tooManyColumns',
  ],
  [
    'rows repeated in OpenDocument',
    'a.ods',
    makeZip(
      odsParts(
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" office:value="1"/></table:table-row>',
      ),
    ),
    'tooManyRows',
  ],
  ['too many rows as text', 'a.csv', Buffer.from('x\n'.repeat(100_100)), 'tooManyRows'],
  ['cell beyond any cell', 'a.csv', Buffer.from('x'.repeat(40_000)), 'cellTooLong'],
  ['quote without an end', 'a.csv', Buffer.from('"姓名,性别'), 'truncated'],
  ['text in no known coding', 'a.csv', Buffer.from([0xff, 0x80, 0xff, 0x81]), 'encoding'],
  ['broken XML', 'a.xlsx', changed(sheet, { data: '<worksheet><sheetData><row>' }), 'unreadable'],
  ['no sheet at all', 'a.xlsx', changed('xl/workbook.xml', { data: '<workbook><sheets/></workbook>' }), 'noSheet'],
  ['old workbook cut off', 'a.xls', gridAs([['姓名']], 'xls').subarray(0, 600), 'truncated'],
]

describe('SEC-T7 hostile and odd workbooks', () => {
  test('the corpus is large enough', () => expect(CORPUS.length).toBeGreaterThanOrEqual(40))

  test.each(CORPUS)('%s is refused', async (_, filename, bytes, code) => {
    const opened = await openWorkbook(bytes, filename)
    expect(opened.ok ? 'opened' : opened.refusals[0]!.code).toBe(`import.refusal.${code}`)
  })

  test('a file over the limit is refused before it is looked at', async () => {
    const opened = await openWorkbook(whole, 'a.xlsx', { fileBytes: 100 })
    expect(opened).toMatchObject({ ok: false, refusals: [{ code: 'import.refusal.tooLarge' }] })
  })

  test('the whole corpus differs from a good workbook only by its fault', async () => {
    const opened = await openWorkbook(whole, '花名册.XLSX')
    expect(opened.ok && opened.value[0]!.rows[0]!.cells[0]).toBe('姓名')
  })

  test('a hyperlink to the outside is no external data', async () => {
    expect(
      (await openWorkbook(withPart('xl/worksheets/_rels/sheet1.xml.rels', relation('hyperlink')), 'a.xlsx')).ok,
    ).toBe(true)
  })

  test('styled but empty cells far to the right do not count as columns', async () => {
    const opened = await openWorkbook(
      makeZip(xlsxParts('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row>')),
      'a.xlsx',
    )
    expect(opened.ok && opened.value[0]!.rows[0]!.cells).toEqual([1])
  })
})
