import { STATUSES, type Status } from '../../../rules/register/vocabulary.ts'
import type { ImportKind } from './entries.ts'

/** Why a person left, of those who are not in the workbook any more. */
export const LEAVING = ['retired', 'moved_out', 'resigned', 'deceased'] as const satisfies readonly Status[]
/** The same of what is no person: a school that closed, a place in a studio that ended, a place in the reserve given up. */
export const ENDING = ['closed', 'ended', 'gone'] as const
export type Leaving = (typeof LEAVING)[number] | (typeof ENDING)[number]

/** What can have become of somebody or something a list of this kind leaves out. */
export const LEAVING_OF: Record<ImportKind, readonly Leaving[]> = {
  schools: ['closed'],
  roster: LEAVING,
  registers: [],
  studios: ['ended'],
  reserve: ['gone'],
}

/** The reason as the record of changes keeps it; null where the change says it already. */
export const leavingReason = (reason: Leaving): string | null =>
  reason in STATUSES ? STATUSES[reason as keyof typeof STATUSES] : null
