import { gt, inArray, sql } from 'drizzle-orm'
import { fieldChanges, importBatches, studioMemberships, studios } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { newId } from '../../../platform/new-id.ts'
import { membershipRefusals } from '../../../rules/talent/studio.ts'
import { addDays, type LocalDate, type Period } from '../../../rules/values/dates.ts'
import type { StudioId } from '../../../rules/values/ids.ts'
import type { Refusal } from '../../../rules/values/outcome.ts'
import type { StudioRecord } from '../studios.ts'
import type { RowOp } from './row-plan.ts'
import { differences, opsBetween } from './timeline.ts'

export type StudioRow = typeof studios.$inferSelect
export type MembershipRow = typeof studioMemberships.$inferSelect

/** A studio as it is on file and as the workbook will leave it. */
export interface BookStudio {
  before: StudioRow | null
  row: StudioRow
  membersBefore: MembershipRow[]
  members: MembershipRow[]
  /** Members with the studio's own changes made, before any row of a person. */
  settled: MembershipRow[]
}

/** All studios while a workbook is compared with them: a row is judged against what the rows before it make true. */
export class StudioBook {
  readonly #studios: BookStudio[]
  readonly #touched: ReadonlyMap<string, ReadonlySet<string>>

  private constructor(list: BookStudio[], touched: ReadonlyMap<string, ReadonlySet<string>>) {
    this.#studios = list
    this.#touched = touched
  }

  static async load(tx: Tx, since: string | null): Promise<StudioBook> {
    const rows = await tx.select().from(studios)
    const members = await tx.select().from(studioMemberships)
    const list = rows.map((row) => {
      const own = members.filter(({ studioId }) => studioId === row.id)
      return { before: row, row, membersBefore: own, members: own, settled: own }
    })
    return new StudioBook(list, since === null ? new Map() : await touchedFields(tx, since))
  }

  named = (name: string): BookStudio | undefined => this.#studios.find(({ row }) => row.name === name)

  /** Whether a field of a studio was changed in the system since the workbook left it. */
  isTouched = (studio: BookStudio, field: string): boolean => this.#touched.get(studio.row.id)?.has(field) === true

  found(districtId: StudioRow['districtId'], batchId: StudioRow['batchId'], facts: StudioRecord & Cycle, at: string) {
    const row: StudioRow = {
      districtId,
      id: newId<StudioId>(),
      name: facts.studio,
      level: facts.level!,
      kind: facts.kind!,
      subject: facts.subject,
      during: { from: facts.from, until: addDays(facts.last, 1) },
      version: 1,
      batchId,
      changedAt: at,
    } as StudioRow
    const studio: BookStudio = { before: null, row, membersBefore: [], members: [], settled: [] }
    this.#studios.push(studio)
    return studio
  }

  /** As on file, when no row that speaks of it can be taken over. */
  restore(studio: BookStudio): void {
    if (studio.before === null) return
    studio.row = studio.before
    studio.members = studio.membersBefore
  }

  drop = (studio: BookStudio): void => void this.#studios.splice(this.#studios.indexOf(studio), 1)

  /** Another cycle carries along the memberships that began or end with it. */
  moveCycle(studio: BookStudio, during: Period, at: string): void {
    const was = studio.row.during
    studio.row = { ...studio.row, during }
    studio.members = studio.members.map((member) => {
      const from = member.during.from === was.from ? during.from : member.during.from
      const until = member.during.until === was.until ? during.until : member.during.until
      const moved = from !== member.during.from || until !== member.during.until
      return moved ? { ...member, during: { from, until }, changedAt: at } : member
    })
  }

  /** What stands against a membership beside all the others (domain.md §1.5). */
  refusals(studio: BookStudio, next: MembershipRow): Refusal[] {
    const others = this.#studios.flatMap(({ members }) => members.filter(({ id }) => id !== next.id))
    const asRule = ({ studioId, teacherId, role, during }: MembershipRow) => ({
      studioId: studioId as string,
      personId: teacherId as string,
      role,
      ...during,
    })
    const levels = this.#studios.map(({ row }) => ({ id: row.id as string, level: row.level }))
    const found = membershipRefusals(asRule(next), others.map(asRule), levels)
    return found.map((refusal) => {
      const other = this.#studios.find(({ row }) => row.id === refusal.values?.studio)
      return { ...refusal, values: { ...refusal.values, studio: other?.row.name ?? studio.row.name } }
    })
  }

  /** The writes that make the book true. */
  ops(at: string): RowOp[] {
    return this.#studios.flatMap(({ before, row, membersBefore, members }): RowOp[] => {
      const own = before === null ? {} : differences(before, row)
      const studioOps: RowOp[] =
        before === null
          ? [{ do: 'insert', table: 'studios', row: { ...row } }]
          : Object.keys(own).length > 0
            ? [
                {
                  do: 'update',
                  table: 'studios',
                  row: before,
                  set: { ...own, version: before.version + 1, changedAt: at },
                },
              ]
            : []
      return [...studioOps, ...opsBetween('studio_memberships', membersBefore, members)]
    })
  }
}

type Cycle = { from: LocalDate; last: LocalDate }

/** Studio → its fields changed since a moment, by hand or by an import that still stands. */
async function touchedFields(tx: Tx, since: string): Promise<Map<string, Set<string>>> {
  const undone = tx.select({ id: importBatches.id }).from(importBatches).where(sql`${importBatches.state} = 'undone'`)
  const rows = await tx
    .select({ id: fieldChanges.entityId, field: fieldChanges.field })
    .from(fieldChanges)
    .where(
      sql`${inArray(fieldChanges.entity, ['studio', 'studios'])} AND ${gt(fieldChanges.at, since)} AND (${fieldChanges.batchId} IS NULL OR ${fieldChanges.batchId} NOT IN ${undone})`,
    )
  const touched = new Map<string, Set<string>>()
  for (const { id, field } of rows) if (field) touched.set(id, (touched.get(id) ?? new Set()).add(field))
  return touched
}
