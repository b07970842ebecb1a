import { z } from 'zod'
import { scanSchema } from '@/lib/platform/scans.ts'
import { STAGES, type Stage, SUBJECTS, type Subject } from '@/lib/rules/register/vocabulary.ts'
import { CASE_STATES } from '@/lib/rules/rotation/case-states.ts'
import { OTHER_FORMS, type OtherForm } from '@/lib/rules/rotation/forms.ts'
import { formCodeSchema } from '@/lib/rules/rotation/policy/quota.ts'
import { type LocalDate, parseDay } from '@/lib/rules/values/dates.ts'
import {
  type CaseId,
  type FileId,
  idSchema,
  type RoundId,
  type SchoolId,
  type TeacherId,
} from '@/lib/rules/values/ids.ts'

const empty = (value: unknown) => (value === '' ? undefined : value)
/** A calendar day from a form; an empty field is absent. */
export const daySchema = z
  .string()
  .refine((text) => parseDay(text) !== null, { error: 'platform.refusal.invalid' })
  .transform((text) => text as LocalDate)
export const optionalDay = z.preprocess(empty, daySchema.optional())
const optionalId = <T extends string>() => z.preprocess(empty, idSchema<T>().optional())
const reason = z.string().trim().max(1000).default('')
const stage = z.enum(Object.keys(STAGES) as [Stage, ...Stage[]])
const subject = z.enum(Object.keys(SUBJECTS) as [Subject, ...Subject[]])
const form = z.coerce.number().pipe(formCodeSchema)
const version = z.coerce.number().int()
const caseId = idSchema<CaseId>()

/** What every step on one case says: which, as read when, and why. Rows of a bulk act have no version: each is read in its turn. */
export const stepInput = z.strictObject({ caseId, version: z.preprocess(empty, version.optional()), reason })
export const returnInput = stepInput.extend({ to: z.preprocess(empty, z.enum(CASE_STATES).optional()) })
export const acceptShortageInput = stepInput
export const assignInput = stepInput.extend({
  toSchoolId: idSchema<SchoolId>(),
  stage: z.preprocess(empty, stage.optional()),
  subject: z.preprocess(empty, subject.optional()),
})
export const ruleInput = stepInput.extend({
  verdict: z.enum(['approve', 'refuse']),
  meeting: z.string().trim().max(200).default(''),
  meetingDate: optionalDay,
  minutesNo: z.string().trim().max(100).default(''),
})

/** Where to, in which form, how long; what is left open takes the round's and the policy's default. */
const moveFields = {
  form: form.default(1),
  otherForm: z.preprocess(empty, z.enum(Object.keys(OTHER_FORMS) as [OtherForm, ...OtherForm[]]).optional()),
  periodsPerWeek: z.preprocess(empty, z.coerce.number().int().min(1).max(40).optional()),
  toSchoolId: optionalId<SchoolId>(),
  stage: z.preprocess(empty, stage.optional()),
  subject: z.preprocess(empty, subject.optional()),
  startsOn: optionalDay,
  endsOn: optionalDay,
}
export const createInput = z.strictObject({
  roundId: idSchema<RoundId>(),
  teacherId: idSchema<TeacherId>(),
  ...moveFields,
  reason,
  isVoluntary: z.boolean().default(false),
  /** Create and submit in one act. */
  submit: z.boolean().default(false),
})
export const nominateInput = createInput.omit({ isVoluntary: true })
export const editInput = z.strictObject({ caseId, version, ...moveFields, reason })
export const addFromRollInput = z.strictObject({
  roundId: idSchema<RoundId>(),
  teacherIds: z.array(idSchema<TeacherId>()).min(1).max(5000),
  form: form.default(1),
  reason,
})
/** The teacher's own application; saved as a draft, submitted with `submit`. Wishes in order, at most three. */
export const applyInput = z.strictObject({
  roundId: idSchema<RoundId>(),
  version: z.preprocess(empty, z.coerce.number().int().optional()),
  wishes: z.array(idSchema<SchoolId>()).max(3, { error: 'case.refusal.threeWishes' }).default([]),
  acceptsAllocation: z.boolean().default(false),
  form: form.default(1),
  reason,
  submit: z.boolean().default(false),
})
export const acknowledgeInput = z.strictObject({
  caseId,
  version,
  /** 本人同意, beyond 知悉. */
  consents: z.boolean().default(false),
})
export const acknowledgeOnPaperInput = z.strictObject({
  caseId,
  version,
  paperDate: daySchema,
  paperFileId: optionalId<FileId>(),
  scan: scanSchema.optional(),
  consents: z.boolean().default(false),
})
export const paperInput = z.strictObject({
  caseId,
  version,
  side: z.enum(['origin', 'destination']),
  action: z.enum(['approve', 'return', 'refuse']),
  paperDate: daySchema,
  paperFileId: optionalId<FileId>(),
  scan: scanSchema.optional(),
  paperDecider: z.string().trim().min(1).max(60),
  reason,
})
export const confirmPaperInput = z.strictObject({ decisionId: idSchema<string>() })

export const meetingFields = {
  meeting: z.string().trim().min(1).max(200),
  meetingDate: daySchema,
  minutesNo: z.string().trim().min(1).max(100),
}
/** 分批审定: one act over a batch; `isLast` binds the hard quota. */
export const decideInput = z.strictObject({
  roundId: idSchema<RoundId>(),
  caseIds: z.array(caseId).min(1).max(5000),
  isLast: z.boolean().default(false),
  ...meetingFields,
  reason,
})
export const overruleInput = decideInput.extend({
  isLast: z.boolean().default(true),
  overruleReason: z.string().trim().min(1).max(1000),
})

export const BULK_ACTIONS = ['submit', 'approve', 'return', 'check', 'reject', 'withdraw', 'acceptShortage'] as const
export type BulkAction = (typeof BULK_ACTIONS)[number]
export const bulkInput = z.strictObject({
  action: z.enum(BULK_ACTIONS),
  caseIds: z.array(caseId).min(1).max(5000),
  to: z.preprocess(empty, z.enum(CASE_STATES).optional()),
  reason,
})
export const remindInput = z.strictObject({ caseIds: z.array(caseId).min(1).max(5000) })
