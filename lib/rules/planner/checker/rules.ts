import { countPlan } from './counts.ts'
import { ceilOf, type Facts, floorOf, heads, headsBy, postName, type Sent } from './facts.ts'
import { type Finding, finding } from './finding.ts'
import { hectometresOver, isForbidden } from './structure.ts'

const origin = (line: Sent) => line.person.of.school
const originUnit = (line: Sent) => `${line.person.of.school}/${line.person.of.stage}`
const originPost = (line: Sent) => postName(line.person.of.school, line.person.of.stage, line.person.of.subject)

/** H3 room and H4 cover, at every post. */
function checkPosts(facts: Facts, sent: readonly Sent[]): Finding[] {
  const out = headsBy(sent, originPost)
  const into = headsBy(sent, (line) => postName(line.to.id, line.stage, line.subject))
  const found: Finding[] = []
  for (const school of facts.instance.schools)
    for (const unit of school.units)
      for (const { k, have, need10, floor } of unit.subjects) {
        const name = postName(school.id, unit.stage, k)
        const after = have + (into.get(name) ?? 0) - (out.get(name) ?? 0)
        const cap = Math.max(have, Math.ceil(need10 / 10))
        const least = Math.max(floor, have > 0 ? 1 : 0)
        if (after > cap) found.push(finding('H3', name, after - cap, 'no_room', { after, cap }))
        if (after < least) found.push(finding('H4', name, least - after, 'no_cover', { after, least }))
      }
  return found
}

/** H5 the share of all who move, H6 the share of backbone, H10 direction, H15 the most moves. */
function checkQuotas(facts: Facts, sent: readonly Sent[]): Finding[] {
  const { policy } = facts.instance
  const { R, RB, need_R, need_RB } = countPlan(facts, sent)
  const moves = heads(sent)
  const forward = heads(sent, (line) => facts.schools.get(origin(line))!.sender && line.to.receiver)
  const least = ceilOf(moves, policy.direction_rate)
  const found: Finding[] = []
  if (R < need_R) found.push(finding('H5', 'plan', need_R - R, 'too_few', { has: R, need: need_R }))
  if (RB < need_RB) found.push(finding('H6', 'plan', need_RB - RB, 'too_few_backbone', { has: RB, need: need_RB }))
  if (forward < least)
    found.push(finding('H10', 'plan', least - forward, 'wrong_direction', { has: forward, need: least }))
  if (moves > policy.max_moves)
    found.push(finding('H15', 'plan', moves - policy.max_moves, 'too_many', { has: moves, most: policy.max_moves }))
  return found
}

/** H7a senior titles, H7c backbone leaving, H8 leaving, H9 head-count change, H16 least sent. */
function checkSchools(facts: Facts, sent: readonly Sent[]): Finding[] {
  const { policy } = facts.instance
  const out = headsBy(sent, origin)
  const into = headsBy(sent, (line) => line.to.id)
  const seniorOut = headsBy(sent, (line) => (line.person.of.senior ? origin(line) : null))
  const seniorIn = headsBy(sent, (line) => (line.person.of.senior ? line.to.id : null))
  const backboneOut = headsBy(sent, (line) => (line.person.of.backbone ? originUnit(line) : null))
  const found: Finding[] = []
  for (const { id, senior, staff, net, send_min, units } of facts.instance.schools) {
    const left = out.get(id) ?? 0
    const seniorAfter = senior + (seniorIn.get(id) ?? 0) - (seniorOut.get(id) ?? 0)
    const seniorLeast = Math.min(1, senior)
    if (seniorAfter < seniorLeast) found.push(finding('H7a', id, seniorLeast - seniorAfter, 'no_senior'))
    for (const unit of units) {
      const gone = backboneOut.get(`${id}/${unit.stage}`) ?? 0
      const most = floorOf(unit.backbone, policy.backbone_leave_share)
      if (gone > most) found.push(finding('H7c', `${id}/${unit.stage}`, gone - most, 'backbone_leaves', { gone, most }))
    }
    const most = floorOf(staff, policy.leave_share)
    if (left > most) found.push(finding('H8', id, left - most, 'too_many_leave', { gone: left, most }))
    const [low, high] = net ?? policy.net_default
    const change = (into.get(id) ?? 0) - left
    if (change < low || change > high)
      found.push(finding('H9', id, Math.max(low - change, change - high), 'head_count', { change, low, high }))
    if (left < send_min)
      found.push(finding('H16', id, send_min - left, 'sends_too_few', { gone: left, least: send_min }))
  }
  return found
}

/** H7b hosts, H11 distance, H12 locks, H13 forbidden, H14 pairs. */
function checkHand(facts: Facts, sent: readonly Sent[]): Finding[] {
  const found: Finding[] = []
  const goesTo = new Map(sent.map((line) => [line.person.id, line.to.id]))
  for (const line of sent) {
    const { person, to, n } = line
    const item = person.single ? person.id : `${person.id}/${postName(to.id, line.stage, line.subject)}`
    if (person.single?.host) found.push(finding('H7b', item, n, 'host_moves'))
    const over = hectometresOver(facts, line)
    if (over > 0) found.push(finding('H11', item, n, 'too_far', { to: to.id, over }))
    if (isForbidden(facts, line)) found.push(finding('H13', item, n, 'forbidden', { to: to.id }))
  }
  for (const lock of facts.instance.locks)
    if (goesTo.get(lock.teacher) !== lock.to)
      found.push(finding('H12', lock.id, 1, 'lock_missed', { teacher: lock.teacher, to: lock.to }))
  for (const [a, b] of facts.instance.not_both)
    if (goesTo.has(a) && goesTo.has(b)) found.push(finding('H14', `${a}+${b}`, 1, 'both_move', { a, b }))
  return found
}

/** Every rule that may be relaxed, H3–H16, with the amount by which the plan fails it. */
export const checkRules = (facts: Facts, sent: readonly Sent[]): Finding[] => [
  ...checkPosts(facts, sent),
  ...checkQuotas(facts, sent),
  ...checkSchools(facts, sent),
  ...checkHand(facts, sent),
]
