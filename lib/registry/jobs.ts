import { readEquity } from '@/lib/equity/jobs/read-equity.ts'
import type { DailyJob, JobHandler } from '@/lib/platform/queue.ts'
import { compareRolls } from '@/lib/rotation/jobs/compare-rolls.ts'

/** What the worker can be asked to do. */
export const JOBS: readonly JobHandler[] = []
/** What the worker does each day of the district, in this order. */
export const DAILY_JOBS: readonly DailyJob[] = [compareRolls, readEquity]
