import { and, asc, eq, sql } from 'drizzle-orm'
import { importBatches, importRows } from '@/db/schema/index.ts'
import { one, withScope } from '@/db/scope.ts'
import { writeAudit } from '../../../platform/audit.ts'
import { keyring, sha256Hex } from '../../../platform/crypto.ts'
import { storeFile, UPLOAD_SECONDS } from '../../../platform/files.ts'
import type { Finding } from '../../../platform/workbook/finding.ts'
import type { SystemActor } from '../../../rules/access/actor.ts'
import type { LocalDate } from '../../../rules/values/dates.ts'
import type { BatchId, FileId } from '../../../rules/values/ids.ts'
import { done, type Outcome } from '../../../rules/values/outcome.ts'
import { createBatch, runApply, runDryRun } from './batch.ts'
import type { DryRunReport } from './dry-run.ts'
import type { ImportKind } from './entries.ts'
import { openRow } from './stored-rows.ts'

/** A workbook from the server's console into the register in one go; conflicts stay as in the system, nobody leaves. */
export async function importNow(
  actor: SystemActor,
  upload: { content: Buffer; fileName: string; kind: ImportKind; on: LocalDate | null },
): Promise<Outcome<{ report: DryRunReport; findings: Finding[] }>> {
  const { content, fileName, kind, on } = upload
  const id = await withScope(actor, async (tx) => {
    const fileId = process.env.JUNHENG_DATA ? await keep(actor, tx, content, fileName) : null
    const by = { createdBy: null, createdByName: actor.job, schoolId: null }
    return createBatch(tx, actor.districtId, { fileId, fileName, fileHash: sha256Hex(content), kind, on, ...by })
  })
  const report = await runDryRun(actor, id, content)
  if (!report.ok) return report
  const findings = await findingsOf(actor, id)
  await withScope(actor, async (tx) => {
    one(
      await tx
        .update(importBatches)
        .set({ state: 'confirming' })
        .where(and(eq(importBatches.id, id), eq(importBatches.state, 'ready')))
        .returning({ id: importBatches.id }),
    )
    await writeAudit(tx, actor, {
      action: 'import.batch.confirm',
      resource: 'import',
      objectId: id,
      outcome: 'done',
      details: report.value.counts,
    })
  })
  const applied = await runApply(actor, id, { userId: null, name: actor.job })
  if (!applied.ok) return applied
  return done({ report: report.value, findings: [...report.value.notes, ...findings] })
}

async function keep(
  actor: SystemActor,
  tx: Parameters<typeof storeFile>[0],
  content: Buffer,
  name: string,
): Promise<FileId> {
  return storeFile(tx, actor, await keyring(tx, actor.districtId), {
    name,
    mediaType: 'application/octet-stream',
    content,
    ownerKind: 'import_batch',
    expiresInSeconds: UPLOAD_SECONDS,
  })
}

/** What reading and comparing found, row by row, with the numbers it speaks of. */
export async function findingsOf(actor: SystemActor, id: BatchId): Promise<Finding[]> {
  return withScope(
    actor,
    async (tx) => {
      const keys = await keyring(tx, actor.districtId)
      const rows = await tx
        .select()
        .from(importRows)
        .where(and(eq(importRows.batchId, id), sql`jsonb_array_length(${importRows.findings}) > 0`))
        .orderBy(asc(importRows.sheet), asc(importRows.row))
      return rows.flatMap((row) => {
        const opened = openRow(keys, row).findings
        const late = (row.findings as Finding[]).slice(opened.length)
        return [...opened, ...late]
      })
    },
    { readOnly: true },
  )
}
