import { describe, expect, test } from 'vitest'
import type { SheetData } from '@/lib/platform/workbook/sheet.ts'
import type { ImportContext } from '@/lib/register/imports/parsed.ts'
import { parseRoster } from '@/lib/register/imports/roster.ts'
import { day } from '@/lib/rules/values/dates.ts'

type Row = (string | number | null)[]

/** A sheet of the given rows, from row 1; merges as row and column numbers. */
const sheet = (rows: Row[], more: Partial<SheetData> = {}): SheetData => ({
  name: 'Sheet1',
  hidden: false,
  rows: rows
    .map((cells, i) => ({ number: i + 1, hidden: false, cells }))
    .filter(({ cells }) => cells.some((cell) => cell !== null)),
  merges: [],
  ...more,
})

const context: ImportContext = {
  statisticsDate: day('2026-09-01'),
  schools: [
    { name: '第一小学', shortName: '一小', aliases: [], branchOf: null },
    { name: '第二小学', shortName: '二小', aliases: [], branchOf: null },
  ],
}
const HEADER = [
  '姓名',
  '性别',
  '身份证号',
  '学校',
  '参加工作时间',
  '进入本单位时间',
  '编制性质',
  '教职工类别',
  '任教学段',
  '任教学科',
  '人员状态',
]
const person = (change: Record<string, string | number | null> = {}): Row => {
  const values: Record<string, string | number | null> = {
    姓名: '梁平',
    性别: '男',
    身份证号: '150699198503121239',
    学校: '第一小学',
    参加工作时间: '2007.09',
    进入本单位时间: '2012.09',
    编制性质: '在编',
    教职工类别: '专任教师',
    任教学段: '小学',
    任教学科: '语文',
    人员状态: '在岗',
    ...change,
  }
  return HEADER.map((title) => values[title] ?? null)
}
const woman = { 姓名: '乌兰', 性别: '女', 身份证号: '150699199011076683', 参加工作时间: '2012.09' }
const codes = (parsed: ReturnType<typeof parseRoster>) =>
  parsed.findings.map(({ row, column, code, severity }) => `${column}${row} ${code} ${severity}`)

describe('R-IMP-1 finding the table', () => {
  test('header under title rows, marks, units and breaks in the titles, columns in another order', () => {
    const titles = HEADER.map((title, i) =>
      i % 2 ? `*${title}\n（必填）` : ` ${title.slice(0, 1)}\t${title.slice(1)}：`,
    )
    const parsed = parseRoster(
      [sheet([['东胜区教职工花名册'], [null], ['填报单位：人事股', null, null, '2026年9月'], titles, person()])],
      context,
    )
    expect(parsed.columns[0]).toMatchObject({ headerTop: 4, headerBottom: 4 })
    expect(parsed.rows).toMatchObject([
      {
        row: 5,
        record: {
          name: '梁平',
          sex: 'M',
          birth: '1985-03-12',
          school: '第一小学',
          workSchool: '第一小学',
          joinedSchool: '2012-09',
        },
      },
    ])
    expect(parsed.findings).toEqual([])
  })

  test('merged two-row header', () => {
    const upper = ['基本信息', null, null, '学校', '工作', null, ...HEADER.slice(6)]
    const lower = ['姓名', '性别', '身份证号', null, '参加工作时间', '进入本单位时间', null, null, null, null, null]
    const merges = [
      { top: 1, left: 0, bottom: 1, right: 2 },
      { top: 1, left: 4, bottom: 1, right: 5 },
      ...[3, 6, 7, 8, 9, 10].map((left) => ({ top: 1, left, bottom: 2, right: left })),
    ]
    expect(parseRoster([sheet([upper, lower, person()], { merges })], context)).toMatchObject({
      rows: [{ row: 3 }],
      findings: [],
    })
    // The same saved as .csv has no merges
    expect(parseRoster([sheet([upper, lower, person()])], context)).toMatchObject({ rows: [{ row: 3 }], findings: [] })
  })

  test('one sheet for each school: its name is the school', () => {
    const without = (row: Row): Row => row.filter((_, i) => i !== 3)
    const sheets = [
      sheet([without(HEADER), without(person())], { name: '一小' }),
      sheet([without(HEADER), without(person(woman))], { name: '第二小学' }),
      sheet([['填写说明'], ['请按要求填写']], { name: '说明' }),
    ]
    const parsed = parseRoster(sheets, context)
    expect(parsed.rows.map(({ record }) => [record.name, record.school])).toEqual([
      ['梁平', '第一小学'],
      ['乌兰', '第二小学'],
    ])
    expect(parsed.rows[0]!.said).toContain('school')
    expect(parsed.skipped).toEqual([{ sheet: '说明', row: 1, reason: 'noHeader' }])
  })

  test('one sheet with the school as a heading of its people, and the header repeated', () => {
    const without = (row: Row): Row => row.filter((_, i) => i !== 3)
    const parsed = parseRoster(
      [sheet([without(HEADER), ['一小'], without(person()), ['第二小学'], without(HEADER), without(person(woman))])],
      context,
    )
    expect(parsed.rows.map(({ record }) => record.school)).toEqual(['第一小学', '第二小学'])
    expect(parsed.skipped.map(({ row, reason }) => `${row} ${reason}`)).toEqual([
      '2 caption',
      '4 caption',
      '5 repeatedHeader',
    ])
  })

  test('blank rows, totals, signatures and prepared empty lines are no people', () => {
    const rows = [
      [...HEADER, '序号'],
      [...person(), 1],
      [],
      ['小计', 1],
      [...HEADER.map((_, i) => (i === 3 ? '第一小学' : null)), 2],
      ['合 计', 1, null, null, '在编1'],
      ['填表人：某某', null, '审核人：'],
      ['注：本表一式两份'],
    ]
    const parsed = parseRoster([sheet(rows)], context)
    expect(parsed.rows).toHaveLength(1)
    expect(parsed.refusedRows).toEqual([])
    expect(parsed.skipped.map(({ row, reason }) => `${row} ${reason}`)).toEqual([
      '3 blank',
      '4 totals',
      '5 blank',
      '6 totals',
      '7 signature',
      '8 signature',
    ])
  })

  test('unmapped columns show three values; a hand’s choice and a remembered title override', () => {
    const rows = [
      [...HEADER, '联络'],
      [...person(), '14300000001'],
      [...person(woman), '14300000002'],
    ]
    const plain = parseRoster([sheet(rows)], context)
    expect(plain.columns[0]!.columns.at(-1)).toMatchObject({
      letter: 'L',
      title: '联络',
      field: null,
      confidence: 0,
      samples: ['14300000001', '14300000002'],
    })
    const byColumn = { ...context, mapping: { byColumn: { Sheet1: { L: 'phone' } } } }
    expect(parseRoster([sheet(rows)], byColumn).rows[0]!.record.phone).toBe('14300000001')
    const byTitle = { ...context, mapping: { byTitle: { 联络: 'phone', 任教学科: null } } }
    const remembered = parseRoster([sheet(rows)], byTitle)
    expect(remembered.rows[0]!.record).toMatchObject({ phone: '14300000001', subject: null })
  })

  test('a hidden sheet is left out and said, a hidden row is read and said', () => {
    const shown = sheet([HEADER, person()])
    shown.rows[1]!.hidden = true
    const parsed = parseRoster([shown, sheet([HEADER, person()], { name: '去年', hidden: true })], context)
    expect(codes(parsed)).toEqual(['A2 W-HIDDEN-ROW warning'])
    expect(parsed.rows).toHaveLength(1)
    expect(parsed.skipped).toEqual([{ sheet: '去年', row: 1, reason: 'hiddenSheet' }])
  })

  test('a file without a header says so, and a missing required column refuses every row once', () => {
    expect(
      codes(
        parseRoster(
          [
            sheet([
              ['甲', '乙'],
              ['1', '2'],
            ]),
          ],
          context,
        ),
      ),
    ).toEqual(['null1 E-NO-HEADER error'])
    const parsed = parseRoster([sheet([HEADER.slice(0, 10), person().slice(0, 10)])], context)
    expect(parsed.findings).toMatchObject([{ code: 'E-COLUMN-MISSING', field: 'status', row: 1 }])
    expect(parsed).toMatchObject({ rows: [], refusedRows: [{ row: 2, name: '梁平' }] })
  })
})

describe('R-IMP-1 what a row says', () => {
  test('an empty cell says nothing: it is not among the said fields', () => {
    const parsed = parseRoster(
      [
        sheet([
          [...HEADER, '联系电话', '备注'],
          [...person(), null, '—备注'],
          [...person(woman), '143-0000-0001', '  '],
        ]),
      ],
      context,
    )
    expect(parsed.rows[0]!.said).not.toContain('phone')
    expect(parsed.rows[0]!.said).toEqual(expect.arrayContaining(['note', 'birth', 'idNumber']))
    expect(parsed.rows[1]!.said).not.toContain('note')
    expect(parsed.rows[1]!.record).toMatchObject({ phone: '14300000001', note: null })
  })

  test('a person already in the register may come with some columns only', () => {
    const rows = [
      ['身份证号', '联系电话'],
      ['150699198503121239', '14300000001'],
      ['150699199011076683', '14300000002'],
    ]
    const parsed = parseRoster([sheet(rows)], { ...context, isKnown: (id) => id === '150699198503121239' })
    expect(parsed.rows.map(({ record, said }) => [record.phone, [...said].sort()])).toEqual([
      ['14300000001', ['birth', 'idNumber', 'phone']],
    ])
    expect(parsed.refusedRows).toMatchObject([{ row: 3 }])
  })

  test.each([
    [{ 身份证号: null }, 'C2 E-ID-MISSING error'],
    [{ 姓名: ' ' }, 'A2 E-NAME-MISSING error'],
    [{ 学校: '三小' }, 'D2 E-SCHOOL-UNKNOWN error'],
    [{ 性别: '女' }, 'B2 W-ID-MISMATCH warning'],
    [{ 参加工作时间: '2002.08', 进入本单位时间: '2003.01' }, 'E2 E-WORK-AGE error'],
    [{ 参加工作时间: '2026.10', 进入本单位时间: '2012.09' }, 'E2 E-DATE-FUTURE error'],
    [{ 进入本单位时间: '2006.08' }, 'F2 E-DATE-ORDER error'],
    [{ 进入本单位时间: 2012.1 }, 'F2 W-DATE-AMBIGUOUS warning'],
    [{ 任教学科: null }, 'J2 E-REQUIRED error'],
    [{ 任教学科: '体育' }, 'J2 M-OLD-SUBJECT mended'],
    [{ 编制性质: '事业编' }, 'G2 M-TERM mended'],
    [{ 人员状态: 'x'.repeat(1001) }, 'K2 E-TEXT-LONG error'],
  ])('%o gives %s', (change, wanted) => {
    const parsed = parseRoster([sheet([HEADER, person(change)])], context)
    expect(codes(parsed)).toContain(wanted)
    expect(parsed.rows).toHaveLength(wanted.endsWith('error') ? 0 : 1)
  })

  test('staff who do not teach need neither stage nor subject', () => {
    expect(
      parseRoster([sheet([HEADER, person({ 教职工类别: '工勤', 任教学段: null, 任教学科: null })])], context),
    ).toMatchObject({ rows: [{ record: { category: 'worker' } }] })
  })

  test('a formula without a value is an error where required; a merged cell takes the value above', () => {
    const rows = [HEADER, person(), person({ ...woman, 学校: null })]
    const merged = parseRoster([sheet(rows, { merges: [{ top: 2, left: 3, bottom: 3, right: 3 }] })], context)
    expect(codes(merged)).toEqual(['D3 W-MERGED warning'])
    expect(merged.rows[1]!.record.school).toBe('第一小学')
    const withFormula = sheet([HEADER, person()])
    withFormula.rows[1]!.cells[2] = { kind: 'formula', formula: 'A1', value: null }
    expect(codes(parseRoster([withFormula], context))).toEqual(['C2 E-FORMULA error'])
    withFormula.rows[1]!.cells[2] = { kind: 'formula', formula: 'A1', value: '150699198503121239' }
    expect(codes(parseRoster([withFormula], context))).toEqual([])
  })

  test('R-RET-4 past the retirement date and still listed is a warning; gone people give none', () => {
    const born = { 身份证号: '150699196504301019', 参加工作时间: '1986.09' }
    const number = (first: string) => [...'0123456789X'].map((sign) => first + sign)
    const valid = number(born.身份证号.slice(0, 17)).find(
      (text) => parseRoster([sheet([HEADER, person({ ...born, 身份证号: text })])], context).rows.length === 1,
    )
    const listed = parseRoster([sheet([HEADER, person({ ...born, 身份证号: valid! })])], context)
    expect(listed.findings).toMatchObject([
      { code: 'W-RETIRED', column: 'C', values: { date: '2025-05-30', category: 'M60' } },
    ])
    expect(
      parseRoster([sheet([HEADER, person({ ...born, 身份证号: valid!, 人员状态: '退休' })])], context).findings,
    ).toEqual([])
  })
})

describe('R-IMP-1 one person on several rows', () => {
  test('E-DUP-PERSON: all wait, or the first of identical rows stays when asked', () => {
    const rows = [HEADER, person(), person(woman), person()]
    const strict = parseRoster([sheet(rows)], context)
    expect(codes(strict)).toEqual(['C2 E-DUP-PERSON error', 'C4 E-DUP-PERSON error'])
    expect(strict.rows.map(({ row }) => row)).toEqual([3])
    const kept = parseRoster([sheet(rows)], { ...context, keepFirstDuplicate: true })
    expect(codes(kept)).toEqual(['C2 W-DUP-KEPT warning', 'C4 E-DUP-PERSON error'])
    expect(kept.rows.map(({ row }) => row)).toEqual([2, 3])
    const differing = parseRoster([sheet([HEADER, person(), person({ 任教学科: '数学' })])], {
      ...context,
      keepFirstDuplicate: true,
    })
    expect(differing.rows).toEqual([])
  })

  test('E-DUP-SCHOOLS: the lists of two schools both wait', () => {
    const parsed = parseRoster([sheet([HEADER, person(), person({ 学校: '第二小学' })])], {
      ...context,
      keepFirstDuplicate: true,
    })
    expect(codes(parsed)).toEqual(['C2 E-DUP-SCHOOLS error', 'C3 E-DUP-SCHOOLS error'])
    expect(parsed.rows).toEqual([])
    expect(parsed.refusedRows.map(({ row }) => row)).toEqual([2, 3])
  })
})
