/** Whose data a district holds: a bureau's own, the demo's invented people, or a bureau's own for a rehearsal 演练. */
export type DistrictNature = 'real' | 'demo' | 'exercise'

/** What a district was made as; it never changes after (security.md §4.3). */
export const natureOf = (district: { demo: boolean; exercise: boolean }): DistrictNature =>
  district.demo ? 'demo' : district.exercise ? 'exercise' : 'real'

/** What stands on every paper of a district, so that none is taken for a bureau's real one. */
export const PAPER_MARKS: Record<DistrictNature, string | undefined> = {
  real: undefined,
  demo: '演示数据，人员均为虚构',
  exercise: '演练文书，不作为办事依据',
}
