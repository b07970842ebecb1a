/** The fifty schools and the research centre of a generated district. */
import type { SchoolRecord, StageResources } from '../../lib/rules/register/records.ts'
import { planUnits, type UnitFigures } from './balance.ts'
import {
  INTERACTIVE_SCHOOLS,
  RESEARCH_CENTRE,
  SCHOOL_GROUPS,
  type SchoolGroup,
  SEATS,
  SMART_SCHOOLS,
  type Unit,
} from './census.ts'
import { districtName } from './district-names.ts'
import { apportion, type Random } from './random.ts'
import { schoolNames } from './school-names.ts'

export const RESEARCH_NAME = '教研中心'

/** A school with the plan's figures that its record does not carry. */
export interface PlannedSchool {
  record: SchoolRecord
  group: SchoolGroup | null
  backbone: Record<Unit, number>
  /** Head-count by unit, all categories. */
  staff: Record<Unit, number>
}

/** All schools in the plan's order; approved establishment is filled in once the staff are known. */
export function planSchools(random: Random, index: number): PlannedSchool[] {
  const units: Record<Unit, UnitFigures[]> = { P: planUnits(random, 'P'), J: planUnits(random, 'J') }
  const names = schoolNames(index, districtName(index).name)
  const groups = SCHOOL_GROUPS.flatMap((group) => Array.from({ length: group.schools }, () => group))
  const schools = groups.map((group, position): PlannedSchool => {
    const of = (unit: Unit) => units[unit].find((u) => u.school === position)
    const pupils = { P: of('P')?.pupils ?? 0, J: of('J')?.pupils ?? 0 }
    return {
      record: {
        ...names[position]!,
        code: schoolCode(index, group.kind, position),
        kind: group.kind,
        typeCode: { primary: '211', junior: '311' }[group.kind as string] ?? '312',
        localityCode: localityCode(group),
        locality: group.locality,
        quality: group.quality,
        zone: zoneOf(random, group),
        foundedYear: random.int(group.quality ? 1956 : 1968, group.quality ? 1990 : 2015),
        pupils,
        classes: classesOf(random, group),
        establishment: null,
        seats: null,
        oneSchoolOnePlan: false,
        addedSeats: null,
        interactive: true,
        pairedSchool: null,
        pairedClasses: null,
        smartCampus: false,
        resources: { P: resourcesOf(random, 'P', pupils.P, group), J: resourcesOf(random, 'J', pupils.J, group) },
        position: positionOf(random, group),
      },
      group,
      backbone: { P: of('P')?.backbone ?? 0, J: of('J')?.backbone ?? 0 },
      staff: { ...group.staff },
    }
  })
  evenOutGrades(schools)
  jitterStaff(random, schools)
  giveSeats(random, schools)
  pair(schools)
  const smallest = schools.reduce((a, b) =>
    a.record.pupils.P + a.record.pupils.J < b.record.pupils.P + b.record.pupils.J ? a : b,
  )
  smallest.record.interactive = INTERACTIVE_SCHOOLS === schools.length
  const smart = random.sample(schools, SMART_SCHOOLS, ({ record }) =>
    record.quality ? 3 : record.locality === 'urban' ? 1 : 0.2,
  )
  for (const { record } of smart) record.smartCampus = true
  return [...schools, researchCentre(index)]
}

function schoolCode(index: number, kind: string, position: number): string {
  const head = kind === 'junior' ? '31' : kind === 'research' ? '91' : '21'
  const sequence = index === 0 ? 990_601 + position : 100_000 + index * 100 + position + 1
  return `${head}15${sequence}`
}

function localityCode(group: SchoolGroup): string {
  if (group.locality === 'urban') return group.quality ? '111' : '112'
  if (group.locality === 'town') return group.key === 'K' ? '122' : '121'
  return group.key === 'F1' ? '210' : '220'
}

function zoneOf(random: Random, group: SchoolGroup): string {
  if (group.locality === 'town') return '镇区学区'
  return group.locality === 'rural' ? '西部乡镇学区' : random.pick(['东学区', '西学区', '南学区', '北学区'])
}

/** Classes of grades 1–9; a remainder goes to random grades (`evenOutGrades` levels the district afterwards). */
function classesOf(random: Random, group: SchoolGroup): number[] {
  const spread = (classes: number, grades: number) => {
    const each = Array<number>(grades).fill(Math.floor(classes / grades))
    for (const grade of random.sample([...each.keys()], classes % grades)) each[grade]!++
    return each
  }
  return [
    ...(group.classes.P ? spread(group.classes.P, 6) : Array<number>(6).fill(0)),
    ...(group.classes.J ? spread(group.classes.J, 3) : Array<number>(3).fill(0)),
  ]
}

/** Moves single classes between grades of one school until no two grades of a stage differ by more than one class in all. */
function evenOutGrades(schools: PlannedSchool[]): void {
  const levels = [
    [0, 1, 2, 3, 4, 5],
    [6, 7, 8],
  ]
  for (const grades of levels) {
    const total = (grade: number) => schools.reduce((sum, { record }) => sum + record.classes[grade]!, 0)
    for (;;) {
      const sorted = [...grades].sort((a, b) => total(b) - total(a) || a - b)
      const [most, least] = [sorted[0]!, sorted[sorted.length - 1]!]
      if (total(most) - total(least) <= 1) break
      const school = schools.find(({ record }) => record.classes[most]! > record.classes[least]!)
      if (!school) break
      school.record.classes[most]!--
      school.record.classes[least]!++
    }
  }
}

/** Indicators 4–7 above their thresholds for nearly all: rotation moves none of them (domain.md §4.1). */
function resourcesOf(random: Random, unit: Unit, pupils: number, group: SchoolGroup): StageResources | null {
  if (pupils === 0) return null
  const [area, sports, equipment, rooms] = unit === 'P' ? [5.3, 8.3, 2480, 2.62] : [7, 11.8, 3050, 2.74]
  const wide = group.locality === 'rural' ? 1.5 : group.locality === 'town' ? 1.15 : 1
  const around = (mean: number, spread: number) => mean * (1 - spread + random.next() * spread * 2)
  return {
    teachingArea: Math.round(around(area!, 0.1) * wide * pupils),
    sportsArea: Math.round(around(sports!, 0.1) * wide * pupils),
    equipmentValue: Math.round((around(equipment!, 0.14) * Math.min(wide, 1.3) * pupils) / 100) * 100,
    networkedRooms: pupils < 100 ? 0 : Math.round((around(rooms!, 0.06) * Math.min(wide, 1.2) * pupils) / 100),
  }
}

function positionOf(random: Random, group: SchoolGroup): { x: number; y: number } {
  const reach = group.locality === 'urban' ? (group.quality ? 4 : 6) : 14
  const around = (mid: number, by: number) => Math.round((mid + (random.next() * 2 - 1) * by) * 100) / 100
  if (group.locality === 'rural') return { x: around(-32, 11), y: around(2, 14) }
  if (group.locality === 'urban') return { x: around(0, reach), y: around(0, reach) }
  return { x: around(random.pick([-9, 9]), 4), y: around(random.pick([-8, 9]), 4) }
}

/** Head-counts differ inside a group by a few people, the group's sum stays. */
function jitterStaff(random: Random, schools: PlannedSchool[]): void {
  for (let i = 0; i + 1 < schools.length; i++) {
    const [one, other] = [schools[i]!, schools[i + 1]!]
    if (one.group !== other.group) continue
    for (const unit of ['P', 'J'] as const) {
      if (one.staff[unit] === 0) continue
      const by = random.int(-3, 3)
      one.staff[unit] += by
      other.staff[unit] -= by
    }
  }
}

/** Quality schools hold exactly the published places; seven of them gained the added ones, inside their places. */
function giveSeats(random: Random, schools: PlannedSchool[]): void {
  const share = (part: PlannedSchool[], total: number) => {
    const steps = apportion(
      Math.floor(total / 25),
      part.map(({ record }) => record.pupils.P + record.pupils.J),
    )
    part.forEach(({ record }, i) => {
      record.seats = steps[i]! * 25 + (i === 0 ? total % 25 : 0)
    })
  }
  const quality = schools.filter(({ record }) => record.quality)
  share(quality, SEATS.quality)
  share(
    schools.filter(({ record }) => !record.quality),
    SEATS.all - SEATS.quality,
  )
  const enlarged = random.sample(quality, SEATS.addedSchools)
  const added = apportion(
    SEATS.added / 40,
    enlarged.map(() => 2 + random.next() * 2),
  ).map((steps) => steps * 40)
  enlarged.forEach(({ record }, i) => {
    record.oneSchoolOnePlan = true
    record.addedSeats = added[i]!
  })
}

/** Paired classes of the two core schools and their branches: 10 and 12 in all (domain.md §9.1 no. 18). */
function pair(schools: PlannedSchool[]): void {
  const branches = schools.map(({ record }) => record).filter((record) => record.branchOf !== null)
  branches.forEach((branch, i) => {
    const core = schools.find(({ record }) => record.name === branch.branchOf)!.record
    for (const [one, other] of [
      [core, branch],
      [branch, core],
    ] as const) {
      one.pairedSchool = other.name
      one.pairedClasses = i === 0 ? 10 : 12
    }
  })
}

function researchCentre(index: number): PlannedSchool {
  return {
    record: {
      code: schoolCode(index, 'research', 50),
      name: RESEARCH_NAME,
      shortName: '教研室',
      aliases: [],
      kind: 'research',
      typeCode: null,
      localityCode: '111',
      locality: 'urban',
      quality: false,
      zone: null,
      group: null,
      branchOf: null,
      foundedYear: 1985,
      pupils: { P: 0, J: 0 },
      classes: Array<number>(9).fill(0),
      establishment: RESEARCH_CENTRE.establishment,
      seats: null,
      oneSchoolOnePlan: false,
      addedSeats: null,
      interactive: false,
      pairedSchool: null,
      pairedClasses: null,
      smartCampus: false,
      resources: { P: null, J: null },
      position: { x: 0.4, y: -0.3 },
    },
    group: null,
    backbone: { P: 0, J: 0 },
    staff: { P: 0, J: 0 },
  }
}
