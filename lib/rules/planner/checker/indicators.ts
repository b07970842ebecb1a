import type { IndicatorKind, PlanStage } from '../format/instance-schema.ts'
import type { Facts, Person, Sent } from './facts.ts'

/** Does this person count for the indicator when teaching `subject` in `stage`? */
export function counts(facts: Facts, person: Person, kind: IndicatorKind, stage: PlanStage, subject: string): boolean {
  if (kind === 'backbone') return person.of.backbone
  if (kind === 'over_qualified') return person.of.degree >= (stage === 'P' ? 2 : 3)
  return facts.instance.pe_arts.includes(subject)
}

export interface UnitCount {
  school: string
  pupils: bigint
  before: bigint
  after: bigint
}

/** Per school with pupils in the stage: the indicator's count before and after the plan, by work place (R-BAL-3). */
export function unitCounts(facts: Facts, sent: readonly Sent[], kind: IndicatorKind, stage: PlanStage): UnitCount[] {
  const change = new Map<string, number>()
  const add = (school: string, n: number) => change.set(school, (change.get(school) ?? 0) + n)
  for (const { person, n, to, stage: toStage, subject } of sent) {
    if (person.of.stage === stage && counts(facts, person, kind, stage, person.of.subject)) add(person.of.school, -n)
    if (toStage === stage && counts(facts, person, kind, stage, subject)) add(to.id, n)
  }
  return facts.instance.schools.flatMap((school) => {
    const unit = school.units.find((u) => u.stage === stage)
    if (!unit || unit.pupils === 0) return []
    const peArts = unit.subjects.reduce((sum, p) => sum + (facts.instance.pe_arts.includes(p.k) ? p.have : 0), 0)
    const before = { backbone: unit.backbone, over_qualified: unit.over_qualified, pe_arts: peArts }[kind]
    return [
      {
        school: school.id,
        pupils: BigInt(unit.pupils),
        before: BigInt(before),
        after: BigInt(before + (change.get(school.id) ?? 0)),
      },
    ]
  })
}

/** An indicator's total changes where the line leaves or enters a counted unit unevenly (H2, R-BAL-5). */
export function changesTotal(facts: Facts, line: Sent, kind: IndicatorKind, stage: PlanStage): boolean {
  const { person, to, stage: toStage, subject } = line
  const counted = (school: string) => (facts.unitOf(school, stage)?.pupils ?? 0) > 0
  const left =
    person.of.stage === stage && counted(person.of.school) && counts(facts, person, kind, stage, person.of.subject)
  const joined = toStage === stage && counted(to.id) && counts(facts, person, kind, stage, subject)
  return left !== joined
}
