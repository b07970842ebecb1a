import { and, eq, inArray, sql } from 'drizzle-orm'
import { rollEntries, schools, teachers } from '@/db/schema/index.ts'
import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import type { Tx } from '@/db/scope.ts'
import { listOptions } from '@/lib/planner/model/options.ts'
import { readRoll } from '@/lib/planner/model/roll.ts'
import { type PlanEffects, planEffects } from '@/lib/rules/planner/effects.ts'
import type { InfeasiblePlan, PlanChain, PlanInstance, SolvedPlan, WhyNotCode } from '@/lib/rules/planner/format.ts'
import type { EligibilityRule } from '@/lib/rules/rotation/eligibility-result.ts'
import type { SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { type Hand, handOf } from '../scenarios/hand.ts'
import { type NamedLine, namedChains, namedPlan } from '../scenarios/named-plan.ts'
import { type ScenarioRow, storedInstance, storedResult } from '../scenarios/scenario-row.ts'
import { scenarioRow } from './scenarios.ts'

export interface PlanPlace {
  id: SchoolId | null
  name: string
  position: { x: number; y: number } | null
}
export interface PlanPerson {
  id: TeacherId
  name: string
  staffNo: string
  /** Whole months in the school, and since when (R-TEN-1). */
  months: number | null
  since: string | null
  retires: string | null
  rule: EligibilityRule | null
}

/** A scenario ready to be shown: plan by name, effects, and the words for every id. */
export interface ScenarioView {
  row: ScenarioRow
  instance: PlanInstance
  hand: Hand
  solved: SolvedPlan | null
  conflict: InfeasiblePlan['conflict'] | null
  lines: NamedLine[]
  chains: PlanChain[]
  effects: PlanEffects
  /** By id of the instance. */
  place: (id: string) => PlanPlace
  /** Id of the instance of a school of the register. */
  codeOf: (id: SchoolId) => string | null
  person: (id: TeacherId) => PlanPerson | null
  listed: (id: TeacherId) => string | null
}

/** Names of schools for the codes of an instance; one from elsewhere has only its own names. */
async function places(tx: Tx, row: ScenarioRow, instance: PlanInstance): Promise<Map<string, PlanPlace>> {
  const ids = Object.values(row.schools)
  const known = ids.length
    ? await tx
        .select({ id: schools.id, name: schools.name, x: schools.x, y: schools.y })
        .from(schools)
        .where(inArray(schools.id, ids))
    : []
  const byId = new Map(known.map((school) => [school.id, school]))
  return new Map(
    instance.schools.map(({ id, name }) => {
      const school = byId.get(row.schools[id] as SchoolId)
      return [
        id,
        {
          id: school?.id ?? null,
          name: school?.name ?? (name || id),
          position: school && school.x !== null && school.y !== null ? { x: school.x, y: school.y } : null,
        },
      ]
    }),
  )
}

/** Loads a scenario with the names of those asked for; by default everybody the plan or the hand names. */
export async function scenarioView(tx: Tx, id: ScenarioId, everybody = false): Promise<ScenarioView | null> {
  const stored = await scenarioRow(tx, id)
  if (!stored) return null
  const instance = storedInstance(stored)
  const row = stored.roundId === null ? { ...stored, members: ownIds(instance) } : stored
  const result = storedResult(row)
  const solved = result && (result.status === 'optimal' || result.status === 'feasible') ? result : null
  const conflict = result?.status === 'infeasible' ? result.conflict : null
  const lines = solved ? namedPlan(instance, solved, row.members) : []
  const hand = handOf(row.hand)
  const place = await places(tx, row, instance)
  const wanted = everybody
    ? Object.values(row.members).flat()
    : [
        ...lines.map(({ teacherId }) => teacherId),
        ...hand.locks.map(({ teacherId }) => teacherId),
        ...hand.stays,
        ...hand.forbids.map(({ teacherId }) => teacherId),
        ...hand.notBoth.flat(),
      ]
  const people = await planPeople(tx, row, wanted)
  const codes = new Map(Object.entries(row.schools).map(([code, school]) => [school as string, code]))
  const listing = new Map(
    Object.entries(row.members).flatMap(([code, keys]) => keys.map((key) => [key as string, code] as const)),
  )
  return {
    row,
    instance,
    hand,
    solved,
    conflict,
    lines,
    chains: namedChains(lines),
    effects: planEffects(instance, lines),
    place: (code) => place.get(code) ?? { id: null, name: code, position: null },
    codeOf: (school) => codes.get(school) ?? null,
    person: (teacher) => people.get(teacher) ?? null,
    listed: (teacher) => listing.get(teacher) ?? null,
  }
}

/** People of an instance from elsewhere are known by its own ids alone; members of a group by their number in it. */
function ownIds(instance: PlanInstance): ScenarioRow['members'] {
  return Object.fromEntries([
    ...instance.teachers.map(({ id }) => [id, [id as TeacherId]]),
    ...instance.groups.map(({ id, n }) => [id, Array.from({ length: n }, (_, at) => `${id}-${at + 1}` as TeacherId)]),
  ])
}

async function planPeople(tx: Tx, row: ScenarioRow, ids: readonly TeacherId[]): Promise<Map<TeacherId, PlanPerson>> {
  if (ids.length === 0 || row.roundId === null) return new Map()
  const rows = await tx
    .select({
      id: teachers.id,
      name: teachers.name,
      staffNo: teachers.staffNo,
      months: rollEntries.tenureMonths,
      since: rollEntries.tenureStart,
      retires: rollEntries.retirementDate,
      rule: rollEntries.decidingRule,
    })
    .from(teachers)
    .leftJoin(
      rollEntries,
      and(
        eq(rollEntries.districtId, teachers.districtId),
        eq(rollEntries.teacherId, teachers.id),
        row.rollId ? eq(rollEntries.rollId, row.rollId) : sql`false`,
      ),
    )
    .where(inArray(teachers.id, [...new Set(ids)]))
  return new Map(rows.map((person) => [person.id, person]))
}

/** Somebody who stays, with the code of planner.md §6. */
export interface StayingPerson {
  teacherId: TeacherId
  listed: string
  code: WhyNotCode
  school: string
  stage: 'P' | 'J'
  subject: string
  backbone: boolean
}

/** Everybody listed who does not move. Members of groups get the code their group would have. */
export function stayingPeople({ row, instance, solved, lines }: ScenarioView): StayingPerson[] {
  if (!solved) return []
  const going = new Set<string>(lines.map(({ teacherId }) => teacherId))
  const roll = readRoll(instance)
  const table = listOptions(roll, false)
  const hasPlace = new Set(roll.movers.flatMap(({ id }, at) => (table.of[at]!.length > 0 ? [id] : [])))
  return [...instance.teachers, ...instance.groups].flatMap((one) =>
    (row.members[one.id] ?? []).flatMap((teacherId): StayingPerson[] => {
      if (going.has(teacherId)) return []
      const code = 'n' in one ? (hasPlace.has(one.id) ? 'NOT_CHOSEN' : 'NO_POST') : solved.why_not[one.id]
      if (!code) return []
      const { id: listed, school, stage, subject, backbone } = one
      return [{ teacherId, listed, code, school, stage, subject, backbone }]
    }),
  )
}
