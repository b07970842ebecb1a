import { and, desc, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { exchangeConsents, rotationRounds, schools } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'

/** Exchanges a teacher has been asked about, newest first. The others of the exchange are not named. */
export async function myExchanges(tx: Tx, teacherId: TeacherId) {
  const origin = alias(schools, 'origin')
  const destination = alias(schools, 'destination')
  return tx
    .select({
      id: exchangeConsents.id,
      round: rotationRounds.name,
      effectiveOn: rotationRounds.effectiveOn,
      from: origin.name,
      to: destination.name,
      subject: exchangeConsents.subject,
      agreed: exchangeConsents.agreed,
      answerUntil: exchangeConsents.answerUntil,
      withdrawnAt: exchangeConsents.withdrawnAt,
      caseId: exchangeConsents.caseId,
      roundState: rotationRounds.state,
      offeredAt: exchangeConsents.offeredAt,
      answeredAt: exchangeConsents.answeredAt,
    })
    .from(exchangeConsents)
    .innerJoin(
      rotationRounds,
      and(eq(rotationRounds.districtId, exchangeConsents.districtId), eq(rotationRounds.id, exchangeConsents.roundId)),
    )
    .innerJoin(
      origin,
      and(eq(origin.districtId, exchangeConsents.districtId), eq(origin.id, exchangeConsents.fromSchoolId)),
    )
    .innerJoin(
      destination,
      and(eq(destination.districtId, exchangeConsents.districtId), eq(destination.id, exchangeConsents.toSchoolId)),
    )
    .where(eq(exchangeConsents.teacherId, teacherId))
    .orderBy(desc(exchangeConsents.offeredAt))
}
