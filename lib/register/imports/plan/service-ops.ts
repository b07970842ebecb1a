import { isAmong } from '@/db/among.ts'
import { appointments, postings } from '@/db/schema/index.ts'
import type { AppointmentId } from '@/db/schema/register/appointments.ts'
import type { Tx } from '@/db/scope.ts'
import { newId } from '../../../platform/new-id.ts'
import { contains } from '../../../rules/values/dates.ts'
import { groupBy } from '../../../rules/values/group-by.ts'
import type { TeacherId } from '../../../rules/values/ids.ts'
import { serviceLine } from '../../store/service-line.ts'
import type { PlanContext } from './person-context.ts'
import { untilOf } from './register-plan.ts'
import type { RowOp } from './row-plan.ts'
import { opsBetween } from './timeline.ts'

type Appointment = typeof appointments.$inferSelect

/**
 * Where posted people taught, from all their postings: the rows between which a roster only knew the day of its own
 * making get their true boundaries. Periods that were right already keep their row; itinerant service is left alone.
 */
export async function serviceOps(tx: Tx, ids: readonly TeacherId[], context: PlanContext): Promise<RowOp[]> {
  if (ids.length === 0) return []
  const places = groupBy(
    await tx.select().from(appointments).where(isAmong(appointments.teacherId, ids)),
    (row) => row.teacherId,
  )
  const moves = groupBy(
    await tx.select().from(postings).where(isAmong(postings.teacherId, ids)),
    (row) => row.teacherId,
  )
  return ids.flatMap((id) => lineOf(places.get(id) ?? [], moves.get(id) ?? [], context))
}

function lineOf(rows: Appointment[], moves: (typeof postings.$inferSelect)[], { batchId }: PlanContext): RowOp[] {
  const relations = rows
    .filter(({ kind }) => kind === 'establishment')
    .sort((a, b) => (a.during.from < b.during.from ? -1 : 1))
  const services = rows.filter(({ kind }) => kind === 'service')
  const away = moves.filter(({ movesRelation }) => !movesRelation)
  if (relations.length === 0 || away.length === 0 || services.some(({ partTime }) => partTime)) return []
  const line = serviceLine(
    relations,
    away.map((posting) => ({
      id: posting.id,
      toSchoolId: posting.toSchoolId,
      during: { from: posting.startsOn, until: untilOf(posting.endsOn) },
    })),
  )
  const left = [...services]
  const after = line.map((span): Appointment => {
    const known = left.findIndex(
      (row) =>
        row.schoolId === span.schoolId &&
        row.during.from === span.during.from &&
        row.during.until === span.during.until,
    )
    if (known >= 0) return { ...left.splice(known, 1)[0]!, postingId: span.postingId }
    const relation = relations.find(({ during }) => contains(during, span.during.from))!
    const taught = services.find((row) => row.schoolId === span.schoolId && contains(row.during, span.during.from))
    const { stage, subject, periods, isClassTeacher } = taught ?? relation
    return {
      ...relation,
      id: newId<AppointmentId>(),
      kind: 'service',
      schoolId: span.schoolId,
      during: span.during,
      postingId: span.postingId,
      batchId,
      ...{ stage, subject, periods, isClassTeacher },
    }
  })
  return opsBetween('appointments', services, after)
}
