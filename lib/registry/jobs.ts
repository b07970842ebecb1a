import type { DailyJob, JobHandler } from '@/lib/platform/queue.ts'
import { followCase, rerouteCases } from '@/lib/rotation/jobs/follow-case.ts'
import { watchDeadlines } from '@/lib/rotation/jobs/watch-deadlines.ts'

/** What the worker can be asked to do. */
export const JOBS: readonly JobHandler[] = [followCase, rerouteCases]
/** What the worker does each day of the district, in this order. */
export const DAILY_JOBS: readonly DailyJob[] = [watchDeadlines]
