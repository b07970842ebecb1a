import { sql } from 'drizzle-orm'
import type { Tx } from '@/db/scope.ts'
import { equityFigures } from '@/lib/equity/queries/equity-figures.ts'
import { type Instant, now, nowMs } from '@/lib/platform/clock.ts'
import { districtOnDay } from '@/lib/register/queries/school-figures.ts'
import { policyFor } from '@/lib/rotation/queries/policy-for.ts'
import { registerQuota } from '@/lib/rotation/queries/quota.ts'
import { computeRoll } from '@/lib/rotation/queries/roll.ts'
import { roundQuota } from '@/lib/rotation/queries/round-quota.ts'
import { openRounds } from '@/lib/rotation/queries/rounds.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { snapshotOf } from '@/lib/rules/calendar/school-year.ts'
import { schoolVerdict } from '@/lib/rules/equity/indicators.ts'
import { type RoundFigures, roundFigures } from '@/lib/rules/rotation/round-figures.ts'
import { type LocalDate, type SchoolYear, schoolYearOf } from '@/lib/rules/values/dates.ts'
import type { RoundId } from '@/lib/rules/values/ids.ts'

export interface BackboneDot {
  schoolId: string
  name: string
  stage: 'P' | 'J'
  /** Backbone teachers per 100 pupils by relation, then by place of work (R-BAL indicator 2). */
  byRelation: number
  byWorkplace: number
}

export interface BureauFigures {
  /** The open round the quotas are of; null: the year's moves as the register has them. */
  round: { id: RoundId; name: string } | null
  year: number
  quota: RoundFigures
  dots: BackboneDot[]
  /** The register was read at this moment. */
  readAt: Instant
}

/** Figures of the whole district take more than a second to compute: for so long they are kept. */
const KEEP_MS = 5 * 60_000
const MOST_KEPT = 50
const kept = new Map<string, { at: number; figures: BureauFigures }>()

/**
 * Quotas and equity of the district for its home page; every bureau role that may see them sees the same. At most five
 * minutes old, and the page says of when: lists and rounds show the figures of the moment.
 */
export async function bureauFigures(tx: Tx, actor: UserActor): Promise<BureauFigures> {
  const key = `${actor.districtId} ${actor.role} ${actor.today} ${await registerStamp(tx)}`
  const known = kept.get(key)
  if (known && nowMs() - known.at < KEEP_MS) return known.figures
  const figures = await readFigures(tx, actor.today)
  if (kept.size >= MOST_KEPT) kept.clear()
  kept.set(key, { at: nowMs(), figures })
  return figures
}

/** Another after an import or the opening of a round: those change every figure, and who did it looks at once. */
async function registerStamp(tx: Tx): Promise<string> {
  const [row] = await tx.execute<{ stamp: string }>(sql`SELECT concat_ws(' ',
    (SELECT count(*) FROM schools), (SELECT count(*) FROM teachers), (SELECT count(*) FROM postings),
    (SELECT max(changed_at) FROM rotation_rounds)) AS stamp`)
  return row?.stamp ?? ''
}

async function readFigures(tx: Tx, today: LocalDate): Promise<BureauFigures> {
  const round = (await openRounds(tx)).find(({ kind }) => kind === 'regular') ?? null
  const ofRound = round && (await roundQuota(tx, round.id))
  const year = (ofRound ? ofRound.round.year : schoolYearOf(today)) as SchoolYear
  const { policy } = await policyFor(tx, year)
  const snapshot = snapshotOf(year)
  const figures = ofRound
    ? ofRound.figures
    : (await registerQuota(tx, await computeRoll(tx, snapshot, policy), snapshot, policy)).figures
  const district = await districtOnDay(tx, today, policy)
  const [relation, workplace] = (['relation', 'workplace'] as const).map(
    (basis) => equityFigures(district, basis).units,
  )
  const names = new Map<string, string>(district.schools.map(({ id, name }) => [id, name]))
  const perHundred = (unit: (typeof relation & object)[number] | undefined): number | null => {
    const value = unit && schoolVerdict(unit)?.indicators.find(({ number }) => number === 2)?.value
    return value ? value.num / value.den : null
  }
  const dots = (relation ?? []).flatMap((unit): BackboneDot[] => {
    const before = perHundred(unit)
    const after = perHundred(workplace?.find((one) => one.schoolId === unit.schoolId && one.stage === unit.stage))
    if (before === null || after === null) return []
    const { schoolId, stage } = unit
    return [{ schoolId, stage, name: names.get(schoolId) ?? '', byRelation: before, byWorkplace: after }]
  })
  return {
    round: ofRound && round ? { id: round.id, name: round.name } : null,
    year,
    quota: roundFigures(figures),
    dots,
    readAt: now(),
  }
}
