import { and, eq, inArray, notInArray } from 'drizzle-orm'
import { caseDecisions, rollEntries, rotationCases } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Instant } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { RotationForm, Stage, Subject } from '@/lib/rules/register/vocabulary.ts'
import { ENDED_STATES } from '@/lib/rules/rotation/case-states.ts'
import { FORMS, type OtherForm } from '@/lib/rules/rotation/forms.ts'
import { addDays, addMonthsToDay, type LocalDate } from '@/lib/rules/values/dates.ts'
import type { CaseId, PersonId, RoundId, SchoolId, TeacherId, UserId } from '@/lib/rules/values/ids.ts'
import { latestRoll } from '../queries/round-quota.ts'
import type { RoundContext } from './facts.ts'
import { storedFigures } from './figures.ts'
import { type CaseRow, takeNumbers } from './lock.ts'
import { type DecidedBy, deciderOf } from './move.ts'
import { snapshotsOf } from './snapshot.ts'

/** What a case is made from: the person's line of the frozen roll. */
export type RollEntry = typeof rollEntries.$inferSelect

/** Lines of the round's last roll for these people, as far as the actor may see them. */
export async function rollLines(
  tx: Tx,
  roundId: RoundId,
  teacherIds: readonly TeacherId[],
): Promise<Map<TeacherId, RollEntry>> {
  const roll = await latestRoll(tx, roundId)
  if (!roll || teacherIds.length === 0) return new Map()
  const rows = await tx
    .select()
    .from(rollEntries)
    .where(and(eq(rollEntries.rollId, roll.id), inArray(rollEntries.teacherId, [...teacherIds])))
  return new Map(rows.map((row) => [row.teacherId, row]))
}

/** Teachers who have a live case in the round. */
export async function liveTeachers(tx: Tx, roundId: RoundId): Promise<Set<TeacherId>> {
  const rows = await tx
    .select({ teacherId: rotationCases.teacherId })
    .from(rotationCases)
    .where(and(eq(rotationCases.roundId, roundId), notInArray(rotationCases.state, [...ENDED_STATES])))
  return new Set(rows.map(({ teacherId }) => teacherId))
}

export interface MoveFields {
  form: RotationForm
  otherForm?: OtherForm | undefined
  periodsPerWeek?: number | undefined
  toSchoolId?: SchoolId | undefined
  stage?: Stage | undefined
  subject?: Subject | undefined
  startsOn?: LocalDate | undefined
  endsOn?: LocalDate | undefined
}

/** Columns of a move, what was left open filled from roll, round and policy: the posting's usual term, or none when the relation moves. */
export function moveColumns(fields: MoveFields, entry: RollEntry, { round, policy }: RoundContext) {
  const startsOn = fields.startsOn ?? round.effectiveOn
  const movesRelation = FORMS[fields.form].movesRelation
  return {
    form: fields.form,
    movesRelation,
    otherForm: fields.form === 9 ? (fields.otherForm ?? 'support') : null,
    periodsPerWeek: fields.form === 8 ? (fields.periodsPerWeek ?? null) : null,
    toSchoolId: fields.toSchoolId ?? null,
    stage: fields.stage ?? entry.stage,
    subject: fields.subject ?? entry.subject,
    startsOn,
    endsOn: movesRelation ? null : (fields.endsOn ?? addDays(addMonthsToDay(startsOn, policy.process.termMonths), -1)),
  }
}

export interface NewCase {
  entry: RollEntry
  fields: MoveFields
  source: CaseRow['source']
  reason: string
  isVoluntary: boolean
  more?: Partial<CaseRow>
}

/**
 * Inserts drafts of a locked round, numbered in order, each with the decision that made it (经办).
 * @param by who prepared them, where another than the actor did: an adopted scenario is its submitter's work
 */
export async function insertCases(
  tx: Tx,
  actor: Actor,
  context: RoundContext,
  firstNumber: number,
  drafts: readonly NewCase[],
  at: Instant,
  by?: DecidedBy,
): Promise<CaseRow[]> {
  const { round } = context
  const numbers = await takeNumbers(tx, round.id, firstNumber, drafts.length)
  const preparer = by ?? (actor.kind === 'user' ? actor : null)
  const values = drafts.map(({ entry, fields, source, reason, isVoluntary, more }, index) => ({
    districtId: actor.districtId,
    id: newId<CaseId>(),
    number: numbers[index]!,
    roundId: round.id,
    teacherId: entry.teacherId,
    state: 'draft' as const,
    ...moveColumns(fields, entry, context),
    fromSchoolId: entry.schoolId,
    teacherStage: entry.stage,
    source,
    isVoluntary,
    isBackbone: entry.isBackbone,
    reason,
    preparedBy: (preparer?.userId ?? null) as UserId | null,
    preparedByPerson: (preparer?.personId ?? null) as PersonId | null,
    preparedByName: preparer?.name ?? 'system',
    createdAt: at,
    changedAt: at,
    changedByName: preparer?.name ?? 'system',
    enteredStateOn: actor.today,
    ...more,
  }))
  const rows: CaseRow[] = []
  for (let start = 0; start < values.length; start += 500)
    rows.push(
      ...(await tx
        .insert(rotationCases)
        .values(values.slice(start, start + 500))
        .returning()),
    )
  const figures = await storedFigures(tx, round.id)
  const snapshots = await snapshotsOf(tx, rows, actor.today)
  const decisions = rows.map((row) => ({
    districtId: actor.districtId,
    id: newId<string>(),
    caseId: row.id,
    pass: 1,
    action: 'create',
    part: 'prepare' as const,
    side: by ? 'district' : source(actor, row),
    fromState: null,
    toState: row.state,
    ...deciderOf(actor, by),
    byName: row.preparedByName,
    at,
    reason: row.reason || null,
    figures,
    snapshot: snapshots.get(row.id) ?? null,
  }))
  for (let start = 0; start < decisions.length; start += 500)
    await tx.insert(caseDecisions).values(decisions.slice(start, start + 500))
  return rows
}

const source = (actor: Actor, row: CaseRow): string => {
  if (actor.kind !== 'user') return 'system'
  if (actor.role === 'teacher') return 'own'
  return row.source === 'nominated' ? 'origin' : 'district'
}
