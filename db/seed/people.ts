/** Who is on each post: age, title, sex, birth and citizen number, with the census's exact counts (domain.md §9.3). */

import type { Category, Sex, Subject, Title } from '../../lib/rules/register/vocabulary.ts'
import { addDays, addMonthsToDay, type LocalDate, toDayNumber } from '../../lib/rules/values/dates.ts'
import {
  AGE_BANDS,
  AGES_OF_CATEGORY,
  type AgeBand,
  GRADES,
  SEX_OF_CATEGORY,
  STATISTICS_DATE,
  TITLES_OF_AGE,
} from './census.ts'
import type { IdNumbers } from './id-numbers.ts'
import type { Post } from './posts.ts'
import type { Random } from './random.ts'

export interface Person extends Post {
  band: AgeBand
  title: Title
  grade: number | null
  sex: Sex
  birth: LocalDate
  idNumber: string
}

const RANK: readonly Title[] = ['none', 'third', 'second', 'first', 'senior', 'full_senior']
const isSenior = (title: Title) => title === 'senior' || title === 'full_senior'

export function planPeople(random: Random, posts: Post[], ids: IdNumbers): Person[] {
  const bands = agesOf(random, posts)
  const titles = titlesOf(random, posts, bands)
  const sexes = sexesOf(random, posts, bands, titles)
  const grades = gradesOf(random, posts, bands, titles)
  return posts.map((post, i) => {
    const [band, title, sex] = [bands[i]!, titles[i]!, sexes[i]!]
    const [earliest, latest] = birthRange(band, title, sex, post.category)
    const wanted = addDays(earliest, Math.floor(placeInBand(random, band, title) * (daysIn(earliest, latest) + 1)))
    return { ...post, band, title, grade: grades[i]!, sex, ...ids.take(wanted, sex, earliest, latest) }
  })
}

/** Ages are shared inside a category; people outside establishment are mostly young. */
function agesOf(random: Random, posts: Post[]): AgeBand[] {
  const bands: AgeBand[] = []
  for (const category of Object.keys(AGES_OF_CATEGORY) as Category[]) {
    const list = AGES_OF_CATEGORY[category].flatMap((count, b) => Array<AgeBand>(count).fill(AGE_BANDS[b]!))
    const members = indexesOf(posts, (post) => post.category === category)
    const keyed = members.map((i) => {
      const r = random.next()
      const outside = posts[i]!.form !== 'in' && category !== 'worker'
      return { i, key: outside ? r * r * 0.6 : posts[i]!.unit === 'R' ? 0.2 + r * 0.75 : r }
    })
    keyed
      .sort((a, b) => a.key - b.key || a.i - b.i)
      .forEach(({ i }, n) => {
        bands[i] = list[n]!
      })
  }
  return bands
}

/** Titles inside an age band: workers have none, people outside establishment the low ones, researchers the high ones. */
function titlesOf(random: Random, posts: Post[], bands: AgeBand[]): Title[] {
  const titles: Title[] = []
  AGE_BANDS.forEach((band, b) => {
    const list = RANK.flatMap((title) => Array<Title>(TITLES_OF_AGE[title][b]!).fill(title))
    const keyed = indexesOf(posts, (_, i) => bands[i] === band).map((i) => ({ i, key: standing(random, posts[i]!) }))
    keyed
      .sort((a, c) => a.key - c.key || a.i - c.i)
      .forEach(({ i }, n) => {
        titles[i] = list[n]!
      })
  })
  return titles
}

function standing(random: Random, post: Post): number {
  if (post.category === 'worker') return -1
  if (post.form !== 'in') return random.next() * 0.35
  if (post.unit === 'R') return 0.55 + random.next() * 0.7
  return (post.category === 'administrative' ? 0.4 : post.category === 'support' ? 0.05 : 0.15) + random.next()
}

const MALE_BY_BAND: Record<AgeBand, number> = { 20: 15, 25: 19, 30: 22, 35: 24, 40: 29, 45: 35, 50: 38, 55: 55, 60: 80 }
const MALE_BY_SUBJECT: Partial<Record<Subject, number>> = {
  PE: 2.2,
  PHY: 1.8,
  IT: 1.6,
  MATH: 1.1,
  GEO: 1.2,
  HIST: 1.2,
  ENG: 0.5,
  MUS: 0.6,
  CHN: 0.85,
}

/** Women of 55 and over are still here only with a senior title (F60), women workers only under 50: the others are men. */
function sexesOf(random: Random, posts: Post[], bands: AgeBand[], titles: Title[]): Sex[] {
  const sexes = posts.map((): Sex => 'F')
  for (const category of Object.keys(SEX_OF_CATEGORY) as Category[]) {
    const members = indexesOf(posts, (post) => post.category === category)
    const mustBeMan = (i: number) =>
      (bands[i]! >= 55 && !isSenior(titles[i]!)) || (category === 'worker' && bands[i]! >= 50)
    const keyed = members.map((i) => {
      const weight = MALE_BY_BAND[bands[i]!] * (MALE_BY_SUBJECT[posts[i]!.subject ?? 'CHN'] ?? 1)
      return { i, key: mustBeMan(i) ? Number.MAX_VALUE : random.next() * weight }
    })
    keyed.sort((a, b) => b.key - a.key || a.i - b.i)
    for (const { i } of keyed.slice(0, SEX_OF_CATEGORY[category].M)) sexes[i] = 'M'
  }
  return sexes
}

/** Grades inside a title: the better ones mostly to the older. */
function gradesOf(random: Random, posts: Post[], bands: AgeBand[], titles: Title[]): (number | null)[] {
  const grades = posts.map((): number | null => null)
  for (const [title, counts] of Object.entries(GRADES)) {
    const list = Object.entries(counts).flatMap(([grade, count]) => Array<number>(count).fill(Number(grade)))
    const keyed = indexesOf(posts, (_, i) => titles[i] === title).map((i) => ({
      i,
      key: bands[i]! + random.next() * 25,
    }))
    keyed
      .sort((a, b) => b.key - a.key || a.i - b.i)
      .forEach(({ i }, n) => {
        grades[i] = list[n]!
      })
  }
  return grades
}

/** Births so early would be past the statutory date on 2026-09-01 (R-RET-2): men and senior women, other women. */
const EARLIEST_SIXTY = '1966-05-01' as LocalDate
const EARLIEST_FIFTY_FIVE = '1971-05-01' as LocalDate

function birthRange(band: AgeBand, title: Title, sex: Sex, category: Category): [LocalDate, LocalDate] {
  const before = (years: number) => addMonthsToDay(STATISTICS_DATE, -12 * years)
  const latest = before(band === 20 ? 22 : band)
  const youngest = band === 60 ? EARLIEST_SIXTY : addDays(before(band + 5), 1)
  const floor = sex === 'M' || isSenior(title) || category === 'worker' ? EARLIEST_SIXTY : EARLIEST_FIFTY_FIVE
  return [youngest > floor ? youngest : floor, latest]
}

/** Where in the band: early for those ahead of their age, late for beginners. */
function placeInBand(random: Random, band: AgeBand, title: Title): number {
  const r = random.next()
  const ahead =
    (band === 20 && title === 'second') || (band === 25 && title === 'first') || (band === 35 && title === 'senior')
  if (ahead) return r * 0.5
  if (band === 40 && title === 'full_senior') return r * 0.5
  return band <= 25 && title === 'none' ? 0.4 + r * 0.6 : r
}

const daysIn = (from: LocalDate, to: LocalDate) => toDayNumber(to) - toDayNumber(from)

function indexesOf(posts: Post[], test: (post: Post, index: number) => boolean): number[] {
  const found: number[] = []
  posts.forEach((post, i) => {
    if (test(post, i)) found.push(i)
  })
  return found
}
