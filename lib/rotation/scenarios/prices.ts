import type { SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'

/** What a lock, or choosing somebody, costs: asked for on a page, answered by a solve in the background. */
export interface AskedPrice {
  state: 'waiting' | 'done' | 'failed'
  kind: 'lock' | 'choose'
  teacherId: TeacherId
  /** School asked about; null: the best there is, which the answer names. */
  to: SchoolId | null
  answer?: PriceAnswer
}

export type PriceAnswer =
  /** First level that changes, and by how much it is worse (a lock may also cost nothing). */
  | {
      kind: 'worse'
      level: number
      by: number
      proven: boolean
      to: SchoolId | null
      cv?: { id: string; stage: string; from: number; until: number }[]
    }
  | { kind: 'tie'; to: SchoolId | null }
  | { kind: 'conflict'; rules: string[] }
  | { kind: 'unknown' }

export const priceKey = ({
  kind,
  teacherId,
  to,
}: {
  kind: string
  teacherId: string
  to?: string | null | undefined
}) => `${kind}:${teacherId}:${to ?? ''}`

export const pricesOf = (stored: unknown): Record<string, AskedPrice> => (stored ?? {}) as Record<string, AskedPrice>
