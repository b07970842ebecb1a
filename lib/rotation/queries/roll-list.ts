import { and, asc, desc, eq } from 'drizzle-orm'
import { eligibilityRolls, rollEntries, rotationRounds, schools, teachers } from '@/db/schema/index.ts'
import type { RollId } from '@/db/schema/rotation/rolls.ts'
import type { Tx } from '@/db/scope.ts'
import type { Stage, Subject } from '@/lib/rules/register/vocabulary.ts'
import {
  ELIGIBILITY_STATES,
  type EligibilityResult,
  type EligibilityRule,
  type EligibilityState,
  type Reason,
} from '@/lib/rules/rotation/eligibility-result.ts'
import { firstDayOf, type LocalDate } from '@/lib/rules/values/dates.ts'
import type { RoundId, SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import type { RollCounts, RollLine } from './roll.ts'

/** One line as the page and the workbook list it, live or frozen. */
export interface RollRow {
  teacherId: TeacherId
  staffNo: string
  name: string
  schoolId: SchoolId
  schoolName: string
  stage: Stage | null
  subject: Subject | null
  state: EligibilityState
  decidingRule: EligibilityRule | null
  reasons: Reason[]
  tenureMonths: number
  tenureStart: LocalDate | null
  retirementCategory: string | null
  retirementDate: LocalDate | null
  isBackbone: boolean
  isPrincipal: boolean
  nextChange: LocalDate | null
  counted: boolean
  warnings: EligibilityResult['warnings']
}

export const liveRows = (lines: readonly RollLine[]): RollRow[] =>
  lines.map(({ result, who, counted }) => ({
    teacherId: who.teacherId,
    staffNo: who.staffNo,
    name: who.name,
    schoolId: who.schoolId,
    schoolName: who.schoolName,
    stage: who.stage,
    subject: who.subject,
    state: result.state,
    decidingRule: result.decidingRule,
    reasons: result.reasons,
    tenureMonths: result.tenureMonths,
    tenureStart: result.tenureStart === null ? null : firstDayOf(result.tenureStart),
    retirementCategory: result.retirementCategory,
    retirementDate: result.retirementDate,
    isBackbone: result.isBackbone,
    isPrincipal: result.isPrincipal,
    nextChange: result.nextChange,
    counted,
    warnings: result.warnings,
  }))

/** Lines of a frozen roll; a school sees its own people. */
export async function frozenRows(tx: Tx, rollId: RollId): Promise<RollRow[]> {
  const rows = await tx
    .select({
      teacherId: rollEntries.teacherId,
      staffNo: teachers.staffNo,
      name: teachers.name,
      schoolId: rollEntries.schoolId,
      schoolName: schools.name,
      stage: rollEntries.stage,
      subject: rollEntries.subject,
      state: rollEntries.state,
      decidingRule: rollEntries.decidingRule,
      reasons: rollEntries.findings,
      tenureMonths: rollEntries.tenureMonths,
      tenureStart: rollEntries.tenureStart,
      retirementCategory: rollEntries.retirementCategory,
      retirementDate: rollEntries.retirementDate,
      isBackbone: rollEntries.isBackbone,
      isPrincipal: rollEntries.isPrincipal,
      nextChange: rollEntries.nextChange,
      counted: rollEntries.counted,
    })
    .from(rollEntries)
    .innerJoin(teachers, and(eq(teachers.districtId, rollEntries.districtId), eq(teachers.id, rollEntries.teacherId)))
    .innerJoin(schools, and(eq(schools.districtId, rollEntries.districtId), eq(schools.id, rollEntries.schoolId)))
    .where(eq(rollEntries.rollId, rollId))
    .orderBy(asc(schools.position), asc(teachers.staffNo))
  return rows.map((row) => ({ ...row, warnings: [] }))
}

export interface FrozenRollEntry {
  id: RollId
  version: number
  roundId: RoundId
  roundName: string
  snapshotDate: LocalDate
  frozenAt: string
  policyId: string
}

/** Every frozen roll, the latest first: the choices of the page. */
export const listRolls = (tx: Tx): Promise<FrozenRollEntry[]> =>
  tx
    .select({
      id: eligibilityRolls.id,
      version: eligibilityRolls.version,
      roundId: eligibilityRolls.roundId,
      roundName: rotationRounds.name,
      snapshotDate: eligibilityRolls.snapshotDate,
      frozenAt: eligibilityRolls.frozenAt,
      policyId: eligibilityRolls.policyId,
    })
    .from(eligibilityRolls)
    .innerJoin(
      rotationRounds,
      and(eq(rotationRounds.districtId, eligibilityRolls.districtId), eq(rotationRounds.id, eligibilityRolls.roundId)),
    )
    .orderBy(desc(eligibilityRolls.frozenAt))

export interface RollFilter {
  school?: string
  subject?: string
  state?: string
  rule?: string
  backbone?: string
  who?: string
}

/** Whether a line is what was asked for; `state` may be left to the bars. */
export function matches(row: RollRow, filter: RollFilter): boolean {
  if (filter.school && row.schoolId !== filter.school) return false
  if (filter.subject && row.subject !== filter.subject) return false
  if (filter.state === 'E' ? !row.counted : filter.state && row.state !== filter.state) return false
  if (filter.rule && !row.reasons.some(({ rule }) => rule === filter.rule)) return false
  if (filter.backbone && row.isBackbone !== (filter.backbone === 'yes')) return false
  return !filter.who || row.name.includes(filter.who) || row.staffNo.endsWith(filter.who)
}

/** How many of each outcome among some lines, E and EB. */
export function countRows(rows: readonly RollRow[]): RollCounts {
  const counts = { ...Object.fromEntries(ELIGIBILITY_STATES.map((state) => [state, 0])), E: 0, EB: 0 } as RollCounts
  for (const row of rows) {
    counts[row.state] += 1
    if (row.counted) counts.E += 1
    if (row.counted && row.isBackbone) counts.EB += 1
  }
  return counts
}
