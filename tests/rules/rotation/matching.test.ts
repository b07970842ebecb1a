import { describe, expect, test } from 'vitest'
import { directionTags } from '@/lib/rules/rotation/direction.ts'
import {
  type MatchCandidate,
  type MatchLookup,
  matchObstacles,
  type PostCover,
  suggestMatches,
  suggestVacancies,
} from '@/lib/rules/rotation/matching.ts'
import { defaultPolicy } from '@/lib/rules/rotation/policy.ts'
import { ratio } from '@/lib/rules/values/ratio.ts'

const covers: PostCover[] = [
  { schoolId: 'S1', stage: 'P', subject: 'MATH', have: 12, need: 10 },
  { schoolId: 'S2', stage: 'P', subject: 'MATH', have: 8, need: 8 },
  { schoolId: 'S3', stage: 'P', subject: 'MATH', have: 4, need: 6 },
  { schoolId: 'S3', stage: 'J', subject: 'MATH', have: 3, need: 4 },
  { schoolId: 'S4', stage: 'P', subject: 'MATH', have: 1, need: 2 },
]
const place = covers[2]!
const lookup: MatchLookup = {
  cover: (schoolId, stage, subject) =>
    covers.find((one) => one.schoolId === schoolId && one.stage === stage && one.subject === subject) ?? null,
  distance: (from, to) => (from === 'S2' && to === 'S3' ? 500 : 50),
}
const candidate = (more: Partial<MatchCandidate> = {}): MatchCandidate => ({
  id: 'T1',
  schoolId: 'S1',
  stage: 'P',
  subject: 'MATH',
  certificate: 'P',
  retrained: [],
  consentsToCrossStage: false,
  wishes: [],
  isBackbone: false,
  tenureMonths: 80,
  ...more,
})
const against = (more: Partial<MatchCandidate>, at = place) =>
  matchObstacles(candidate(more), at, lookup, defaultPolicy.planner).map(({ finding }) => finding)

describe('R-MATCH-2 R-MATCH-3 hard limits', () => {
  test('what stands against a pair is named', () => {
    expect(against({})).toEqual([])
    expect(against({ schoolId: 'S3' })).toContain('sameSchool')
    expect(against({ subject: 'ART' })).toContain('subject')
    expect(against({ subject: 'ART', retrained: ['MATH'] })).not.toContain('subject')
    expect(against({ schoolId: 'S4' })).toEqual(['lastTeacher'])
    expect(against({ schoolId: 'S2' })).toEqual(['tooFar'])
  })
  test('another stage needs consent and certificate, and upward is never suggested', () => {
    expect(against({}, covers[3]!)).toEqual(['certificate', 'consent'])
    expect(against({ certificate: 'J', consentsToCrossStage: true }, covers[3]!)).toEqual(['crossStage'])
    expect(against({ stage: 'J', certificate: 'J' })).toEqual(['consent'])
    expect(against({ stage: 'J', certificate: 'J', consentsToCrossStage: true })).toEqual([])
  })
})

describe('R-MATCH-1 R-MATCH-4 suggestions', () => {
  test('over-staffed to short first, wishes next, each with its reasons', () => {
    const people = [
      candidate({ id: 'other-stage', stage: 'J', schoolId: 'S5', certificate: 'J', consentsToCrossStage: true }),
      candidate({ id: 'plain' }),
      candidate({ id: 'wished', wishes: ['S3'] }),
      candidate({ id: 'last', schoolId: 'S4' }),
    ]
    const [suggestion] = suggestMatches(people, [place], lookup, defaultPolicy.planner)
    expect(suggestion!.matches.map(({ candidateId }) => candidateId)).toEqual(['wished', 'plain', 'other-stage'])
    expect(suggestion!.matches[0]!.reasons.map(({ finding }) => finding)).toEqual([
      'complementary',
      'sameStage',
      'wish',
      'near',
    ])
    expect(suggestion!.matches[0]!.reasons[0]!.values).toEqual({ over: 2, short: 2 })
  })
  test('a school offers as many places as its need is above what it has', () => {
    expect(suggestVacancies(covers).map(({ schoolId, stage, places }) => [schoolId, stage, places])).toEqual([
      ['S3', 'P', 2],
      ['S3', 'J', 1],
      ['S4', 'P', 1],
    ])
  })
})

describe('2.5 direction tags', () => {
  const side = (locality: 'urban' | 'town' | 'rural', quality: boolean, gap: number | null) => ({
    locality,
    quality,
    gap: gap === null ? null : ratio(gap, 1),
  })
  test('every tag that fits; same when none', () => {
    expect(directionTags(side('urban', true, 2), side('rural', false, -1))).toEqual([
      'urban_to_rural',
      'quality_to_ordinary',
      'over_to_short',
    ])
    expect(directionTags(side('rural', false, 0), side('urban', true, 0))).toEqual(['rural_to_urban'])
    expect(directionTags(side('urban', false, null), side('urban', false, -3))).toEqual(['same'])
  })
})
