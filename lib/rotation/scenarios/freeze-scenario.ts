import { createHmac } from 'node:crypto'
import { type OpaqueIds, opaqueIds } from '@/lib/planner/instance/opaque-ids.ts'
import { type HandInIds, type Listing, reviseInstance, singleOut } from '@/lib/planner/instance/revise.ts'
import { buildInstance } from '@/lib/planner/instance-builder.ts'
import type { Keyring } from '@/lib/platform/crypto.ts'
import type { PlanInstance, PlanPolicy } from '@/lib/rules/planner/format.ts'
import type { RoundId, SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import type { RoundPlanInput } from '../queries/plan-input.ts'
import { type Hand, touchedBy } from './hand.ts'

/** A frozen instance with the ways back to the register, which never leave the database. */
export interface FrozenScenario {
  instance: PlanInstance
  members: Record<string, TeacherId[]>
  schools: Record<string, SchoolId>
}

/** Opaque ids of a round: made from the district's key, so that nobody without it can tell who is behind one. */
export const roundIds = (keys: Keyring, roundId: RoundId): OpaqueIds => opaqueIds(roundSecret(keys, roundId))

export const roundSecret = (keys: Keyring, roundId: RoundId): string =>
  createHmac('sha256', keys.lookup('idTail', `plan|${roundId}`))
    .update('junheng-plan')
    .digest('hex')

type Policy = Omit<PlanPolicy, 'scale'>

/** The first scenario of a round: what the register says, frozen; schools carry their ids instead of names. */
export function freezeRound(
  { input }: RoundPlanInput,
  { name, secret, policy, hand }: { name: string; secret: string; policy: Policy; hand: Hand },
): Outcome<FrozenScenario> {
  const pins = new Map(
    hand.pins.map(({ schoolId, low, high }) => [schoolId as string, [low, high] as [number, number]]),
  )
  const built = buildInstance(
    {
      ...input,
      name,
      secret,
      policy,
      schools: input.schools.map((school) => ({ ...school, net: pins.get(school.key) ?? school.net })),
      locks: hand.locks.map(({ teacherId, to }, at) => ({ id: `L${at + 1}`, person: teacherId, to })),
      stays: hand.stays,
      forbids: hand.forbids.map(({ teacherId, to }, at) => ({ id: `F${at + 1}`, person: teacherId, to })),
      notBoth: hand.notBoth,
    },
    { coded: true },
  )
  if (!built.ok) return built
  const { instance, people, members, schools } = built.value
  return done({
    instance,
    members: {
      ...Object.fromEntries([...people].map(([id, key]) => [id, [key as TeacherId]])),
      ...(Object.fromEntries(members) as Record<string, TeacherId[]>),
    },
    schools: Object.fromEntries(schools) as Record<string, SchoolId>,
  })
}

/** A further scenario of the same frozen round: another hand, other policy fields, the same people and schools. */
export function reviseScenario(
  base: FrozenScenario,
  { name, ids, policy, hand }: { name: string; ids: OpaqueIds; policy: Policy; hand: Hand },
): Outcome<FrozenScenario> {
  let listing: Listing = { instance: base.instance, members: base.members }
  for (const teacherId of touchedBy(hand)) listing = singleOut(listing, teacherId, ids.person(teacherId))
  const personOf = new Map(
    Object.entries(listing.members).flatMap(([id, keys]) => (keys.length === 1 ? [[keys[0]!, id] as const] : [])),
  )
  const singles = new Set(listing.instance.teachers.map(({ id }) => id))
  const schoolOf = new Map(Object.entries(base.schools).map(([id, key]) => [key as string, id]))
  const strangers = [...touchedBy(hand)].filter((key) => !singles.has(personOf.get(key) ?? ''))
  if (strangers.length > 0) return refuse('plan.refusal.notListed', { count: strangers.length })
  const person = (key: TeacherId) => personOf.get(key)!
  const school = (key: SchoolId) => schoolOf.get(key) ?? key
  const inIds: HandInIds = {
    locks: hand.locks.map(({ teacherId, to }, at) => ({
      id: `L${at + 1}`,
      teacher: person(teacherId),
      to: school(to),
    })),
    stays: hand.stays.map(person),
    forbids: hand.forbids.map(({ teacherId, to }, at) => ({
      id: `F${at + 1}`,
      teacher: person(teacherId),
      to: to === null ? null : school(to),
    })),
    notBoth: hand.notBoth.map(([a, b]) => [person(a), person(b)]),
    pins: new Map(hand.pins.map(({ schoolId, low, high }) => [school(schoolId), [low, high]])),
  }
  const revised = reviseInstance(listing.instance, { name, policy, hand: inIds })
  if (!revised.ok) return revised
  return done({
    instance: revised.value,
    members: listing.members as Record<string, TeacherId[]>,
    schools: base.schools,
  })
}

/** The bytes that are stored, hashed and exported. */
export const instanceText = (instance: PlanInstance): string => JSON.stringify(instance)
