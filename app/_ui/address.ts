import { z } from 'zod'

export type Query = Record<string, string | number | boolean | string[] | null | undefined>

/** An address with these parameters; empty ones are left out, so links stay short and stable. */
export function addressOf(path: string, query: Query): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '' || value === false) continue
    if (Array.isArray(value)) for (const item of value) params.append(key, item)
    else params.set(key, String(value))
  }
  const text = params.toString()
  return text ? `${path}?${text}` : path
}

/** Paging part of a list's query. */
export const pagingQuery = {
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
  size: z.coerce
    .number()
    .int()
    .refine((n) => [20, 50, 100].includes(n))
    .catch(50),
}
/** A field of a query that may be absent; too long or repeated values are dropped. */
export const textQuery = z.string().trim().max(80).optional().catch(undefined)
