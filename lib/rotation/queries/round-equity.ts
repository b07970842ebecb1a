import { and, eq, isNotNull, notInArray } from 'drizzle-orm'
import { rotationCases } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { equityFigures } from '@/lib/equity/queries/equity-figures.ts'
import { type DistrictOnDay, districtOnDay } from '@/lib/register/queries/school-figures.ts'
import { COEFFICIENT_LIMIT, type EquityStage, INDICATORS } from '@/lib/rules/equity/indicators.ts'
import type { Stage, Subject } from '@/lib/rules/register/vocabulary.ts'
import type { RoundId, SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { roundContext } from '../cases/facts.ts'
import type { ScenarioView } from './scenario-view.ts'

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

export interface EquityMove {
  teacherId: TeacherId
  to: SchoolId
  stage: Stage | null
  subject: Subject | null
  /** The personnel relation goes along. */
  movesRelation: boolean
}

/** The district as it would be with these moves: work place always, relation where it goes along (R-BAL-4). */
export function afterMoves(day: DistrictOnDay, moves: readonly EquityMove[]): DistrictOnDay {
  const moveOf = new Map(moves.map((move) => [move.teacherId, move]))
  const staff = day.staff.map((person) => {
    const move = moveOf.get(person.teacherId)
    if (!move) return person
    return {
      ...person,
      workSchool: move.to,
      workStage: move.stage ?? person.workStage,
      workSubject: move.subject ?? person.workSubject,
      relationSchool: move.movesRelation ? move.to : person.relationSchool,
    }
  })
  return { ...day, staff }
}

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
  const after = afterMoves(
    day,
    cases.map((row) => ({ ...row, to: row.to as SchoolId })),
  )
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

/** A scenario's weighted CV by relation (official), by indicator and stage as `backbone/P`; the plan itself counts by work place. */
export type RelationCvs = ReadonlyMap<string, number | null>

/**
 * By relation a plan changes only what the policy lets go along (R-BAL-4); who is away on an earlier posting counts at home.
 * An instance does not say where relations are, so the register of the round's day does.
 * @returns null for a scenario from elsewhere, which has no register here
 */
export async function relationCvs(tx: Tx, { row, instance, lines }: ScenarioView): Promise<RelationCvs | null> {
  const context = row.roundId && (await roundContext(tx, row.roundId))
  if (!context) return null
  const day = await districtOnDay(tx, context.round.snapshotDate, context.policy)
  const moves = lines.flatMap(({ teacherId, to, stage, subject }): EquityMove[] => {
    const school = row.schools[to] as SchoolId | undefined
    return school
      ? [{ teacherId, to: school, stage, subject: subject as Subject, movesRelation: instance.policy.relation_moves }]
      : []
  })
  const { stages } = equityFigures(afterMoves(day, moves), 'relation')
  return new Map(
    (['P', 'J'] as const).flatMap((stage) =>
      stages[stage].indicators.map(({ number, coefficient }) => {
        const { key } = INDICATORS[number - 1]!
        return [`${key}/${stage}`, coefficient ? coefficient.tenThousandths / 10_000 : null] as const
      }),
    ),
  )
}
