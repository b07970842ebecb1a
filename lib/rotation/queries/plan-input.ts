import { and, eq, inArray, sql } from 'drizzle-orm'
import { certificates, rollEntries, studioMemberships, titles, vacancies } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { InputPerson, PlanInput } from '@/lib/planner/instance/plan-input.ts'
import { type DistrictOnDay, districtOnDay } from '@/lib/register/queries/school-figures.ts'
import { PE_ARTS } from '@/lib/rules/equity/units.ts'
import type { CertificateKind, EducationLevel } from '@/lib/rules/register/vocabulary.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import { certificateStage } from '@/lib/rules/standing/certificate.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { RoundId, SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import type { RoundRow } from '../cases/lock.ts'
import { planBase, planPolicyOf } from '../scenarios/plan-policy.ts'
import { planSchools } from '../scenarios/plan-schools.ts'
import { type AskedMove, askedMoves } from './asked-moves.ts'
import { type RoundQuota, roundQuota } from './round-quota.ts'

/** Everything of a round the planner looks at, under the register's ids; the hand comes later. */
export interface RoundPlanInput {
  input: Omit<PlanInput, 'name' | 'secret'>
  rollId: RoundQuota['rollId']
  /** Cases that have a destination already: they stand, as locks. */
  settled: { teacherId: TeacherId; to: SchoolId }[]
}

/** How a scenario is to be built. */
export interface PlanChoices {
  /** Only published places may be filled beyond the present heads; else every post up to its need (R-MATCH-1). */
  useVacancies: boolean
  /** Cases of the round that have a destination are kept as locks. */
  keepCases: boolean
}

/**
 * A round's frozen roll, its schools and what its people wish, as the planner reads them: a fixed number of reads,
 * whatever the size. People and posts are counted by place of work on the round's first day at the destination, when
 * postings that end by then are over. Null before the roll is frozen.
 */
export async function roundPlanInput(
  tx: Tx,
  round: RoundRow,
  policy: Policy,
  choices: PlanChoices,
): Promise<RoundPlanInput | null> {
  // Figures as if the round had no cases yet: what the register alone has moved counts as continuing.
  const quota = await roundQuota(tx, round.id, [])
  if (!quota) return null
  const day = await districtOnDay(tx, round.effectiveOn, policy)
  const asked = await askedMoves(tx, round.id)
  const gone = new Set(quota.moves.map(({ id }) => id))
  const senior = await seniorPeople(tx, round.effectiveOn, policy)
  const { schools, subjects } = planSchools({ day, policy, quota, gone, senior })
  const posts = new Set(
    schools.flatMap(({ key, units }) =>
      units.flatMap(({ stage, posts: own }) => own.map(({ subject }) => `${key} ${stage} ${subject}`)),
    ),
  )
  // A subject without a plan of periods has no post to leave or to fill: such people stay in the base only.
  const people = (await inputPeople(tx, { quota, day, asked, gone, senior, on: round.effectiveOn, policy })).filter(
    ({ school, stage, subject }) => posts.has(`${school} ${stage} ${subject}`),
  )
  const offered = people.filter(({ status }) => status === 'eligible')
  const base = planBase(
    quota.figures,
    { E: offered.length, EB: offered.filter(({ backbone }) => backbone).length },
    policy.quota.addVolunteersToBase,
  )
  const located = day.schools.some(({ position }) => position !== null)
  const listed = new Set(people.map(({ key }) => key))
  return {
    rollId: quota.rollId,
    settled: choices.keepCases
      ? [...asked.values()].flatMap(({ teacherId, to }) => (to && listed.has(teacherId) ? [{ teacherId, to }] : []))
      : [],
    input: {
      policy: planPolicyOf(policy, base),
      subjects,
      peArts: PE_ARTS.filter((subject) => subjects.includes(subject)),
      schools,
      // A district that has typed in no position at all plans without roads rather than not at all.
      distances: located
        ? []
        : schools.flatMap((a, at) => schools.slice(at + 1).map((b) => ({ a: a.key, b: b.key, hm: 0 }))),
      people,
      vacancies: choices.useVacancies ? await offeredPlaces(tx, round.id) : null,
      locks: [],
      stays: [],
      forbids: [],
      notBoth: [],
    },
  }
}

const DEGREE: Record<EducationLevel, InputPerson['degree']> = {
  doctor: 4,
  master: 4,
  bachelor: 3,
  college: 2,
  normal: 1,
  secondary: 1,
  high: 1,
  junior: 1,
}

/** Whom the planner may send: eligible and counted, at work in a post of their own school, and volunteers with a wish. */
async function inputPeople(
  tx: Tx,
  {
    quota,
    day,
    asked,
    gone,
    senior,
    on,
    policy,
  }: {
    quota: RoundQuota
    day: DistrictOnDay
    asked: Map<string, AskedMove>
    gone: ReadonlySet<string>
    senior: ReadonlySet<string>
    on: LocalDate
    policy: Policy
  },
): Promise<InputPerson[]> {
  const counted = new Set(quota.figures.eligible)
  const months = new Map(
    (
      await tx
        .select({ id: rollEntries.teacherId, months: rollEntries.tenureMonths })
        .from(rollEntries)
        .where(eq(rollEntries.rollId, quota.rollId))
    ).map((row) => [row.id as string, row.months]),
  )
  const hosts = new Set(
    (
      await tx
        .select({ id: studioMemberships.teacherId })
        .from(studioMemberships)
        .where(
          and(
            eq(studioMemberships.role, 'host'),
            sql`${studioMemberships.validFrom} <= ${on} AND ${studioMemberships.validTo} > ${on}`,
          ),
        )
    ).map(({ id }) => id),
  )
  const held = groupBy(
    await tx.select({ teacherId: certificates.teacherId, kind: certificates.kind }).from(certificates),
    ({ teacherId }) => teacherId,
  )
  const open = new Set<string>(day.schools.map(({ id }) => id))
  const isVoluntary = (id: string) => asked.get(id)?.isVoluntary === true && policy.eligibility.volunteersAllowed
  return day.staff.flatMap((person): InputPerson[] => {
    const { workStage: stage, workSubject: subject } = person
    if (!counted.has(person.teacherId) && !isVoluntary(person.teacherId)) return []
    if (gone.has(person.teacherId) || person.workSchool !== person.relationSchool || !open.has(person.workSchool))
      return []
    if (person.category !== 'teacher' || subject === null || (stage !== 'P' && stage !== 'J')) return []
    const wish = asked.get(person.teacherId)
    const kinds = (held.get(person.teacherId) ?? []).map(({ kind }) => certificateStage(kind as CertificateKind))
    return [
      {
        key: person.teacherId,
        staffNo: person.staffNo,
        school: person.workSchool,
        stage,
        subject,
        status: counted.has(person.teacherId) ? 'eligible' : 'voluntary',
        backbone: person.isBackbone,
        senior: senior.has(person.teacherId),
        degree: person.education ? DEGREE[person.education] : 1,
        // A register without the certificate says nothing against the stage the person teaches.
        certificate: kinds.includes('J') || stage === 'J' ? 'J' : 'P',
        consentCross: !policy.planner.sameStageOnly && wish?.crossStage === true,
        retrain: [],
        host: hosts.has(person.teacherId),
        // Also while wishes are sealed and none is read: who takes no allocation is then sent nowhere, not anywhere.
        wishedOnly: wish !== undefined && !wish.acceptsAllocation && wish.to === null,
        wishes: (wish?.wishes ?? []).filter((id) => open.has(id) && id !== person.workSchool),
        maxHm: null,
        months: months.get(person.teacherId) ?? 0,
      },
    ]
  })
}

/** Holders of a senior title on a day, appointed or held as the policy reads it. */
async function seniorPeople(tx: Tx, on: LocalDate, policy: Policy): Promise<Set<string>> {
  const rows = await tx
    .select({ id: titles.teacherId })
    .from(titles)
    .where(
      and(
        inArray(titles.title, ['senior', 'full_senior']),
        eq(titles.kind, policy.eligibility.seniorTitleBy),
        sql`${titles.validFrom} <= ${on} AND ${titles.validTo} > ${on}`,
      ),
    )
  return new Set(rows.map(({ id }) => id))
}

async function offeredPlaces(tx: Tx, roundId: RoundId): Promise<NonNullable<PlanInput['vacancies']>> {
  const rows = await tx
    .select()
    .from(vacancies)
    .where(and(eq(vacancies.roundId, roundId), eq(vacancies.state, 'published')))
  return rows.flatMap(({ schoolId, stage, subject, places }) =>
    stage === 'P' || stage === 'J' ? [{ school: schoolId, stage, subject, places }] : [],
  )
}
