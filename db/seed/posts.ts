/** The 6 230 posts of a district: school, unit, category, subject, form of employment. People are put on them later. */
import type { Category, EmploymentForm, Subject } from '../../lib/rules/register/vocabulary.ts'
import {
  ESTABLISHMENT,
  FULL_TIME,
  OTHER_CATEGORIES,
  OUTSIDE,
  RESEARCH_CENTRE,
  SUBJECTS_OF_RESEARCH,
  SUBJECTS_OF_UNIT,
  type Unit,
} from './census.ts'
import { apportion, type Random } from './random.ts'
import type { PlannedSchool } from './schools.ts'
import { fillTable } from './tables.ts'

export interface Post {
  /** Position in the list of schools; the research centre is last. */
  school: number
  /** Stage taught; null for everyone who is no 专任教师. */
  unit: Unit | 'R' | null
  category: Category
  subject: Subject | null
  form: EmploymentForm
}

type Others = keyof typeof OTHER_CATEGORIES

export function planPosts(random: Random, schools: PlannedSchool[]): Post[] {
  const others = otherHeads(schools)
  const posts = [
    ...otherPosts(random, schools, others),
    ...teacherPosts(random, schools, others),
    ...researchPosts(schools),
  ]
  placeOutside(random, posts)
  return posts.sort((a, b) => a.school - b.school)
}

/** People of a unit who are no 专任教师: 310 of the primary and 160 of the junior head-count. */
function otherHeads(schools: PlannedSchool[]): Record<Unit, number[]> {
  const of = (unit: Unit) => {
    const heads = schools.map((school) => school.staff[unit])
    return apportion(heads.reduce((a, b) => a + b, 0) - FULL_TIME[unit], heads)
  }
  return { P: of('P'), J: of('J') }
}

function otherPosts(random: Random, schools: PlannedSchool[], others: Record<Unit, number[]>): Post[] {
  const heads = schools.map((_, i) => others.P[i]! + others.J[i]!)
  const schoolCount = heads.filter((count) => count > 0).length
  // Every school has an administrator; the rest is shared in proportion.
  const categories: [Others, number][] = [
    ['administrative', OTHER_CATEGORIES.administrative - schoolCount],
    ['support', OTHER_CATEGORIES.support],
    ['worker', OTHER_CATEGORIES.worker],
  ]
  const rest = heads.map((count) => Math.max(0, count - 1))
  const table = fillTable(
    random,
    rest,
    categories.map(([, count]) => count),
  )
  const post = (school: number, category: Category): Post => ({
    school,
    category,
    unit: null,
    subject: null,
    form: 'in',
  })
  return heads.flatMap((count, school) => [
    ...(count > 0 ? [post(school, 'administrative')] : []),
    ...categories.flatMap(([category], c) => Array.from({ length: table[school]![c]! }, () => post(school, category))),
  ])
}

function teacherPosts(random: Random, schools: PlannedSchool[], others: Record<Unit, number[]>): Post[] {
  return (['P', 'J'] as const).flatMap((unit) => {
    const subjects = Object.entries(SUBJECTS_OF_UNIT[unit]) as [Subject, number][]
    const heads = schools.map((school, i) => school.staff[unit] - others[unit][i]!)
    const table = fillTable(
      random,
      heads,
      subjects.map(([, count]) => count),
      0.12,
    )
    return table.flatMap((row, school) =>
      row.flatMap((count, s) =>
        Array.from({ length: count }, (): Post => {
          return { school, unit, category: 'teacher', subject: subjects[s]![0], form: 'in' }
        }),
      ),
    )
  })
}

function researchPosts(schools: PlannedSchool[]): Post[] {
  const school = schools.length - 1
  const posts = (Object.entries(SUBJECTS_OF_RESEARCH) as [Subject, number][]).flatMap(([subject, count]) =>
    Array.from({ length: count }, (): Post => ({ school, unit: 'R', category: 'teacher', subject, form: 'in' })),
  )
  if (posts.length !== RESEARCH_CENTRE.staff) throw new Error('subjects of the research centre do not add up')
  return posts
}

/** 590 people outside establishment: teachers of schools, teaching support and workers, never administrators. */
function placeOutside(random: Random, posts: Post[]): void {
  for (const [category, forms] of Object.entries(OUTSIDE)) {
    const kinds = Object.entries(forms).flatMap(([form, count]) =>
      Array<EmploymentForm>(count).fill(form as EmploymentForm),
    )
    const open = posts.filter((post) => post.category === category && post.unit !== 'R')
    random.sample(open, kinds.length).forEach((post, i) => {
      post.form = kinds[i]!
    })
  }
}

/** 核定编制 of every school: 80 vacant in all, some schools over and some under. */
export function approveEstablishment(random: Random, schools: PlannedSchool[], posts: Post[]): void {
  const filled = schools.map((_, i) => posts.filter((post) => post.school === i && post.form === 'in').length)
  const own = schools.slice(0, -1)
  const extra = own.map(() => random.int(-3, 6))
  let left = ESTABLISHMENT.approved - RESEARCH_CENTRE.establishment
  own.forEach((_, i) => {
    left -= filled[i]! + extra[i]!
  })
  for (let i = 0; left !== 0; i = (i + 1) % extra.length) {
    extra[i]! += Math.sign(left)
    left -= Math.sign(left)
  }
  own.forEach(({ record }, i) => {
    record.establishment = filled[i]! + extra[i]!
  })
}
