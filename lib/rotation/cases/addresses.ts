import type { CaseId, RoundId } from '@/lib/rules/values/ids.ts'

/** Where a case is shown: links of messages and task texts land on the very card. */
export const caseHref = (id: CaseId): string => `/rotation/cases/${id}`
export const roundHref = (id: RoundId): string => `/rotation/rounds/${id}`
export const INBOX_HREF = '/inbox'
export const RECUSALS_HREF = '/rotation/recusals'
