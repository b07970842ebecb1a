import type { fieldChanges } from '@/db/schema/index.ts'
import type { Keyring } from '../../../platform/crypto.ts'
import { sealedPlace } from './write-ops.ts'

type Kept = typeof fieldChanges.$inferSelect

/** The value of one kept side of a change. */
export function keptValue(
  keys: Keyring,
  change: Pick<Kept, 'id' | 'sensitive' | 'old' | 'new'>,
  side: 'old' | 'new',
): unknown {
  const value = change[side] as { sealed?: string } | null
  if (!change.sensitive || !value?.sealed) return value
  return JSON.parse(keys.open(sealedPlace(change.id, side), Buffer.from(value.sealed, 'base64')))
}
