import { z } from 'zod'
import { ratio } from '../values/ratio.ts'

const perSeat = z.int().min(1).max(20)
const share = z.strictObject({ num: z.int().min(0), den: z.int().min(1) })

/** Parameters of the reserve pool (domain.md §6.2); each is a setting, for local practice differs. */
export const reserveSettingsSchema = z.strictObject({
  /** Persons to enter the pool each calendar year (R-POOL-2). */
  yearlyTarget: z.int().min(0),
  /** Only subjects short in some school get seats; else exits alone earn some too (R-POOL-1). */
  onlyShortageSubjects: z.boolean(),
  exitMonths: z.int().min(0).max(120),
  /** 开考比例: applicants a seat needs. */
  openingRatio: perSeat,
  /** 面试比例: interviews a seat. */
  interviewRatio: perSeat,
  /** Weight of the written score; the trial lesson has the rest. */
  writtenShare: share,
  medicalRatio: perSeat,
  noticeWorkingDays: z.int().min(1).max(30),
  probationMonths: z.int().min(0).max(24),
  campusSkipsWritten: z.boolean(),
  /** 库龄. */
  poolAgeMonths: z.int().min(1).max(120),
  serviceYears: z.int().min(0).max(10),
  /** Days a 递补 candidate has to answer. */
  refillDays: z.int().min(1).max(60),
})
export type ReserveSettings = z.infer<typeof reserveSettingsSchema>

export const defaultReserveSettings: ReserveSettings = {
  yearlyTarget: 100,
  onlyShortageSubjects: true,
  exitMonths: 24,
  openingRatio: 3,
  interviewRatio: 3,
  writtenShare: ratio(50, 100),
  medicalRatio: 1,
  noticeWorkingDays: 7,
  probationMonths: 12,
  campusSkipsWritten: true,
  poolAgeMonths: 24,
  serviceYears: 5,
  refillDays: 5,
}
