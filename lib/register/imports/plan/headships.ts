import type { Finding } from '../../../platform/workbook/finding.ts'
import type { StaffRecord } from '../../../rules/register/records.ts'
import { isPrincipalDuty } from '../../../rules/rotation/facts.ts'
import type { SchoolId } from '../../../rules/values/ids.ts'
import { type RowOp, rowFinding } from './row-plan.ts'

interface Claim {
  schoolId: SchoolId
  school: string
  who: string
  at: { sheet: string; row: number }
  op: RowOp | null
}

/**
 * Who heads which school over a whole workbook: a school has one head at a time, and the old one may stand further
 * down than the new one. So endings count at once and openings are settled at the end.
 */
export class Headships {
  readonly #heads: Map<SchoolId, string>
  readonly #claims: Claim[] = []

  constructor(heads: ReadonlyMap<SchoolId, string>) {
    this.#heads = new Map(heads)
  }

  static isHead = (duty: string | null, status: StaffRecord['status'] | undefined): boolean =>
    isPrincipalDuty(duty) && status === 'on_post'

  /** The person heads no school any more, or another one. */
  leave(who: string): void {
    for (const [schoolId, head] of this.#heads) if (head === who) this.#heads.delete(schoolId)
  }

  heads(schoolId: SchoolId, who: string): boolean {
    return this.#heads.get(schoolId) === who
  }

  claim(claim: Claim): void {
    this.#claims.push(claim)
  }

  /** The openings that may be written, and a warning for each school that would have two heads. */
  settle(): { ops: RowOp[]; findings: Finding[] } {
    const ops: RowOp[] = []
    const findings: Finding[] = []
    for (const { schoolId, school, who, at, op } of this.#claims) {
      const holder = this.#heads.get(schoolId)
      if (holder !== undefined && holder !== who) {
        findings.push(rowFinding(at, 'W-HEAD-TWICE', 'warning', { school }, 'duty'))
        continue
      }
      this.#heads.set(schoolId, who)
      if (op) ops.push(op)
    }
    return { ops, findings }
  }
}
