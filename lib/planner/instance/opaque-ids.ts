import { createHash, createHmac } from 'node:crypto'

/** Ids of one round: the same person always the same id, another round another, and no way back without the secret. */
export interface OpaqueIds {
  person(key: string): string
  /** From what its members have in common, so that a group keeps its id while people join or leave it. */
  group(standing: string): string
}

export function opaqueIds(secret: string): OpaqueIds {
  return {
    person: (key) => `T${createHmac('sha256', secret).update(`person|${key}`).digest('hex').slice(0, 12)}`,
    group: (standing) => `G${createHash('sha256').update(`group|${standing}`).digest('hex').slice(0, 12)}`,
  }
}
