import { INVARIANTS } from '@/db/invariants.ts'
import type { Refusal } from '@/lib/rules/values/outcome.ts'

interface DriverError {
  code?: string
  constraint_name?: string
  cause?: unknown
}

const driverError = (error: unknown): DriverError | null => {
  for (let at: unknown = error, depth = 0; at && typeof at === 'object' && depth < 5; depth++) {
    const candidate = at as DriverError
    if (typeof candidate.code === 'string' && /^[0-9A-Z]{5}$/.test(candidate.code)) return candidate
    at = candidate.cause
  }
  return null
}

/** The refusal a broken named constraint means, so that a race lost in the database reads like a rule; null when unexpected. */
export function refusalOfConstraint(error: unknown): Refusal | null {
  const found = driverError(error)
  if (!found) return null
  if (found.constraint_name && INVARIANTS[found.constraint_name]) return { ...INVARIANTS[found.constraint_name]! }
  // A foreign key: what the input names is not there. A name would tell that it is, elsewhere.
  if (found.code === '23503') return { code: 'platform.refusal.notFound' }
  if (found.code === '55P03' || found.code === '57014') return { code: 'platform.refusal.busy' }
  return null
}

/** Serialization failure or deadlock: nothing was committed, the same work may be tried again. */
export function mayRetry(error: unknown): boolean {
  const code = driverError(error)?.code
  return code === '40001' || code === '40P01'
}
