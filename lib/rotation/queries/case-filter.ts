import { z } from 'zod'
import { SUBJECTS, type Subject } from '@/lib/rules/register/vocabulary.ts'
import { CASE_STATES } from '@/lib/rules/rotation/case-states.ts'
import { idSchema, type RoundId, type SchoolId } from '@/lib/rules/values/ids.ts'
import type { CaseQuery } from './cases.ts'

export const CASE_SORTS = ['changed', 'number', 'due', 'name', 'from', 'to', 'state'] as const
export const CASE_SOURCES = ['applied', 'nominated', 'hr', 'planner', 'register'] as const

/** Fields of a list of cases in the address; each falls back to its default, so an old link never breaks. */
export const caseFilter = {
  who: z.string().trim().max(60).optional().catch(undefined),
  state: z.enum(CASE_STATES).optional().catch(undefined),
  school: idSchema<SchoolId>().optional().catch(undefined),
  side: z.enum(['out', 'in']).optional().catch(undefined),
  subject: z
    .enum(Object.keys(SUBJECTS) as [Subject, ...Subject[]])
    .optional()
    .catch(undefined),
  source: z.enum(CASE_SOURCES).optional().catch(undefined),
  backbone: z.enum(['yes', 'no']).optional().catch(undefined),
  only: z.enum(['late', 'open', 'live']).optional().catch(undefined),
  sort: z.enum(CASE_SORTS).catch('changed'),
  down: z.enum(['1']).optional().catch(undefined),
}
const filterSchema = z.object(caseFilter)
export type CaseFilter = z.output<typeof filterSchema>

/** The filter as the query of `listCases`. */
export const caseQueryOf = (roundId: RoundId, asked: CaseFilter, today: string): Omit<CaseQuery, 'size' | 'skip'> => ({
  roundId,
  who: asked.who,
  states: asked.state ? [asked.state] : undefined,
  schoolId: asked.school,
  side: asked.side,
  subject: asked.subject,
  source: asked.source,
  backbone: asked.backbone === undefined ? undefined : asked.backbone === 'yes',
  lateOn: asked.only === 'late' ? today : undefined,
  open: asked.only === 'open' || undefined,
  live: asked.only === 'live' || undefined,
  sort: asked.sort,
  descending: asked.down === '1' || asked.sort === 'changed',
})

/** The query part of the list's address, with the round it belongs to. */
export const caseAddress = filterSchema.extend({ round: idSchema<RoundId>() })
