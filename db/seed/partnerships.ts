/** Expert pools and paired classes of a demo district (domain.md §9.1 no. 15 and 18). */
import type { DistrictRecords, StaffRecord } from '../../lib/rules/register/records.ts'
import type { Subject } from '../../lib/rules/register/vocabulary.ts'
import type { Random } from './random.ts'

export const EXPERT_POOLS = ['curriculum', 'classroom', 'research', 'training', 'review'] as const
export type ExpertPool = (typeof EXPERT_POOLS)[number]

/** One of the 42 filed experts of city level or above; a person may be in several pools. */
export interface Expert {
  idNumber: string
  name: string
  school: string
  pools: ExpertPool[]
}

export interface ClassPairing {
  coreSchool: string
  branchSchool: string
  coreClass: string
  branchClass: string
  subject: Subject
}

/** Counted honours: the first entry of a backbone teacher is the valid one. */
export const isBackbone = (p: StaffRecord) =>
  p.honours.some((h) => h.level !== 'school' && h.kind !== 'young_star' && h.awarded! >= '2021-10')

/** Drawn from those with an honour of the city or the region, researchers first. */
export function fileExperts(random: Random, staff: StaffRecord[]): Expert[] {
  const open = staff.filter((p) => isBackbone(p) && p.honours.some((h) => h.level === 'city' || h.level === 'region'))
  return random
    .sample(open, 42, (p) => (p.stage === 'R' ? 4 : 1))
    .map((p, i) => {
      const first = EXPERT_POOLS[i % EXPERT_POOLS.length]!
      const more = random.sample(
        EXPERT_POOLS.filter((pool) => pool !== first),
        random.int(0, 2),
      )
      return { idNumber: p.idNumber, name: p.name, school: p.school, pools: [first, ...more] }
    })
}

/** 10 and 12 classes in all are 5 and 6 pairs (whether the published totals count pairs is not stated). */
export function pairClasses(random: Random, district: DistrictRecords): ClassPairing[] {
  const grades = ['一', '二', '三', '四', '五', '六']
  return district.schools
    .filter((s) => s.branchOf !== null)
    .flatMap((branch) =>
      Array.from({ length: branch.pairedClasses! / 2 }, (_, i): ClassPairing => {
        const grade = grades[i % 6]!
        return {
          coreSchool: branch.branchOf!,
          branchSchool: branch.name,
          coreClass: `${grade}年级${random.int(1, 7)}班`,
          branchClass: `${grade}年级${random.int(1, 3)}班`,
          subject: random.pick(['MUS', 'ART', 'ENG', 'SCI'] as const),
        }
      }),
    )
}
