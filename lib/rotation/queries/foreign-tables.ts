import { desc, eq } from 'drizzle-orm'
import { foreignTables } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { keyring } from '@/lib/platform/crypto.ts'
import { openFile } from '@/lib/platform/files.ts'
import { allTeacherIds, teachersById } from '@/lib/register/queries/teacher-list.ts'
import type { TeacherQuery } from '@/lib/register/queries/teacher-query.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { RoundId, TeacherId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome } from '@/lib/rules/values/outcome.ts'
import { fillInChild } from '../documents/fill-in-child.ts'
import { caseRow, type ForeignRow, LIST_FIELDS, listRow } from '../documents/foreign-fields.ts'
import { XLSX } from '../documents/official.ts'
import type { MadeFile } from '../documents/package.ts'
import { fileName } from '../documents/words.ts'
import { casePapers } from './case-papers.ts'
import { decidedCases } from './orders.ts'

/** Forms kept, the last used first. */
export const listForeignTables = (tx: Tx) => tx.select().from(foreignTables).orderBy(desc(foreignTables.changedAt))

/** Whom the form is filled with: the decided cases of a round, or whom the teacher list finds. */
export type TableSource = { round: RoundId } | { filter: TeacherQuery }

export interface FilledTable extends MadeFile {
  teacherIds: TeacherId[]
}

/** The form filled, in a process of its own; null when form, file or people are not there. */
export async function filledTable(
  tx: Tx,
  actor: UserActor,
  tableId: string,
  source: TableSource,
): Promise<Outcome<FilledTable> | null> {
  const [table] = await tx.select().from(foreignTables).where(eq(foreignTables.id, tableId))
  if (!table?.fileId) return null
  const found = await openFile(tx, await keyring(tx, actor.districtId), table.fileId)
  const people = await peopleOf(tx, actor, source)
  if (!found || people.rows.length === 0) return null
  const { sheet, headerRow, mapping } = table
  const content = await fillInChild(found.content, { sheet, headerRow, mapping }, people.rows)
  if (!content.ok) return content
  return done({
    name: fileName(table.name),
    mediaType: XLSX,
    content: content.value,
    teacherIds: people.teacherIds,
  })
}

async function peopleOf(
  tx: Tx,
  actor: UserActor,
  source: TableSource,
): Promise<{ rows: ForeignRow[]; teacherIds: TeacherId[] }> {
  if ('filter' in source) {
    const teacherIds = await allTeacherIds(tx, actor, source.filter)
    const on = source.filter.asOf ?? actor.today
    return { rows: (await teachersById(tx, actor, teacherIds, on, LIST_FIELDS)).map(listRow), teacherIds }
  }
  const papers = await casePapers(tx, await decidedCases(tx, source.round), actor.today)
  const teacherIds = papers.map(({ person }) => person.teacherId)
  const people = new Map(
    (await teachersById(tx, actor, teacherIds, actor.today, LIST_FIELDS)).map((row) => [row.id, row]),
  )
  return {
    rows: papers.map((paper, index) => caseRow(paper, people.get(paper.person.teacherId), index)),
    teacherIds,
  }
}
