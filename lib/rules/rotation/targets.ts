import { type Claim, largestRemainder } from '../values/apportion.ts'
import { ceilShare, type Ratio } from '../values/ratio.ts'

export interface SchoolBase {
  schoolId: string
  zone: string | null
  /** E of the school. */
  eligible: number
}

/** Target of a school of its own, or of the small schools of a zone together. */
export interface QuotaTarget {
  schoolIds: string[]
  /** The zone of a pool of small schools; null for a school of its own. */
  pool: string | null
  eligible: number
  target: number
}

const NO_ZONE = ''

/**
 * Per-school targets (R-QUOTA-3): the district's need by largest remainder over schools with E ≥ minBase; smaller ones
 * are pooled by 学区. The targets add up to the need, unlike the schools' own ceilings.
 */
export function schoolTargets(schools: readonly SchoolBase[], rate: Ratio, minBase: number): QuotaTarget[] {
  const total = schools.reduce((sum, { eligible }) => sum + eligible, 0)
  const claims: Claim<QuotaTarget>[] = []
  const pools = new Map<string, QuotaTarget>()
  for (const { schoolId, zone, eligible } of schools) {
    if (eligible >= minBase) {
      claims.push({ key: { schoolIds: [schoolId], pool: null, eligible, target: 0 }, weight: eligible })
      continue
    }
    const name = zone ?? NO_ZONE
    const pool = pools.get(name) ?? { schoolIds: [], pool: name, eligible: 0, target: 0 }
    pool.schoolIds.push(schoolId)
    pool.eligible += eligible
    pools.set(name, pool)
  }
  for (const pool of pools.values()) claims.push({ key: pool, weight: pool.eligible })
  return largestRemainder(ceilShare(total, rate), claims).map(({ key, share }) => ({ ...key, target: share }))
}
