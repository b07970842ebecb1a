import type { EligibilityResult, EligibilityRule, EligibilityState } from './eligibility-result.ts'

/** A person whose outcome differs between two rolls; null on a side where the person is not listed. */
export interface RollChange {
  id: string
  before: { state: EligibilityState; decidingRule: EligibilityRule | null; isBackbone: boolean } | null
  after: { state: EligibilityState; decidingRule: EligibilityRule | null; isBackbone: boolean } | null
  /** Whether the person enters or leaves 符合, or only the reason or the backbone flag changes. */
  kind: 'falls_in' | 'falls_out' | 'other'
}

type Line = Pick<EligibilityResult, 'id' | 'state' | 'decidingRule' | 'isBackbone'>

const side = (line: Line | undefined) =>
  line ? { state: line.state, decidingRule: line.decidingRule, isBackbone: line.isBackbone } : null

/**
 * 名册变化: who comes out differently in two rolls, of a frozen roll and the register now, or of two policies
 * (R-ELIG-0 is deterministic, so a difference always has a cause in the data or the policy).
 */
export function rollChanges(before: readonly Line[], after: readonly Line[]): RollChange[] {
  const known = new Map(before.map((line) => [line.id, line]))
  const now = new Map(after.map((line) => [line.id, line]))
  return [...new Set([...known.keys(), ...now.keys()])].flatMap((id): RollChange[] => {
    const [was, is] = [side(known.get(id)), side(now.get(id))]
    if (was?.state === is?.state && was?.decidingRule === is?.decidingRule && was?.isBackbone === is?.isBackbone)
      return []
    const [wasIn, isIn] = [was?.state === 'eligible', is?.state === 'eligible']
    return [{ id, before: was, after: is, kind: wasIn === isIn ? 'other' : isIn ? 'falls_in' : 'falls_out' }]
  })
}
