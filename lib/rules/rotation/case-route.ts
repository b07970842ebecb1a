import type { BureauReason } from './case-facts.ts'

/** A principal in office: the account and the human. */
export interface Head {
  user: string
  person: string
}

/** A refusal and a missed deadline stay the bureau's until the case moves; the other reasons come and go with the people. */
const KEPT: readonly (BureauReason | null)[] = ['refused', 'late']

/**
 * Whether a school's step is the bureau's, and why (SD-3, SD-4, SD-5, design.md §4): nobody heads the school, all who do
 * also head the other end and gave or will give its approval, or all are the teacher or related to the teacher.
 * @param otherEnd heads of the end whose approval one of these cannot add to
 * @param barred persons the case is about, accounts with a declared relation
 */
export function routeOf(
  now: BureauReason | null,
  heads: readonly Head[],
  otherEnd: readonly Head[],
  barred: { persons: readonly string[]; users: readonly string[] },
): BureauReason | null {
  if (KEPT.includes(now)) return now
  if (heads.length === 0) return 'no_head'
  const unrelated = heads.filter(({ user, person }) => !barred.persons.includes(person) && !barred.users.includes(user))
  if (unrelated.length === 0) return 'recused'
  const free = unrelated.filter(({ person }) => !otherEnd.some((other) => other.person === person))
  return free.length === 0 ? 'same_head' : null
}
