import type { RotationForm } from '../register/vocabulary.ts'

/** What kind of 其他 (form 9) a move is; 跟岗 never moves the relation and by default does not count (domain.md §1.5). */
export const OTHER_FORMS = {
  support: '支教',
  substitution: '顶岗',
  pairing: '结对互助',
  guiding: '指导性',
  shadowing: '跟岗',
} as const
export type OtherForm = keyof typeof OTHER_FORMS

export interface FormFacts {
  form: RotationForm
  /** Whether the personnel relation moves by default (人走关系走). */
  movesRelation: boolean
  /** Whether moves count in the quota by default; `setting` asks the policy, `sub_type` the kind of form 9. */
  counts: 'yes' | 'other_code' | 'setting' | 'sub_type'
  /** Usual length in months, [shortest, longest]; null = permanent. */
  usualMonths: readonly [number, number] | null
}

/** Forms of rotation by the national code (domain.md §2.5). `other_code`: only between two 学校标识码. */
export const FORMS: Record<RotationForm, FormFacts> = {
  1: { form: 1, movesRelation: false, counts: 'yes', usualMonths: [12, 36] },
  2: { form: 2, movesRelation: true, counts: 'yes', usualMonths: null },
  3: { form: 3, movesRelation: false, counts: 'yes', usualMonths: [12, 36] },
  4: { form: 4, movesRelation: false, counts: 'yes', usualMonths: [12, 36] },
  5: { form: 5, movesRelation: false, counts: 'yes', usualMonths: [12, 36] },
  6: { form: 6, movesRelation: false, counts: 'other_code', usualMonths: [12, 36] },
  7: { form: 7, movesRelation: false, counts: 'yes', usualMonths: [12, 36] },
  8: { form: 8, movesRelation: false, counts: 'setting', usualMonths: [12, 12] },
  9: { form: 9, movesRelation: false, counts: 'sub_type', usualMonths: [1, 24] },
}

export interface MoveForm {
  form: RotationForm
  other: OtherForm | null
  fromSchool: string
  toSchool: string
  periodsPerWeek: number | null
}

export interface FormSettings {
  countedForms: readonly RotationForm[]
  countedOtherForms: readonly OtherForm[]
  /** Least periods a week for 走教 to count. */
  itinerantMinPeriods: number
}

/** Whether a move's form counts in the numerator. A campus move inside one 学校标识码 is no rotation (R-TEN-2, R-QUOTA-1). */
export function formCounts(move: MoveForm, settings: FormSettings): boolean {
  if (move.fromSchool === move.toSchool) return false
  if (!settings.countedForms.includes(move.form)) return false
  if (move.form === 8) return move.periodsPerWeek !== null && move.periodsPerWeek >= settings.itinerantMinPeriods
  if (move.form === 9) return move.other !== null && settings.countedOtherForms.includes(move.other)
  return true
}
