import { type ChainMove, findChains } from '@/lib/planner/certificate/chains.ts'
import { nameFlows } from '@/lib/planner/instance/grouping.ts'
import type { EffectLine } from '@/lib/rules/planner/effects.ts'
import type { PlanChain, PlanFlow, PlanInstance, PlanMove } from '@/lib/rules/planner/format.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'

/** One move of a plan with the person's register id; schools under their ids in the instance. */
export interface NamedLine extends EffectLine {
  teacherId: TeacherId
  /** Id in the instance: the person's own, or the group's. */
  listed: string
  isGroup: boolean
  rank: number
  hm: number
  senior: boolean
}

/** Everybody a plan sends, by name: members of groups go in the order of planner.md §7 unless exchanged by hand. */
export function namedPlan(
  instance: PlanInstance,
  plan: { moves: readonly PlanMove[]; flows?: readonly PlanFlow[] | undefined },
  members: Readonly<Record<string, readonly TeacherId[]>>,
): NamedLine[] {
  const singles = new Map(instance.teachers.map((teacher) => [teacher.id, teacher]))
  const groups = new Map(instance.groups.map((group) => [group.id, group]))
  const ofMoves = plan.moves.flatMap((move): NamedLine[] => {
    const person = singles.get(move.teacher)
    const teacherId = members[move.teacher]?.[0]
    if (!person || !teacherId) return []
    const { school: from, stage: fromStage, subject: fromSubject, backbone, senior } = person
    const { to, stage, subject, rank, hm } = move
    return [
      {
        teacherId,
        listed: move.teacher,
        isGroup: false,
        from,
        fromStage,
        fromSubject,
        to,
        stage,
        subject,
        rank,
        hm,
        backbone,
        senior,
      },
    ]
  })
  const flows = plan.flows ?? []
  const hmOf = new Map(flows.map((flow) => [`${flow.group}|${flow.to}|${flow.stage}|${flow.subject}`, flow.hm]))
  const groupOf = new Map(
    flows.flatMap(({ group }) => (members[group] ?? []).map((one) => [one as string, group] as const)),
  )
  const ofFlows = nameFlows(flows, new Map(Object.entries(members))).flatMap(
    ({ key, to, stage, subject }): NamedLine[] => {
      const id = groupOf.get(key)
      const group = id === undefined ? undefined : groups.get(id)
      if (!group) return []
      return [
        {
          teacherId: key as TeacherId,
          listed: group.id,
          isGroup: true,
          from: group.school,
          fromStage: group.stage,
          fromSubject: group.subject,
          to,
          stage,
          subject,
          rank: 0,
          hm: hmOf.get(`${group.id}|${to}|${stage}|${subject}`) ?? 0,
          backbone: group.backbone,
          senior: group.senior,
        },
      ]
    },
  )
  return [...ofMoves, ...ofFlows]
}

/** Chains over people by name (planner.md §10): each takes the post the next one leaves. */
export function namedChains(lines: readonly NamedLine[]): PlanChain[] {
  const moves = lines.map(
    (line): ChainMove => ({
      teacher: line.teacherId,
      from: `${line.from}|${line.fromStage}|${line.fromSubject}`,
      to: `${line.to}|${line.stage}|${line.subject}`,
      wished: line.rank > 0,
    }),
  )
  return findChains(moves)
}
