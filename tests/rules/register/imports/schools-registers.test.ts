import { describe, expect, test } from 'vitest'
import type { Merge, SheetData } from '@/lib/platform/workbook/sheet.ts'
import { parseRegisters } from '@/lib/register/imports/registers.ts'
import { parseSchools } from '@/lib/register/imports/schools.ts'
import { day } from '@/lib/rules/values/dates.ts'

const sheet = (name: string, rows: (string | number | null)[][], merges: Merge[] = []): SheetData => ({
  name,
  hidden: false,
  rows: rows.map((cells, i) => ({ number: i + 1, hidden: false, cells })),
  merges,
})
const statisticsDate = day('2026-09-01')
const school = (name: string) => ({ name, shortName: null, aliases: [], branchOf: null })
const context = { statisticsDate, schools: [school('第一小学'), school('第二小学')] }
const said = (findings: readonly { column: string | null; row: number; code: string }[]) =>
  findings.map(({ column, row, code }) => `${column}${row} ${code}`)

describe('R-IMP-1 school lists', () => {
  test('figures of a stage under captions, class numbers under one heading, several columns of one record', () => {
    const upper = [
      '学校标识码',
      '学校名称',
      '学校类型',
      '城乡分类代码',
      '在校生数',
      null,
      '班级数',
      null,
      '教学及辅助用房面积（㎡）',
      null,
    ]
    const lower = [null, null, null, null, '小学', '初中', '一年级', '九年级', '小学', '初中']
    const merges = [4, 6, 8].map((left) => ({ top: 2, left, bottom: 2, right: left + 1 }))
    const rows = [
      ['学校一览表'],
      upper,
      lower,
      ['3115990707', '第一学校', '九年一贯制学校', '121', 1411, '798人', 5, 6, '7,551', 5572],
      ['合计', null, null, null, 1411],
    ]
    for (const given of [merges, []]) {
      const parsed = parseSchools([sheet('学校', rows, given)], { statisticsDate })
      expect(said(parsed.findings)).toEqual(['C4 M-TERM'])
      expect(parsed.rows).toMatchObject([
        {
          row: 4,
          record: {
            kind: 'nine_year',
            locality: 'town',
            pupils: { P: 1411, J: 798 },
            classes: [5, 0, 0, 0, 0, 0, 0, 0, 6],
            resources: { P: { teachingArea: 7551, sportsArea: null }, J: { teachingArea: 5572 } },
          },
        },
      ])
      expect([...parsed.rows[0]!.said].sort()).toEqual([
        'classes',
        'code',
        'kind',
        'locality',
        'localityCode',
        'name',
        'pupils',
        'resources',
      ])
    }
  })

  test('doubled codes, short codes, unknown kinds and numbers that are none are refused; unknown partners warn', () => {
    const header = ['学校标识码', '学校名称', '学段', '城乡类别', '核定编制', '结对学校', '城乡分类代码']
    const rows = [
      header,
      ['2115990601', '第一小学', '小学', '城区', 120, '第九小学', '210'],
      ['2115990601', '第二小学', '小学', '城区', 120, null, null],
      ['211599060', '第三小学', '小学', '城区', null, null, null],
      ['2115990604', '第四小学', '小小学', '城里', '很多', null, null],
    ]
    const parsed = parseSchools([sheet('学校', rows)], { statisticsDate })
    expect(said(parsed.findings).sort()).toEqual(
      [
        'A3 E-DUP-SCHOOL',
        'A4 E-SCHOOL-CODE',
        'C5 E-SCHOOL-KIND',
        'D2 W-LOCALITY',
        'D5 E-LOCALITY',
        'E5 E-NUMBER',
        'F2 W-SCHOOL-REFERENCE',
      ].sort(),
    )
    expect(parsed.refusedRows.map(({ row }) => row)).toEqual([3, 4, 5])
  })
})

describe('R-IMP-1 registers', () => {
  const id = '150699198503121239'
  const rotation = [
    '姓名',
    '身份证号',
    '派出学校',
    '接收学校',
    '交流形式',
    '是否转人事关系',
    '起始年月',
    '结束年月',
    '备注',
  ]

  test('sheets are told by what is in them, whatever they are called', () => {
    const sheets = [
      sheet('Sheet1', [
        ['姓名', '身份证号', '学校', '类别', '开始时间', '结束时间'],
        ['梁平', id, '第一小学', '记过', '2026.5.20', null],
      ]),
      sheet('Sheet2', [
        ['姓名', '身份证号', '学校', '事由', '开始时间', '结束时间'],
        ['梁平', id, '第一小学', '病休', '2026年5月20日', '2026-12-31'],
      ]),
      sheet('Sheet3', [rotation, ['梁平', id, '第一小学', '第二小学', '定期交流', '否', '2024.9', '至今', null]]),
    ]
    const { rotations, leaves, disciplines } = parseRegisters(sheets, context)
    expect(disciplines.rows).toMatchObject([{ record: { kind: 'demerit', start: '2026-05-20', end: null } }])
    expect(leaves.rows).toMatchObject([{ record: { kind: 'sick', start: '2026-05-20', end: '2026-12-31' } }])
    expect(rotations.rows).toMatchObject([
      {
        record: {
          form: 1,
          movesRelation: false,
          relationSchool: '第一小学',
          start: '2024-09',
          end: null,
          planned: false,
        },
      },
    ])
  })

  test('one school twice, an end before its start, an unknown form and a doubled row are refused', () => {
    const good = ['梁平', id, '第一小学', '第二小学', '支教', '否', '2024.9', '2027.7', null]
    const change = (at: number, value: string) => good.map((cell, i) => (i === at ? value : cell))
    const { rotations } = parseRegisters(
      [sheet('轮岗', [rotation, good, change(3, '第一小学'), change(7, '2024.8'), change(4, '旅游'), good])],
      context,
    )
    expect(said(rotations.findings).filter((text) => text.includes(' E-'))).toEqual([
      'D3 E-SAME-SCHOOL',
      'H4 E-PERIOD-ORDER',
      'E5 E-ROTATION-FORM',
      'B6 E-DUP-ROW',
    ])
    expect(rotations.rows).toMatchObject([{ row: 2, record: { form: 7, planned: true } }])
  })

  test('a birth needs the date of the child, an absence its start', () => {
    const header = ['姓名', '身份证号', '学校', '事项', '开始日期', '结束日期', '子女出生日期']
    const rows = [
      header,
      ['梁平', id, '第一小学', '生育登记', null, null, null],
      ['梁平', id, '第一小学', '产假', null, null, '2026-05-04'],
      ['梁平', id, '第一小学', '孕期', null, '2027-01-31', null],
    ]
    const { leaves } = parseRegisters([sheet('请休假', rows)], context)
    expect(said(leaves.findings)).toEqual(['G2 E-CHILD-BIRTH', 'E3 E-REQUIRED'])
    expect(leaves.rows).toMatchObject([{ row: 4, record: { kind: 'pregnancy', end: '2027-01-31' } }])
  })
})
