import {
  checkInstance,
  leastScale,
  type PlanGroup,
  type PlanInstance,
  type PlanPolicy,
  type PlanTeacher,
} from '@/lib/rules/planner/format.ts'
import { done, type Outcome } from '@/lib/rules/values/outcome.ts'

/** What a hand sets in a frozen instance, under the ids of the instance. */
export interface HandInIds {
  locks: PlanInstance['locks']
  stays: string[]
  forbids: PlanInstance['forbids']
  notBoth: [string, string][]
  /** School id → head-count change. */
  pins: Map<string, [number, number]>
}

export interface Listing {
  instance: PlanInstance
  /** Id of the instance → register keys: one for a person listed singly, the members of a group in their order. */
  members: Record<string, string[]>
}

const asTeacher = ({ n: _, ...standing }: PlanGroup, id: string): PlanTeacher => ({
  ...standing,
  id,
  host: false,
  mode: 'any',
  wishes: [],
  max_hm: null,
})

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)

/**
 * Lists a member of a group singly, so that a lock, forbid, stay or pair can name the person; everybody else stays as
 * they were. Nothing changes when the person is listed singly already or not at all.
 * @param personId the opaque id the person has in this round
 */
export function singleOut({ instance, members }: Listing, key: string, personId: string): Listing {
  const group = instance.groups.find(({ id }) => members[id]?.includes(key))
  if (!group) return { instance, members }
  const rest = members[group.id]!.filter((one) => one !== key)
  const { [group.id]: _, ...others } = members
  return {
    instance: {
      ...instance,
      teachers: [...instance.teachers, asTeacher(group, personId)].sort(byId),
      groups: instance.groups.flatMap((one) =>
        one.id !== group.id ? [one] : rest.length > 0 ? [{ ...one, n: rest.length }] : [],
      ),
    },
    members: { ...others, ...(rest.length > 0 ? { [group.id]: rest } : {}), [personId]: [key] },
  }
}

/**
 * The same frozen round under another hand and policy: what a further scenario of it is made of (planner.md §8). People
 * named must have been singled out before. Whatever contradicts itself is refused, each finding naming its field.
 */
export function reviseInstance(
  instance: PlanInstance,
  { name, policy, hand }: { name: string; policy: Omit<PlanPolicy, 'scale'>; hand: HandInIds },
): Outcome<PlanInstance> {
  const draft: PlanInstance = {
    ...instance,
    name,
    policy: { ...policy, scale: instance.policy.scale },
    schools: instance.schools.map((school) => ({ ...school, net: hand.pins.get(school.id) ?? null })),
    locks: hand.locks,
    stays: hand.stays,
    forbids: hand.forbids,
    not_both: hand.notBoth,
  }
  while (draft.policy.scale < leastScale(draft) && draft.policy.scale < 1_000_000_000) draft.policy.scale *= 10
  const checked = checkInstance(draft)
  return checked.ok ? done(checked.value) : checked
}
