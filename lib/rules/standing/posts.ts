import { GRADES_OF_TITLE, type Title } from '../register/vocabulary.ts'
import { type Ratio, ratio } from '../values/ratio.ts'

/** Whether a professional post grade lies inside its title's range; outside is E-POST-RANGE (domain.md §1.3). Unknown parts pass. */
export function gradeFitsTitle(title: Title, grade: number | null): boolean {
  if (grade === null) return true
  const range = GRADES_OF_TITLE[title]
  return range !== null && grade >= range[0] && grade <= range[1]
}

/** Title a grade belongs to; null for a number that is no professional grade 1–13. */
export const titleOfGrade = (grade: number): Title | null =>
  (Object.keys(GRADES_OF_TITLE) as Title[]).find((title) => {
    const range = GRADES_OF_TITLE[title]
    return range !== null && grade >= range[0] && grade <= range[1]
  }) ?? null

export interface GradePosts {
  grade: number
  approved: number
  appointed: number
}

export interface PostVacancy extends GradePosts {
  /** approved − appointed; negative = over-appointed 超岗: shown, never blocked (R-POST-1). */
  vacancy: number
}

/** Vacancies by grade (R-POST-1). A posted teacher keeps the origin's post and is counted there. */
export const postVacancies = (posts: readonly GradePosts[]): PostVacancy[] =>
  posts.map((post) => ({ ...post, vacancy: post.approved - post.appointed }))

/** Whether a relation move finds a post of its title in the destination or the district's reserve posts 县域统筹岗位 (R-POST-1). */
export const relationMoveHasPost = (
  title: Title,
  destination: readonly GradePosts[],
  districtReserve: number,
): boolean =>
  districtReserve > 0 ||
  postVacancies(destination).some(({ grade, vacancy }) => vacancy > 0 && gradeFitsTitle(title, grade))

/** 高:中:初 of a school's appointed titles, each a share of those with a title (domain.md §3.2). */
export function titleStructure(counts: Record<Title, number>): { senior: Ratio; middle: Ratio; junior: Ratio } | null {
  const senior = counts.full_senior + counts.senior
  const middle = counts.first
  const junior = counts.second + counts.third
  const all = senior + middle + junior
  return all === 0 ? null : { senior: ratio(senior, all), middle: ratio(middle, all), junior: ratio(junior, all) }
}
