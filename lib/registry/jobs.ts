import { readEquity } from '@/lib/equity/jobs/read-equity.ts'
import { headJob } from '@/lib/platform/audit-heads.ts'
import { expireFiles } from '@/lib/platform/files.ts'
import { createAccountsJob } from '@/lib/platform/jobs/create-accounts.ts'
import { dailyHead } from '@/lib/platform/jobs/daily-head.ts'
import { endGrantsWithPosts } from '@/lib/platform/jobs/end-grants.ts'
import type { DailyJob, JobHandler } from '@/lib/platform/queue.ts'
import { AFTER_DECIDING_DAILY, AFTER_DECIDING_JOBS } from '@/lib/rotation/jobs/after-deciding.ts'
import { compareRolls } from '@/lib/rotation/jobs/compare-rolls.ts'
import { followCase, rerouteCases } from '@/lib/rotation/jobs/follow-case.ts'
import { watchDeadlines } from '@/lib/rotation/jobs/watch-deadlines.ts'

/** What the worker can be asked to do. */
export const JOBS: readonly JobHandler[] = [
  createAccountsJob,
  headJob,
  followCase,
  rerouteCases,
  ...AFTER_DECIDING_JOBS,
]
/** What the worker does each day of the district, in this order. */
export const DAILY_JOBS: readonly DailyJob[] = [
  endGrantsWithPosts,
  dailyHead,
  ...AFTER_DECIDING_DAILY,
  expireFiles,
  watchDeadlines,
  compareRolls,
  readEquity,
]
