/** Expert pools 专家库 (domain.md §1.5); a person may be in several. */
export const EXPERT_POOLS = {
  curriculum: '课程',
  classroom: '课堂',
  research: '课题',
  training: '培训',
  review: '评审',
} as const
export type ExpertPool = keyof typeof EXPERT_POOLS

export interface ExpertTies {
  id: string
  /** Schools by personnel relation and by work place. */
  schools: readonly string[]
  /** Persons the expert is related to (事业单位人事管理条例 Art. 39). */
  relatives: readonly string[]
}

/** Whether an expert must recuse 回避 from a review that concerns these schools and persons. */
export const mustRecuse = (
  expert: ExpertTies,
  review: { schools: readonly string[]; persons: readonly string[] },
): boolean =>
  review.persons.includes(expert.id) ||
  review.schools.some((school) => expert.schools.includes(school)) ||
  review.persons.some((person) => expert.relatives.includes(person))

/** Experts who may be drawn for a review. */
export const drawable = <E extends ExpertTies>(
  experts: readonly E[],
  review: { schools: readonly string[]; persons: readonly string[] },
): E[] => experts.filter((expert) => !mustRecuse(expert, review))
