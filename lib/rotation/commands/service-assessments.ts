import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { annualAssessments, fieldChanges, serviceAssessments } from '@/db/schema/index.ts'
import { one } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { ASSESSMENT_RESULTS, type AssessmentResult } from '@/lib/rules/register/vocabulary.ts'
import { yearOf } from '@/lib/rules/values/dates.ts'
import { type CaseId, idSchema } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { lockCaseRows } from '../store/advance-case.ts'
import { askToSend } from '../store/send-notifications.ts'

const results = Object.keys(ASSESSMENT_RESULTS) as [AssessmentResult, ...AssessmentResult[]]

/** The destination's proposal for a year of the posting (domain.md §2.6 row 10); the origin is told. */
export const assessService = defineCommand({
  name: 'rotation.service.assess',
  input: z.strictObject({
    caseId: idSchema<CaseId>(),
    year: z.coerce.number().int().min(2000).max(2100),
    result: z.enum(results),
    comment: z.string().trim().min(2).max(1000),
  }),
  target: async (tx, { caseId }) => {
    const [row] = await lockCaseRows(tx, [caseId])
    return row ? { ...row, target: { schools: [row.toSchoolId] } } : null
  },
  run: async ({ tx, actor, input, before: row, at, today }) => {
    if (actor.kind !== 'user' || !row.toSchoolId) return refuse('platform.refusal.forbidden')
    if (!['serving', 'completed', 'terminated', 'transferred'].includes(row.state))
      return refuse('order.refusal.notNow', { number: row.number, state: row.state })
    const last = yearOf(row.endsOn && row.endsOn < today ? row.endsOn : today)
    if (input.year < yearOf(row.startsOn) || input.year > last)
      return refuse('posting.refusal.assessYear', { from: yearOf(row.startsOn), until: last }, { field: 'year' })
    const [earlier] = await tx
      .select()
      .from(serviceAssessments)
      .where(and(eq(serviceAssessments.caseId, row.id), eq(serviceAssessments.year, input.year)))
      .for('update')
    if (earlier?.checkedBy) return refuse('rotation.refusal.assessedAlready', undefined, { field: 'year' })
    const said = { result: input.result, comment: input.comment, proposedBy: actor.userId, proposedAt: at }
    if (earlier)
      one(
        await tx
          .update(serviceAssessments)
          .set({ ...said, version: earlier.version + 1 })
          .where(eq(serviceAssessments.id, earlier.id))
          .returning({ id: serviceAssessments.id }),
      )
    else
      await tx.insert(serviceAssessments).values({
        districtId: row.districtId,
        id: newId<string>(),
        caseId: row.id,
        teacherId: row.teacherId,
        schoolId: row.toSchoolId,
        year: input.year,
        ...said,
      })
    await askToSend(tx, actor, [
      {
        to: { schoolId: row.fromSchoolId },
        key: 'posting.message.assessed',
        values: { year: input.year },
        href: `/rotation/service?case=${row.id}`,
      },
      {
        to: { role: 'bureau_hr' },
        key: 'posting.message.toCheck',
        values: { year: input.year },
        href: `/rotation/service?case=${row.id}`,
      },
    ])
    return finished(null, {
      message: { key: 'posting.assessed', values: { year: input.year } },
      audit: { resource: 'case', objectId: row.id, teacherId: row.teacherId, details: { year: input.year } },
    })
  },
})

/** HR checks the proposal: from now on it is the person's yearly assessment in the register, an older value kept. */
export const checkAssessment = defineCommand({
  name: 'rotation.service.checkAssessment',
  input: z.strictObject({ assessmentId: idSchema<string>(), version: z.coerce.number().int() }),
  target: async (tx, { assessmentId }) => {
    const [row] = await tx
      .select()
      .from(serviceAssessments)
      .where(eq(serviceAssessments.id, assessmentId))
      .for('update')
    return row ? { ...row, target: {} } : null
  },
  run: async ({ tx, actor, input, before: said, at }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (said.checkedBy) return refuse('rotation.refusal.assessedAlready')
    if (said.version !== input.version) return refuse('platform.refusal.payloadChanged')
    one(
      await tx
        .update(serviceAssessments)
        .set({ checkedBy: actor.userId, checkedAt: at, version: said.version + 1 })
        .where(eq(serviceAssessments.id, said.id))
        .returning({ id: serviceAssessments.id }),
    )
    const [known] = await tx
      .select()
      .from(annualAssessments)
      .where(and(eq(annualAssessments.teacherId, said.teacherId), eq(annualAssessments.year, said.year)))
      .for('update')
    const values = { result: said.result, schoolId: said.schoolId, checkedBy: actor.userId, changedAt: at }
    const id = known?.id ?? newId<string>()
    if (known)
      one(
        await tx
          .update(annualAssessments)
          .set(values)
          .where(eq(annualAssessments.id, known.id))
          .returning({ id: annualAssessments.id }),
      )
    else
      await tx
        .insert(annualAssessments)
        .values({ districtId: said.districtId, id, teacherId: said.teacherId, year: said.year, ...values })
    await tx.insert(fieldChanges).values({
      districtId: said.districtId,
      id: newId<string>(),
      entity: 'annual_assessments',
      entityId: id,
      teacherId: said.teacherId,
      operation: known ? 'update' : 'insert',
      field: 'result',
      old: known?.result ?? null,
      new: said.result,
      at,
      byUser: actor.userId,
      byName: actor.name,
      reason: null,
    })
    return finished(null, {
      message: { key: 'posting.checked', values: { year: said.year } },
      audit: { resource: 'case', objectId: said.caseId, teacherId: said.teacherId, details: { year: said.year } },
    })
  },
})
