import { headJob } from '@/lib/platform/audit-heads.ts'
import { createAccountsJob } from '@/lib/platform/jobs/create-accounts.ts'
import { dailyHead } from '@/lib/platform/jobs/daily-head.ts'
import { endGrantsWithPosts } from '@/lib/platform/jobs/end-grants.ts'
import type { DailyJob, JobHandler } from '@/lib/platform/queue.ts'

/** What the worker can be asked to do. */
export const JOBS: readonly JobHandler[] = [createAccountsJob, headJob]
/** What the worker does each day of the district, in this order. */
export const DAILY_JOBS: readonly DailyJob[] = [endGrantsWithPosts, dailyHead]
