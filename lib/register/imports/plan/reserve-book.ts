import { and, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import {
  candidateEvents,
  fieldChanges,
  importBatches,
  reserveCandidates,
  reservePlacements,
} from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { reserveSettings } from '@/lib/reserve/settings.ts'
import type { ReserveSettings } from '../../../rules/reserve/settings.ts'
import { groupBy } from '../../../rules/values/group-by.ts'
import type { DistrictId } from '../../../rules/values/ids.ts'
import type { ReserveRecord } from '../reserve.ts'

export type CandidateRow = typeof reserveCandidates.$inferSelect
export type PlacementRow = typeof reservePlacements.$inferSelect

/** A person of the reserve on file, with the placement that counts: the open one, else the last. */
export interface StoredCandidate {
  candidate: CandidateRow
  placement: PlacementRow | null
  /** Fields changed in the system since the workbook left it. */
  touched: ReadonlySet<string>
}

/** What a change of these means hangs together: one changed since makes all of them a conflict. */
export const COURSE = [
  'state',
  'pooledOn',
  'poolUntil',
  'placedSchool',
  'placedFrom',
  'basis',
  'leftOn',
  'leftReason',
] as const satisfies readonly (keyof ReserveRecord)[]

/** The reserve on file, as a workbook's rows are compared with it. */
export class ReserveBook {
  readonly settings: ReserveSettings
  readonly all: readonly StoredCandidate[]
  readonly #byNumber: ReadonlyMap<string, StoredCandidate>
  readonly #last = new Map<number, number>()

  private constructor(all: readonly StoredCandidate[], settings: ReserveSettings) {
    this.all = all
    this.settings = settings
    this.#byNumber = new Map(all.map((one) => [one.candidate.number, one]))
    for (const { candidate } of all) {
      const match = /^(\d{4})-(\d+)$/.exec(candidate.number)
      if (!match) continue
      const [year, number] = [Number(match[1]), Number(match[2])]
      this.#last.set(year, Math.max(number, this.#last.get(year) ?? 0))
    }
  }

  static async load(tx: Tx, districtId: DistrictId, since: string | null): Promise<ReserveBook> {
    const candidates = await tx.select().from(reserveCandidates)
    const placements = groupBy(await tx.select().from(reservePlacements), ({ candidateId }) => candidateId)
    const touched = since === null ? new Map<string, Set<string>>() : await touchedSince(tx, since)
    const all = candidates.map((candidate) => {
      const own = placements.get(candidate.id) ?? []
      const placement = own.reduce<PlacementRow | null>(
        (last, one) => (last === null || one.during.from > last.during.from ? one : last),
        null,
      )
      const fields = new Set(touched.get(candidate.id) ?? [])
      if (since !== null && placement && Date.parse(placement.changedAt) > Date.parse(since)) fields.add('placedSchool')
      return { candidate, placement, touched: fields }
    })
    return new ReserveBook(all, await reserveSettings(tx, districtId))
  }

  /** Whom a row speaks of: by number, else the one person of this name and post. */
  find({ number, name, year, stage, subject }: ReserveRecord): StoredCandidate[] {
    if (number !== null) {
      const one = this.#byNumber.get(number)
      return one ? [one] : []
    }
    const is = (a: unknown, b: unknown) => a === null || a === b
    return this.all.filter(
      ({ candidate }) =>
        candidate.name === name &&
        is(year, candidate.year) &&
        is(stage, candidate.stage) &&
        is(subject, candidate.subject),
    )
  }

  /** The next number of a recruitment year, e.g. 2026-105. */
  nextNumber(year: number): string {
    const next = (this.#last.get(year) ?? 0) + 1
    this.#last.set(year, next)
    return `${year}-${String(next).padStart(3, '0')}`
  }
}

async function touchedSince(tx: Tx, since: string): Promise<Map<string, Set<string>>> {
  const undone = tx.select({ id: importBatches.id }).from(importBatches).where(eq(importBatches.state, 'undone'))
  const fields = await tx
    .select({ id: fieldChanges.entityId, field: fieldChanges.field })
    .from(fieldChanges)
    .where(
      and(
        inArray(fieldChanges.entity, ['reserve_candidate', 'reserve_candidates']),
        gt(fieldChanges.at, since),
        or(isNull(fieldChanges.batchId), sql`${fieldChanges.batchId} NOT IN ${undone}`),
      ),
    )
  const steps = await tx
    .select({ id: candidateEvents.candidateId })
    .from(candidateEvents)
    .where(gt(candidateEvents.at, since))
  const touched = new Map<string, Set<string>>()
  const touch = (id: string, field: string) => touched.set(id, (touched.get(id) ?? new Set()).add(field))
  for (const { id, field } of fields) if (field) touch(id, field)
  for (const { id } of steps) touch(id, 'state')
  return touched
}
