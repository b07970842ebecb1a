import { z } from 'zod'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { sha256Hex } from '@/lib/platform/crypto.ts'
import { storeFile, UPLOAD_SECONDS } from '@/lib/platform/files.ts'
import { takeTurn } from '@/lib/platform/limits.ts'
import { enqueue } from '@/lib/platform/queue.ts'
import { createBatch } from '@/lib/register/imports/run/batch.ts'
import { IMPORT_KINDS } from '@/lib/register/imports/run/entries.ts'
import { refuse, refuseAll } from '@/lib/rules/values/outcome.ts'
import { JOB_DRY_RUN } from './import-batch.ts'

/** Bytes a workbook may have. */
export const MAX_UPLOAD = 40 * 1024 * 1024
const KNOWN = /\.(xlsx|xls|ods|csv)$/i

/** A workbook has arrived: kept encrypted, and read by the worker. Of a school it concerns its own people only. */
export const uploadWorkbook = defineCommand({
  name: 'import.batch.upload',
  input: z.strictObject({
    fileName: z.string().trim().min(1).max(200),
    content: z.instanceof(Buffer),
    kind: z.enum(IMPORT_KINDS).nullable().default(null),
    collectionId: z.uuid().nullable().default(null),
  }),
  async run({ tx, actor, input, keys }) {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const { content, fileName, kind } = input
    const type = /\.[^.]*$/.exec(fileName)?.[0] ?? ''
    if (content.length === 0) return refuse('import.refusal.empty')
    if (content.length > MAX_UPLOAD) return refuse('import.refusal.tooLarge', { mb: MAX_UPLOAD / 1024 / 1024 })
    if (!KNOWN.test(fileName)) return refuse('import.refusal.unknownType', { type })
    const tooMany = await takeTurn(tx, actor, 'imports')
    if (tooMany) return refuseAll([tooMany])
    const schoolId = actor.role === 'school_hr' ? (actor.schoolIds[0] ?? null) : null
    const fileId = await storeFile(tx, actor, await keys(), {
      name: fileName,
      mediaType: 'application/octet-stream',
      content,
      ownerKind: 'import_batch',
      schoolId,
      expiresInSeconds: UPLOAD_SECONDS,
    })
    const batchId = await createBatch(tx, actor.districtId, {
      fileId,
      fileName,
      fileHash: sha256Hex(content),
      kind,
      on: null,
      schoolId,
      collectionId: input.collectionId,
      createdBy: actor.userId,
      createdByName: actor.name,
    })
    await enqueue(tx, actor, JOB_DRY_RUN, { batchId })
    const audit = { resource: 'import', objectId: batchId, details: { bytes: content.length } }
    return finished({ batchId }, { message: { key: 'import.batch.reading' }, audit })
  },
})
