import { eq } from 'drizzle-orm'
import { rollEntries } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { districtOnDay } from '@/lib/register/queries/school-figures.ts'
import { postingFacts } from '@/lib/register/queries/teacher-histories.ts'
import {
  type AheadPerson,
  lookAhead,
  type SentAgain,
  sentAgainFirst,
  type YearAhead,
} from '@/lib/rules/planner/look-ahead.ts'
import type { SchoolYear } from '@/lib/rules/values/dates.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import { roundContext } from '../cases/facts.ts'
import type { ScenarioView } from './scenario-view.ts'

export interface PlanAhead {
  years: YearAhead[]
  /** The same years if nobody were sent: what the plan is compared with. */
  without: YearAhead[]
  sentAgain: SentAgain[]
}

/** Three school years ahead if this plan is taken, from the frozen roll and the postings on record; null outside a round. */
export async function planAhead(tx: Tx, { row, lines, instance }: ScenarioView): Promise<PlanAhead | null> {
  if (!row.roundId || !row.rollId) return null
  const context = await roundContext(tx, row.roundId)
  if (!context) return null
  const { round, policy } = context
  const { staff } = await districtOnDay(tx, round.effectiveOn, policy)
  const entries = new Map(
    (await tx.select().from(rollEntries).where(eq(rollEntries.rollId, row.rollId))).map((entry) => [
      entry.teacherId,
      entry,
    ]),
  )
  const postings = groupBy(await postingFacts(tx), ({ teacherId }) => teacherId)
  const people = staff.flatMap((person): AheadPerson[] => {
    const entry = entries.get(person.teacherId)
    if (person.workStage !== 'P' && person.workStage !== 'J') return []
    const own = postings.get(person.teacherId) ?? []
    const running = own.find(
      ({ fact }) => fact.from <= round.effectiveOn && fact.until !== null && fact.until > round.effectiveOn,
    )
    return [
      {
        key: person.teacherId,
        school: person.relationSchool,
        workSchool: person.workSchool,
        stage: person.workStage,
        subject: person.workSubject ?? '',
        eligibleFrom: entry?.state === 'eligible' ? round.snapshotDate : (entry?.nextChange ?? null),
        retiresOn: entry?.retirementDate ?? null,
        backboneUntil: person.isBackbone ? null : false,
        postedUntil: running?.fact.until ?? null,
        timesSent: own.filter(({ fact }) => fact.until !== null && fact.until <= round.effectiveOn).length,
      },
    ]
  })
  const codes = new Map(Object.entries(row.schools))
  const units = instance.schools.flatMap((school) =>
    school.units.map(({ stage, pupils }) => ({ school: codes.get(school.id) ?? school.id, stage, pupils })),
  )
  const years = Math.max(1, Math.round(policy.process.termMonths / 12))
  const moves = lines.map(({ teacherId, to }) => ({
    key: teacherId as string,
    to: codes.get(to) as string,
    years: instance.policy.relation_moves ? null : years,
  }))
  const start = round.year as SchoolYear
  const options = { minMonths: policy.eligibility.tenureMonths }
  return {
    years: lookAhead(people, units, moves, start, options),
    without: lookAhead(people, units, [], start, options),
    sentAgain: sentAgainFirst(people, moves, round.snapshotDate),
  }
}
