import { z } from 'zod'
import { monthsSchema } from './quota.ts'

const workingDays = z.int().min(1).max(60)
const deadline = workingDays.nullable()

/** Steps, deadlines and limits of a round (domain.md §2.6, §2.7, §2.10). */
/** Most days of one delegation, whatever a policy says (SD-7). */
export const MOST_DELEGATION_DAYS = 30

export const processPolicySchema = z.strictObject({
  /** 公示 (R-PUB-2). */
  noticeWorkingDays: z.literal([5, 7]),
  noticeCountsPublicationDay: z.boolean(),
  /** Working days a step may take; null = no deadline. */
  deadlines: z.strictObject({
    origin: deadline,
    destination: deadline,
    check: deadline,
    decision: deadline,
    objection: deadline,
  }),
  /** What happens when a deadline passes: remind, hand to the bureau, or let it through as agreed. */
  onMissedDeadline: z.strictObject({
    origin: z.enum(['remind', 'bureau', 'agreed']),
    destination: z.enum(['remind', 'bureau', 'agreed']),
  }),
  /** Working days before a deadline on which its holder is reminded. */
  remindBefore: z.int().min(0).max(10),
  /** Calendar days from the effective date to report in (报到). */
  reportInDays: z.int().min(1).max(60),
  maxWishes: z.int().min(1).max(10),
  steps: z.strictObject({
    /** 学校推荐名单校内公示 before the origin's consent. */
    postedInSchool: z.boolean(),
    origin: z.boolean(),
    destination: z.boolean(),
    /** Whether a move inside one education group skips the destination's consent. */
    destinationInsideGroup: z.boolean(),
    check: z.boolean(),
    /** Second consent asked for backbone teachers and for cross-stage moves. */
    extraForBackbone: z.boolean(),
    extraForCrossStage: z.boolean(),
  }),
  /** A refusal of a school may be taken to the bureau for a ruling (局裁定). */
  refusalToBureau: z.boolean(),
  /** Postings run so many months unless the case says else (1–3 years seen). */
  termMonths: monthsSchema,
  /** Extensions in all, unless the posting becomes a transfer (domain.md §2.6 state 11). */
  maxExtensionMonths: monthsSchema,
  /** 'MM-DD': orders planned later than this break timetables (domain.md §2.7). */
  lateOrderAfter: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/),
  /** Fewer people than the law's three may share preparer and checker; the decider is always another person. */
  preparerMayCheck: z.boolean(),
  bulkMax: z.int().min(1).max(5000),
  /** A rule broken in bulk needs a reason per case rather than one for all. */
  bulkReasonEach: z.boolean(),
  /** SD-7 allows 30 and the database no more; a bureau may allow fewer. */
  delegationMaxDays: z.int().min(1).max(MOST_DELEGATION_DAYS),
  quotaOverruleAllowed: z.boolean(),
  /** R-PROM-1. */
  ruralMonthsForSenior: monthsSchema,
  ruralSemestersForSenior: z.int().min(0).max(12),
  /** Full terms of a principal in one school, and the most years (domain.md §2.11). */
  principalTerms: z.int().min(1).max(5),
  principalTermYears: z.int().min(1).max(6),
  principalMaxYears: z.int().min(1).max(20),
})

export type ProcessPolicy = z.infer<typeof processPolicySchema>

export const defaultProcessPolicy: ProcessPolicy = {
  noticeWorkingDays: 5,
  noticeCountsPublicationDay: false,
  deadlines: { origin: 5, destination: 5, check: 5, decision: null, objection: 5 },
  onMissedDeadline: { origin: 'bureau', destination: 'bureau' },
  remindBefore: 1,
  reportInDays: 7,
  maxWishes: 3,
  steps: {
    postedInSchool: true,
    origin: true,
    destination: true,
    destinationInsideGroup: true,
    check: true,
    extraForBackbone: false,
    extraForCrossStage: true,
  },
  refusalToBureau: true,
  termMonths: 24,
  maxExtensionMonths: 36,
  lateOrderAfter: '08-20',
  preparerMayCheck: false,
  bulkMax: 500,
  bulkReasonEach: false,
  delegationMaxDays: MOST_DELEGATION_DAYS,
  quotaOverruleAllowed: true,
  ruralMonthsForSenior: 12,
  ruralSemestersForSenior: 2,
  principalTerms: 2,
  principalTermYears: 4,
  principalMaxYears: 12,
}
