import { withScope } from '@/db/scope.ts'
import { keyring } from '@/lib/platform/crypto.ts'
import { type Exporter, logExport } from '@/lib/platform/export-log.ts'
import { EXPORT_SECONDS, storeFile } from '@/lib/platform/files.ts'
import type { JobHandler } from '@/lib/platform/queue.ts'
import { type PaperScope, type PaperSet, paperSet } from '../queries/paper-files.ts'

export const PAPERS_JOB = 'rotation.papers.make'

interface PapersAsked {
  scope: PaperScope
  set: PaperSet
  footer: string
  /** Of the export; it stands in the foot of the files. */
  number: number
  by: Omit<Exporter, 'districtId'>
}

/** Big sets of papers: made outside the web process, kept encrypted for a day, for the one who asked. */
export const makePapersJob: JobHandler = {
  name: PAPERS_JOB,
  run: ({ actor, payload, jobId, userId, progress }) =>
    withScope(
      actor,
      async (tx) => {
        const { scope, set, footer, number, by } = payload as unknown as PapersAsked
        const made = await paperSet(tx, actor, scope, set, footer, (done, of) => progress({ done, of }))
        if (!made) return { fileId: null, count: 0 }
        const fileId = await storeFile(tx, actor, await keyring(tx, actor.districtId), {
          ...made.file,
          ownerKind: 'export',
          ownerId: jobId,
          uploadedBy: userId,
          expiresInSeconds: EXPORT_SECONDS,
        })
        await logExport(
          tx,
          { ...by, districtId: actor.districtId },
          {
            number,
            page: '/rotation/orders',
            purpose: set,
            filter: scope,
            columns: [set],
            teacherIds: made.papers.map(({ person }) => person.teacherId),
            rowCount: made.papers.length,
            file: made.file.content,
          },
        )
        return { fileId, count: made.papers.length }
      },
      { statementSeconds: 120 },
    ),
}
