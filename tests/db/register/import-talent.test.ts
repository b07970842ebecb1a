import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { candidateEvents, reserveCandidates, reservePlacements, studioMemberships, studios } from '@/db/schema/index.ts'
import { type Tx, withScope } from '@/db/scope.ts'
import { generateDistrict, onlySchools } from '@/db/seed/district.ts'
import { translator } from '@/lib/i18n/translate.ts'
import { openWorkbook } from '@/lib/platform/workbook/open.ts'
import { runUndo } from '@/lib/register/imports/run/batch.ts'
import { detectKind } from '@/lib/register/imports/run/detect.ts'
import type { ImportKind } from '@/lib/register/imports/run/entries.ts'
import { day } from '@/lib/rules/values/dates.ts'
import { studioSheet } from '@/lib/talent/documents/studio-workbook.ts'
import { studioQuery } from '@/lib/talent/queries/studios.ts'
import {
  batchOf,
  confirm,
  dryRunOf,
  imported,
  registerState,
  rowsOf,
  setBatch,
} from '@/tests/support/import-district.ts'
import { aLoadedDistrict, type LoadedDistrict } from '@/tests/support/loaded-district.ts'
import { gridAs } from '@/tests/support/workbooks.ts'

const whole = generateDistrict({ seed: 2026 })
const [first, second] = whole.schools.filter(({ kind }) => kind === 'primary').map(({ name }) => name)
const records = onlySchools(whole, [first!, second!])
const seen = new Map<string, number>()
for (const { name } of records.staff) seen.set(name, (seen.get(name) ?? 0) + 1)
const people = records.staff.filter(({ name }) => seen.get(name) === 1)
type Person = (typeof people)[number]
const [host, other, member, third, fourth] = people as [Person, Person, Person, Person, Person]
const opened = async (file: Uint8Array) => {
  const book = await openWorkbook(file, 'a.xlsx')
  if (!book.ok) throw new Error(JSON.stringify(book.refusals))
  return book.value
}
const by = { userId: null, name: 'test' }

let district: LoadedDistrict
beforeAll(async () => {
  district = await aLoadedDistrict(records, day('2026-11-23'))
}, 240_000)
afterAll(() => district.close())

const inDistrict = <T>(work: (tx: Tx) => Promise<T>) => withScope(district.system, work)
const dry = (kind: ImportKind, content: Uint8Array) => dryRunOf(district.system, content, { kind })
const undo = async (id: Awaited<ReturnType<typeof dry>>['id']) => {
  await setBatch(district.system, id, { state: 'undoing' })
  return runUndo(district.system, id, by)
}
const said = async (id: Awaited<ReturnType<typeof dry>>['id']) =>
  (await rowsOf(district.system, id))
    .filter(({ outcome }) => outcome !== 'missing')
    .sort((a, b) => a.row - b.row)
    .map(({ row, outcome, findings }) => [
      row,
      outcome,
      ...(findings as { code: string }[]).map(({ code }) => code).sort(),
    ])

const HEAD = ['序号', '名师工作室名称', '级别', '类别', '周期', '身份', '姓名', '工作单位', '加入时间', '离室时间']
const A = [
  [
    1,
    '向阳数学名师工作室',
    '旗县级',
    '名师工作室',
    '2025.9至2028.8',
    '领衔人',
    `${host.name} `,
    host.school,
    null,
    null,
  ],
  [2, null, null, null, null, '学员', member.name, member.school, '2025年9月1日', null],
  [3, '', '', '', '', '成员', third.name, '不知道的学校', '2026-03-01', null],
]
const withSubject = (rows: (string | number | null)[][], subject: string) =>
  gridAs([[...HEAD, '学科'], ...rows.map((row, i) => [...row, i === 0 ? subject : null])], 'xlsx', '工作室')

describe('R-IMP-1 studios by workbook', () => {
  test('one person a row, written as clerks write: names once, months, old words; refused cells say where', async () => {
    const wrong = withSubject(
      [
        ...A,
        [4, '新星工作室', '乡级', '德育', '五年', '观察员', '查无此人', null, '2025-02-30', null],
        [5, '向阳数学名师工作室', '市级', null, null, '成员', fourth.name, null, null, null],
      ],
      '数学',
    )
    const { id, report } = await dry('studios', wrong)
    expect(report.counts).toMatchObject({ new: 3, refused: 2, missing: 0 })
    expect(await said(id)).toEqual([
      [2, 'new', 'M-TERM', 'M-TERM', 'M-TRAIL', 'W-STUDIO-KIND'],
      [3, 'new', 'M-TERM', 'W-STUDIO-ABOVE'],
      [4, 'new', 'W-SCHOOL-UNKNOWN', 'W-STUDIO-ABOVE'],
      [5, 'refused', 'E-DATE-IMPOSSIBLE', 'E-STUDIO-LEVEL', 'E-STUDIO-ROLE', 'E-STUDIO-YEARS', 'M-TERM'],
      [6, 'refused', 'E-STUDIO-DIFFERS'],
    ])
  })

  test('confirmed all or nothing, again without a change, undone without a trace', async () => {
    const before = await registerState(district.system)
    const file = withSubject(A, '数学')
    const { id } = await dry('studios', file)
    expect(await confirm(district.system, id)).toMatchObject({ ok: true, value: { written: 3 } })
    const rows = await inDistrict(async (tx) => ({
      studios: await tx.select().from(studios),
      members: await tx.select().from(studioMemberships),
    }))
    expect(rows.studios).toMatchObject([
      {
        name: '向阳数学名师工作室',
        level: 'county',
        kind: 'subject',
        subject: 'MATH',
        during: { from: '2025-09-01', until: '2028-09-01' },
      },
    ])
    expect(rows.members.map(({ personName, role, during }) => [personName, role, during.from]).sort()).toEqual(
      [
        [host.name, 'host', '2025-09-01'],
        [member.name, 'member', '2025-09-01'],
        [third.name, 'member', '2026-03-01'],
      ].sort(),
    )
    expect((await dry('studios', file)).report.counts).toMatchObject({ new: 0, changed: 0, unchanged: 3, missing: 0 })
    expect(await undo(id)).toEqual({ ok: true, value: [] })
    expect(await registerState(district.system)).toEqual(before)
    expect(await batchOf(district.system, id)).toMatchObject({ state: 'undone' })
  })

  test('one studio a row, its members in one cell; a new host takes over, who is left out is a question', async () => {
    const wide = (hostName: string, members: string[]) =>
      gridAs(
        [
          ['工作室', '级别', '类型', '成立时间', '到期时间', '主持人', '主持人单位', '成员'],
          ['德育先锋工作室', '市', '德育', '2024-09', '2027-08-31', hostName, null, members.join('、')],
        ],
        'xls',
      )
    await imported(district.system, 'studios', wide(host.name, [member.name, third.name]), 'a.xls')
    const [studio] = await inDistrict((tx) => tx.select().from(studios).where(eq(studios.name, '德育先锋工作室')))
    const { id, report } = await dryRunOf(district.system, wide(other.name, [member.name, fourth.name]), {
      kind: 'studios',
      on: day('2026-11-01'),
      fileName: 'b.xls',
    })
    expect(report.counts).toMatchObject({ changed: 1, missing: 1, refused: 0 })
    const rows = await rowsOf(district.system, id)
    expect(rows.find(({ outcome }) => outcome === 'changed')!.changes).toEqual([
      { field: 'host', old: host.name, new: other.name },
      { field: 'members', old: expect.stringContaining(third.name), new: `${other.name}、${fourth.name}` },
    ])
    const [left] = rows.filter(({ outcome }) => outcome === 'missing')
    expect(left).toMatchObject({ label: `${third.name}（德育先锋工作室）` })
    const choices = { conflicts: {}, missing: { [left!.row]: { on: day('2026-11-15'), reason: 'ended' } } }
    expect(await confirm(district.system, id, choices)).toMatchObject({ ok: true, value: { left: 1 } })
    const members = await inDistrict((tx) =>
      tx.select().from(studioMemberships).where(eq(studioMemberships.studioId, studio!.id)),
    )
    const of = (name: string) => members.find(({ personName }) => personName === name)!.during
    expect(of(host.name)).toEqual({ from: '2024-09-01', until: '2026-11-01' })
    expect(of(other.name)).toEqual({ from: '2026-11-01', until: '2027-09-01' })
    expect(of(third.name)).toEqual({ from: '2024-09-01', until: '2026-11-15' })
    expect(of(member.name)).toEqual({ from: '2024-09-01', until: '2027-09-01' })
  })

  test('a host is in no other studio of the level; a second host and a time outside the cycle are refused', async () => {
    const { id } = await dry(
      'studios',
      withSubject(
        [
          [1, '另一市级工作室', '市级', '学科', '2025-09-01至2028-08-31', '主持人', other.name, null, null, null],
          [2, '另一市级工作室', null, null, null, '成员', fourth.name, null, null, null],
          [
            3,
            '第三市级工作室',
            '市级',
            '德育',
            '2025-09-01至2028-08-31',
            '主持人',
            fourth.name,
            null,
            '2020-01-01',
            null,
          ],
          [4, '德育先锋工作室', '', '', '', '主持人', people[7]!.name, null, '2024-09-01', null],
        ],
        '语文',
      ),
    )
    const codes = (await rowsOf(district.system, id)).flatMap(({ findings }) =>
      (findings as { code: string; severity: string }[])
        .filter(({ severity }) => severity === 'error')
        .map(({ code }) => code),
    )
    expect(new Set(codes)).toEqual(
      new Set(['E-HOST-ELSEWHERE', 'E-STUDIO-NO-HOST', 'E-MEMBER-OUTSIDE', 'E-HOST-SECOND']),
    )
  })

  test('the present list comes back unchanged, is recognised as ours, and in English too', async () => {
    const head = {
      district: { name: '某区', nature: 'demo' as const, timeZone: 'Asia/Shanghai' },
      by: { name: '李某', role: 'bureau_hr' },
      at: new Date().toISOString(),
      number: 1,
      purpose: '核对',
    }
    const query = studioQuery.parse({})
    for (const locale of ['zh-CN', 'en'] as const) {
      const made = await inDistrict((tx) => studioSheet(tx, translator(locale), query, day('2026-11-23'), head))
      expect(detectKind(await opened(made!.file))).toBe('studios')
      const { report } = await dry('studios', made!.file)
      expect(report.counts, locale).toMatchObject({
        new: 0,
        changed: 0,
        refused: 0,
        conflicts: 0,
        missing: 0,
        unchanged: made!.rowCount,
      })
    }
  })
})

describe('R-IMP-1 the reserve by workbook', () => {
  const title = ['某区储备人才库名册']
  const head = [
    '序号',
    '姓名',
    '性别',
    '身份证号',
    '毕业院校',
    '学历学位',
    '教师资格证种类',
    '报考岗位',
    '招聘渠道',
    '笔试',
    '入库日期',
    '状态',
    '派岗学校',
    '派岗日期',
    '备注',
    '招聘年度',
  ]
  const row = (name: string, more: Partial<Record<string, string | number | null>> = {}) => {
    const given: Record<string, string | number | null> = {
      姓名: name,
      性别: '女',
      身份证号: '1234',
      毕业院校: '师范大学',
      学历学位: '大学本科',
      教师资格证种类: '小学',
      报考岗位: '小学体育教师',
      招聘渠道: '校招',
      笔试: 81.5,
      入库日期: '2026.6',
      状态: '在库',
      招聘年度: 2026,
      ...more,
    }
    return head.map((name) => given[name] ?? null)
  }
  const file = (...rows: (string | number | null)[][]) => gridAs([title, head, ...rows], 'xlsx', '储备')
  const good = [
    row('乌兰其其格', { 入库日期: '2026年6月18日' }),
    row('白一鸣', { 状态: '已派岗', 派岗学校: second!, 派岗日期: '2026-09-01', 性别: '男' }),
    row('陈某某', { 状态: '公示中', 入库日期: null, 报考岗位: '小学科学' }),
  ]

  test('recognised, read with its old words; scores stay out; each fault says where and why', async () => {
    const bad = file(
      ...good,
      row('无日期', { 入库日期: null }),
      row('没学校', { 状态: '派岗' }),
      row('去外星', { 状态: '派岗', 派岗学校: '外星小学', 派岗日期: '2026-09-01' }),
      row('乱状态', { 状态: '飞升' }),
      row('未来人', { 入库日期: '2031-01-01' }),
      row('乌兰其其格'),
      row('x'.repeat(1200)),
    )
    expect(detectKind(await opened(bad))).toBe('reserve')
    const { id, report } = await dryRunOf(district.system, bad, { kind: null })
    expect(report.counts).toMatchObject({ new: 3, refused: 7 })
    expect(report.notes.map(({ code }) => code)).toEqual(['W-RESERVE-NOT-READ'])
    const errors = (await rowsOf(district.system, id))
      .sort((a, b) => a.row - b.row)
      .flatMap(({ row: at, findings }) =>
        (findings as { code: string; severity: string }[])
          .filter(({ severity }) => severity === 'error')
          .map(({ code }) => `${at} ${code}`),
      )
    expect(errors).toEqual([
      '6 E-RESERVE-POOLED',
      '7 E-RESERVE-PLACE',
      '8 E-SCHOOL-UNKNOWN',
      '9 E-RESERVE-STATE',
      '10 E-DATE-FUTURE',
      '11 E-RESERVE-TWICE',
      '12 E-TEXT-LONG',
    ])
  })

  test('written with number, step and placement; again unchanged; a later state is a step; undone without a trace', async () => {
    const before = await registerState(district.system)
    const { id } = await dry('reserve', file(...good))
    expect(await confirm(district.system, id)).toMatchObject({ ok: true, value: { written: 3 } })
    const rows = await inDistrict((tx) => tx.select().from(reserveCandidates))
    expect(
      rows.map(({ number, name, state, pooledOn, poolUntil }) => [number, name, state, pooledOn, poolUntil]),
    ).toEqual(
      expect.arrayContaining([
        ['2026-001', '乌兰其其格', 'pooled', '2026-06-18', '2028-06-18'],
        ['2026-002', '白一鸣', 'placed', '2026-06-01', '2028-06-01'],
        ['2026-003', '陈某某', 'on_notice', null, null],
      ]),
    )
    const placements = await inDistrict((tx) => tx.select().from(reservePlacements))
    expect(placements).toMatchObject([
      { schoolId: district.schoolIds.get(second!), basis: 'labour', during: { from: '2026-09-01', until: null } },
    ])
    expect((await dry('reserve', file(...good))).report.counts).toMatchObject({
      new: 0,
      changed: 0,
      unchanged: 3,
      missing: 0,
    })
    // Cells left empty clear nothing, a step back is refused, a later state becomes a step
    const next = await dry(
      'reserve',
      file(
        row('乌兰其其格', { 毕业院校: null, 入库日期: null, 状态: '待派岗' }),
        row('白一鸣', { 状态: '笔试', 性别: '男' }),
      ),
    )
    expect(next.report.counts).toMatchObject({ changed: 1, refused: 1, missing: 1 })
    expect(await confirm(district.system, next.id)).toMatchObject({ ok: true })
    const [wulan] = await inDistrict((tx) =>
      tx.select().from(reserveCandidates).where(eq(reserveCandidates.name, '乌兰其其格')),
    )
    expect(wulan).toMatchObject({ state: 'awaiting', pooledOn: '2026-06-18', graduatedFrom: '师范大学' })
    const steps = await inDistrict((tx) =>
      tx.select().from(candidateEvents).where(eq(candidateEvents.candidateId, wulan!.id)),
    )
    expect(steps.map(({ fromState, toState, byName }) => [fromState, toState, byName])).toEqual(
      expect.arrayContaining([
        [null, 'pooled', 'test'],
        ['pooled', 'awaiting', 'test'],
      ]),
    )
    // The first batch cannot go while the second stands on it; newest first both go without a trace
    expect(await undo(id)).toMatchObject({
      ok: true,
      value: [expect.objectContaining({ why: 'edited' }), expect.anything()],
    })
    expect(await undo(next.id)).toEqual({ ok: true, value: [] })
    expect(await undo(id)).toEqual({ ok: true, value: [] })
    expect(await registerState(district.system)).toEqual(before)
  })
})
