import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { foreignTables } from '@/db/schema/index.ts'
import { one } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { sha256Hex } from '@/lib/platform/crypto.ts'
import { storeFile } from '@/lib/platform/files.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { findHeader } from '@/lib/platform/workbook/header.ts'
import { readWorkbookInChild } from '@/lib/platform/workbook/read-in-child.ts'
import { withTemporaryFile } from '@/lib/platform/workbook/temporary-file.ts'
import { normaliseTitle } from '@/lib/platform/workbook/titles.ts'
import { idSchema } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { FOREIGN_COLUMNS } from '../documents/foreign-fields.ts'
import { XLSX } from '../documents/official.ts'
import { foreignIndex } from '../imports/foreign-columns.ts'

const MOST_BYTES = 10 * 1024 * 1024
/** An empty form is small; the reading ends well before the transaction would be cut off. */
const LIMITS = { fileBytes: MOST_BYTES, rows: 20_000, seconds: 20, memoryMb: 400 }

/** Takes an upper bureau's empty form: finds its headings by the import's synonyms, and remembers how they were matched before. */
export const uploadForeignTable = defineCommand({
  name: 'rotation.foreignTable.upload',
  input: z.strictObject({ name: z.string().trim().min(1).max(120), content: z.instanceof(Buffer) }),
  run: async ({ tx, actor, input, at, keys }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (!input.name.toLowerCase().endsWith('.xlsx') || input.content.length > MOST_BYTES)
      return refuse('document.refusal.xlsxOnly')
    const opened = await withTemporaryFile(input.content, (file) => readWorkbookInChild(file, input.name, LIMITS))
    if (!opened.ok) return opened
    const index = foreignIndex()
    const header = opened.value.flatMap((sheet) => findHeader(sheet, index) ?? [])[0]
    if (!header) return refuse('document.refusal.noHeader')
    const headings = Object.fromEntries(header.columns.map(({ letter, title }) => [letter, title]))
    const fingerprint = sha256Hex(Object.values(headings).map(normaliseTitle).join('|'))
    const [known] = await tx
      .select()
      .from(foreignTables)
      .where(eq(foreignTables.fingerprint, fingerprint))
      .for('update')
    const fileId = await storeFile(tx, actor, await keys(), {
      name: input.name,
      mediaType: XLSX,
      content: input.content,
      ownerKind: 'foreign_table',
    })
    const found = {
      name: input.name,
      sheet: header.sheet,
      headerRow: header.bottom,
      headings,
      fileId,
      changedBy: actor.userId,
      changedAt: at,
    }
    const id = known?.id ?? newId<string>()
    if (known)
      one(await tx.update(foreignTables).set(found).where(eq(foreignTables.id, id)).returning({ id: foreignTables.id }))
    else
      await tx.insert(foreignTables).values({
        districtId: actor.districtId,
        id,
        fingerprint,
        mapping: Object.fromEntries(header.columns.map(({ letter, field }) => [letter, field ?? ''])),
        ...found,
      })
    return finished(
      { tableId: id, known: known !== undefined },
      { audit: { resource: 'foreign_table', objectId: id, details: { columns: header.columns.length } } },
    )
  },
})

const FIELDS = ['', ...FOREIGN_COLUMNS.map(({ key }) => key)] as const

/** One column corrected by hand; kept for the next time the same form comes. */
export const mapForeignColumn = defineCommand({
  name: 'rotation.foreignTable.map',
  input: z.strictObject({
    tableId: idSchema<string>(),
    letter: z.string().regex(/^[A-Z]{1,3}$/),
    field: z.enum(FIELDS),
  }),
  target: async (tx, { tableId }) => {
    const [table] = await tx.select().from(foreignTables).where(eq(foreignTables.id, tableId)).for('update')
    return table ? { ...table, target: {} } : null
  },
  run: async ({ tx, actor, input, before: table, at }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    one(
      await tx
        .update(foreignTables)
        .set({ mapping: { ...table.mapping, [input.letter]: input.field }, changedBy: actor.userId, changedAt: at })
        .where(eq(foreignTables.id, table.id))
        .returning({ id: foreignTables.id }),
    )
    return finished(null, {
      message: { key: 'document.table.kept' },
      audit: { resource: 'foreign_table', objectId: table.id },
    })
  },
})
