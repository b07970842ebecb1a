import { and, eq, sql } from 'drizzle-orm'
import { importBatches, roleGrants, users } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import { keyring } from '@/lib/platform/crypto.ts'
import { deleteFile, openFile, storeFile, UPLOAD_SECONDS } from '@/lib/platform/files.ts'
import { enqueue, type JobContext, type JobHandler } from '@/lib/platform/queue.ts'
import { annotateWorkbook } from '@/lib/platform/workbook/annotate.ts'
import { type ConfirmedBy, runApply, runDryRun, runUndo, understandingOf } from '@/lib/register/imports/run/batch.ts'
import { findingsOf } from '@/lib/register/imports/run/import-now.ts'
import { importSentences } from '@/lib/register/imports/sentences.ts'
import type { BatchId } from '@/lib/rules/values/ids.ts'
import { JOB_APPLY, JOB_DRY_RUN, JOB_UNDO } from '../commands/import-batch.ts'

const JOB_ANNOTATE = 'import.annotate'
const batchOf = ({ payload }: JobContext) => payload.batchId as BatchId

/** Who asked, while their grant still lives: an ended grant stops the job (security.md §3.4). */
async function whoAsked({ actor, userId, grantId }: JobContext): Promise<ConfirmedBy | null> {
  if (!userId || !grantId) return null
  return withScope(
    actor,
    async (tx) => {
      const [row] = await tx
        .select({ name: users.displayName })
        .from(roleGrants)
        .innerJoin(users, and(eq(users.districtId, roleGrants.districtId), eq(users.id, roleGrants.userId)))
        .where(
          and(
            eq(roleGrants.id, grantId as never),
            eq(users.id, userId as never),
            sql`${users.disabledAt} IS NULL AND ${roleGrants.validFrom} <= ${actor.today} AND ${roleGrants.validTo} > ${actor.today}`,
          ),
        )
      return row ? { userId: userId as never, name: row.name } : null
    },
    { readOnly: true },
  )
}

async function release(context: JobContext, state: 'ready' | 'confirmed', from: string): Promise<{ stopped: true }> {
  await withScope(context.actor, (tx) =>
    tx
      .update(importBatches)
      .set({ state, refusal: [{ code: 'import.refusal.grantEnded' }] })
      .where(and(eq(importBatches.id, batchOf(context)), eq(importBatches.state, from))),
  )
  return { stopped: true }
}

const dryRunJob: JobHandler = {
  name: JOB_DRY_RUN,
  async run(context) {
    const { actor } = context
    const id = batchOf(context)
    const outcome = await runDryRun(actor, id)
    if (!outcome.ok) return { refused: outcome.refusals }
    const { counts, notes } = outcome.value
    if (counts.refused + counts.warnings + counts.mended + notes.length > 0)
      await withScope(actor, (tx) => enqueue(tx, actor, JOB_ANNOTATE, { batchId: id }))
    return { counts }
  },
}

const applyJob: JobHandler = {
  name: JOB_APPLY,
  async run(context) {
    const by = await whoAsked(context)
    if (!by) return release(context, 'ready', 'confirming')
    return runApply(context.actor, batchOf(context), by, (rows) => context.progress({ rows }))
  },
}

const undoJob: JobHandler = {
  name: JOB_UNDO,
  async run(context) {
    const by = await whoAsked(context)
    if (!by) return release(context, 'confirmed', 'undoing')
    // Asked for by two people the batch has only been named; taking it back begins here
    await withScope(context.actor, (tx) =>
      tx
        .update(importBatches)
        .set({ state: 'undoing', refusal: null })
        .where(and(eq(importBatches.id, batchOf(context)), eq(importBatches.state, 'confirmed'))),
    )
    return runUndo(context.actor, batchOf(context), by)
  },
}

/** The person's own workbook again, with 错误信息 beside its rows, ready to be fetched. */
const annotateJob: JobHandler = {
  name: JOB_ANNOTATE,
  async run(context) {
    const { actor } = context
    const id = batchOf(context)
    const findings = await findingsOf(actor, id)
    return withScope(
      actor,
      async (tx) => {
        const [batch] = await tx.select().from(importBatches).where(eq(importBatches.id, id))
        const keys = await keyring(tx, actor.districtId)
        const original = batch?.fileId ? await openFile(tx, keys, batch.fileId) : null
        if (!batch || !original) return { gone: true }
        const understanding = understandingOf(batch)
        const { finding: say, say: text } = importSentences('zh-CN')
        const content = await annotateWorkbook(original.content, {
          filename: batch.fileName,
          findings: [...understanding.notes, ...findings],
          headers: new Map(understanding.sheets.map(({ sheet, headerBottom }) => [sheet, headerBottom])),
          say,
          heading: text('workbook.findings'),
          partly: (count) => text('workbook.truncated', { count }),
        })
        if (batch.annotatedFileId) await deleteFile(tx, actor.districtId, batch.annotatedFileId)
        const annotatedFileId = await storeFile(tx, actor, keys, {
          name: `${batch.fileName.replace(/\.[^.]*$/, '')}-错误信息.xlsx`,
          mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          content,
          ownerKind: 'import_batch',
          ownerId: id,
          schoolId: batch.schoolId,
          uploadedBy: batch.createdBy,
          expiresInSeconds: UPLOAD_SECONDS,
        })
        await tx.update(importBatches).set({ annotatedFileId }).where(eq(importBatches.id, id))
        return { annotated: true }
      },
      { statementSeconds: 120 },
    )
  },
}

export const importJobs: readonly JobHandler[] = [dryRunJob, applyJob, undoJob, annotateJob]
