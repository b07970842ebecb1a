import { and, eq, isNotNull, notInArray } from 'drizzle-orm'
import { rotationCases } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { equityFigures } from '@/lib/equity/queries/equity-figures.ts'
import { districtOnDay } from '@/lib/register/queries/school-figures.ts'
import { COEFFICIENT_LIMIT, type EquityStage } from '@/lib/rules/equity/indicators.ts'
import type { RoundId, SchoolId } from '@/lib/rules/values/ids.ts'
import { roundContext } from '../cases/facts.ts'

export interface RoundEquity {
  stage: EquityStage
  workBefore: string | null
  workAfter: string | null
  relationBefore: string | null
  relationAfter: string | null
  limit: string
}

const BACKBONE = 2
const four = (tenThousandths: number | undefined): string | null =>
  tenThousandths === undefined ? null : (tenThousandths / 10_000).toFixed(4)

/**
 * The weighted CV of backbone per 100 pupils before and after a round's live cases, by work place (what pupils have) and
 * by relation (official): without a relation move only the first changes (R-BAL-3, R-BAL-4).
 */
export async function roundEquity(tx: Tx, roundId: RoundId): Promise<RoundEquity[]> {
  const context = await roundContext(tx, roundId)
  if (!context) return []
  const day = await districtOnDay(tx, context.round.snapshotDate, context.policy)
  const cases = await tx
    .select({
      teacherId: rotationCases.teacherId,
      to: rotationCases.toSchoolId,
      movesRelation: rotationCases.movesRelation,
      stage: rotationCases.stage,
      subject: rotationCases.subject,
    })
    .from(rotationCases)
    .where(
      and(
        eq(rotationCases.roundId, roundId),
        isNotNull(rotationCases.toSchoolId),
        notInArray(rotationCases.state, ['draft', 'rejected', 'withdrawn', 'terminated']),
      ),
    )
  const moves = new Map(cases.map((row) => [row.teacherId, row]))
  const staff = day.staff.map((person) => {
    const move = moves.get(person.teacherId)
    if (!move?.to) return person
    const to = move.to as SchoolId
    return {
      ...person,
      workSchool: to,
      workStage: move.stage ?? person.workStage,
      workSubject: move.subject ?? person.workSubject,
      relationSchool: move.movesRelation ? to : person.relationSchool,
    }
  })
  const after = { ...day, staff }
  const value = (figures: ReturnType<typeof equityFigures>, stage: EquityStage) =>
    four(figures.stages[stage].indicators.find(({ number }) => number === BACKBONE)?.coefficient?.tenThousandths)
  const [workBefore, workAfter] = [equityFigures(day, 'workplace'), equityFigures(after, 'workplace')]
  const [relationBefore, relationAfter] = [equityFigures(day, 'relation'), equityFigures(after, 'relation')]
  return (['P', 'J'] as const).map((stage) => ({
    stage,
    workBefore: value(workBefore, stage),
    workAfter: value(workAfter, stage),
    relationBefore: value(relationBefore, stage),
    relationAfter: value(relationAfter, stage),
    limit: (COEFFICIENT_LIMIT[stage].num / COEFFICIENT_LIMIT[stage].den).toFixed(2),
  }))
}
