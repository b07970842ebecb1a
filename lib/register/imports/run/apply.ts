import { and, eq, inArray } from 'drizzle-orm'
import { importRows } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { STATUSES, type Status } from '../../../rules/register/vocabulary.ts'
import type { LocalDate } from '../../../rules/values/dates.ts'
import type { SchoolId, TeacherId } from '../../../rules/values/ids.ts'
import { leaveOps } from '../plan/leave-ops.ts'
import type { PlanContext } from '../plan/person-context.ts'
import { readPeopleById } from '../plan/read-people.ts'
import { RegisterPlanner, type RegisterRow } from '../plan/register-plan.ts'
import { RosterPlanner } from '../plan/roster-plan.ts'
import type { RowOp, RowPlan } from '../plan/row-plan.ts'
import { closeSchool, SchoolPlanner } from '../plan/school-plan.ts'
import { serviceOps } from '../plan/service-ops.ts'
import { headsOn, knownSchools } from './dry-run.ts'
import type { Entry, ImportKind } from './entries.ts'
import { openRow, rowsToWrite } from './stored-rows.ts'
import { type WriteContext, writeOps } from './write-ops.ts'

/** Why a person left, of those who are not in the workbook any more. */
export const LEAVING = ['retired', 'moved_out', 'resigned', 'deceased'] as const satisfies readonly Status[]
export type Leaving = (typeof LEAVING)[number]

/** What was chosen on the page between dry run and confirmation. */
export interface Choices {
  /** `sheet:row` → conflicting fields to take from the workbook. */
  conflicts: Record<string, string[]>
  /** Row of the missing → left on this day, and why; whoever is not named stays as is. */
  missing: Record<string, { on: LocalDate; reason: Leaving }>
}
export const NO_CHOICES: Choices = { conflicts: {}, missing: {} }

export interface ApplyInput {
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
  const context: PlanContext = { ...input.context, ...schoolsKnown }
  const planner = await plannerFor(tx, input, context)
  let written = 0
  // A school list's rows name each other, so it is planned as one
  const size = kind === 'schools' ? 100_000 : PIECE
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
    await writeOps(
      tx,
      plans.flatMap(({ ops }) => ops),
      write,
    )
    written += rows.length
    await input.progress(written)
  }
  for await (const ops of planner.rest()) await writeOps(tx, ops, write)
  const left = await leaveMissing(tx, choices, kind, context, write)
  return { written, left }
}

const fingerprint = ({ outcome, changes }: Pick<RowPlan, 'outcome' | 'changes'>): string =>
  JSON.stringify([outcome, changes.map(({ field, old, new: value, conflict }) => [field, old, value, conflict])])

interface AnyPlanner {
  plan(entries: Entry[]): Promise<RowPlan[]>
  rest(): AsyncGenerator<RowOp[]>
}

async function plannerFor(tx: Tx, input: ApplyInput, context: PlanContext): Promise<AnyPlanner> {
  if (input.kind === 'schools') {
    const planner = new SchoolPlanner(context, { withOps: true })
    return { plan: (entries) => planner.plan(tx, entries as never), rest: async function* () {} }
  }
  if (input.kind === 'roster') {
    const chosen = new Map(Object.entries(input.choices.conflicts).map(([key, fields]) => [key, new Set(fields)]))
    const options = { writtenAt: input.writtenAt, chosen, onlySchool: input.onlySchool, withOps: true }
    const planner = new RosterPlanner(context, options, await headsOn(tx, context.on))
    return {
      plan: (entries) => planner.plan(tx, entries as never),
      rest: async function* () {
        yield planner.headships.settle().ops
      },
    }
  }
  const planner = new RegisterPlanner(context, { withOps: true })
  return {
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
  kind: ImportKind,
  context: PlanContext,
  write: WriteContext,
): Promise<number> {
  const keys = Object.keys(missing)
  if (keys.length === 0) return 0
  const rows = await tx
    .select({ row: importRows.row, teacherId: importRows.teacherId, label: importRows.label })
    .from(importRows)
    .where(
      and(
        eq(importRows.batchId, write.batchId),
        eq(importRows.outcome, 'missing'),
        inArray(importRows.row, keys.map(Number)),
      ),
    )
  for (const { row, teacherId, label } of rows) {
    const choice = missing[String(row)]!
    const reason = { ...write, reason: STATUSES[choice.reason] }
    if (kind === 'schools') {
      await writeOps(tx, await closeSchool(tx, [context.schoolIdOf(label)], context, choice.on), {
        ...write,
        reason: null,
      })
      continue
    }
    const [person] = teacherId ? await readPeopleById(tx, context.keys, [teacherId as TeacherId]) : []
    if (person) await writeOps(tx, leaveOps(person, choice.on, context.at), reason)
  }
  return rows.length
}
