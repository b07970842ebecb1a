/** The bureau's three workbooks of a generated district, as messy as many clerks leave them. Cells depend on the seed alone. */
import type { DistrictRecords, SchoolRecord, StageResources } from '../../lib/rules/register/records.ts'
import {
  DISCIPLINE_KINDS,
  LEAVE_KINDS,
  LOCALITIES,
  ROTATION_FORMS,
  SCHOOL_KINDS,
} from '../../lib/rules/register/vocabulary.ts'
import { monthNumberOf, yearOf } from '../../lib/rules/values/dates.ts'
import { type Clerk, inventClerk, TIDY } from './clerks.ts'
import { Random } from './random.ts'
import { positionOf, ROSTER_COLUMNS } from './roster-layout.ts'
import { addListSheet, addRosterSheet, bytesOf, newWorkbook } from './sheet.ts'
import { type Cell, rosterRow } from './spelling.ts'

/** A district, or a part of one; the name stands in the titles. */
export type NamedRecords = DistrictRecords & { name?: string }

export interface WorkbookOptions {
  seed: string | number
  /** `tidy` writes every value as the register does, without blank rows; `usual` is what a bureau has. */
  mess?: 'tidy' | 'usual'
}

const DEMO_MARK = '【演示数据，人员均为虚构】'
const nameOf = (records: NamedRecords) => records.name ?? '演示区'
const dateText = ({ statisticsDate }: NamedRecords) =>
  `${yearOf(statisticsDate)}年${monthNumberOf(statisticsDate)}月${Number(statisticsDate.slice(8))}日`

/** 教职工花名册: one sheet, 44 columns, the schools one after the other with blank rows between some. */
export async function writeRosterWorkbook(
  records: NamedRecords,
  { seed, mess = 'usual' }: WorkbookOptions,
): Promise<Uint8Array> {
  const random = new Random(`roster/${seed}`)
  const clerks = clerksOf(random, records.schools, mess)
  const gaps = new Set(
    mess === 'tidy'
      ? []
      : random.sample(records.schools.slice(1), Math.min(10, records.schools.length - 1)).map((s) => s.name),
  )
  const rows: (Cell[] | null)[] = []
  records.staff.forEach((person, i) => {
    if (person.school !== records.staff[i - 1]?.school && gaps.has(person.school)) rows.push(null)
    rows.push(rosterRow(random, person, clerks.get(person.school)!, i + 1, records.statisticsDate))
  })
  const workbook = newWorkbook()
  addRosterSheet(workbook, {
    title: `${nameOf(records)}教育体育局教职工花名册（${yearOf(records.statisticsDate)}年${monthNumberOf(records.statisticsDate)}月）`,
    subtitle: `填报单位（盖章）：人事股　　　　统计时间：${dateText(records)}　　　　单位：人　　　　${DEMO_MARK}`,
    rows,
    totals: totalsOf(records),
    signature: '填表人：　　　　　　审核人：　　　　　　单位负责人：　　　　　　填表日期：2026年9月10日',
  })
  return bytesOf(workbook)
}

/** One clerk a school; one branch school goes by another name throughout. */
function clerksOf(random: Random, schools: SchoolRecord[], mess: WorkbookOptions['mess']): Map<string, Clerk> {
  const known = schools.filter((s) => s.branchOf !== null && s.aliases.length > 0)
  const renamed = known[known.length - 1]
  return new Map(
    schools.map((school, position) => {
      if (mess === 'tidy') return [school.name, TIDY]
      const clerk = inventClerk(random, position)
      return [school.name, school === renamed ? { ...clerk, schoolAlias: school.aliases[0]! } : clerk]
    }),
  )
}

function totalsOf(records: NamedRecords): Cell[] {
  const totals: Cell[] = ROSTER_COLUMNS.map(() => null)
  totals[0] = '合计'
  totals[positionOf('name')] = records.staff.length
  totals[positionOf('sex')] = `女${records.staff.filter((p) => p.sex === 'F').length}`
  totals[positionOf('form')] = `在编${records.staff.filter((p) => p.form === 'in').length}`
  return totals
}

const SCHOOL_HEADINGS =
  '学校标识码|学校名称|简称|其他叫法|学段|办学类型代码|城乡分类代码|城乡类别|优质学校|学区|教育集团|分校（所属本校）|建校年份|在校生\n小学（人）|在校生\n初中（人）|一年级\n班数|二年级\n班数|三年级\n班数|四年级\n班数|五年级\n班数|六年级\n班数|七年级\n班数|八年级\n班数|九年级\n班数|核定编制（名）|学位（个）|一校一案|扩增优质学位|同频互动教室|结对学校|结对班级数\n（共计）|智慧校园示范校|教学及辅助用房面积（㎡）\n小学|体育运动场馆面积（㎡）\n小学|教学仪器设备值（元）\n小学|网络多媒体教室（间）\n小学|教学及辅助用房面积（㎡）\n初中|体育运动场馆面积（㎡）\n初中|教学仪器设备值（元）\n初中|网络多媒体教室（间）\n初中|平面坐标X\n（km，东为正）|平面坐标Y\n（km，北为正）'.split(
    '|',
  )

/** 学校基本情况一览表: the schools, the research centre last, a totals row. */
export async function writeSchoolsWorkbook(records: NamedRecords): Promise<Uint8Array> {
  const workbook = newWorkbook()
  addListSheet(
    workbook,
    '学校基本情况',
    [
      `${nameOf(records)}学校基本情况一览表（${yearOf(records.statisticsDate)}年${monthNumberOf(records.statisticsDate)}月）`,
      `统计时间：${dateText(records)}　　坐标原点为教育体育局　　【演示数据】`,
    ],
    SCHOOL_HEADINGS,
    [...records.schools.map(schoolRow), schoolTotals(records.schools)],
    [13, 22, 10, 16, 12],
  )
  return bytesOf(workbook)
}

const yesNo = (value: boolean) => (value ? '是' : '否')
const orBlank = (value: number) => (value === 0 ? null : value)

function schoolRow(school: SchoolRecord): Cell[] {
  const isSchool = school.kind !== 'research'
  const resources = (r: StageResources | null): Cell[] => [
    r?.teachingArea ?? null,
    r?.sportsArea ?? null,
    r?.equipmentValue ?? null,
    r?.networkedRooms ?? null,
  ]
  return [
    school.code,
    school.name,
    school.shortName,
    school.aliases.join('、') || null,
    SCHOOL_KINDS[school.kind],
    school.typeCode,
    school.localityCode,
    LOCALITIES[school.locality],
    yesNo(school.quality),
    school.zone,
    school.group,
    school.branchOf,
    school.foundedYear,
    orBlank(school.pupils.P),
    orBlank(school.pupils.J),
    ...school.classes.map(orBlank),
    school.establishment,
    school.seats,
    isSchool ? yesNo(school.oneSchoolOnePlan) : null,
    school.addedSeats,
    isSchool ? yesNo(school.interactive) : null,
    school.pairedSchool,
    school.pairedClasses,
    isSchool ? yesNo(school.smartCampus) : null,
    ...resources(school.resources.P),
    ...resources(school.resources.J),
    school.position?.x ?? null,
    school.position?.y ?? null,
  ]
}

function schoolTotals(schools: SchoolRecord[]): Cell[] {
  const totals: Cell[] = SCHOOL_HEADINGS.map(() => null)
  const sum = (of: (school: SchoolRecord) => number | null) =>
    schools.reduce((total, school) => total + (of(school) ?? 0), 0)
  totals[0] = '合计'
  totals[13] = sum((s) => s.pupils.P)
  totals[14] = sum((s) => s.pupils.J)
  for (let grade = 0; grade < 9; grade++) totals[15 + grade] = sum((s) => s.classes[grade]!)
  totals[24] = sum((s) => s.establishment)
  totals[25] = sum((s) => s.seats)
  totals[27] = sum((s) => s.addedSeats)
  return totals
}

/** 交流与暂缓登记: postings, leaves and births, discipline: three sheets keyed by the citizen number. */
export async function writeRegistersWorkbook(records: NamedRecords): Promise<Uint8Array> {
  const workbook = newWorkbook()
  addListSheet(
    workbook,
    '交流轮岗记录',
    ['教师交流轮岗记录（截至2026年11月20日）【演示数据】'],
    [
      '序号',
      '姓名',
      '身份证号',
      '人事关系学校',
      '交流轮岗类型代码',
      '交流轮岗类型',
      '是否调动人事关系',
      '原单位名称',
      '交流轮岗单位名称',
      '开始年月',
      '结束年月',
      '备注',
    ],
    records.rotations.map((r, i) => [
      i + 1,
      r.name,
      r.idNumber,
      r.relationSchool,
      r.form,
      ROTATION_FORMS[r.form],
      yesNo(r.movesRelation),
      r.fromSchool,
      r.toSchool,
      r.start,
      r.end,
      r.note,
    ]),
    [15, 15, 20],
  )
  addListSheet(
    workbook,
    '请休假与生育',
    ['请休假、借调与生育登记（截至2026年11月20日）【演示数据，敏感信息】'],
    ['序号', '姓名', '身份证号', '学校', '事项', '开始日期', '结束日期', '子女出生日期'],
    records.leaves.map((l, i) => [
      i + 1,
      l.name,
      l.idNumber,
      l.school,
      LEAVE_KINDS[l.kind],
      l.start,
      l.end,
      l.childBirth,
    ]),
    [15, 15, 20],
  )
  addListSheet(
    workbook,
    '处分与调查',
    ['处分与调查登记（截至2026年11月20日）【演示数据，敏感信息】'],
    ['序号', '姓名', '身份证号', '学校', '事项', '开始日期', '结束日期'],
    records.disciplines.map((d, i) => [i + 1, d.name, d.idNumber, d.school, DISCIPLINE_KINDS[d.kind], d.start, d.end]),
    [15, 15, 20],
  )
  return bytesOf(workbook)
}
