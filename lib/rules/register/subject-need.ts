import { type Ratio, ratio } from '../values/ratio.ts'
import { tenthsOf } from './establishment.ts'
import type { PeriodPlan, SubjectPlan } from './period-plan.ts'
import type { Subject } from './vocabulary.ts'

/** Stages with a plan; a nine-year school has two units. */
export type UnitStage = 'P' | 'J'

export interface SubjectUnit {
  schoolId: string
  stage: UnitStage
  /** Classes of grades 1–9; only those of the stage are read. */
  classes: readonly number[]
  /** Teachers by main subject; tenths, so that half a teacher is 5. */
  haveTenths: Partial<Record<Subject, number>>
}

export interface SubjectNeed {
  schoolId: string
  stage: UnitStage
  subject: Subject
  have: Ratio
  /** Null where the subject has no load: taught part-time. */
  need: Ratio | null
  gap: Ratio | null
}

const GRADES: Record<UnitStage, readonly number[]> = { P: [0, 1, 2, 3, 4, 5], J: [6, 7, 8] }

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))
const reduced = (num: number, den: number): Ratio => {
  const divisor = gcd(Math.abs(num), den) || 1
  return ratio(num / divisor, den / divisor)
}
const plus = (a: Ratio, b: Ratio): Ratio => reduced(a.num * b.den + b.num * a.den, a.den * b.den)
const minus = (a: Ratio, b: Ratio): Ratio => plus(a, ratio(-b.num, b.den))

/** Teachers a unit needs for a subject, exact (R-SUB-1): Σ classes · periods ÷ load, plus the number per unit; null without a load. */
export function subjectNeed(plan: SubjectPlan, stage: UnitStage, classes: readonly number[]): Ratio | null {
  const load = plan.load[stage]
  if (load === null) return plan.perUnit[stage] > 0 ? reduced(Math.round(plan.perUnit[stage] * 10), 10) : null
  const periodTenths = GRADES[stage].reduce(
    (sum, grade) => sum + (classes[grade] ?? 0) * Math.round((plan.periods[grade] ?? 0) * 10),
    0,
  )
  return plus(reduced(periodTenths, Math.round(load * 10)), reduced(Math.round(plan.perUnit[stage] * 10), 10))
}

/** Need, have and gap of every unit and subject that is taught or staffed there (R-SUB-1). */
export function subjectNeeds(units: readonly SubjectUnit[], plan: PeriodPlan): SubjectNeed[] {
  return units.flatMap((unit) =>
    plan.subjects.flatMap((row): SubjectNeed[] => {
      const need = subjectNeed(row, unit.stage, unit.classes)
      const have = reduced(unit.haveTenths[row.subject] ?? 0, 10)
      if (have.num === 0 && (need === null || need.num === 0)) return []
      const gap = need === null ? null : minus(have, need)
      return [{ schoolId: unit.schoolId, stage: unit.stage, subject: row.subject, have, need, gap }]
    }),
  )
}

export interface DistrictSubjectNeed {
  stage: UnitStage
  subject: Subject
  have: Ratio
  need: Ratio | null
  /** Net: Σ gaps; may hide shortages. */
  gap: Ratio | null
  /** Σ max(0, −gap) over units (R-SUB-1). */
  grossShortage: Ratio | null
}

/** The district's net gap and gross shortage by stage and subject (R-SUB-1). */
export function districtNeeds(needs: readonly SubjectNeed[]): DistrictSubjectNeed[] {
  const rows = new Map<string, DistrictSubjectNeed>()
  for (const { stage, subject, have, need, gap } of needs) {
    const key = `${stage} ${subject}`
    const row = rows.get(key) ?? {
      stage,
      subject,
      have: ratio(0, 1),
      need: need && ratio(0, 1),
      gap: need && ratio(0, 1),
      grossShortage: need && ratio(0, 1),
    }
    row.have = plus(row.have, have)
    if (need !== null && gap !== null) {
      row.need = plus(row.need ?? ratio(0, 1), need)
      row.gap = plus(row.gap ?? ratio(0, 1), gap)
      row.grossShortage = plus(row.grossShortage ?? ratio(0, 1), gap.num < 0 ? ratio(-gap.num, gap.den) : ratio(0, 1))
    }
    rows.set(key, row)
  }
  return [...rows.values()]
}

/** Shown to one decimal (R-SUB-1). */
export const needTenths = (value: Ratio): number => tenthsOf(value)

/** Heads to recruit: the need rounded up (R-SUB-1). */
export const needHeads = (need: Ratio): number => Math.ceil(need.num / need.den)
