import { and, asc, desc, eq, inArray, notInArray, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { rotationCases, schools, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Subject } from '@/lib/rules/register/vocabulary.ts'
import { type CaseState, ENDED_STATES } from '@/lib/rules/rotation/case-states.ts'
import type { RoundId, SchoolId } from '@/lib/rules/values/ids.ts'
import type { CaseRow } from '../cases/lock.ts'

export interface CaseQuery {
  roundId?: RoundId | undefined
  states?: readonly CaseState[] | undefined
  /** Name, pinyin or initials, staff number's end, case number. */
  who?: string | undefined
  /** Either end. */
  schoolId?: SchoolId | undefined
  side?: 'out' | 'in' | undefined
  subject?: Subject | undefined
  source?: CaseRow['source'] | undefined
  backbone?: boolean | undefined
  /** Past its day. */
  lateOn?: string | undefined
  /** Waits for a destination. */
  open?: boolean | undefined
  live?: boolean | undefined
  sort?: 'changed' | 'number' | 'due' | 'name' | 'from' | 'to' | 'state' | undefined
  descending?: boolean | undefined
  size: number
  skip: number
}

export interface CaseListRow {
  id: CaseRow['id']
  number: number
  roundId: RoundId
  teacherId: CaseRow['teacherId']
  name: string
  staffNo: string
  subject: Subject | null
  stage: string | null
  state: CaseState
  source: CaseRow['source']
  form: number
  movesRelation: boolean
  isBackbone: boolean
  isVoluntary: boolean
  isContinuing: boolean
  fromSchoolId: SchoolId
  fromSchool: string
  toSchoolId: SchoolId | null
  toSchool: string | null
  startsOn: string
  endsOn: string | null
  dueOn: string | null
  originByBureau: CaseRow['originByBureau']
  destinationByBureau: CaseRow['destinationByBureau']
  acknowledgedAt: string | null
  changedAt: string
  version: number
}

const like = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)

function filterOf(query: CaseQuery): SQL | undefined {
  const { roundId, states, schoolId, side, subject, source, backbone, lateOn, open, live } = query
  const who = query.who?.trim()
  const school = schoolId
    ? side === 'out'
      ? eq(rotationCases.fromSchoolId, schoolId)
      : side === 'in'
        ? eq(rotationCases.toSchoolId, schoolId)
        : or(eq(rotationCases.fromSchoolId, schoolId), eq(rotationCases.toSchoolId, schoolId))
    : undefined
  return and(
    roundId ? eq(rotationCases.roundId, roundId) : undefined,
    states?.length ? inArray(rotationCases.state, [...states]) : undefined,
    live ? notInArray(rotationCases.state, [...ENDED_STATES]) : undefined,
    school,
    subject ? eq(rotationCases.subject, subject) : undefined,
    source ? eq(rotationCases.source, source) : undefined,
    backbone === undefined ? undefined : eq(rotationCases.isBackbone, backbone),
    lateOn ? sql`${rotationCases.dueOn} < ${lateOn}` : undefined,
    open ? sql`${rotationCases.toSchoolId} IS NULL` : undefined,
    who
      ? or(
          sql`${teachers.name} LIKE ${`%${like(who)}%`}`,
          sql`${teachers.pinyin} LIKE ${`${like(who.toLowerCase())}%`}`,
          sql`${teachers.initials} LIKE ${`${like(who.toLowerCase())}%`}`,
          sql`${teachers.staffNo} LIKE ${`%${like(who)}`}`,
          /^\d{1,6}$/.test(who) ? eq(rotationCases.number, Number(who)) : undefined,
        )
      : undefined,
  )
}

/** One page of cases as the actor may see them (row-level security), with how many there are in all. */
export async function listCases(tx: Tx, query: CaseQuery): Promise<{ rows: CaseListRow[]; total: number }> {
  const from = alias(schools, 'from_school')
  const to = alias(schools, 'to_school')
  const column = {
    changed: rotationCases.changedAt,
    number: rotationCases.number,
    due: rotationCases.dueOn,
    name: teachers.pinyin,
    from: from.position,
    to: to.position,
    state: rotationCases.state,
  }[query.sort ?? 'changed']
  const descending = query.descending ?? (query.sort ?? 'changed') === 'changed'
  const rows = await tx
    .select({
      id: rotationCases.id,
      number: rotationCases.number,
      roundId: rotationCases.roundId,
      teacherId: rotationCases.teacherId,
      name: sql<string>`coalesce(${teachers.name}, '')`,
      staffNo: sql<string>`coalesce(${teachers.staffNo}, '')`,
      subject: rotationCases.subject,
      stage: rotationCases.stage,
      state: rotationCases.state,
      source: rotationCases.source,
      form: rotationCases.form,
      movesRelation: rotationCases.movesRelation,
      isBackbone: rotationCases.isBackbone,
      isVoluntary: rotationCases.isVoluntary,
      isContinuing: rotationCases.isContinuing,
      fromSchoolId: rotationCases.fromSchoolId,
      fromSchool: from.name,
      toSchoolId: rotationCases.toSchoolId,
      toSchool: to.name,
      startsOn: rotationCases.startsOn,
      endsOn: rotationCases.endsOn,
      dueOn: rotationCases.dueOn,
      originByBureau: rotationCases.originByBureau,
      destinationByBureau: rotationCases.destinationByBureau,
      acknowledgedAt: rotationCases.acknowledgedAt,
      changedAt: rotationCases.changedAt,
      version: rotationCases.version,
      total: sql<number>`count(*) OVER ()::int`,
    })
    .from(rotationCases)
    // The auditor sees ids and states, not people.
    .leftJoin(
      teachers,
      and(eq(teachers.districtId, rotationCases.districtId), eq(teachers.id, rotationCases.teacherId)),
    )
    .innerJoin(from, and(eq(from.districtId, rotationCases.districtId), eq(from.id, rotationCases.fromSchoolId)))
    .leftJoin(to, and(eq(to.districtId, rotationCases.districtId), eq(to.id, rotationCases.toSchoolId)))
    .where(filterOf(query))
    .orderBy(descending ? desc(column) : asc(column), asc(rotationCases.id))
    .limit(query.size)
    .offset(query.skip)
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}

/** How many cases of a round are in each state, as the actor may see them. */
export async function countByState(tx: Tx, roundId: RoundId): Promise<Partial<Record<CaseState, number>>> {
  const rows = await tx
    .select({ state: rotationCases.state, count: sql<number>`count(*)::int` })
    .from(rotationCases)
    .where(eq(rotationCases.roundId, roundId))
    .groupBy(rotationCases.state)
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}
