import type { Subject } from '../register/vocabulary.ts'
import type { PlannerPolicy } from './policy/planner.ts'

type UnitStage = 'P' | 'J'

/** Subject cover of one post place (school, stage, subject); need rounded up (R-SUB-1). */
export interface PostCover {
  schoolId: string
  stage: UnitStage
  subject: Subject
  have: number
  need: number
}

export interface MatchCandidate {
  id: string
  schoolId: string
  stage: UnitStage
  subject: Subject
  /** Highest stage of the certificate. */
  certificate: UnitStage | null
  /** Subjects with approved retraining 转岗培训. */
  retrained: readonly Subject[]
  consentsToCrossStage: boolean
  wishes: readonly string[]
  isBackbone: boolean
  tenureMonths: number
}

/** One reason for or against a pair; the key of its sentence is `rotation.match.${finding}` (R-MATCH-4). */
export interface MatchReason {
  rule: 'R-MATCH-1' | 'R-MATCH-2' | 'R-MATCH-3'
  finding:
    | 'complementary'
    | 'swap'
    | 'wish'
    | 'sameStage'
    | 'crossStage'
    | 'backbone'
    | 'near'
    | 'sameSchool'
    | 'noNeed'
    | 'subject'
    | 'certificate'
    | 'consent'
    | 'originShort'
    | 'lastTeacher'
    | 'tooFar'
  values: Record<string, string | number>
}

export interface Match {
  candidateId: string
  place: PostCover
  /** Higher is shown first; the decision is people's (R-MATCH-4). */
  points: number
  reasons: MatchReason[]
}

export interface MatchLookup {
  cover: (schoolId: string, stage: UnitStage, subject: Subject) => PostCover | null
  /** Distance of two schools in units of 100 m; null = unknown. */
  distance: (from: string, to: string) => number | null
}

const no = (finding: MatchReason['finding'], rule: MatchReason['rule'] = 'R-MATCH-2', values = {}): MatchReason => ({
  rule,
  finding,
  values,
})

/**
 * What stands against sending a candidate to a place (R-MATCH-2, R-MATCH-3); empty = possible. Another stage needs the
 * teacher's own consent, and upward (primary to junior) is never suggested.
 */
export function matchObstacles(
  candidate: MatchCandidate,
  place: PostCover,
  lookup: MatchLookup,
  policy: Pick<PlannerPolicy, 'commuteHm' | 'subjectFloorShare' | 'sameStageOnly'>,
): MatchReason[] {
  const found: MatchReason[] = []
  if (candidate.schoolId === place.schoolId) found.push(no('sameSchool'))
  if (candidate.subject !== place.subject && !candidate.retrained.includes(place.subject)) found.push(no('subject'))
  if (candidate.certificate === null || (place.stage === 'J' && candidate.certificate === 'P'))
    found.push(no('certificate'))
  if (candidate.stage !== place.stage) {
    if (!candidate.consentsToCrossStage) found.push(no('consent', 'R-MATCH-3'))
    else if (policy.sameStageOnly || candidate.stage === 'P') found.push(no('crossStage', 'R-MATCH-1'))
  }
  if (place.have > place.need) found.push(no('noNeed', 'R-MATCH-2', { have: place.have, need: place.need }))
  const origin = lookup.cover(candidate.schoolId, candidate.stage, candidate.subject)
  if (origin !== null) {
    const { num, den } = policy.subjectFloorShare
    const floor = Math.min(origin.have, Math.ceil((origin.need * num) / den))
    if (origin.have <= 1) found.push(no('lastTeacher'))
    else if (origin.have - 1 < floor) found.push(no('originShort', 'R-MATCH-2', { have: origin.have, floor }))
  }
  const distance = lookup.distance(candidate.schoolId, place.schoolId)
  if (policy.commuteHm !== null && distance !== null && distance > policy.commuteHm)
    found.push(no('tooFar', 'R-MATCH-2', { hm: distance, limit: policy.commuteHm }))
  return found
}

/** Why a possible pair is a good one (R-MATCH-1): over-staffed to short first, then swaps; same stage before another. */
export function matchReasons(candidate: MatchCandidate, place: PostCover, lookup: MatchLookup): MatchReason[] {
  const origin = lookup.cover(candidate.schoolId, candidate.stage, candidate.subject)
  const found: MatchReason[] = []
  const why = (finding: MatchReason['finding'], values: MatchReason['values'] = {}) =>
    found.push({ rule: 'R-MATCH-1', finding, values })
  if (origin && origin.have > origin.need && place.have < place.need)
    why('complementary', { over: origin.have - origin.need, short: place.need - place.have })
  else if (candidate.subject === place.subject && place.have <= place.need) why('swap')
  why(candidate.stage === place.stage ? 'sameStage' : 'crossStage')
  const rank = candidate.wishes.indexOf(place.schoolId)
  if (rank >= 0) why('wish', { rank: rank + 1 })
  if (candidate.isBackbone) why('backbone')
  const distance = lookup.distance(candidate.schoolId, place.schoolId)
  if (distance !== null) why('near', { hm: distance })
  return found
}

const POINTS: Partial<Record<MatchReason['finding'], number>> = {
  complementary: 1000,
  swap: 300,
  sameStage: 200,
  wish: 100,
  backbone: 20,
}

/**
 * Candidates for each short place, best first, each with its reasons (R-MATCH-1…4). A suggestion only: it assigns
 * nobody, and one candidate may stand under several places.
 */
export function suggestMatches(
  candidates: readonly MatchCandidate[],
  places: readonly PostCover[],
  lookup: MatchLookup,
  policy: Pick<PlannerPolicy, 'commuteHm' | 'subjectFloorShare' | 'sameStageOnly'>,
  most = 10,
): { place: PostCover; matches: Match[] }[] {
  return places.map((place) => {
    const matches = candidates
      .filter((candidate) => matchObstacles(candidate, place, lookup, policy).length === 0)
      .map((candidate): Match => {
        const reasons = matchReasons(candidate, place, lookup)
        const points = reasons.reduce((sum, { finding }) => sum + (POINTS[finding] ?? 0), 0)
        return { candidateId: candidate.id, place, points, reasons }
      })
      .sort((a, b) => b.points - a.points || nearness(a) - nearness(b) || (a.candidateId < b.candidateId ? -1 : 1))
    return { place, matches: matches.slice(0, most) }
  })
}

const nearness = (match: Match): number =>
  Number(match.reasons.find(({ finding }) => finding === 'near')?.values.hm ?? Number.MAX_SAFE_INTEGER)

/** Places a school should offer in a round: as many as its need is above what it has. */
export const suggestVacancies = (covers: readonly PostCover[]): (PostCover & { places: number })[] =>
  covers
    .filter(({ have, need }) => need > have)
    .map((cover) => ({ ...cover, places: Math.ceil(cover.need - cover.have) }))
