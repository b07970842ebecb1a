import { withScope } from '@/db/scope.ts'
import type { DailyJob } from '@/lib/platform/queue.ts'
import { writeReadings } from '../store/write-readings.ts'

/** Every night: the indicators of the day, for schools to see where they stand. */
export const readEquity: DailyJob = {
  name: 'equity.readings',
  onlyLatest: true,
  run: ({ actor }) =>
    withScope(actor, async (tx) => ({ readings: await writeReadings(tx, actor.districtId, actor.today) }), {
      statementSeconds: 120,
    }),
}
