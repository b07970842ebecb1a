import type { Refusal } from '../../values/outcome.ts'
import type { PlanInstance, PlanPost, PlanUnit } from './instance-schema.ts'

const refusal = (code: string, field: string, values: Record<string, string | number> = {}): Refusal => ({
  code: `planner.refusal.${code}`,
  values: { field, ...values },
  field,
})

interface Known {
  schools: Set<string>
  subjects: Set<string>
  /** Listed singly. */
  teachers: Set<string>
  units: Map<string, PlanUnit>
  posts: Map<string, PlanPost>
}

const unitKey = (school: string, stage: string) => JSON.stringify([school, stage])
const postKey = (school: string, stage: string, subject: string) => JSON.stringify([school, stage, subject])

function duplicates(ids: readonly string[], field: (at: number) => string): Refusal[] {
  const seen = new Set<string>()
  return ids.flatMap((id, at) => {
    if (seen.has(id)) return [refusal('duplicate_id', field(at), { id })]
    seen.add(id)
    return []
  })
}

function knownOf(instance: PlanInstance): Known {
  const units = new Map<string, PlanUnit>()
  const posts = new Map<string, PlanPost>()
  for (const school of instance.schools)
    for (const unit of school.units) {
      units.set(unitKey(school.id, unit.stage), unit)
      for (const post of unit.subjects) posts.set(postKey(school.id, unit.stage, post.k), post)
    }
  return {
    schools: new Set(instance.schools.map((school) => school.id)),
    subjects: new Set(instance.subjects),
    teachers: new Set(instance.teachers.map((teacher) => teacher.id)),
    units,
    posts,
  }
}

function schoolFindings(instance: PlanInstance, known: Known): Refusal[] {
  const found: Refusal[] = []
  found.push(...duplicates(instance.subjects, (at) => `subjects[${at}]`))
  found.push(
    ...duplicates(
      instance.schools.map((school) => school.id),
      (at) => `schools[${at}].id`,
    ),
  )
  instance.pe_arts.forEach((subject, at) => {
    if (!known.subjects.has(subject)) found.push(refusal('unknown_id', `pe_arts[${at}]`, { id: subject }))
  })
  instance.schools.forEach((school, s) => {
    const at = `schools[${s}]`
    if (school.senior > school.staff)
      found.push(refusal('more_than_whole', `${at}.senior`, { found: school.senior, whole: school.staff }))
    if (school.send_min > school.staff)
      found.push(refusal('more_than_whole', `${at}.send_min`, { found: school.send_min, whole: school.staff }))
    found.push(
      ...duplicates(
        school.units.map((unit) => unit.stage),
        (u) => `${at}.units[${u}].stage`,
      ),
    )
    school.units.forEach((unit, u) => {
      found.push(
        ...duplicates(
          unit.subjects.map((post) => post.k),
          (p) => `${at}.units[${u}].subjects[${p}].k`,
        ),
      )
      unit.subjects.forEach((post, p) => {
        const field = `${at}.units[${u}].subjects[${p}]`
        if (!known.subjects.has(post.k)) found.push(refusal('unknown_id', `${field}.k`, { id: post.k }))
        if (post.floor > post.have)
          found.push(refusal('more_than_whole', `${field}.floor`, { found: post.floor, whole: post.have }))
      })
    })
  })
  const size = instance.schools.length
  if (instance.distance.length !== size || instance.distance.some((row) => row.length !== size))
    found.push(refusal('distance_shape', 'distance', { size }))
  return found
}

function peopleFindings(instance: PlanInstance, known: Known): Refusal[] {
  const found: Refusal[] = []
  const people = [
    ...instance.teachers.map((person, at) => ({ person, n: 1, field: `teachers[${at}]` })),
    ...instance.groups.map((person, at) => ({ person, n: person.n, field: `groups[${at}]` })),
  ]
  found.push(
    ...duplicates(
      people.map(({ person }) => person.id),
      (at) => `${people[at]!.field}.id`,
    ),
  )
  const listed = new Map<PlanPost, number>()
  for (const { person, n, field } of people) {
    if (!known.schools.has(person.school)) {
      found.push(refusal('unknown_id', `${field}.school`, { id: person.school }))
      continue
    }
    if (!known.units.has(unitKey(person.school, person.stage))) {
      found.push(refusal('no_such_unit', `${field}.stage`, { id: person.id, school: person.school }))
      continue
    }
    const post = known.posts.get(postKey(person.school, person.stage, person.subject))
    if (!post) found.push(refusal('no_such_post', `${field}.subject`, { id: person.id, subject: person.subject }))
    else listed.set(post, (listed.get(post) ?? 0) + n)
    if (post && listed.get(post)! > post.have && listed.get(post)! - n <= post.have)
      found.push(refusal('more_listed_than_have', `${field}.subject`, { id: person.id, have: post.have }))
    person.retrain.forEach((subject, at) => {
      if (!known.subjects.has(subject)) found.push(refusal('unknown_id', `${field}.retrain[${at}]`, { id: subject }))
    })
  }
  instance.teachers.forEach((teacher, at) => {
    teacher.wishes.forEach((school, w) => {
      if (!known.schools.has(school)) found.push(refusal('unknown_id', `teachers[${at}].wishes[${w}]`, { id: school }))
    })
    found.push(...duplicates(teacher.wishes, (w) => `teachers[${at}].wishes[${w}]`))
  })
  return found
}

function handFindings(instance: PlanInstance, known: Known): Refusal[] {
  const found: Refusal[] = []
  const person = (id: string, field: string) => {
    if (!known.teachers.has(id)) found.push(refusal('unknown_id', field, { id }))
  }
  const school = (id: string, field: string) => {
    if (!known.schools.has(id)) found.push(refusal('unknown_id', field, { id }))
  }
  const lockIds = instance.locks.map((lock) => lock.id)
  found.push(...duplicates(lockIds, (at) => `locks[${at}].id`))
  found.push(
    ...duplicates(
      instance.forbids.map((forbid) => forbid.id),
      (at) => `forbids[${at}].id`,
    ),
  )
  const stays = new Set(instance.stays)
  const home = new Map(instance.teachers.map((teacher) => [teacher.id, teacher.school]))
  const locked = new Map<string, string>()
  instance.locks.forEach((lock, at) => {
    person(lock.teacher, `locks[${at}].teacher`)
    school(lock.to, `locks[${at}].to`)
    const values = { lock: lock.id, id: lock.teacher }
    if (locked.has(lock.teacher)) found.push(refusal('locked_twice', `locks[${at}].teacher`, values))
    locked.set(lock.teacher, lock.to)
    if (stays.has(lock.teacher)) found.push(refusal('locked_and_stays', `locks[${at}].teacher`, values))
    if (home.get(lock.teacher) === lock.to) found.push(refusal('locked_at_home', `locks[${at}].to`, values))
  })
  instance.stays.forEach((id, at) => {
    person(id, `stays[${at}]`)
  })
  instance.forbids.forEach((forbid, at) => {
    person(forbid.teacher, `forbids[${at}].teacher`)
    if (forbid.to != null) school(forbid.to, `forbids[${at}].to`)
    const to = locked.get(forbid.teacher)
    if (to !== undefined && (forbid.to == null || forbid.to === to))
      found.push(refusal('locked_and_forbidden', `forbids[${at}].teacher`, { id: forbid.teacher }))
  })
  instance.not_both.forEach(([a, b], at) => {
    person(a, `not_both[${at}][0]`)
    person(b, `not_both[${at}][1]`)
    if (a === b) found.push(refusal('not_both_one_person', `not_both[${at}]`, { id: a }))
    else if (locked.has(a) && locked.has(b)) found.push(refusal('locked_both', `not_both[${at}]`, { a, b }))
  })
  return found
}

/** What one field cannot see: ids that lead nowhere, one person under two orders, a matrix of the wrong shape. */
export function referenceFindings(instance: PlanInstance): Refusal[] {
  const known = knownOf(instance)
  const found = [
    ...schoolFindings(instance, known),
    ...peopleFindings(instance, known),
    ...handFindings(instance, known),
  ]
  const { policy } = instance
  policy.indicators.forEach((indicator, at) => {
    if (policy.indicators.findIndex((i) => i.id === indicator.id && i.stage === indicator.stage) !== at)
      found.push(refusal('duplicate_id', `policy.indicators[${at}]`, { id: `${indicator.id}/${indicator.stage}` }))
  })
  if (policy.continuing.RB > policy.continuing.R)
    found.push(
      refusal('more_than_whole', 'policy.continuing.RB', { found: policy.continuing.RB, whole: policy.continuing.R }),
    )
  if (policy.extra_eligible.EB > policy.extra_eligible.E)
    found.push(
      refusal('more_than_whole', 'policy.extra_eligible.EB', {
        found: policy.extra_eligible.EB,
        whole: policy.extra_eligible.E,
      }),
    )
  const mayMove = (status: string) => status === 'eligible' || status === 'voluntary'
  if (![...instance.teachers, ...instance.groups].some((person) => mayMove(person.status)))
    found.push(refusal('nobody_eligible', 'teachers'))
  return found
}
