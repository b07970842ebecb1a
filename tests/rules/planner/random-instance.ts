import { type PlanInstance, RELAXABLE_RULES } from '@/lib/rules/planner/format.ts'

/** Small repeatable numbers: the same seed gives the same instance on every machine. */
function dice(seed: number) {
  let state = (seed * 2654435761 + 12345) >>> 0
  const next = () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) >>> 0
    return (state ^ (state >>> 13)) >>> 0
  }
  const below = (n: number) => next() % n
  return {
    below,
    chance: (percent: number) => below(100) < percent,
    pick: <T>(list: readonly T[]) => list[below(list.length)]!,
  }
}

type Stage = 'P' | 'J'

/** An instance of four or five movers with every kind of rule in play, small enough to list all its plans. */
export function randomInstance(seed: number): PlanInstance {
  const { below, chance, pick } = dice(seed)
  const subjects = ['A', 'B']
  const stages: Stage[] = chance(35) ? ['P', 'J'] : ['P']
  const schools: PlanInstance['schools'] = ['S1', 'S2', 'S3'].map((id, at) => ({
    id,
    name: id,
    sender: at === 0 || chance(30),
    receiver: at === 2 || chance(30),
    zone: chance(70) ? 'Z1' : 'Z2',
    staff: 8 + below(10),
    senior: below(3),
    net: chance(20) ? [-1, 1] : null,
    send_target: below(3),
    send_min: chance(3) ? 1 : 0,
    units: stages.map((stage) => ({
      stage,
      pupils: chance(8) ? 0 : 100 + below(900),
      backbone: 2 + below(6),
      over_qualified: 3 + below(5),
      subjects: subjects.map((k) => {
        const have = 3 + below(3)
        return { k, have, need10: 10 * have - 15 + below(45), floor: Math.max(0, have - 1 - below(3)) }
      }),
    })),
  }))
  const person = (id: string) => {
    const school = pick(schools)
    const degree = 1 + below(4)
    return {
      id,
      school: school.id,
      stage: pick(stages),
      subject: pick(subjects),
      status: chance(12) ? ('voluntary' as const) : chance(6) ? ('not_yet' as const) : ('eligible' as const),
      backbone: chance(45),
      senior: chance(25),
      degree,
      cert: chance(60) ? ('J' as const) : ('P' as const),
      consent_cross: chance(50),
      retrain: chance(15) ? [pick(subjects)] : [],
    }
  }
  const teachers: PlanInstance['teachers'] = Array.from({ length: 4 }, (_, at) => ({
    ...person(`T${at + 1}`),
    host: chance(8),
    mode: chance(20) ? ('wished' as const) : ('any' as const),
    wishes: chance(60) ? (chance(50) ? ['S3'] : ['S2', 'S3', 'S1'].slice(below(2))) : [],
    max_hm: chance(15) ? 30 + below(60) : null,
  }))
  const groups: PlanInstance['groups'] = chance(40)
    ? [{ ...person('G1'), status: 'eligible' as const, n: 2 }]
    : [{ ...person('G1'), status: 'eligible' as const, n: 1 }]
  const distance = schools.map(() => schools.map(() => 0))
  for (let a = 0; a < 3; a++)
    for (let b = 0; b < a; b++) {
      const hm = 20 + below(100)
      distance[a]![b] = hm
      distance[b]![a] = hm
    }
  const home = new Map(teachers.map((teacher) => [teacher.id, teacher.school]))
  const elsewhere = (id: string) => pick(['S1', 'S2', 'S3'].filter((school) => school !== home.get(id)))
  const lock = chance(20) ? pick(teachers).id : null
  const stay = chance(15) ? pick(teachers).id : null
  const forbid = chance(25) ? pick(teachers).id : null
  return {
    format: 'junheng-plan/1',
    kind: 'instance',
    name: `random-${seed}`,
    policy: {
      rate_total: [pick([0, 0, 10, 20, 30]), 100],
      backbone_reading: pick(['A', 'B', 'C'] as const),
      rate_backbone: [pick([0, 0, 20, 30, 50]), 100],
      continuing: chance(20) ? { R: 1, RB: below(2) } : { R: 0, RB: 0 },
      extra_eligible: chance(20) ? { E: 2, EB: 1 } : { E: 0, EB: 0 },
      max_moves: 2 + below(4),
      leave_share: [pick([15, 20, 30]), 100],
      backbone_leave_share: [pick([15, 25, 34, 50]), 100],
      net_default: pick([
        [-1, 1],
        [-2, 2],
        [0, 0],
      ] as [number, number][]),
      direction_rate: [pick([0, 0, 20, 50]), 100],
      commute_hm: chance(60) ? 60 + below(60) : null,
      zone_only: chance(15),
      wish_points: [5, 3, 1],
      relation_moves: chance(30),
      indicators: pick([
        [{ id: 'backbone', stage: 'P', weight: 1 }],
        [
          { id: 'backbone', stage: 'P', weight: 2 },
          { id: 'pe_arts', stage: 'P', weight: 1 },
        ],
        [
          { id: 'over_qualified', stage: 'P', weight: 1 },
          { id: 'backbone', stage: 'J', weight: 0 },
        ],
        [],
      ] as PlanInstance['policy']['indicators'][]),
      soft: { send: below(3), shortage: below(3) },
      scale: 100_000_000,
      relax_cost: Object.fromEntries(
        RELAXABLE_RULES.map((rule, at) => [rule, 3 + ((at * 7) % 11)]),
      ) as PlanInstance['policy']['relax_cost'],
    },
    subjects,
    pe_arts: chance(50) ? ['B'] : [],
    schools,
    distance,
    teachers,
    groups,
    locks: lock && lock !== stay ? [{ id: 'L1', teacher: lock, to: elsewhere(lock) }] : [],
    stays: stay ? [stay] : [],
    forbids: forbid && forbid !== lock ? [{ id: 'F1', teacher: forbid, to: elsewhere(forbid) }] : [],
    not_both: chance(25) ? [['T1', 'T2']] : [],
  }
}
