import { withScope } from '@/db/scope.ts'
import { keyring } from '@/lib/platform/crypto.ts'
import { EXPORT_SECONDS, storeFile } from '@/lib/platform/files.ts'
import type { JobHandler } from '@/lib/platform/queue.ts'
import { type PaperScope, type PaperSet, paperSet } from '../queries/paper-files.ts'

export const PAPERS_JOB = 'rotation.papers.make'

/** Big sets of papers: made outside the web process, kept encrypted for a day, for the one who asked. */
export const makePapersJob: JobHandler = {
  name: PAPERS_JOB,
  run: ({ actor, payload, jobId, userId, progress }) =>
    withScope(
      actor,
      async (tx) => {
        const { scope, set, footer } = payload as { scope: PaperScope; set: PaperSet; footer: string }
        const made = await paperSet(tx, actor, scope, set, footer, (done, of) => progress({ done, of }))
        if (!made) return { fileId: null, count: 0 }
        const fileId = await storeFile(tx, actor, await keyring(tx, actor.districtId), {
          ...made.file,
          ownerKind: 'export',
          ownerId: jobId,
          uploadedBy: userId,
          expiresInSeconds: EXPORT_SECONDS,
        })
        return { fileId, count: made.papers.length }
      },
      { statementSeconds: 120 },
    ),
}
