import { and, eq, inArray } from 'drizzle-orm'
import { importRows } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { SystemActor } from '../../../rules/access/actor.ts'
import type { LocalDate } from '../../../rules/values/dates.ts'
import type { SchoolId, TeacherId } from '../../../rules/values/ids.ts'
import { leaveOps } from '../plan/leave-ops.ts'
import type { PlanContext } from '../plan/person-context.ts'
import { readPeopleById } from '../plan/read-people.ts'
import { RegisterPlanner, type RegisterRow } from '../plan/register-plan.ts'
import { RosterPlanner } from '../plan/roster-plan.ts'
import type { RowOp, RowPlan } from '../plan/row-plan.ts'
import { serviceOps } from '../plan/service-ops.ts'
import { headsOn, knownSchools } from './dry-run.ts'
import type { Entry, ImportKind } from './entries.ts'
import { type Leaving, leavingReason } from './leaving.ts'
import { reasonOf } from './page-batch.ts'
import { followPostings, openRunningCases } from './running-cases.ts'
import { openRow, rowsToWrite, type SealedRow } from './stored-rows.ts'
import { wholePlanner } from './whole-planner.ts'
import { type WriteContext, writeOps } from './write-ops.ts'

/** What was chosen on the page between dry run and confirmation. */
export interface Choices {
  /** `sheet:row` → conflicting fields to take from the workbook. */
  conflicts: Record<string, string[]>
  /** Row of the missing → left on this day, and why; whoever is not named stays as is. */
  missing: Record<string, { on: LocalDate; reason: Leaving }>
}
export const NO_CHOICES: Choices = { conflicts: {}, missing: {} }

export interface ApplyInput {
  actor: SystemActor
  kind: ImportKind
  choices: Choices
  onlySchool: SchoolId | null
  writtenAt: string | null
  context: Omit<PlanContext, 'schoolIdOf' | 'nameOf'>
  write: WriteContext
  /** After each piece; throwing here, or anywhere, leaves nothing behind. */
  progress: (rows: number) => Promise<void>
}

/** The register is not what it was at the dry run: nothing is written, the dry run is to be made again. */
export class RegisterMoved extends Error {}

const PIECE = 1000

/** Writes what the dry run promised, all of it in the caller's transaction. Each row is compared again and must still say the same. */
export async function applyBatch(tx: Tx, input: ApplyInput): Promise<{ written: number; left: number }> {
  const { kind, write, choices } = input
  const schoolsKnown = await knownSchools(tx)
  const by = { userId: write.byUser, name: write.byName }
  const context: PlanContext = { ...input.context, ...schoolsKnown, by }
  const planner = await plannerFor(tx, input, context)
  let written = 0
  const size = planner.isWhole ? 100_000 : PIECE
  for await (const rows of rowsToWrite(tx, write.batchId, size)) {
    const opened = rows.map((row) => openRow(context.keys, row))
    const plans = await planner.plan(opened.map(({ entry }) => entry!))
    plans.forEach((plan, i) => {
      if (
        fingerprint(plan) !==
        fingerprint({ outcome: rows[i]!.outcome as RowPlan['outcome'], changes: opened[i]!.changes })
      )
        throw new RegisterMoved(`${plan.sheet}:${plan.row}`)
    })
    for (const [reason, ops] of byReason(plans, opened)) await writeOps(tx, ops, reason ? { ...write, reason } : write)
    written += rows.length
    await input.progress(written)
  }
  for await (const ops of planner.rest()) await writeOps(tx, ops, write)
  if (kind === 'registers') {
    await openRunningCases(tx, input.actor, write.batchId, context.on)
    await followPostings(tx, write.at)
  }
  const left = await leaveMissing(tx, choices, planner, context, write)
  return { written, left }
}

/** The writes of a piece, together where no reason parts them: cells edited on a page carry their own. */
function byReason(plans: readonly RowPlan[], opened: readonly SealedRow[]): Map<string | null, RowOp[]> {
  const parts = new Map<string | null, RowOp[]>()
  plans.forEach(({ ops }, i) => {
    const reason = reasonOf(opened[i]!.changes)
    const part = parts.get(reason)
    if (part) part.push(...ops)
    else parts.set(reason, [...ops])
  })
  return parts
}

const fingerprint = ({ outcome, changes }: Pick<RowPlan, 'outcome' | 'changes'>): string =>
  JSON.stringify([outcome, changes.map(({ field, old, new: value, conflict }) => [field, old, value, conflict])])

interface AnyPlanner {
  /** Its rows name each other, so they are planned as one. */
  isWhole: boolean
  plan(entries: Entry[]): Promise<RowPlan[]>
  rest(): AsyncGenerator<RowOp[]>
  /** Ends what the workbook leaves out, where that is not a person of the roster. */
  leave?(id: string, on: LocalDate): Promise<RowOp[]>
}

async function plannerFor(tx: Tx, input: ApplyInput, context: PlanContext): Promise<AnyPlanner> {
  const chosen = new Map(Object.entries(input.choices.conflicts).map(([key, fields]) => [key, new Set(fields)]))
  const whole = wholePlanner(input.kind, context, { withOps: true, writtenAt: input.writtenAt, chosen })
  if (whole)
    return {
      isWhole: true,
      plan: (entries) => whole.plan(tx, entries),
      rest: async function* () {},
      leave: (id, on) => whole.leave(tx, id, on),
    }
  if (input.kind === 'roster') {
    const options = { writtenAt: input.writtenAt, chosen, onlySchool: input.onlySchool, withOps: true }
    const planner = new RosterPlanner(context, options, await headsOn(tx, context.on))
    return {
      isWhole: false,
      plan: (entries) => planner.plan(tx, entries as never),
      rest: async function* () {
        yield planner.headships.settle().ops
      },
    }
  }
  const planner = new RegisterPlanner(context, { withOps: true })
  return {
    isWhole: false,
    plan: (entries) => planner.plan(tx, entries as RegisterRow[]),
    rest: async function* () {
      const ids = [...planner.posted]
      while (ids.length > 0) yield await serviceOps(tx, ids.splice(0, PIECE), context)
    },
  }
}

async function leaveMissing(
  tx: Tx,
  { missing }: Choices,
  planner: AnyPlanner,
  context: PlanContext,
  write: WriteContext,
): Promise<number> {
  const keys = Object.keys(missing)
  if (keys.length === 0) return 0
  const rows = await tx
    .select({ row: importRows.row, teacherId: importRows.teacherId, changes: importRows.changes })
    .from(importRows)
    .where(
      and(
        eq(importRows.batchId, write.batchId),
        eq(importRows.outcome, 'missing'),
        inArray(importRows.row, keys.map(Number)),
      ),
    )
  for (const { row, teacherId, changes } of rows) {
    const { on, reason } = missing[String(row)]!
    const because = { ...write, reason: leavingReason(reason) }
    const id = changes[0]?.old
    if (planner.leave) {
      if (typeof id === 'string') await writeOps(tx, await planner.leave(id, on), because)
      continue
    }
    const [person] = teacherId ? await readPeopleById(tx, context.keys, [teacherId as TeacherId]) : []
    if (person) await writeOps(tx, leaveOps(person, on, context.at), because)
  }
  return rows.length
}
