/**
 * Reading a long roster: node --import tsx bench/import-memory.ts [path] [school list]
 * Without a path a roster of 62,300 rows × 44 columns is written to a temporary file first. Prints the time and the
 * peak memory of the child that reads and of this process with all records in it.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseOnly } from '../lib/platform/workbook/parse-only.ts'
import { readWorkbookInChild } from '../lib/platform/workbook/read-in-child.ts'
import { writeXlsx } from '../lib/platform/workbook/xlsx-write.ts'
import { parseRoster } from '../lib/register/imports/roster.ts'
import { ROSTER_FIELDS } from '../lib/register/imports/roster-columns.ts'
import { idCheckCharacter } from '../lib/rules/register/id-number.ts'
import { day } from '../lib/rules/values/dates.ts'

const ROWS = 62_300
const SCHOOL = '第一小学'
const VALUES: Record<string, string | number> = {
  school: SCHOOL,
  age: 40,
  ethnic: '汉',
  nativePlace: '内蒙古东胜',
  political: '党员',
  joinedParty: '2006.07',
  joinedWork: '2008年9月',
  joinedSchool: '201209',
  teachingYears: 18,
  firstEducation: '本科',
  firstEducationAt: '内蒙古师范大学汉语言文学',
  highestEducation: '本科',
  highestEducationAt: '内蒙古师范大学汉语言文学',
  degree: '学士',
  form: '事业编',
  category: '专任教师',
  postKind: '专业技术岗位',
  postGrade: '专业技术九级',
  postSince: '2018.12',
  title: '小学高级',
  titleObtained: '2017.12',
  titleAppointed: '2018.12',
  stage: '小学',
  subject: '体育',
  periods: 12,
  isClassTeacher: '否',
  certificateKind: '小学教师资格',
  certificateSubject: '体育',
  putonghua: '二级甲等',
  honours: '区级骨干教师；市级教学能手',
  honourDates: '2023.09；2024.10',
  assessments: '合格/合格/优秀',
  workSchool: SCHOOL,
  status: '在岗',
}

async function writeRoster(path: string): Promise<void> {
  const fields = ROSTER_FIELDS.filter(({ field }) => field !== 'inEstablishment')
  const rows = Array.from({ length: ROWS }, (_, i) => {
    const first = `150699${1975 + (i % 20)}${String(1 + (i % 12)).padStart(2, '0')}${String(1 + (Math.floor(i / 12) % 28)).padStart(2, '0')}${String(i % 1000).padStart(3, '0')}`
    const own: Record<string, string | number> = {
      ...VALUES,
      seq: i + 1,
      staffNo: `D${String(i).padStart(7, '0')}`,
      name: `教师${i}`,
      sex: Number(first[16]) % 2 ? '男' : '女',
      idNumber: first + idCheckCharacter(first),
      birth: `${first.slice(6, 10)}.${first.slice(10, 12)}`,
      certificateNo: `2008150692${String(i).padStart(7, '0')}`,
      phone: `143${String(i).padStart(8, '0')}`,
      note: `备注${i}`,
    }
    return fields.map(({ field }) => (own[field] === undefined ? null : { value: own[field] }))
  })
  const header = fields.map(({ titles }) => ({ value: titles[0]! }))
  await writeFile(path, await writeXlsx([{ name: '花名册', columns: [], rows: [header, ...rows] }]))
}

const [given] = process.argv.slice(2)
const folder = await mkdtemp(join(tmpdir(), 'junheng-bench-'))
try {
  const path = given ?? join(folder, 'roster.xlsx')
  // Written by a process of its own, so that this one's peak is that of reading
  if (process.env.BENCH_WRITE) await writeRoster(process.env.BENCH_WRITE)
  else {
    if (!given) {
      const { spawnSync } = await import('node:child_process')
      const wrote = spawnSync(process.execPath, ['--import', 'tsx', process.argv[1]!], {
        env: { ...process.env, BENCH_WRITE: path },
        stdio: 'inherit',
      })
      if (wrote.status !== 0) throw new Error('could not write the roster')
    }
    const started = performance.now()
    let childMb = 0
    const opened = await readWorkbookInChild(path, path, {}, (memory) => {
      childMb = memory.childMb
    })
    if (!opened.ok) throw new Error(opened.refusals[0]!.code)
    const read = performance.now()
    const parsed = parseRoster(opened.value, {
      schools: [{ name: SCHOOL, shortName: null, aliases: [], branchOf: null }],
      statisticsDate: day('2026-09-01'),
    })
    const done = performance.now()
    const own =
      Number(/VmHWM:\s+(\d+)/.exec(await readFile('/proc/self/status', 'utf8').catch(() => ''))?.[1] ?? 0) / 1024
    await parseOnly(path)
    const only = performance.now() - done
    console.table({
      rows: parsed.rows.length + parsed.refusedRows.length,
      findings: parsed.findings.length,
      'read in child, s': Number(((read - started) / 1000).toFixed(2)),
      'records and findings, s': Number(((done - read) / 1000).toFixed(2)),
      'parse only, s': Number((only / 1000).toFixed(2)),
      ratio: Number(((done - started) / only).toFixed(2)),
      'child peak, MB': childMb,
      'this process peak, MB': Math.round(own),
    })
  }
} finally {
  await rm(folder, { recursive: true })
}
