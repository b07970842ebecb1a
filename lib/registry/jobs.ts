import type { DailyJob, JobHandler } from '@/lib/platform/queue.ts'
import { importJobs } from '@/lib/register/jobs/imports.ts'

/** What the worker can be asked to do. */
export const JOBS: readonly JobHandler[] = [...importJobs]
/** What the worker does each day of the district, in this order. */
export const DAILY_JOBS: readonly DailyJob[] = []
