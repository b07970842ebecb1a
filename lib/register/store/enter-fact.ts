import { and, eq } from 'drizzle-orm'
import { annualAssessments, certificates, honours, titles } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { Proposal } from '@/lib/rules/register/proposal.ts'
import { SUBJECTS } from '@/lib/rules/register/vocabulary.ts'
import { firstDayOf, type LocalDate, type YearMonth } from '@/lib/rules/values/dates.ts'
import type { SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { keepChanges } from './changes.ts'
import { succeed } from './dated.ts'

interface Entering {
  tx: Tx
  actor: UserActor
  at: string
  reason: string
  teacherId: TeacherId
  schoolId: SchoolId | null
}

/** Enters a fact as checked by HR: what a school proposed, or what HR types itself. */
export async function enterFact(context: Entering, fact: Proposal): Promise<Outcome<{ id: string }>> {
  const { teacherId } = context
  switch (fact.fact) {
    case 'title':
      return succeed({
        ...context,
        table: 'titles',
        line: eq(titles.kind, fact.kind),
        from: fact.from as LocalDate,
        values: { kind: fact.kind, title: fact.title },
      })
    case 'honour': {
      const awardedMonth = firstDayOf(fact.month as YearMonth)
      const values = { kind: fact.kind, level: fact.level, awardedMonth }
      const same = await context.tx
        .select({ id: honours.id })
        .from(honours)
        .where(
          and(
            eq(honours.teacherId, teacherId),
            eq(honours.kind, fact.kind),
            eq(honours.level, fact.level),
            eq(honours.awardedMonth, awardedMonth),
          ),
        )
      if (same.length > 0) return refuse('register.refusal.sameAlready', { from: fact.month })
      const id = newId<string>()
      const row = {
        ...values,
        id,
        teacherId,
        districtId: context.actor.districtId,
        checkedBy: context.actor.userId,
        changedAt: context.at,
      }
      await context.tx.insert(honours).values(row)
      await keepChanges(context, [{ entity: 'honours', entityId: id, teacherId, operation: 'insert', new: values }])
      return done({ id })
    }
    case 'certificate': {
      const values = { kind: fact.kind, subject: fact.subject ? SUBJECTS[fact.subject as keyof typeof SUBJECTS] : null }
      const id = newId<string>()
      await context.tx
        .insert(certificates)
        .values({ ...values, id, teacherId, districtId: context.actor.districtId, changedAt: context.at })
      await keepChanges(context, [
        { entity: 'certificates', entityId: id, teacherId, operation: 'insert', new: values },
      ])
      return done({ id })
    }
    case 'assessment':
      return enterAssessment(context, fact)
  }
}

/** 年度考核 of a year; a result that is there already is corrected, its old value kept. */
async function enterAssessment(
  context: Entering,
  { year, result }: Extract<Proposal, { fact: 'assessment' }>,
): Promise<Outcome<{ id: string }>> {
  const { tx, actor, teacherId, schoolId, at } = context
  const [before] = await tx
    .select()
    .from(annualAssessments)
    .where(and(eq(annualAssessments.teacherId, teacherId), eq(annualAssessments.year, year)))
    .for('update')
  if (before?.result === result) return refuse('register.refusal.sameAlready', { from: String(year) })
  const row = { result, checkedBy: actor.userId, changedAt: at }
  if (before) {
    one(
      await tx
        .update(annualAssessments)
        .set(row)
        .where(eq(annualAssessments.id, before.id))
        .returning({ id: annualAssessments.id }),
    )
    await keepChanges(context, [
      {
        entity: 'annual_assessments',
        entityId: before.id,
        teacherId,
        operation: 'update',
        field: 'result',
        old: before.result,
        new: result,
      },
    ])
    return done({ id: before.id })
  }
  const id = newId<string>()
  await tx.insert(annualAssessments).values({ ...row, id, teacherId, districtId: actor.districtId, year, schoolId })
  await keepChanges(context, [
    { entity: 'annual_assessments', entityId: id, teacherId, operation: 'insert', new: { year, result } },
  ])
  return done({ id })
}
