import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import type { Tx } from '@/db/scope.ts'
import type { RoundId, SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { type RelationCvs, relationCvs } from './round-equity.ts'
import { type ScenarioView, scenarioView } from './scenario-view.ts'

/** Where each scenario sends somebody; null: stays. Only people on whom they differ. */
export interface PersonDifference {
  teacherId: TeacherId
  name: string
  from: string
  /** In the order of the scenarios: name of the destination. */
  to: (string | null)[]
}

export interface SchoolComparison {
  school: string
  name: string
  /** Heads after, shortage after and backbone per 100 after, in the order of the scenarios. */
  staff: number[]
  shortage: number[]
  per100: Record<'P' | 'J', (number | null)[]>
}

export interface ScenarioComparison {
  views: ScenarioView[]
  /** CVs by relation, in the order of the scenarios. */
  relation: (RelationCvs | null)[]
  people: PersonDifference[]
  schools: SchoolComparison[]
  /** Backbone per 100 pupils of every unit, sorted: before, then each scenario (planner.md §14). */
  sorted: Record<'P' | 'J', { before: number[]; after: number[][]; lorenz: ('better' | 'worse' | 'mixed' | 'same')[] }>
}

/** Lorenz comparison of two lists of pupils and counts: which is more level at every share of pupils. */
function lorenz(before: { pupils: number; count: number }[], after: { pupils: number; count: number }[]) {
  const curve = (units: typeof before) => {
    const list = units.filter(({ pupils }) => pupils > 0).sort((a, b) => a.count * b.pupils - b.count * a.pupils)
    const [people, total] = list.reduce(([p, c], one) => [p + one.pupils, c + one.count], [0, 0])
    let [p, c] = [0, 0]
    const points = list.map((one) => {
      p += one.pupils
      c += one.count
      return { x: p / Math.max(1, people), y: c / Math.max(1, total) }
    })
    return (x: number) => {
      const at = points.findIndex((point) => point.x >= x - 1e-12)
      const right = points[at] ?? { x: 1, y: 1 }
      const left = at > 0 ? points[at - 1]! : { x: 0, y: 0 }
      return right.x === left.x ? right.y : left.y + ((right.y - left.y) * (x - left.x)) / (right.x - left.x)
    }
  }
  const [a, b] = [curve(before), curve(after)]
  const differences = Array.from({ length: 99 }, (_, at) => b((at + 1) / 100) - a((at + 1) / 100))
  const above = differences.some((one) => one > 1e-9)
  const below = differences.some((one) => one < -1e-9)
  return above && below ? 'mixed' : above ? 'better' : below ? 'worse' : 'same'
}

/** Solved scenarios of one round side by side; null when fewer than two of them have a plan. */
export async function compareScenarios(
  tx: Tx,
  roundId: RoundId,
  ids: readonly ScenarioId[],
): Promise<ScenarioComparison | null> {
  const loaded: ScenarioView[] = []
  for (const id of [...new Set(ids)].slice(0, 4)) {
    const view = await scenarioView(tx, id)
    if (view?.solved && view.row.roundId === roundId) loaded.push(view)
  }
  if (loaded.length < 2) return null
  const first = loaded[0]!
  const relation: (RelationCvs | null)[] = []
  for (const view of loaded) relation.push(await relationCvs(tx, view))
  const going = loaded.map((view) => new Map(view.lines.map((line) => [line.teacherId, line])))
  const everybody = [...new Set(going.flatMap((map) => [...map.keys()]))]
  const people = everybody.flatMap((teacherId): PersonDifference[] => {
    const to = loaded.map((view, at) => {
      const line = going[at]!.get(teacherId)
      return line ? view.place(line.to).name : null
    })
    if (new Set(to).size === 1) return []
    const at = going.findIndex((map) => map.has(teacherId))
    const line = going[at]!.get(teacherId)!
    return [{ teacherId, name: loaded[at]!.person(teacherId)?.name ?? '', from: loaded[at]!.place(line.from).name, to }]
  })
  const per100 = (view: ScenarioView, school: string, stage: 'P' | 'J'): number | null => {
    const unit = view.effects.unit(school, stage)
    return unit && unit.pupils > 0 ? (unit.backboneAfter * 100) / unit.pupils : null
  }
  const codeIn = (view: ScenarioView, code: string) => view.codeOf(first.row.schools[code] as SchoolId) ?? code
  const schools = first.instance.schools.map((school): SchoolComparison => {
    const effect = (view: ScenarioView) => view.effects.schools.find((one) => one.school === codeIn(view, school.id))
    return {
      school: school.id,
      name: first.place(school.id).name,
      staff: loaded.map((view) => {
        const one = effect(view)
        return one ? one.staff + one.in - one.out : 0
      }),
      shortage: loaded.map((view) => effect(view)?.shortageAfter ?? 0),
      per100: {
        P: loaded.map((view) => per100(view, codeIn(view, school.id), 'P')),
        J: loaded.map((view) => per100(view, codeIn(view, school.id), 'J')),
      },
    }
  })
  const units = (view: ScenarioView, stage: 'P' | 'J', after: boolean) =>
    view.effects.units
      .filter((unit) => unit.stage === stage && unit.pupils > 0)
      .map((unit) => ({ pupils: unit.pupils, count: after ? unit.backboneAfter : unit.backbone }))
  const shares = (list: { pupils: number; count: number }[]) =>
    list.map(({ pupils, count }) => (count * 100) / pupils).sort((a, b) => a - b)
  const sorted = (stage: 'P' | 'J') => ({
    before: shares(units(first, stage, false)),
    after: loaded.map((view) => shares(units(view, stage, true))),
    lorenz: loaded.map(
      (view) => lorenz(units(first, stage, false), units(view, stage, true)) as 'better' | 'worse' | 'mixed' | 'same',
    ),
  })
  return {
    views: loaded,
    relation,
    people,
    schools,
    sorted: { P: sorted('P'), J: sorted('J') },
  }
}
