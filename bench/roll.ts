import { withScope } from '../db/scope.ts'
import { policyInForce } from '../lib/register/queries/backbone.ts'
import { schoolLineage, teacherFacts } from '../lib/register/queries/teacher-facts.ts'
import { assessAll } from '../lib/rotation/queries/roll.ts'
import type { SystemActor } from '../lib/rules/access/actor.ts'
import { day } from '../lib/rules/values/dates.ts'
import { atMost, type Measured, median, timed } from './measure.ts'

/** The roll of everyone: the pure function against reading the same people from the database. */
export async function measureRoll(actor: SystemActor): Promise<Measured[]> {
  return withScope(
    actor,
    async (tx) => {
      const snapshot = day('2026-08-31')
      const policy = await policyInForce(tx, actor.today)
      const read = async () => ({ lineage: await schoolLineage(tx), people: await teacherFacts(tx, snapshot) })
      const { lineage, people } = await read()
      const reading = await timed(read, 5, 1)
      const assessing = await timed(() => assessAll(people, snapshot, policy, lineage), 9)
      return [
        atMost(
          'roll: pure function ÷ reading from the database',
          median(assessing) / median(reading),
          1,
          `${people.length} people: ${median(assessing).toFixed(0)} ÷ ${median(reading).toFixed(0)} ms`,
        ),
      ]
    },
    { readOnly: true, statementSeconds: 120 },
  )
}
