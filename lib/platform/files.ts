import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { files } from '@/db/schema/index.ts'
import { one, type Tx, withScope } from '@/db/scope.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { DistrictId, FileId, SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { fromNow, now, nowMs } from './clock.ts'
import { type Keyring, sha256Hex } from './crypto.ts'
import { newId } from './new-id.ts'
import type { DailyJob } from './queue.ts'

/** Exports are gone after a day, uploads of forms after thirty (security.md §5.5). */
export const EXPORT_SECONDS = 24 * 3600
export const UPLOAD_SECONDS = 30 * 24 * 3600

export interface NewFile {
  name: string
  mediaType: string
  content: Buffer
  /** What it belongs to; row-level security looks at it: `export`, `exemption`, `case_decision`, `foreign_table` … */
  ownerKind: string
  ownerId?: string | null
  schoolId?: SchoolId | null
  teacherId?: TeacherId | null
  /** Who may fetch it; a job stores for the person who asked. */
  uploadedBy?: string | null
  expiresInSeconds?: number
}

export type StoredFile = typeof files.$inferSelect

function folderOf(districtId: DistrictId): string {
  const data = process.env.JUNHENG_DATA
  if (!data) throw new Error('JUNHENG_DATA is not set: start the product with npm start')
  return path.join(data, 'files', districtId)
}
const placeOf = (districtId: DistrictId, id: string): string => path.join(folderOf(districtId), id)

/** Writes the bytes encrypted under the data folder, then their row. A row never exists without its bytes on disk. */
export async function storeFile(tx: Tx, actor: Actor, keys: Keyring, file: NewFile): Promise<FileId> {
  const id = newId<FileId>()
  const folder = folderOf(actor.districtId)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = path.join(folder, `${randomUUID()}.part`)
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(keys.sealBytes('file', id, file.content))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, placeOf(actor.districtId, id))
  await tx.insert(files).values({
    districtId: actor.districtId,
    id,
    name: file.name,
    mediaType: file.mediaType,
    size: file.content.length,
    sha256: sha256Hex(file.content),
    ownerKind: file.ownerKind,
    ownerId: file.ownerId ?? null,
    schoolId: file.schoolId ?? null,
    teacherId: file.teacherId ?? null,
    uploadedBy: (file.uploadedBy ?? (actor.kind === 'user' ? actor.userId : null)) as never,
    at: now(),
    expiresAt: file.expiresInSeconds === undefined ? null : fromNow(file.expiresInSeconds),
  })
  return id
}

/** The file if the scope shows its row and it has not expired; throws when its bytes are not those that were stored. */
export async function openFile(
  tx: Tx,
  keys: Keyring,
  id: FileId,
): Promise<{ file: StoredFile; content: Buffer } | null> {
  const [file] = await tx
    .select()
    .from(files)
    .where(
      and(
        eq(files.id, id),
        isNull(files.deletedAt),
        sql`(${files.expiresAt} IS NULL OR ${files.expiresAt} > ${now()})`,
      ),
    )
  if (!file) return null
  const content = keys.openBytes('file', id, await readFile(placeOf(file.districtId, id)))
  if (sha256Hex(content) !== file.sha256) throw new Error('a stored file is not what was stored')
  return { file, content }
}

/** Removes the bytes and marks the row; the row stays as a record that there was a file. */
export async function deleteFile(tx: Tx, districtId: DistrictId, id: FileId): Promise<void> {
  one(await tx.update(files).set({ deletedAt: now() }).where(eq(files.id, id)).returning({ id: files.id }))
  await rm(placeOf(districtId, id), { force: true })
}

const ORPHAN_MS = 24 * 3600 * 1000

/** Bytes past their time go, and bytes whose transaction never committed. */
export const expireFiles: DailyJob = {
  name: 'platform.files.expire',
  run: async ({ actor }) =>
    withScope(actor, async (tx) => {
      const due = await tx
        .select({ id: files.id })
        .from(files)
        .where(and(isNull(files.deletedAt), sql`${files.expiresAt} <= ${now()}`))
      for (const { id } of due) await deleteFile(tx, actor.districtId, id)
      return { expired: due.length, orphans: await removeOrphans(tx, actor.districtId) }
    }),
}

async function removeOrphans(tx: Tx, districtId: DistrictId): Promise<number> {
  const folder = folderOf(districtId)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const names = await readdir(folder)
  const ids = names.filter((name) => !name.endsWith('.part')) as FileId[]
  const known = new Set(
    ids.length === 0
      ? []
      : (await tx.select({ id: files.id }).from(files).where(inArray(files.id, ids))).map((row) => row.id as string),
  )
  let removed = 0
  for (const name of names) {
    if (known.has(name)) continue
    const place = path.join(folder, name)
    // A file younger than a day may belong to a transaction that still runs
    if (nowMs() - (await stat(place)).mtimeMs < ORPHAN_MS) continue
    await rm(place, { force: true })
    removed += 1
  }
  return removed
}
