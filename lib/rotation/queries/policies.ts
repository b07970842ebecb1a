import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { approvals2, policies, rotationRounds } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import { type Policy, storedPolicy } from '@/lib/rules/rotation/policy.ts'
import type { PersonId, PolicyId, RoundId } from '@/lib/rules/values/ids.ts'

export type PolicyState = (typeof policies.$inferSelect)['state']

export interface PolicyRow {
  id: PolicyId
  year: number
  version: number
  title: string
  documentNo: string | null
  state: PolicyState
  forRoundId: RoundId | null
  roundName: string | null
  preparedByPerson: PersonId | null
  preparedByName: string
  preparedAt: string
  decidedByName: string | null
  decidedAt: string | null
  rowVersion: number
}

export interface PolicyDocument extends PolicyRow {
  content: Policy
}

const row = {
  id: policies.id,
  year: policies.year,
  version: policies.version,
  title: policies.title,
  documentNo: policies.documentNo,
  state: policies.state,
  forRoundId: policies.forRoundId,
  roundName: rotationRounds.name,
  preparedByPerson: policies.preparedByPerson,
  preparedByName: policies.preparedByName,
  preparedAt: policies.preparedAt,
  decidedByName: policies.decidedByName,
  decidedAt: policies.decidedAt,
  rowVersion: policies.rowVersion,
}
const withRound = and(eq(rotationRounds.districtId, policies.districtId), eq(rotationRounds.id, policies.forRoundId))

/** All versions, newest school year and version first. */
export const listPolicies = (tx: Tx): Promise<PolicyRow[]> =>
  tx.select(row).from(policies).leftJoin(rotationRounds, withRound).orderBy(desc(policies.year), desc(policies.version))

/** One version with its content, checked against the schema; null when there is none in the scope. */
export async function findPolicy(tx: Tx, id: PolicyId): Promise<PolicyDocument | null> {
  const [found] = await tx
    .select({ ...row, content: policies.content })
    .from(policies)
    .leftJoin(rotationRounds, withRound)
    .where(eq(policies.id, id))
  return found ? { ...found, content: storedPolicy(found.content) } : null
}

/** Rounds that are open: only for these can a 补充规定 be drafted. */
export const openRounds = (tx: Tx) =>
  tx
    .select({
      id: rotationRounds.id,
      name: rotationRounds.name,
      year: rotationRounds.year,
      snapshotDate: rotationRounds.snapshotDate,
      policyId: rotationRounds.policyId,
    })
    .from(rotationRounds)
    .where(eq(rotationRounds.state, 'open'))
    .orderBy(desc(rotationRounds.year))

/** The round a 补充规定 is for. */
export async function roundOfPolicy(tx: Tx, roundId: RoundId | null) {
  if (roundId === null) return null
  const [round] = await tx.select().from(rotationRounds).where(eq(rotationRounds.id, roundId))
  return round ?? null
}

export interface OpenRequest {
  id: string
  askedByName: string
  askedByPerson: string
  askedAt: string
  expiresAt: string
  reason: string | null
}

/** The unanswered two-person request on a subject, if it still holds. */
export async function openRequest(tx: Tx, operation: string, subjectId: string): Promise<OpenRequest | null> {
  const [found] = await tx
    .select({
      id: approvals2.id,
      askedByName: approvals2.askedByName,
      askedByPerson: approvals2.askedByPerson,
      askedAt: approvals2.askedAt,
      expiresAt: approvals2.expiresAt,
      reason: approvals2.reason,
    })
    .from(approvals2)
    .where(
      and(
        eq(approvals2.operation, operation),
        eq(approvals2.subjectId, subjectId),
        isNull(approvals2.verdict),
        sql`${approvals2.expiresAt} > ${now()}`,
      ),
    )
  return found ?? null
}
