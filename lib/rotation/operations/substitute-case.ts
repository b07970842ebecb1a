import { caseDecisions, rotationCases } from '@/db/schema/index.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { CaseId, PersonId, UserId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { lockRound, takeNumbers } from '../cases/lock.ts'
import type { CaseRow } from '../store/advance-case.ts'
import type { After } from './after-decision.ts'
import type { AfterOf } from './after-decision-input.ts'

/** The case of a substitute, decided: prepared by the HR person who asked, decided by the reviewer who confirmed. */
export async function insertSubstitute(
  { tx, actor, asked, at, today, facts }: After,
  dropped: CaseRow,
  payload: AfterOf<'substitute'>,
): Promise<Outcome<CaseRow>> {
  const { entry } = facts
  const counters = await lockRound(tx, dropped.roundId)
  if (!entry || !counters) return refuse('platform.refusal.notFound')
  const [number] = await takeNumbers(tx, dropped.roundId, counters.nextCase, 1)
  const [row] = await tx
    .insert(rotationCases)
    .values({
      districtId: dropped.districtId,
      id: newId<CaseId>(),
      number: number!,
      roundId: dropped.roundId,
      teacherId: payload.teacherId,
      state: 'decided',
      form: dropped.form,
      movesRelation: dropped.movesRelation,
      fromSchoolId: entry.schoolId,
      toSchoolId: dropped.toSchoolId,
      stage: entry.stage,
      subject: entry.subject,
      teacherStage: entry.stage,
      shownToDestination: true,
      enteredStateOn: today,
      startsOn: dropped.startsOn,
      endsOn: dropped.endsOn,
      source: 'hr',
      isBackbone: entry.isBackbone,
      reason: asked.reason ?? '',
      preparedBy: asked.userId as UserId,
      preparedByPerson: asked.personId as PersonId,
      preparedByName: asked.name,
      replacesCaseId: dropped.id,
      createdAt: at,
      changedAt: at,
    })
    .returning()
  const step = {
    districtId: dropped.districtId,
    caseId: row!.id,
    pass: 1,
    action: 'substitute',
    side: 'district',
    at,
    toState: 'decided' as const,
    reason: asked.reason,
    minutesNo: payload.documentNo,
  }
  await tx.insert(caseDecisions).values({
    ...step,
    id: newId<string>(),
    part: 'prepare',
    userId: asked.userId as UserId,
    personId: asked.personId as PersonId,
    byName: asked.name,
    role: 'bureau_hr',
  })
  await tx.insert(caseDecisions).values({
    ...step,
    id: newId<string>(),
    part: 'decide',
    userId: actor.userId,
    personId: actor.personId,
    byName: actor.name,
    role: actor.role,
    grantId: actor.grantId,
  })
  return done(row!)
}
