import { describe, expect, test } from 'vitest'
import type { PlanInstance, SolvedPlan } from '@/lib/rules/planner/format.ts'
import { copy, findings, hasSample, sample } from './support.ts'

const { instance, result, sha } = sample('tiny')
const school = (plan: PlanInstance, id: string) => plan.schools.find((one) => one.id === id)!
const teacher = (plan: PlanInstance, id: string) => plan.teachers.find((one) => one.id === id)!
const post = (plan: PlanInstance, id: string, k: string) =>
  school(plan, id).units[0]!.subjects.find((one) => one.k === k)!

describe('the published plans are sound', () => {
  test('tiny', () => expect(findings(instance, result, sha)).toEqual([]))
  test.runIf(hasSample('small.json')).each(['small', 'district'])('%s', (name) => {
    const given = sample(name)
    expect(findings(given.instance, given.result, given.sha)).toEqual([])
  })
})

describe('every rule, one planted breach each, with the amount by which it fails', () => {
  type Breach = [rule: string, found: string, plant: (plan: PlanInstance, said: SolvedPlan) => void]
  const breaches: Breach[] = [
    [
      'H0 status',
      'H0 T01 1 may_not_move',
      (plan) => {
        teacher(plan, 'T01').status = 'not_yet'
      },
    ],
    [
      'H0 person',
      'H0 T99 1 unlisted',
      (_, said) => {
        said.moves[0]!.teacher = 'T99'
      },
    ],
    [
      'H0 place',
      'H0 T01 1 unknown_place',
      (_, said) => {
        said.moves[0]!.to = 'S9'
      },
    ],
    [
      'H1',
      'H1 T01 1 sent_twice',
      (_, said) => {
        said.moves.push({ ...said.moves[0]!, to: 'S3', rank: 1, hm: 85 })
      },
    ],
    [
      'H2 own school',
      'H2 T01 1 own_school',
      (_, said) => {
        said.moves[0]!.to = 'S1'
      },
    ],
    [
      'H2 post',
      'H2 T01 1 no_such_post',
      (plan) => {
        Object.assign(post(plan, 'S4', 'CHN'), { have: 0, need10: 0, floor: 0 })
      },
    ],
    [
      'H2 subject',
      'H2 T01 1 other_subject',
      (_, said) => {
        said.moves[0]!.subject = 'MATH'
      },
    ],
    [
      'H2 stage',
      'H2 T03 1 other_stage',
      (plan, said) => {
        plan.schools[1]!.units[0]!.stage = 'J'
        said.moves[1]!.stage = 'J'
        plan.policy.indicators = []
      },
    ],
    [
      'H2 zone',
      'H2 T01 1 other_zone',
      (plan) => {
        plan.policy.zone_only = true
        school(plan, 'S4').zone = 'Z2'
      },
    ],
    [
      'H2 wished',
      'H2 T01 1 not_wished',
      (plan) => {
        teacher(plan, 'T01').mode = 'wished'
      },
    ],
    [
      'H2 volunteer',
      'H2 T06 1 not_wished',
      (plan) => {
        teacher(plan, 'T06').status = 'voluntary'
      },
    ],
    [
      'H2 totals (R-BAL-5)',
      'H2 T01 1 changes_total',
      (plan) => {
        school(plan, 'S4').units[0]!.pupils = 0
      },
    ],
    [
      'H3',
      'H3 S4/P/CHN 1 no_room',
      (plan) => {
        post(plan, 'S4', 'CHN').need10 = 30
      },
    ],
    [
      'H4',
      'H4 S1/P/CHN 1 no_cover',
      (plan) => {
        post(plan, 'S1', 'CHN').floor = 12
      },
    ],
    [
      'H4 last one',
      'H4 S1/P/CHN 1 no_cover',
      (plan) => {
        Object.assign(post(plan, 'S1', 'CHN'), { have: 2, floor: 0 })
      },
    ],
    [
      'H5',
      'H5 plan 2 too_few',
      (plan) => {
        plan.policy.rate_total = [60, 100]
      },
    ],
    [
      'H6',
      'H6 plan 1 too_few_backbone',
      (plan) => {
        plan.policy.rate_backbone = [60, 100]
      },
    ],
    [
      'H6 reading B',
      'H6 plan 1 too_few_backbone',
      (plan) => {
        plan.policy.backbone_reading = 'B'
        plan.policy.rate_backbone = [61, 100]
      },
    ],
    [
      'H6 reading C',
      'H6 plan 1 too_few_backbone',
      (plan) => {
        plan.policy.backbone_reading = 'C'
        plan.policy.rate_backbone = [26, 100]
      },
    ],
    [
      'H7a',
      'H7a S1 1 no_senior',
      (plan) => {
        school(plan, 'S1').senior = 1
      },
    ],
    [
      'H7b',
      'H7b T01 1 host_moves',
      (plan) => {
        teacher(plan, 'T01').host = true
      },
    ],
    [
      'H7c',
      'H7c S1/P 2 backbone_leaves',
      (plan) => {
        plan.policy.backbone_leave_share = [10, 100]
      },
    ],
    [
      'H8',
      'H8 S1 2 too_many_leave',
      (plan) => {
        plan.policy.leave_share = [5, 100]
      },
    ],
    [
      'H9',
      'H9 S1 1 head_count',
      (plan) => {
        plan.policy.net_default = [-1, 1]
      },
    ],
    [
      'H9 own range',
      'H9 S4 1 head_count',
      (plan) => {
        school(plan, 'S4').net = [2, 3]
      },
    ],
    [
      'H10',
      'H10 plan 3 wrong_direction',
      (plan) => {
        plan.policy.direction_rate = [1, 1]
      },
    ],
    [
      'H11',
      'H11 T01 1 too_far',
      (plan) => {
        plan.policy.commute_hm = 120
      },
    ],
    [
      'H11 own limit',
      'H11 T01 1 too_far',
      (plan) => {
        teacher(plan, 'T01').max_hm = 189
      },
    ],
    [
      'H12',
      'H12 L1 1 lock_missed',
      (plan) => {
        plan.locks[0]!.to = 'S4'
      },
    ],
    [
      'H13 stays',
      'H13 T01 1 forbidden',
      (plan) => {
        plan.stays.push('T01')
      },
    ],
    [
      'H13 place',
      'H13 T01 1 forbidden',
      (plan) => {
        plan.forbids.push({ id: 'F2', teacher: 'T01', to: 'S4' })
      },
    ],
    [
      'H13 anywhere',
      'H13 T01 1 forbidden',
      (plan) => {
        plan.forbids.push({ id: 'F2', teacher: 'T01' })
      },
    ],
    [
      'H14',
      'H14 T01+T03 1 both_move',
      (plan) => {
        plan.not_both.push(['T01', 'T03'])
      },
    ],
    [
      'H15',
      'H15 plan 1 too_many',
      (plan) => {
        plan.policy.max_moves = 5
      },
    ],
    [
      'H16',
      'H16 S2 1 sends_too_few',
      (plan) => {
        school(plan, 'S2').send_min = 2
      },
    ],
  ]
  test.each(breaches)('%s', (_, found, plant) => {
    const plan = copy(instance)
    const said = copy(result)
    plant(plan, said)
    expect(findings(plan, said, sha)).toContain(found)
  })
})
