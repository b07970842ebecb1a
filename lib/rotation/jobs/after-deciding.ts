import type { DailyJob, JobHandler } from '@/lib/platform/queue.ts'
import { sendMessagesJob } from '../store/send-notifications.ts'
import {
  applyOrdersDaily,
  applyOrdersNow,
  endNotices,
  freezeJob,
  remindReportIn,
  startJob,
  syncJob,
} from './apply-orders.ts'
import { makePapersJob } from './make-papers.ts'

/** What notices, orders and postings ask the worker to do. */
export const AFTER_DECIDING_JOBS: readonly JobHandler[] = [
  makePapersJob,
  sendMessagesJob,
  applyOrdersNow,
  freezeJob,
  startJob,
  syncJob,
]
/** Each day: notices end before orders take effect, reminders come after both. */
export const AFTER_DECIDING_DAILY: readonly DailyJob[] = [endNotices, applyOrdersDaily, remindReportIn]
