import { z } from 'zod'
import { SUBJECTS, type Subject } from './vocabulary.ts'

const tenth = (most: number) =>
  z
    .number()
    .min(0)
    .max(most)
    .refine((value) => Math.abs(value * 10 - Math.round(value * 10)) < 1e-9, {
      error: 'rotation.policy.problem.tenths',
    })

const subjectPlanSchema = z.strictObject({
  subject: z.enum(Object.keys(SUBJECTS) as [Subject, ...Subject[]]),
  /** Weekly periods of grades 1–9. */
  periods: z.array(tenth(40)).length(9),
  /** Weekly load of a full-time teacher by stage; null = taught part-time, no need computed. */
  load: z.strictObject({ P: tenth(40).nullable(), J: tenth(40).nullable() }),
  /** Teachers a unit needs whatever its classes (心理健康). */
  perUnit: z.strictObject({ P: tenth(20), J: tenth(20) }),
})

export const periodPlanSchema = z.strictObject({ subjects: z.array(subjectPlanSchema).min(1) })
export type SubjectPlan = z.infer<typeof subjectPlanSchema>
export type PeriodPlan = z.infer<typeof periodPlanSchema>

const NONE = { P: 0, J: 0 }
const plan = (
  subject: Subject,
  periods: number[],
  P: number | null,
  J: number | null,
  perUnit: { P: number; J: number } = NONE,
): SubjectPlan => ({ subject, periods, load: { P, J }, perUnit })

/** Default plan of domain.md §3.3 inside the national frame; the regional plan replaces it. Load is its most sensitive setting. */
export const DEFAULT_PERIOD_PLAN: PeriodPlan = {
  subjects: [
    plan('CHN', [8, 8, 7, 7, 6, 6, 5, 5, 5], 7, 10),
    plan('MATH', [4, 4, 4, 4, 5, 5, 5, 5, 5], 8, 10),
    plan('ENG', [0, 0, 2, 2, 3, 3, 4, 4, 4], 12, 8),
    plan('MORAL', [2, 2, 2, 2, 2, 2, 2, 2, 2], 12, 8),
    plan('HIST', [0, 0, 0, 0, 0, 0, 2, 2, 2], null, 8),
    plan('GEO', [0, 0, 0, 0, 0, 0, 2, 2, 0], null, 8),
    plan('SCI', [1, 1, 2, 2, 3, 3, 0, 0, 0], 12, null),
    plan('BIO', [0, 0, 0, 0, 0, 0, 2, 2, 0], null, 8),
    plan('PHY', [0, 0, 0, 0, 0, 0, 0, 2, 3], null, 9),
    plan('CHEM', [0, 0, 0, 0, 0, 0, 0, 0, 3], null, 8),
    plan('IT', [0, 0, 1, 1, 1, 1, 1, 1, 0], 12, 10),
    plan('PE', [4, 4, 3, 3, 3, 3, 3, 3, 3], 11, 10),
    plan('MUS', [2, 2, 2, 2, 1.5, 1.5, 1, 1, 1], 12, 10),
    plan('ART', [2, 2, 2, 2, 1.5, 1.5, 1, 1, 1], 12, 10),
    plan('LAB', [3, 3, 5, 5, 4, 4, 6, 4, 5], null, null),
    plan('PSY', [0, 0, 0, 0, 0, 0, 0, 0, 0], null, null, { P: 1, J: 1 }),
  ],
}

/** Another published load list: 语数 14, other primary 18; 语数英 12, sciences and humanities 14, the rest 16 ([S31]). */
export function withPublishedLoads(base: PeriodPlan): PeriodPlan {
  const primary = (subject: Subject) => (subject === 'CHN' || subject === 'MATH' ? 14 : 18)
  const junior = (subject: Subject) =>
    ['CHN', 'MATH', 'ENG'].includes(subject) ? 12 : ['MUS', 'ART', 'IT'].includes(subject) ? 16 : 14
  return {
    subjects: base.subjects.map((row) => ({
      ...row,
      load: {
        P: row.load.P === null ? null : primary(row.subject),
        J: row.load.J === null ? null : junior(row.subject),
      },
    })),
  }
}
