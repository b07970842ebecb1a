import { z } from 'zod'
import { HONOUR_KINDS, type HonourKind } from '../../register/vocabulary.ts'
import { DEFAULT_BACKBONE_KINDS, DEFAULT_HONOUR_VALIDITY } from '../../standing/backbone.ts'
import { monthsSchema } from './quota.ts'

const HONOURS = Object.keys(HONOUR_KINDS) as [HonourKind, ...HonourKind[]]
const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)

/** Every Default of domain.md §2.3. A rule that is off finds nothing. */
export const eligibilityPolicySchema = z.strictObject({
  /** Stages in scope (R-ELIG-1); senior and kindergarten optional. */
  stages: z.array(z.enum(['P', 'J', 'S', 'K'])).min(1),
  /** Secondment, long support, full-time study are out of scope while they last (R-ELIG-2). */
  secondedOutOfScope: z.boolean(),
  /** R-ELIG-3. */
  tenureMonths: monthsSchema,
  /** A shorter tenure for those whose last assessment is 优秀, e.g. 36; null = none (seen [S15]). */
  tenureMonthsIfExcellent: monthsSchema.nullable(),
  joinGraceUntil: monthDay.nullable(),
  branchKeepsTenure: z.boolean(),
  deductGaps: z.boolean(),
  /** R-ELIG-4: only people younger than this are eligible; null = off. */
  ageBelow: z.strictObject({ M: z.int().min(18).max(70), F: z.int().min(18).max(70) }).nullable(),
  /** R-ELIG-5: exempt when retirement comes in less than so many months; 0 = off. */
  retirementMonths: monthsSchema,
  /** R-RET-3: which senior title makes F60. */
  seniorTitleBy: z.enum(['appointed', 'held']),
  pregnancyDefers: z.boolean(),
  nursingDefers: z.boolean(),
  /** Months of age up to which the child defers the mother (哺乳未满1周岁). */
  nursingMonths: monthsSchema,
  illnessDefers: z.boolean(),
  sickLeaveDefers: z.boolean(),
  /** R-ELIG-7: length of sick leave from which it counts. */
  sickLeaveMonths: monthsSchema,
  disabilityDefers: z.boolean(),
  /** R-ELIG-7: grades 1 to this one. */
  disabilityGradeUpTo: z.int().min(1).max(4),
  disciplineDefers: z.boolean(),
  failedAssessmentDefers: z.boolean(),
  /** Years running of 合格 or better that are asked for; 0 = off (seen 3 [S15]). */
  passedAssessments: z.int().min(0).max(5),
  /** R-ELIG-9. */
  bondNotYet: z.boolean(),
  /** R-ELIG-10. */
  businessDeferral: z.boolean(),
  /** R-ELIG-11: whether a completed posting restarts the clock. */
  postingRestartsClock: z.boolean(),
  /** R-ELIG-11: N; null = as R-ELIG-3. */
  postingRestMonths: monthsSchema.nullable(),
  /** R-ELIG-12. */
  hardshipDeferral: z.boolean(),
  /** R-ELIG-13. */
  volunteersAllowed: z.boolean(),
  backboneKinds: z.array(z.enum(HONOURS)),
  honourValidityMonths: z.strictObject(
    Object.fromEntries(HONOURS.map((kind) => [kind, monthsSchema.nullable()])) as Record<
      HonourKind,
      z.ZodNullable<typeof monthsSchema>
    >,
  ),
})

export type EligibilityPolicy = z.infer<typeof eligibilityPolicySchema>

export const defaultEligibilityPolicy: EligibilityPolicy = {
  stages: ['P', 'J'],
  secondedOutOfScope: true,
  tenureMonths: 72,
  tenureMonthsIfExcellent: null,
  joinGraceUntil: null,
  branchKeepsTenure: false,
  deductGaps: false,
  ageBelow: null,
  retirementMonths: 60,
  seniorTitleBy: 'appointed',
  pregnancyDefers: true,
  nursingDefers: true,
  nursingMonths: 12,
  illnessDefers: true,
  sickLeaveDefers: true,
  sickLeaveMonths: 6,
  disabilityDefers: true,
  disabilityGradeUpTo: 2,
  disciplineDefers: true,
  failedAssessmentDefers: true,
  passedAssessments: 0,
  bondNotYet: true,
  businessDeferral: true,
  postingRestartsClock: true,
  postingRestMonths: null,
  hardshipDeferral: true,
  volunteersAllowed: true,
  backboneKinds: DEFAULT_BACKBONE_KINDS,
  honourValidityMonths: DEFAULT_HONOUR_VALIDITY,
}
