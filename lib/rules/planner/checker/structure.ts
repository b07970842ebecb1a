import type { PlanFlow, PlanMove } from '../format/result-schema.ts'
import type { Facts, Sent } from './facts.ts'
import { type Finding, finding } from './finding.ts'
import { changesTotal } from './indicators.ts'

/** H0: listed people who may move, known places, whole numbers; one line per person or group and place. */
export function checkListed(facts: Facts, moves: readonly PlanMove[], flows: readonly PlanFlow[]): Finding[] {
  const found: Finding[] = []
  const seen = new Set<string>()
  const lines = [
    ...moves.map((move) => ({ id: move.teacher, single: true, ...move })),
    ...flows.map((flow) => ({ id: flow.group, single: false, ...flow })),
  ]
  for (const line of lines) {
    const person = facts.people.get(line.id)
    if (!person || (person.single !== null) !== line.single) found.push(finding('H0', line.id, 1, 'unlisted'))
    else if (person.of.status !== 'eligible' && person.of.status !== 'voluntary')
      found.push(finding('H0', line.id, 1, 'may_not_move', { status: person.of.status }))
    if (!facts.schools.has(line.to)) found.push(finding('H0', line.id, 1, 'unknown_place', { to: line.to }))
    const key = JSON.stringify([line.id, line.to, line.stage, line.subject])
    if (!line.single && seen.has(key)) found.push(finding('H0', line.id, 1, 'line_twice', { to: line.to }))
    seen.add(key)
  }
  return found
}

/** H1: nobody goes to two places, no group sends more than it has. */
export function checkOnce(sent: readonly Sent[]): Finding[] {
  const gone = new Map<string, number>()
  for (const line of sent) gone.set(line.person.id, (gone.get(line.person.id) ?? 0) + line.n)
  const found: Finding[] = []
  for (const [id, n] of gone) {
    const has = sent.find((line) => line.person.id === id)!.person.n
    if (n > has) found.push(finding('H1', id, n - has, 'sent_twice', { sent: n, has }))
  }
  return found
}

/** H2 for one line: the reason the place does not fit the person, or null. */
export function misfit(facts: Facts, line: Sent): string | null {
  const { person, to, stage, subject, post } = line
  const { of } = person
  if (to.id === of.school) return 'own_school'
  if (!post || (post.have === 0 && post.need10 === 0)) return 'no_such_post'
  if (subject !== of.subject && !of.retrain.includes(subject)) return 'other_subject'
  if (stage !== of.stage && !(of.consent_cross && (of.cert === 'J' || stage === 'P'))) return 'other_stage'
  if (facts.instance.policy.zone_only && facts.schools.get(of.school)!.zone !== to.zone) return 'other_zone'
  if (of.status === 'voluntary' || person.single?.mode === 'wished') {
    if (!person.single?.wishes.includes(to.id)) return 'not_wished'
  }
  for (const indicator of facts.instance.policy.indicators)
    if (indicator.weight > 0 && changesTotal(facts, line, indicator.id, indicator.stage)) return 'changes_total'
  return null
}

export function checkFits(facts: Facts, sent: readonly Sent[]): Finding[] {
  return sent.flatMap((line) => {
    const why = misfit(facts, line)
    return why ? [finding('H2', line.person.id, line.n, why, { to: line.to.id, subject: line.subject })] : []
  })
}

/** H11 for one line: metres over the limit of the person or the policy; 0 when within. */
export function hectometresOver(facts: Facts, line: Sent): number {
  const limit = line.person.single?.max_hm ?? facts.instance.policy.commute_hm
  return limit === null ? 0 : Math.max(0, facts.distanceOf(line.person.of.school, line.to.id) - limit)
}

/** H13 for one line: `stays`, or a move that is forbidden. */
export function isForbidden(facts: Facts, line: Sent): boolean {
  const places = facts.forbidden.get(line.person.id)
  return facts.stays.has(line.person.id) || places?.has(null) === true || places?.has(line.to.id) === true
}
