import { inArray } from 'drizzle-orm'
import { rotationCases } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { CaseFacts } from '@/lib/rules/rotation/case-facts.ts'
import type { CaseState } from '@/lib/rules/rotation/case-states.ts'
import { nextStep } from '@/lib/rules/rotation/case-steps.ts'
import type { CaseAction } from '@/lib/rules/rotation/case-workflow.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { CaseId } from '@/lib/rules/values/ids.ts'
import type { Refusal } from '@/lib/rules/values/outcome.ts'
import { caseActor, loadFacts, roundContext } from '../cases/facts.ts'
import type { CaseRow } from '../cases/lock.ts'
import { type CaseSnapshot, snapshotsOf } from '../cases/snapshot.ts'
import { coverKey } from './cover.ts'

export interface BulkPreviewRow {
  caseId: CaseId
  number: number
  snapshot: CaseSnapshot
  /** Where it would come to rest; null when it may not go. */
  to: CaseState | null
  unmet: Refusal[]
}
export interface BulkPreview {
  ok: number
  broken: number
  rows: BulkPreviewRow[]
}

/**
 * The summary before a bulk act: each case as it would go, in the order given, with every rule it breaks. What an earlier
 * case of the list takes (a place, a teacher of the subject) is gone for the later ones, as it will be in the act itself.
 */
export async function previewBulk(
  tx: Tx,
  actor: Actor,
  { action, caseIds, to }: { action: CaseAction; caseIds: readonly CaseId[]; to?: CaseState | undefined },
): Promise<BulkPreview> {
  const wanted = [...new Set(caseIds)]
  const found = wanted.length ? await tx.select().from(rotationCases).where(inArray(rotationCases.id, wanted)) : []
  const byId = new Map(found.map((row) => [row.id, row]))
  const rows = wanted.flatMap((id) => byId.get(id) ?? [])
  const snapshots = await snapshotsOf(tx, rows, actor.today)
  const facts = new Map<CaseId, CaseFacts>()
  for (const [roundId, own] of groupBy(rows, (row) => row.roundId)) {
    const context = await roundContext(tx, roundId)
    if (context) for (const [id, one] of await loadFacts(tx, actor, own, context)) facts.set(id, one)
  }
  const gone = new Map<string, number>()
  const preview = rows.flatMap((row): BulkPreviewRow[] => {
    const known = facts.get(row.id)
    const snapshot = snapshots.get(row.id)
    if (!known || !snapshot) return []
    const step = nextStep(afterEarlier(known, row, gone), caseActor(actor, row), action, to)
    if (step.ok && action === 'approve') take(row, gone)
    return [
      {
        caseId: row.id,
        number: row.number,
        snapshot,
        to: step.ok ? step.value.to : null,
        unmet: step.ok ? [] : step.refusals,
      },
    ]
  })
  const ok = preview.filter(({ to: rest }) => rest !== null).length
  return { ok, broken: preview.length - ok, rows: preview }
}

const leftKey = (row: CaseRow) => `left ${coverKey(row.fromSchoolId, row.teacherStage ?? row.stage, row.subject)}`
const takenKey = (row: CaseRow) => `taken ${coverKey(row.toSchoolId ?? '', row.stage, row.subject)}`
const take = (row: CaseRow, gone: Map<string, number>) => {
  const key = row.state === 'submitted' ? leftKey(row) : takenKey(row)
  gone.set(key, (gone.get(key) ?? 0) + 1)
}

function afterEarlier(facts: CaseFacts, row: CaseRow, gone: Map<string, number>): CaseFacts {
  const left = gone.get(leftKey(row)) ?? 0
  const taken = gone.get(takenKey(row)) ?? 0
  return {
    ...facts,
    originCover: facts.originCover && { ...facts.originCover, haveTenths: facts.originCover.haveTenths - left * 10 },
    place: facts.place && {
      ...facts.place,
      taken: facts.place.taken + taken,
      freed: facts.place.freed - taken,
      cover: facts.place.cover && { ...facts.place.cover, haveTenths: facts.place.cover.haveTenths + taken * 10 },
    },
  }
}
