import { desc, eq } from 'drizzle-orm'
import { foreignTables } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { keyring } from '@/lib/platform/crypto.ts'
import { openFile } from '@/lib/platform/files.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { RoundId } from '@/lib/rules/values/ids.ts'
import { fillForeign } from '../documents/fill-foreign.ts'
import { XLSX } from '../documents/official.ts'
import type { MadeFile } from '../documents/package.ts'
import { summaryRow } from '../documents/summary.ts'
import { fileName } from '../documents/words.ts'
import { casePapers } from './case-papers.ts'
import { decidedCases } from './orders.ts'

/** Forms kept, the last used first. */
export const listForeignTables = (tx: Tx) => tx.select().from(foreignTables).orderBy(desc(foreignTables.changedAt))

/** The form filled with the decided cases of a round; null when form, file or people are not there. */
export async function filledTable(tx: Tx, actor: Actor, tableId: string, roundId: RoundId): Promise<MadeFile | null> {
  const [table] = await tx.select().from(foreignTables).where(eq(foreignTables.id, tableId))
  if (!table?.fileId) return null
  const found = await openFile(tx, await keyring(tx, actor.districtId), table.fileId)
  const papers = await casePapers(tx, await decidedCases(tx, roundId), actor.today)
  if (!found || papers.length === 0) return null
  return {
    name: fileName(table.name),
    mediaType: XLSX,
    content: await fillForeign(found.content, table, papers.map(summaryRow)),
  }
}
