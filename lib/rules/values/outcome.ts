/** Why something expected was refused: a code with a sentence in every language (`lib/i18n/messages`). */
export interface Refusal {
  /** Message key, `<area>.refusal.<what>`. */
  code: string
  values?: Record<string, string | number>
  /** Form field the sentence belongs beside. */
  field?: string
  /** Rule id of domain.md or security.md, when one refuses. */
  rule?: string
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; refusals: Refusal[] }

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value })

export const refuse = (
  code: string,
  values?: Refusal['values'],
  more?: Pick<Refusal, 'field' | 'rule'>,
): Outcome<never> => ({
  ok: false,
  refusals: [{ code, ...(values ? { values } : {}), ...more }],
})

export const refuseAll = (refusals: Refusal[]): Outcome<never> => ({ ok: false, refusals })
