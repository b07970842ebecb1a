import type { Locality } from '../register/vocabulary.ts'
import { ceilShare, type Ratio, ratio } from '../values/ratio.ts'
import type { EligibilityState } from './eligibility-result.ts'
import type { QuotaPolicy } from './policy/quota.ts'

export type BackboneReading = QuotaPolicy['backboneReading']

/** Distinct persons: eligible E, eligibleBackbone EB, moved R, movedBackbone RB. */
export interface QuotaCounts {
  eligible: number
  eligibleBackbone: number
  moved: number
  movedBackbone: number
}

export type QuotaVerdict = { kind: 'no_base' } | { kind: 'measured'; need: number; share: Ratio; met: boolean }

function measure(part: number, base: number, rate: Ratio): QuotaVerdict {
  if (base === 0) return { kind: 'no_base' }
  const need = ceilShare(base, rate)
  return { kind: 'measured', need, share: ratio(part, base), met: part >= need }
}

/**
 * How many of the eligible must move, and whether enough do (R-QUOTA-2): need = ⌈E · rate⌉, verdict on the exact
 * fraction. `no_base` when nobody is eligible. Source: 教师〔2014〕4号, 教督〔2017〕6号 item 11.
 */
export const totalQuota = (counts: Pick<QuotaCounts, 'eligible' | 'moved'>, rate: Ratio): QuotaVerdict =>
  measure(counts.moved, counts.eligible, rate)

/**
 * How many backbone teachers must move, and whether enough do (R-QUOTA-2).
 * @param reading A: of those moved · B: of eligible backbone · C: of all eligible
 * @returns need in persons, rounded up, and the exact share; `no_base` when the denominator is 0. Never throws for whole counts.
 * Source: 教师〔2014〕4号, 教督〔2017〕6号 item 11 (A); B and C: readings seen in local texts.
 */
export function backboneQuota(counts: QuotaCounts, rate: Ratio, reading: BackboneReading): QuotaVerdict {
  const base = { A: counts.moved, B: counts.eligibleBackbone, C: counts.eligible }[reading]
  return measure(counts.movedBackbone, base, rate)
}

/** One line of the roll, as far as quotas look. */
export interface RollPerson {
  id: string
  schoolId: string
  locality: Locality
  quality: boolean
  state: EligibilityState
  isBackbone: boolean
  isPrincipal: boolean
}

/** One counted rotated person; `schoolId` and its class are the origin's. */
export interface MovedPerson {
  id: string
  schoolId: string
  locality: Locality
  quality: boolean
  isBackbone: boolean
  isPrincipal: boolean
  kind: 'new' | 'continuing'
}

/** Every figure with the ids behind it (R-QUOTA-4). */
export interface QuotaFigures {
  /** E and EB by the roll. */
  eligible: string[]
  eligibleBackbone: string[]
  /** Moved without being eligible: they enter the base too (R-ELIG-13). */
  added: string[]
  addedBackbone: string[]
  moved: string[]
  movedBackbone: string[]
  new: string[]
  continuing: string[]
  /** Principals, an own line while the policy leaves them out. */
  principals: { eligible: string[]; moved: string[] }
  /** What E alone asks for, before anyone moved. */
  needBeforeMoves: number
  total: QuotaVerdict
  readings: Record<BackboneReading, QuotaVerdict>
  binding: BackboneReading
}

const inScope = (school: { locality: Locality; quality: boolean }, scope: QuotaPolicy['scope']): boolean =>
  scope === 'county' || school.quality || school.locality !== 'rural'

/** Whether a person of the roll stands in E (R-QUOTA-1 scope and include_principals, R-QUOTA-2). */
export const countsAsEligible = (person: RollPerson, policy: QuotaPolicy): boolean =>
  person.state === 'eligible' && inScope(person, policy.scope) && (policy.includePrincipals || !person.isPrincipal)

/** Quota figures of a round or a year (R-QUOTA-1…4). A person who moves twice counts once. */
export function quotaFigures(
  roll: readonly RollPerson[],
  moves: readonly MovedPerson[],
  policy: QuotaPolicy,
): QuotaFigures {
  const eligible = roll.filter((person) => countsAsEligible(person, policy))
  const eligibleIds = new Set(eligible.map(({ id }) => id))
  const inside = distinct(moves).filter((move) => inScope(move, policy.scope))
  const moved = inside.filter((move) => policy.includePrincipals || !move.isPrincipal)
  const added = policy.addVolunteersToBase ? moved.filter(({ id }) => !eligibleIds.has(id)) : []
  const backboneOf = (people: readonly { id: string; isBackbone: boolean }[]) =>
    people.filter(({ isBackbone }) => isBackbone).map(({ id }) => id)
  const ids = (people: readonly { id: string }[]) => people.map(({ id }) => id)
  const eligibleBackbone = backboneOf(eligible)
  const addedBackbone = backboneOf(added)
  const movedBackbone = backboneOf(moved)
  const counts: QuotaCounts = {
    eligible: eligible.length + added.length,
    eligibleBackbone: eligibleBackbone.length + addedBackbone.length,
    moved: moved.length,
    movedBackbone: movedBackbone.length,
  }
  return {
    eligible: ids(eligible),
    eligibleBackbone,
    added: ids(added),
    addedBackbone,
    moved: ids(moved),
    movedBackbone,
    new: ids(moved.filter(({ kind }) => kind === 'new')),
    continuing: ids(moved.filter(({ kind }) => kind === 'continuing')),
    principals: {
      eligible: ids(roll.filter((person) => person.state === 'eligible' && person.isPrincipal)),
      moved: ids(inside.filter(({ isPrincipal }) => isPrincipal)),
    },
    needBeforeMoves: ceilShare(eligible.length, policy.rateTotal),
    total: totalQuota(counts, policy.rateTotal),
    readings: {
      A: backboneQuota(counts, policy.rateBackbone, 'A'),
      B: backboneQuota(counts, policy.rateBackbone, 'B'),
      C: backboneQuota(counts, policy.rateBackbone, 'C'),
    },
    binding: policy.backboneReading,
  }
}

/** One entry a person; a new move says more than a continuing one. */
function distinct(moves: readonly MovedPerson[]): MovedPerson[] {
  const byId = new Map<string, MovedPerson>()
  for (const move of moves) {
    const known = byId.get(move.id)
    if (!known || (known.kind === 'continuing' && move.kind === 'new')) byId.set(move.id, move)
  }
  return [...byId.values()]
}
