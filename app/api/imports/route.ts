import { z } from 'zod'
import { defineUpload } from '@/app/_server/route.ts'
import { refusalText } from '@/lib/i18n/translate.ts'
import { runCommand } from '@/lib/platform/command.ts'
import { receiveUpload } from '@/lib/platform/receive.ts'
import { MAX_UPLOAD, uploadWorkbook } from '@/lib/register/commands/upload-workbook.ts'
import { IMPORT_KINDS } from '@/lib/register/imports/run/entries.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'

/** A workbook streams in; the answer is where its dry run can be watched, or why it was not taken. */
export const POST = defineUpload('import.batch.upload', {
  query: z.object({
    name: z.string().min(1).max(200),
    kind: z.enum(IMPORT_KINDS).nullable().catch(null).default(null),
    collection: z.uuid().nullable().catch(null).default(null),
  }),
  handle: async ({ query, actor, request, t }) => {
    const outcome =
      (await receiveUpload(request.body, MAX_UPLOAD, (content) =>
        runCommand(uploadWorkbook, actor, {
          fileName: query.name,
          content,
          kind: query.kind,
          collectionId: query.collection,
        }),
      )) ?? refuse('import.refusal.tooLarge', { mb: MAX_UPLOAD / 1024 / 1024 })
    if (outcome.ok) return Response.json({ href: `/imports/${outcome.value.value.batchId}` })
    return Response.json({ refusals: outcome.refusals.map((refusal) => refusalText(t, refusal)) }, { status: 422 })
  },
})
