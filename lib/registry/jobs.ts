import { readEquity } from '@/lib/equity/jobs/read-equity.ts'
import { headJob } from '@/lib/platform/audit-heads.ts'
import { expireFiles } from '@/lib/platform/files.ts'
import { createAccountsJob } from '@/lib/platform/jobs/create-accounts.ts'
import { dailyHead } from '@/lib/platform/jobs/daily-head.ts'
import { endGrantsWithPosts } from '@/lib/platform/jobs/end-grants.ts'
import type { DailyJob, JobHandler } from '@/lib/platform/queue.ts'
import { importJobs } from '@/lib/register/jobs/imports.ts'
import { AFTER_DECIDING_DAILY, AFTER_DECIDING_JOBS } from '@/lib/rotation/jobs/after-deciding.ts'
import { compareRolls } from '@/lib/rotation/jobs/compare-rolls.ts'
import { exchangesJob } from '@/lib/rotation/jobs/find-exchanges.ts'
import { followCase, rerouteCases } from '@/lib/rotation/jobs/follow-case.ts'
import { priceScenarioJob } from '@/lib/rotation/jobs/price-scenario.ts'
import { failInterruptedScenarios, solveScenarioJob, stopSolving } from '@/lib/rotation/jobs/solve-scenario.ts'
import { watchDeadlines } from '@/lib/rotation/jobs/watch-deadlines.ts'
import type { SystemActor } from '@/lib/rules/access/actor.ts'

/** What the worker can be asked to do. */
export const JOBS: readonly JobHandler[] = [
  createAccountsJob,
  headJob,
  followCase,
  rerouteCases,
  ...AFTER_DECIDING_JOBS,
  ...importJobs,
  solveScenarioJob,
  priceScenarioJob,
  exchangesJob,
]
/** What a kill of the worker left half done, set right when it starts again; the queue itself is ready by then. */
export const AFTER_INTERRUPTION: readonly ((actor: SystemActor) => Promise<unknown>)[] = [failInterruptedScenarios]
/** What must end with the worker: processes of its own. */
export const STOPPERS: readonly (() => void)[] = [stopSolving]
/** What the worker does each day of the district, in this order. */
export const DAILY_JOBS: readonly DailyJob[] = [
  endGrantsWithPosts,
  ...AFTER_DECIDING_DAILY,
  watchDeadlines,
  compareRolls,
  readEquity,
  expireFiles,
  dailyHead,
]
