import { z } from 'zod'
import { filledSentence } from './filled.ts'
import type { Translate } from './translate.ts'

/** What the trail keeps of a refusal beside its codes; gone when the details' time has passed (security.md §5.5). */
const keptDetails = z.object({
  refusals: z.array(
    z.object({ code: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])).optional() }),
  ),
})

export interface RefusalSentence {
  code: string
  text: string
}

/**
 * The sentences of a reason that is a list of refusal codes, as the person read them; null for a reason in somebody's own
 * words. Where the values are no longer kept an ellipsis stands in their place.
 */
export function refusalSentences(t: Translate, reason: string | null, details: unknown): RefusalSentence[] | null {
  const codes = reason?.split(', ') ?? []
  if (codes.length === 0 || !codes.every((code) => t.has(code))) return null
  const kept = keptDetails.safeParse(details)
  return codes.map((code, index) => {
    const values = kept.success ? kept.data.refusals[index] : undefined
    return { code, text: filledSentence(t, code, values?.code === code ? values.values : undefined) }
  })
}
