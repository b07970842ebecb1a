import { ROSTER_FIELDS, type RosterField } from '../imports/roster-columns.ts'

export type { RosterField }

/** What bureaus call the column of a roster field; other areas match foreign forms by the same words. */
export const rosterTitles = (fields: readonly RosterField[]): string[] =>
  ROSTER_FIELDS.filter(({ field }) => fields.includes(field)).flatMap(({ titles }) => [...titles])
