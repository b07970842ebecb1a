/**
 * A made-up county of any number of districts like the model district: the census plan's fifty schools, sixty eligible
 * teachers a school. Deterministic; no real school or person. For measurements above one district.
 */

import { DEFAULT_PLAN_POLICY } from '../lib/planner/instance/plan-input.ts'
import { type PlanInstance, type PlanStage, RELAXABLE_RULES } from '../lib/rules/planner/format.ts'

/** Pupils, classes, staff and backbone of each kind of school, primary then junior (census plan). */
const KINDS = [
  { name: 'A', count: 11, pupils: [1900, 0], classes: [45, 0], staff: [140, 0], backbone: [62, 0], quality: true },
  { name: 'B', count: 6, pupils: [0, 1900], classes: [0, 42], staff: [0, 165], backbone: [0, 70], quality: true },
  { name: 'C', count: 4, pupils: [1350, 800], classes: [33, 18], staff: [102, 70], backbone: [44, 28], quality: true },
  { name: 'D', count: 12, pupils: [1640, 0], classes: [42, 0], staff: [125, 0], backbone: [20, 0], quality: false },
  { name: 'E', count: 4, pupils: [820, 0], classes: [22, 0], staff: [72, 0], backbone: [7, 0], quality: false },
  { name: 'F', count: 3, pupils: [300, 0], classes: [12, 0], staff: [35, 0], backbone: [2, 0], quality: false },
  { name: 'G', count: 5, pupils: [0, 1196], classes: [0, 27], staff: [0, 100], backbone: [0, 18], quality: false },
  { name: 'H', count: 2, pupils: [0, 1196], classes: [0, 27], staff: [0, 100], backbone: [0, 12], quality: false },
  { name: 'I', count: 3, pupils: [950, 450], classes: [25, 11], staff: [81, 40], backbone: [10, 6], quality: false },
] as const

/** Teachers a class needs per subject, from the weekly periods and loads of the default plan. */
const NEED: Record<PlanStage, Record<string, number>> = {
  P: { CHN: 1, MATH: 0.54, ENG: 0.14, MORAL: 0.17, SCI: 0.17, PE: 0.3, MUS: 0.15, ART: 0.15, IT: 0.056 },
  J: {
    CHN: 0.5,
    MATH: 0.5,
    ENG: 0.5,
    MORAL: 0.25,
    HIST: 0.25,
    GEO: 0.17,
    BIO: 0.17,
    PHY: 0.19,
    CHEM: 0.13,
    PE: 0.3,
    MUS: 0.1,
    ART: 0.1,
  },
}

export interface CensusOptions {
  districts: number
  /** Zones a district is divided into; moves stay inside a zone. */
  zonesPerDistrict: number
  /** Percent of the eligible who are listed singly, with wishes. */
  wishPercent: number
  shortage: number
}

function dice(seed: number) {
  let state = seed >>> 0
  return (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 4294967296) * n)
  }
}

interface Place {
  school: PlanInstance['schools'][number]
  x: number
  y: number
}

function makeSchool(
  kind: (typeof KINDS)[number],
  id: string,
  zone: string,
  roll: (n: number) => number,
): PlanInstance['schools'][number] {
  const units = (['P', 'J'] as const).flatMap((stage, at) => {
    const classes = kind.classes[at]!
    if (classes === 0) return []
    const subjects = Object.entries(NEED[stage]).map(([k, perClass]) => {
      const need10 = Math.round(10 * perClass * classes)
      const surplus = kind.quality ? 1.08 : 0.98
      const have = Math.max(1, Math.round((need10 * surplus) / 10) + roll(5) - 2)
      return { k, have, need10, floor: Math.min(have, Math.floor(need10 * 0.085)) }
    })
    const pupils = kind.pupils[at]! + roll(41) - 20
    return [
      { stage, pupils, backbone: kind.backbone[at]!, over_qualified: Math.round(kind.staff[at]! * 0.9), subjects },
    ]
  })
  const staff = kind.staff[0] + kind.staff[1]
  return {
    id,
    name: kind.name,
    sender: kind.quality,
    receiver: !kind.quality,
    zone,
    staff,
    senior: Math.max(1, Math.round(staff * 0.2)),
    net: null,
    send_target: kind.quality ? 6 : 5,
    send_min: 0,
    units,
  }
}

/** About half of each post's teachers are eligible; backbone and senior titles in proportion. */
function makePeople(
  place: Place,
  near: string[],
  wishPercent: number,
  roll: (n: number) => number,
  out: Pick<PlanInstance, 'teachers' | 'groups'>,
): void {
  const { school } = place
  for (const unit of school.units) {
    const heads = unit.subjects.reduce((sum, post) => sum + post.have, 0)
    for (const post of unit.subjects) {
      const kinds = new Map<string, { backbone: boolean; senior: boolean; n: number }>()
      for (let at = 0; at < post.have; at++) {
        if (roll(100) >= 55) continue
        const backbone = roll(heads) < unit.backbone
        const senior = roll(100) < 22
        const standing = {
          school: school.id,
          stage: unit.stage,
          subject: post.k,
          status: 'eligible' as const,
          backbone,
          senior,
          degree: 3,
          cert: unit.stage,
          consent_cross: false,
          retrain: [],
        }
        if (roll(100) < wishPercent && near.length > 0) {
          const wishes = [...new Set([near[roll(near.length)]!, near[roll(near.length)]!])]
          const id = `T${String(out.teachers.length + 1).padStart(6, '0')}`
          out.teachers.push({ ...standing, id, host: false, mode: 'any', wishes, max_hm: null })
          continue
        }
        const key = `${backbone}${senior}`
        const kind = kinds.get(key) ?? { backbone, senior, n: 0 }
        kind.n++
        kinds.set(key, kind)
        if (kind.n === 1)
          out.groups.push({ ...standing, id: `G${String(out.groups.length + 1).padStart(6, '0')}`, n: 1 })
        else
          out.groups.find(
            (group) =>
              group.school === school.id &&
              group.stage === unit.stage &&
              group.subject === post.k &&
              group.backbone === backbone &&
              group.senior === senior,
          )!.n++
      }
    }
  }
}

export function censusInstance({ districts, zonesPerDistrict, wishPercent, shortage }: CensusOptions): PlanInstance {
  const roll = dice(2026)
  const places: Place[] = []
  for (let district = 0; district < districts; district++)
    for (const kind of KINDS)
      for (let at = 0; at < kind.count; at++) {
        const id = `S${String(places.length + 1).padStart(4, '0')}`
        const zone = `Z${district}-${places.length % zonesPerDistrict}`
        places.push({
          school: makeSchool(kind, id, zone, roll),
          x: (district % 5) * 60 + roll(240) / 10,
          y: Math.floor(district / 5) * 60 + roll(240) / 10,
        })
      }
  const out: Pick<PlanInstance, 'teachers' | 'groups'> = { teachers: [], groups: [] }
  for (const place of places) {
    const near = places
      .filter((other) => other !== place && other.school.zone === place.school.zone)
      .map((other) => other.school.id)
    makePeople(place, near, wishPercent, roll, out)
  }
  const eligible = out.teachers.length + out.groups.reduce((sum, group) => sum + group.n, 0)
  return {
    format: 'junheng-plan/1',
    kind: 'instance',
    name: `census-${districts}`,
    policy: {
      ...DEFAULT_PLAN_POLICY,
      max_moves: Math.ceil(eligible * 0.11),
      zone_only: true,
      soft: { send: 1, shortage },
      scale: 1_000_000_000,
      relax_cost: Object.fromEntries(RELAXABLE_RULES.map((rule) => [rule, 10])) as PlanInstance['policy']['relax_cost'],
    },
    subjects: [...new Set([...Object.keys(NEED.P), ...Object.keys(NEED.J)])],
    pe_arts: ['PE', 'MUS', 'ART'],
    schools: places.map((place) => place.school),
    distance: places.map((a) =>
      places.map((b) => (a === b ? 0 : Math.max(1, Math.round(10 * Math.hypot(a.x - b.x, a.y - b.y))))),
    ),
    ...out,
    locks: [],
    stays: [],
    forbids: [],
    not_both: [],
  }
}
