import type { BureauBarred, BureauReason } from './case-facts.ts'

/** Somebody in office: the account and the human. */
export interface Head {
  user: string
  person: string
}

/** A refusal and a missed deadline stay the bureau's until the case moves; the other reasons come and go with the people. */
const KEPT: readonly (BureauReason | null)[] = ['refused', 'late']

/** Whom a case is about and who is related to them: persons, accounts. */
export interface Barred {
  persons: readonly string[]
  users: readonly string[]
}

const isBarred =
  ({ persons, users }: Barred) =>
  ({ user, person }: Head): boolean =>
    persons.includes(person) || users.includes(user)

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
  barred: Barred,
): BureauReason | null {
  if (KEPT.includes(now)) return now
  if (heads.length === 0) return 'no_head'
  const unrelated = heads.filter((head) => !isBarred(barred)(head))
  if (unrelated.length === 0) return 'recused'
  const free = unrelated.filter(({ person }) => !otherEnd.some((other) => other.person === person))
  return free.length === 0 ? 'same_head' : null
}

/** A step of the bureau: ruling in a school's place, 初审, 审定. */
export type BureauStep = 'rule' | 'check' | 'decide'

/**
 * Whom of the bureau nobody is left of for its step, all being the teacher or related (SD-3, SD-5): a ruling then falls to
 * the directors, any other step waits until somebody else is given the role or a declaration ends. An office without
 * anybody in it is another trouble than this, and null.
 */
export function bureauBarredFrom(
  step: BureauStep | null,
  { hr, reviewers }: { hr: readonly Head[]; reviewers: readonly Head[] },
  barred: Barred,
): BureauBarred | null {
  if (step === null) return null
  const isNone = (people: readonly Head[]) => people.length > 0 && people.every(isBarred(barred))
  if (step === 'decide') return isNone(reviewers) ? 'bureau' : null
  if (!isNone(hr)) return null
  return step === 'rule' && reviewers.length > 0 && !isNone(reviewers) ? 'hr' : 'bureau'
}
