import { eq, inArray } from 'drizzle-orm'
import { rollEntries, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { districtOnDay } from '@/lib/register/queries/school-figures.ts'
import { postingFacts } from '@/lib/register/queries/teacher-histories.ts'
import {
  type AheadPerson,
  lookAhead,
  type SentAgain,
  sentAgainFirst,
  type YearAhead,
} from '@/lib/rules/planner/look-ahead.ts'
import type { LocalDate, SchoolYear } from '@/lib/rules/values/dates.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'
import { roundContext } from '../cases/facts.ts'
import type { ScenarioView } from './scenario-view.ts'

export interface PlanAhead {
  years: YearAhead[]
  /** The same years if nobody were sent: what the plan is compared with. */
  without: YearAhead[]
  sentAgain: SentAgain[]
  /** Eligible people by how often they were sent before: how many this plan sends, and how many not. */
  byTimes: { times: number; sent: number; stay: number }[]
  /** The list behind one number, if asked for. */
  list: { year: number; kind: AheadList; total: number; people: AheadListed[] } | null
}

/** The numbers of a year that open their people. */
export const AHEAD_LISTS = ['eligible', 'become', 'return', 'retire'] as const
export type AheadList = (typeof AHEAD_LISTS)[number]
export interface AheadListed {
  id: TeacherId
  name: string
  staffNo: string
  school: string
  subject: string
}

/** Which list, and which page of it. */
export interface AheadAsked {
  year: number
  kind: AheadList
  page: number
  size: number
}

const keysOf = ({ eligible, becomeEligible, return: back, retire }: YearAhead, kind: AheadList): string[] =>
  ({ eligible, become: becomeEligible, return: back, retire })[kind]

/** Three school years ahead if this plan is taken, from the frozen roll and the postings on record; null outside a round. */
export async function planAhead(
  tx: Tx,
  view: ScenarioView,
  asked: AheadAsked | null = null,
): Promise<PlanAhead | null> {
  const { row, lines, instance } = view
  if (!row.roundId || !row.rollId) return null
  const context = await roundContext(tx, row.roundId)
  if (!context) return null
  const { round, policy } = context
  const { staff } = await districtOnDay(tx, round.effectiveOn, policy)
  const entries = new Map(
    (await tx.select().from(rollEntries).where(eq(rollEntries.rollId, row.rollId))).map((entry) => [
      entry.teacherId,
      entry,
    ]),
  )
  const postings = groupBy(await postingFacts(tx), ({ teacherId }) => teacherId)
  const people = staff.flatMap((person): AheadPerson[] => {
    const entry = entries.get(person.teacherId)
    if (person.workStage !== 'P' && person.workStage !== 'J') return []
    const own = postings.get(person.teacherId) ?? []
    const running = own.find(
      ({ fact }) => fact.from <= round.effectiveOn && fact.until !== null && fact.until > round.effectiveOn,
    )
    return [
      {
        key: person.teacherId,
        school: person.relationSchool,
        workSchool: person.workSchool,
        stage: person.workStage,
        subject: person.workSubject ?? '',
        eligibleFrom: entry?.state === 'eligible' ? round.snapshotDate : (entry?.nextChange ?? null),
        retiresOn: entry?.retirementDate ?? null,
        backboneUntil: person.isBackbone ? null : false,
        postedUntil: running?.fact.until ?? null,
        timesSent: own.filter(({ fact }) => fact.until !== null && fact.until <= round.effectiveOn).length,
      },
    ]
  })
  const codes = new Map(Object.entries(row.schools))
  const units = instance.schools.flatMap((school) =>
    school.units.map(({ stage, pupils }) => ({ school: codes.get(school.id) ?? school.id, stage, pupils })),
  )
  const years = Math.max(1, Math.round(policy.process.termMonths / 12))
  const moves = lines.map(({ teacherId, to }) => ({
    key: teacherId as string,
    to: codes.get(to) as string,
    years: instance.policy.relation_moves ? null : years,
  }))
  const start = round.year as SchoolYear
  const options = { minMonths: policy.eligibility.tenureMonths }
  const ahead = lookAhead(people, units, moves, start, options)
  return {
    years: ahead,
    without: lookAhead(people, units, [], start, options),
    sentAgain: sentAgainFirst(people, moves, round.snapshotDate),
    byTimes: countByTimes(people, new Set(moves.map(({ key }) => key)), round.snapshotDate),
    list: asked ? await listed(tx, view, people, ahead, asked) : null,
  }
}

function countByTimes(people: readonly AheadPerson[], going: ReadonlySet<string>, on: LocalDate): PlanAhead['byTimes'] {
  const rows = new Map<number, { times: number; sent: number; stay: number }>()
  for (const { key, timesSent, eligibleFrom } of people) {
    if (!going.has(key) && (eligibleFrom === null || eligibleFrom > on)) continue
    const row = rows.get(timesSent) ?? { times: timesSent, sent: 0, stay: 0 }
    row[going.has(key) ? 'sent' : 'stay'] += 1
    rows.set(timesSent, row)
  }
  return [...rows.values()].sort((a, b) => a.times - b.times)
}

/** One page of the people behind a number, by school and name. */
async function listed(
  tx: Tx,
  { row, place }: ScenarioView,
  people: readonly AheadPerson[],
  years: readonly YearAhead[],
  { year, kind, page, size }: AheadAsked,
): Promise<PlanAhead['list']> {
  const found = years.find((one) => one.year === year)
  const keys = found ? keysOf(found, kind) : []
  const byKey = new Map(people.map((person) => [person.key, person]))
  const codes = new Map(Object.entries(row.schools).map(([code, id]) => [id as string, code]))
  const schoolOf = (key: string) => {
    const school = byKey.get(key)?.school ?? ''
    return place(codes.get(school) ?? '').name
  }
  const sorted = [...keys].sort((a, b) => schoolOf(a).localeCompare(schoolOf(b), 'zh-CN') || (a < b ? -1 : 1))
  const shown = sorted.slice((page - 1) * size, page * size)
  const rows = shown.length
    ? await tx
        .select({ id: teachers.id, name: teachers.name, staffNo: teachers.staffNo })
        .from(teachers)
        .where(inArray(teachers.id, shown as TeacherId[]))
    : []
  const byId = new Map(rows.map((one) => [one.id as string, one]))
  return {
    year,
    kind,
    total: keys.length,
    people: shown.flatMap((key): AheadListed[] => {
      const person = byId.get(key)
      return person ? [{ ...person, school: schoolOf(key), subject: byKey.get(key)?.subject ?? '' }] : []
    }),
  }
}
