/** A roster as long as a large city's, for measuring. */
import { writeFile } from 'node:fs/promises'
import { writeXlsx } from '@/lib/platform/workbook/xlsx-write.ts'
import { ROSTER_FIELDS } from '@/lib/register/imports/roster-columns.ts'
import { idCheckCharacter } from '@/lib/rules/register/id-number.ts'

const VALUES: Record<string, string | number> = {
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
  status: '在岗',
}

/** Writes a roster of many rows as one clerk would: old terms, dates and titles that need mending. */
export async function writeLongRoster(path: string, count: number, school: string): Promise<void> {
  const fields = ROSTER_FIELDS.filter(({ field }) => field !== 'inEstablishment')
  const rows = Array.from({ length: count }, (_, i) => {
    const first = `150699${1975 + (i % 20)}${String(1 + (i % 12)).padStart(2, '0')}${String(1 + (Math.floor(i / 12) % 28)).padStart(2, '0')}${String(Math.floor(i / 60) % 1000).padStart(3, '0')}`
    const own: Record<string, string | number> = {
      ...VALUES,
      school,
      workSchool: school,
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
