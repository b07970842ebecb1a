/** Education, certificates and the like: plausible for age, category and subject. */

import type { StaffRecord } from '../../lib/rules/register/records.ts'
import {
  CERTIFICATE_KINDS,
  type CertificateKind,
  type EducationLevel,
  type Subject,
} from '../../lib/rules/register/vocabulary.ts'
import { yearOf } from '../../lib/rules/values/dates.ts'
import type { Person } from './people.ts'
import type { Random } from './random.ts'

type Weights<T> = readonly (readonly [T, number])[]

const UNIVERSITIES =
  '内蒙古师范大学 内蒙古大学 陕西师范大学 东北师范大学 山西师范大学 西北师范大学 榆林学院 延安大学 呼伦贝尔学院 赤峰学院 河套学院 集宁师范学院 包头师范学院 内蒙古民族大学 忻州师范学院 鄂尔多斯应用技术学院'.split(
    ' ',
  )
const GRADUATE = '内蒙古师范大学 陕西师范大学 东北师范大学 西北师范大学 西南大学 内蒙古大学 北京师范大学'.split(' ')
const COLLEGES = '集宁师专 包头教育学院 内蒙古电大 鄂尔多斯教育学院 呼和浩特职业学院'.split(' ')
const NORMALS = '乌兰察布 巴彦淖尔 包头 伊克昭盟'.split(' ').map((place) => `${place}师范学校`)

const MAJORS: Record<string, string> = {
  CHN: '汉语言文学',
  MATH: '数学与应用数学',
  ENG: '英语',
  MORAL: '思想政治教育',
  SCI: '科学教育',
  HIST: '历史学',
  GEO: '地理科学',
  BIO: '生物科学',
  PHY: '物理学',
  CHEM: '化学',
  PE: '体育教育',
  MUS: '音乐学',
  ART: '美术学',
  IT: '教育技术学',
  PSY: '应用心理学',
  LAB: '小学教育',
}
/** Subjects as certificates print them: the names of the time. */
const ON_CERTIFICATE: Record<string, string> = {
  CHN: '语文',
  MATH: '数学',
  ENG: '英语',
  MORAL: '思想品德',
  SCI: '科学',
  HIST: '历史',
  GEO: '地理',
  BIO: '生物',
  PHY: '物理',
  CHEM: '化学',
  PE: '体育',
  MUS: '音乐',
  ART: '美术',
  IT: '信息技术',
  PSY: '心理健康',
  LAB: '综合实践活动',
}

/** Rosters say it outright. */
const NO_DEGREE = '无'

export type Education = Pick<
  StaffRecord,
  'firstEducation' | 'firstEducationAt' | 'highestEducation' | 'highestEducationAt' | 'degree'
> & { firstEducation: EducationLevel }

export function inventEducation(random: Random, person: Person): Education {
  if (person.category === 'worker') return workerEducation(random)
  const first = firstLevel(random, yearOf(person.birth), person)
  const highest = highestLevel(random, first, person)
  const major = MAJORS[person.subject ?? ''] ?? random.pick(['汉语言文学', '教育学', '行政管理', '数学与应用数学'])
  const firstAt = placeOf(random, first, major)
  return {
    firstEducation: first,
    firstEducationAt: firstAt,
    highestEducation: highest,
    highestEducationAt: highest === first ? firstAt : placeOf(random, highest, major),
    degree:
      highest === 'master'
        ? '硕士'
        : highest === 'bachelor' && random.chance(first === 'bachelor' ? 0.9 : 0.35)
          ? '学士'
          : NO_DEGREE,
  }
}

function workerEducation(random: Random): Education {
  const level = random.weighted<EducationLevel>([
    ['junior', 32],
    ['high', 31],
    ['secondary', 21],
    ['college', 16],
  ])
  const at = level === 'college' ? placeOf(random, level, '行政管理') : null
  return {
    firstEducation: level,
    firstEducationAt: at,
    highestEducation: level,
    highestEducationAt: at,
    degree: NO_DEGREE,
  }
}

function firstLevel(random: Random, born: number, person: Person): EducationLevel {
  if (person.band === 20) return 'bachelor'
  const weights: Weights<EducationLevel> =
    born < 1976
      ? [
          ['normal', 50],
          ['college', 28],
          ['bachelor', 22],
        ]
      : born < 1985
        ? [
            ['normal', 14],
            ['college', 44],
            ['bachelor', 42],
          ]
        : born < 1993
          ? [
              ['college', 24],
              ['bachelor', 76],
            ]
          : [
              ['college', 4],
              ['bachelor', 96],
            ]
  return random.weighted(weights)
}

/** Nearly every teacher reached a degree later; junior school asks for 本科, primary for 大专 (domain.md §4.1 no. 1). */
function highestLevel(random: Random, first: EducationLevel, person: Person): EducationLevel {
  const master = person.unit === 'R' ? 0.32 : yearOf(person.birth) >= 1980 ? 0.11 : 0.03
  if (first === 'bachelor') return random.chance(master) ? 'master' : 'bachelor'
  if (first === 'college') return random.chance(0.9) ? 'bachelor' : 'college'
  return random.weighted<EducationLevel>([
    ['bachelor', 92],
    ['college', 7],
    ['normal', 1],
  ])
}

function placeOf(random: Random, level: EducationLevel, major: string): string {
  if (level === 'master') return random.pick(GRADUATE) + major
  if (level === 'normal') return `${random.pick(NORMALS)}普师专业`
  return random.pick(level === 'college' ? COLLEGES : UNIVERSITIES) + major
}

export type Certificate = Pick<StaffRecord, 'certificateKind' | 'certificateSubject' | 'certificateNo' | 'putonghua'>

const CERTIFICATES_OF: Record<string, Weights<CertificateKind>> = {
  P: [
    ['primary', 60],
    ['junior', 24],
    ['senior', 16],
  ],
  J: [
    ['junior', 55],
    ['senior', 45],
  ],
  R: [
    ['junior', 40],
    ['senior', 60],
  ],
}
/** Digit of the kind in a certificate number (domain.md §7.2). */
const KIND_DIGIT = Object.keys(CERTIFICATE_KINDS)

export function inventCertificate(random: Random, person: Person, workYear: number, serial: number): Certificate {
  const without = person.category === 'worker' || (person.category === 'support' && random.chance(0.5))
  if (without) return { certificateKind: null, certificateSubject: null, certificateNo: null, putonghua: null }
  const kind = random.weighted(CERTIFICATES_OF[person.unit ?? 'P']!)
  const subject: Subject = person.subject ?? random.pick(['CHN', 'MATH'])
  const digit = KIND_DIGIT.indexOf(kind) + 1
  const year = Math.max(1996, workYear - random.int(0, 1))
  return {
    certificateKind: kind,
    certificateSubject: ON_CERTIFICATE[subject]!,
    certificateNo:
      `${year}15069${digit}${person.sex === 'M' ? 1 : 2}`.padEnd(11, '0') + String(serial).padStart(6, '0'),
    putonghua: random.weighted(
      subject === 'CHN'
        ? [
            ['一级乙等', 30],
            ['二级甲等', 70],
          ]
        : [
            ['一级乙等', 6],
            ['二级甲等', 54],
            ['二级乙等', 40],
          ],
    ),
  }
}
