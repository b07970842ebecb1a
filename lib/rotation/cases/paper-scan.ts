import { and, eq } from 'drizzle-orm'
import { files } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Keyring } from '@/lib/platform/crypto.ts'
import { keepScan, type Scan } from '@/lib/platform/scans.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { FileId, SchoolId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import type { CaseRow } from './lock.ts'

/** What a form says of a signed paper: its day, and the scan it brings or one that is kept already. */
export interface PaperInput {
  paperDate: LocalDate
  paperFileId?: FileId | undefined
  scan?: Scan | undefined
}

/** Keeps the scan of a paper that belongs to a case (线下代录). @returns its file, null where only the paper exists */
export async function keepPaper(
  tx: Tx,
  actor: UserActor,
  keys: () => Promise<Keyring>,
  input: PaperInput,
  row: CaseRow,
  schoolId: SchoolId | null,
): Promise<Outcome<FileId | null>> {
  if (input.paperDate > actor.today) return refuse('case.refusal.paperAhead', undefined, { field: 'paperDate' })
  const known = input.paperFileId
    ? await tx
        .select({ id: files.id })
        .from(files)
        .where(and(eq(files.id, input.paperFileId), eq(files.ownerKind, 'case_decision')))
    : []
  if (input.paperFileId && known.length === 0) return refuse('case.refusal.noScan', undefined, { field: 'paperFileId' })
  const owner = { ownerKind: 'case_decision', ownerId: row.id, schoolId, teacherId: row.teacherId } as const
  const kept = await keepScan(tx, actor, await keys(), input.scan, owner, 'scan')
  return kept.ok ? done(kept.value ?? input.paperFileId ?? null) : kept
}
