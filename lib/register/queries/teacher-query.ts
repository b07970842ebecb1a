import { z } from 'zod'
import {
  CATEGORIES,
  EDUCATION_LEVELS,
  EMPLOYMENT_FORMS,
  SEXES,
  STAGES,
  STATUSES,
  SUBJECTS,
  TITLES,
} from '@/lib/rules/register/vocabulary.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { parseDay } from '@/lib/rules/values/dates.ts'
import { isUuid, type SchoolId, type TeacherId } from '@/lib/rules/values/ids.ts'

const codes = <T extends string>(terms: Record<T, string>) =>
  z
    .enum(Object.keys(terms) as [T, ...T[]])
    .optional()
    .catch(undefined)
const text = z.string().trim().min(1).max(40).optional().catch(undefined)
const id = <T extends string>() =>
  z
    .string()
    .refine(isUuid)
    .transform((value) => value as T)
    .optional()
    .catch(undefined)
const years = z.coerce.number().int().min(1).max(60).optional().catch(undefined)

export const TEACHER_SORTS = ['school', 'name', 'staffNo', 'subject', 'tenure', 'joinedWork', 'birth'] as const
export type TeacherSort = (typeof TEACHER_SORTS)[number]
export const ROLL_STATES = ['eligible', 'deferred', 'exempt', 'not_yet', 'out_of_scope'] as const

/** What the teacher list is asked for; every field falls back, so that an old link never breaks. */
export const teacherFilter = {
  /** Name, pinyin, initials, staff number; for HR also the ID number or its last four. */
  who: text,
  school: id<SchoolId>(),
  /** Which school counts: of the personnel relation, or where the person teaches. */
  basis: z.enum(['relation', 'workplace']).catch('relation'),
  stage: codes(STAGES),
  subject: codes(SUBJECTS),
  title: codes(TITLES),
  backbone: z.enum(['yes', 'no']).optional().catch(undefined),
  category: codes(CATEGORIES),
  form: codes(EMPLOYMENT_FORMS),
  status: codes(STATUSES),
  sex: codes(SEXES),
  education: codes(EDUCATION_LEVELS),
  yearsFrom: years,
  yearsTo: years,
  roll: z.enum(ROLL_STATES).optional().catch(undefined),
  posted: z.enum(['out', 'in']).optional().catch(undefined),
  asOf: z
    .string()
    .transform((value) => parseDay(value) ?? undefined)
    .optional()
    .catch(undefined) as z.ZodType<LocalDate | undefined>,
}

export const teacherQuery = z.object({
  ...teacherFilter,
  sort: z.enum(TEACHER_SORTS).catch('school'),
  down: z.coerce.boolean().catch(false),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
  size: z.coerce
    .number()
    .int()
    .refine((n) => [20, 50, 100].includes(n))
    .catch(50),
  panel: id<TeacherId>(),
})
export type TeacherQuery = z.output<typeof teacherQuery>
export type TeacherFilter = Omit<TeacherQuery, 'sort' | 'down' | 'page' | 'size' | 'panel'>
