import type { Refusal } from '@/lib/rules/values/outcome.ts'

/** Rules know a studio by its id; a person reads its name. */
export const withStudioNames = (
  refusals: readonly Refusal[],
  studios: readonly { id: string; name: string }[],
  field: string,
): Refusal[] =>
  refusals.map((refusal) => {
    const id = refusal.values?.studio
    const name = studios.find((studio) => studio.id === id)?.name
    return { ...refusal, field, values: { ...refusal.values, ...(name ? { studio: name } : {}) } }
  })
