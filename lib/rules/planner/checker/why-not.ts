import type { PlanTeacher } from '../format/instance-schema.ts'
import type { WhyNotCode } from '../format/result-schema.ts'
import type { Facts, Person, Sent } from './facts.ts'
import { type Finding, finding } from './finding.ts'
import { hectometresOver, isForbidden, misfit } from './structure.ts'

/** Has the person any place that passes H2, H11 and H13? */
function hasPlace(facts: Facts, person: Person): boolean {
  for (const to of facts.instance.schools)
    for (const unit of to.units)
      for (const post of unit.subjects) {
        const line: Sent = { person, n: 1, to, stage: unit.stage, subject: post.k, post }
        if (post.k !== person.of.subject && !person.of.retrain.includes(post.k)) continue
        if (!misfit(facts, line) && hectometresOver(facts, line) === 0 && !isForbidden(facts, line)) return true
      }
  return false
}

/** Why a person listed singly stays: the first code that fits (planner.md §6). */
export function whyNot(facts: Facts, teacher: PlanTeacher): WhyNotCode {
  if (teacher.status !== 'eligible' && teacher.status !== 'voluntary') return 'NOT_ELIGIBLE'
  if (facts.stays.has(teacher.id)) return 'STAYS'
  if (teacher.host) return 'HOST'
  return hasPlace(facts, facts.people.get(teacher.id)!) ? 'NOT_CHOSEN' : 'NO_POST'
}

export function checkWhyNot(facts: Facts, sent: readonly Sent[], stated: Record<string, WhyNotCode>): Finding[] {
  const moved = new Set(sent.map((line) => line.person.id))
  const found: Finding[] = []
  for (const id of Object.keys(stated)) {
    const person = facts.people.get(id)
    if (!person?.single || moved.has(id)) found.push(finding('why_not', id, 1, 'why_not_stranger'))
  }
  for (const teacher of facts.instance.teachers) {
    if (moved.has(teacher.id)) continue
    const right = whyNot(facts, teacher)
    const said = Object.hasOwn(stated, teacher.id) ? stated[teacher.id] : undefined
    if (said !== right) found.push(finding('why_not', teacher.id, 1, 'why_not_differs', { found: said ?? '', right }))
  }
  return found
}
