import { z } from 'zod'
import { ratio } from '../../values/ratio.ts'
import { OTHER_FORMS, type OtherForm } from '../forms.ts'

/** An exact share of whole numbers, at most the whole. */
export const shareSchema = z
  .strictObject({ num: z.int().min(0), den: z.int().min(1) })
  .refine((share) => share.num <= share.den, { error: 'rotation.policy.problem.shareAboveOne' })

export const monthsSchema = z.int().min(0).max(600)
export const formCodeSchema = z.literal([1, 2, 3, 4, 5, 6, 7, 8, 9])

/** R-QUOTA-1: what is asked of the district, and how it is counted. */
export const quotaPolicySchema = z.strictObject({
  scope: z.enum(['county', 'urban_quality']),
  rateTotal: shareSchema,
  backboneReading: z.enum(['A', 'B', 'C']),
  rateBackbone: shareSchema,
  countedForms: z.array(formCodeSchema).min(1),
  countedOtherForms: z.array(z.enum(Object.keys(OTHER_FORMS) as [OtherForm, ...OtherForm[]])),
  itinerantMinPeriods: z.int().min(1).max(40),
  /** Whole semesters a posting must serve in the year to count, unless it was ordered in time. */
  minSemesters: z.int().min(0).max(2),
  /** 'MM-DD': ordered by this day counts without the semester. */
  orderedBy: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/),
  countContinuing: z.boolean(),
  includePrincipals: z.boolean(),
  /** Whether moved volunteers enter the denominator (R-ELIG-13). */
  addVolunteersToBase: z.boolean(),
  /** Smallest E for which a school gets a target of its own; smaller ones are pooled by 学区 (R-QUOTA-3). */
  minSchoolBase: z.int().min(1).max(100),
  /** Whether the quota stops the last batch or only warns. */
  gate: z.enum(['hard', 'warn']),
})

export type QuotaPolicy = z.infer<typeof quotaPolicySchema>

/** 教师〔2014〕4号 and 教督〔2017〕6号: 10 % of the eligible, of them 20 % backbone (reading A). */
export const defaultQuotaPolicy: QuotaPolicy = {
  scope: 'county',
  rateTotal: ratio(10, 100),
  backboneReading: 'A',
  rateBackbone: ratio(20, 100),
  countedForms: [1, 2, 3, 4, 5, 6, 7, 9],
  countedOtherForms: ['support', 'substitution', 'pairing', 'guiding'],
  itinerantMinPeriods: 6,
  minSemesters: 1,
  orderedBy: '09-30',
  countContinuing: true,
  includePrincipals: false,
  addVolunteersToBase: true,
  minSchoolBase: 5,
  gate: 'hard',
}
