import { and, asc, eq, inArray, or, sql } from 'drizzle-orm'
import {
  caseDecisions,
  certificates,
  groupMemberships,
  rotationRounds,
  users,
  vacancies,
  wishes,
} from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { CertificateKind } from '@/lib/rules/register/vocabulary.ts'
import type { CaseActor, CaseFacts, CaseSide, Decider } from '@/lib/rules/rotation/case-facts.ts'
import type { CaseState } from '@/lib/rules/rotation/case-states.ts'
import type { EligibilityState } from '@/lib/rules/rotation/eligibility-result.ts'
import { defaultPolicy, type Policy } from '@/lib/rules/rotation/policy.ts'
import { CERTIFICATE_REACH } from '@/lib/rules/standing/certificate.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { CaseId, RoundId, SchoolId } from '@/lib/rules/values/ids.ts'
import { coverKey, type SubjectCover, subjectCover } from '../queries/cover.ts'
import { policyById } from '../queries/policy-for.ts'
import { frozenPeople, latestRoll } from '../queries/round-quota.ts'
import type { CaseRow, RoundRow } from './lock.ts'
import { placesTaken } from './places.ts'
import { relatedTeachers } from './related.ts'

export interface RoundContext {
  round: RoundRow
  policy: Policy
}

/** A round with the policy that rules it; the defaults stand in for a 补录 round, which has none. */
export async function roundContext(tx: Tx, roundId: RoundId): Promise<RoundContext | null> {
  const [round] = await tx.select().from(rotationRounds).where(eq(rotationRounds.id, roundId))
  if (!round) return null
  const policy = round.policyId ? await policyById(tx, round.policyId) : null
  return { round, policy: policy ?? defaultPolicy }
}

/** The actor as the workflow of this case sees them: role, persons, and which ends are theirs. */
export function caseActor(actor: Actor, row: CaseRow): CaseActor {
  if (actor.kind !== 'user') return { role: 'system', person: '', onBehalf: null, sides: ['system'] }
  const mine = actor.schoolIds as readonly string[]
  const sides: CaseSide[] = []
  if (actor.role === 'bureau_hr' || actor.role === 'bureau_reviewer') sides.push('district')
  if (actor.role === 'teacher' && actor.teacherId === row.teacherId) sides.push('own')
  if (mine.includes(row.fromSchoolId)) sides.push('origin')
  if (row.toSchoolId && row.shownToDestination && mine.includes(row.toSchoolId)) sides.push('destination')
  return { role: actor.role, person: actor.personId, onBehalf: actor.onBehalfOf?.personId ?? null, sides }
}

/**
 * What the guards look at, for many cases of one round in a fixed number of reads. Reads go by the actor's own scope, so
 * covers and places are loaded for the ends the actor may see.
 */
export async function loadFacts(
  tx: Tx,
  actor: Actor,
  rows: readonly CaseRow[],
  { round, policy }: RoundContext,
): Promise<Map<CaseId, CaseFacts>> {
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const teacherIds = [...new Set(rows.map(({ teacherId }) => teacherId))]
  const decisions = groupBy(
    await tx
      .select()
      .from(caseDecisions)
      .where(inArray(caseDecisions.caseId, ids))
      .orderBy(asc(caseDecisions.at), asc(caseDecisions.id)),
    ({ caseId }) => caseId,
  )
  const asked = groupBy(
    await tx
      .select({ caseId: wishes.caseId, schoolId: wishes.schoolId })
      .from(wishes)
      .where(inArray(wishes.caseId, ids)),
    ({ caseId }) => caseId,
  )
  const me = actor.kind === 'user' ? actor : null
  const persons = me ? [me.personId, ...(me.onBehalfOf ? [me.onBehalfOf.personId] : [])] : []
  const selves = me
    ? await tx.select({ teacherId: users.teacherId }).from(users).where(inArray(users.personId, persons))
    : []
  const ownTeachers = new Set<string | null>([me?.teacherId ?? null, ...selves.map(({ teacherId }) => teacherId)])
  const recused = me ? await relatedTeachers(tx, me) : new Set<string>()
  const roll = await latestRoll(tx, round.id)
  // Changes of the roll that were decided to be followed count, where the actor may see them.
  const entries = roll ? await frozenPeople(tx, roll.id, teacherIds) : []
  const eligibility = new Map<string, EligibilityState>(entries.map((entry) => [entry.id, entry.state]))
  const held = groupBy(
    await tx
      .select({ teacherId: certificates.teacherId, kind: certificates.kind })
      .from(certificates)
      .where(inArray(certificates.teacherId, teacherIds)),
    ({ teacherId }) => teacherId,
  )
  const groups = await groupsOn(tx, rows, round.effectiveOn)
  // Only a school's own step, or a card before it, asks whether subjects stay covered and places are open.
  const asking = rows.filter(({ state }) => COVER_ASKED.includes(state))
  const needsCover = me !== null && me.role !== 'teacher' && asking.length > 0
  const ends = needsCover
    ? asking.flatMap((row): SchoolId[] => [row.fromSchoolId, ...(row.toSchoolId ? [row.toSchoolId] : [])])
    : []
  const covers = await subjectCover(tx, ends, actor.today, policy, round.id)
  const places = needsCover ? await placesOf(tx, round.id, rows) : new Map<string, number>()
  const taken = needsCover ? await placesTaken(tx, round.id) : new Map<string, number>()

  return new Map(
    rows.map((row) => {
      const steps = decisions.get(row.id) ?? []
      const last = (test: (step: (typeof steps)[number]) => boolean): Decider | null => {
        const found = steps.findLast(test)
        return found?.personId ? { person: found.personId, onBehalf: found.onBehalfOfPerson } : null
      }
      const key = coverKey(row.toSchoolId ?? '', row.stage, row.subject)
      const facts: CaseFacts = {
        today: actor.today,
        settings: policy.process,
        volunteersAllowed: policy.eligibility.volunteersAllowed,
        round: { state: round.state, applyUntil: round.applyUntil },
        row: {
          state: row.state,
          source: row.source,
          hasReason: row.reason.trim() !== '',
          hasDestination: row.toSchoolId !== null,
          wishes: asked.get(row.id)?.length ?? 0,
          acceptsAllocation: row.acceptsAllocation,
          isVoluntary: row.isVoluntary,
          isBackbone: row.isBackbone,
          crossStage: row.teacherStage !== null && row.stage !== null && row.teacherStage !== row.stage,
          insideGroup: row.toSchoolId !== null && sameGroup(groups, row.fromSchoolId, row.toSchoolId),
          acknowledged: row.acknowledgedAt !== null,
          consented: row.consentedAt !== null,
          shortageAccepted: row.shortageAccepted,
          originByBureau: row.originByBureau,
          destinationByBureau: row.destinationByBureau,
        },
        ownCase: ownTeachers.has(row.teacherId),
        recused: recused.has(row.teacherId),
        preparers: [
          ...(row.preparedByPerson ? [row.preparedByPerson] : []),
          ...steps.flatMap((step) =>
            step.part === 'prepare'
              ? [step.personId, step.onBehalfOfPerson].flatMap((person) => (person ? [person as string] : []))
              : [],
          ),
        ],
        checker: last((step) => step.part === 'check'),
        approvals: {
          origin: last((step) => step.part === 'approve' && step.side === 'origin' && step.paperDate === null),
          destination: last(
            (step) => step.part === 'approve' && step.side === 'destination' && step.paperDate === null,
          ),
        },
        rulers: steps.flatMap((step) =>
          step.part === 'approve' && step.paperDate === null && step.personId && step.role.startsWith('bureau_')
            ? [{ person: step.personId, onBehalf: step.onBehalfOfPerson }]
            : [],
        ),
        lastBy: steps.findLast(({ action }) => !TALK.includes(action))?.personId ?? null,
        paperUnconfirmed: steps.some((step) => step.paperDate !== null && step.paperConfirmedAt === null),
        eligibility: eligibility.get(row.teacherId) ?? null,
        originCover: coverOf(covers, coverKey(row.fromSchoolId, row.teacherStage ?? row.stage, row.subject)),
        place: row.toSchoolId
          ? {
              places: places.get(key) ?? null,
              taken: taken.get(key) ?? 0,
              cover: coverOf(covers, key),
              freed: (covers.get(key)?.leaving ?? 0) - (covers.get(key)?.coming ?? 0),
            }
          : null,
        certificate: certificateOf(
          (held.get(row.teacherId) ?? []).map(({ kind }) => kind as CertificateKind),
          row,
        ),
      }
      return [row.id, facts]
    }),
  )
}

const COVER_ASKED: readonly CaseState[] = ['draft', 'submitted', 'origin_approved']
/** Steps that act on nothing: what was agreed before may still be taken back. */
const TALK: readonly string[] = ['acknowledge', 'escalate']

const coverOf = (covers: Map<string, SubjectCover>, key: string) => {
  const cover = covers.get(key)
  return cover && cover.needTenths > 0 ? { haveTenths: cover.haveTenths, needTenths: cover.needTenths } : null
}

/** R-CERT-1: the stage is the legal minimum; a register without any certificate says nothing. */
function certificateOf(kinds: readonly CertificateKind[], row: CaseRow): CaseFacts['certificate'] {
  if (row.stage === null || kinds.length === 0) return 'unknown'
  return kinds.some((kind) => CERTIFICATE_REACH[kind].includes(row.stage!)) ? 'fits' : 'stage'
}

async function placesOf(tx: Tx, roundId: RoundId, rows: readonly CaseRow[]): Promise<Map<string, number>> {
  const schools = [...new Set(rows.flatMap(({ toSchoolId }) => (toSchoolId ? [toSchoolId] : [])))]
  if (schools.length === 0) return new Map()
  const offered = await tx
    .select()
    .from(vacancies)
    .where(and(eq(vacancies.roundId, roundId), eq(vacancies.state, 'published'), inArray(vacancies.schoolId, schools)))
  return new Map(offered.map((row) => [coverKey(row.schoolId, row.stage, row.subject), row.places]))
}

async function groupsOn(tx: Tx, rows: readonly CaseRow[], on: LocalDate): Promise<Map<string, string>> {
  const schools = [...new Set(rows.flatMap((row) => [row.fromSchoolId, row.toSchoolId]))].flatMap((id) =>
    id ? [id] : [],
  )
  const found = await tx
    .select({ schoolId: groupMemberships.schoolId, groupId: groupMemberships.groupId })
    .from(groupMemberships)
    .where(
      and(
        inArray(groupMemberships.schoolId, schools),
        or(sql`${groupMemberships.validFrom} <= ${on}`),
        sql`${groupMemberships.validTo} > ${on}`,
      ),
    )
  return new Map(found.map((row) => [row.schoolId, row.groupId]))
}

const sameGroup = (groups: Map<string, string>, a: string, b: string) =>
  groups.has(a) && groups.get(a) === groups.get(b)
