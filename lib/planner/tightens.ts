import type { PlanInstance } from '@/lib/rules/planner/format.ts'

/** A person apart from how they are listed: singly without any wish of their own, or as one of a group. */
function standing(person: PlanInstance['teachers'][number] | PlanInstance['groups'][number]): string {
  const own = 'n' in person ? null : [person.host, person.mode, person.wishes, person.max_hm]
  const plain = JSON.stringify([false, 'any', [], null])
  const { school, stage, subject, status, backbone, senior, degree, cert, consent_cross, retrain } = person
  const wishes = own === null || JSON.stringify(own) === plain ? null : own
  return JSON.stringify([
    school,
    stage,
    subject,
    status,
    backbone,
    senior,
    degree,
    cert,
    consent_cross,
    retrain,
    wishes,
  ])
}

function people(instance: PlanInstance): string {
  const heads = new Map<string, number>()
  for (const person of instance.teachers) heads.set(standing(person), (heads.get(standing(person)) ?? 0) + 1)
  for (const group of instance.groups) heads.set(standing(group), (heads.get(standing(group)) ?? 0) + group.n)
  return JSON.stringify([...heads].sort())
}

const contains = (all: readonly unknown[], some: readonly unknown[]): boolean => {
  const have = new Set(all.map((one) => JSON.stringify(one)))
  return some.every((one) => have.has(JSON.stringify(one)))
}

/**
 * Is `after` the same round as `before` with only more locks, forbids, stays or pairs? Then no plan of `after` is better
 * than the best of `before`, whose proven values bound it level by level. The tie-break of level 5 goes by id, which a
 * person taken out of a group changes, so it bounds only when the lists are the same.
 */
export function tightens(before: PlanInstance, after: PlanInstance): boolean {
  const frame = ({ policy, subjects, pe_arts, schools, distance }: PlanInstance) =>
    JSON.stringify([policy, subjects, pe_arts, schools, distance])
  return (
    frame(before) === frame(after) &&
    people(before) === people(after) &&
    contains(
      after.locks.map(({ teacher, to }) => [teacher, to]),
      before.locks.map(({ teacher, to }) => [teacher, to]),
    ) &&
    contains(
      after.forbids.map(({ teacher, to }) => [teacher, to ?? null]),
      before.forbids.map(({ teacher, to }) => [teacher, to ?? null]),
    ) &&
    contains(after.stays, before.stays) &&
    contains(after.not_both, before.not_both)
  )
}
