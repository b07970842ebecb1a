import { z } from 'zod'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { FileId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import type { Keyring } from './crypto.ts'
import { type NewFile, storeFile } from './files.ts'

/** Bytes a scan may have; the frame lets a form of this size through (next.config.js). */
export const MOST_SCAN_BYTES = 5 * 1024 * 1024

/** A file a form brings along: its bytes as base64 text, as `defineAction` reads them. */
export const scanSchema = z.strictObject({ name: z.string().max(200), content: z.string().max(8_000_000) })
export type Scan = z.output<typeof scanSchema>

const KINDS: readonly { mediaType: string; begins: readonly number[] }[] = [
  { mediaType: 'application/pdf', begins: [0x25, 0x50, 0x44, 0x46] },
  { mediaType: 'image/jpeg', begins: [0xff, 0xd8, 0xff] },
  { mediaType: 'image/png', begins: [0x89, 0x50, 0x4e, 0x47] },
]

/** Keeps a scanned paper encrypted. What it is, its first bytes say, not its name; null when the form brought none. */
export async function keepScan(
  tx: Tx,
  actor: UserActor,
  keys: Keyring,
  scan: Scan | undefined,
  owner: Pick<NewFile, 'ownerKind' | 'ownerId' | 'schoolId' | 'teacherId'>,
  field: string,
): Promise<Outcome<FileId | null>> {
  if (!scan) return done(null)
  const content = Buffer.from(scan.content, 'base64')
  if (content.length === 0) return refuse('platform.refusal.fileEmpty', undefined, { field })
  if (content.length > MOST_SCAN_BYTES)
    return refuse('platform.refusal.fileTooLarge', { mb: MOST_SCAN_BYTES / 1024 / 1024 }, { field })
  const kind = KINDS.find(({ begins }) => begins.every((byte, i) => content[i] === byte))
  if (!kind) return refuse('platform.refusal.fileKind', undefined, { field })
  const { mediaType } = kind
  return done(await storeFile(tx, actor, keys, { name: scan.name, mediaType, content, ...owner }))
}
