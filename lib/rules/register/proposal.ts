import { z } from 'zod'
import { parseDay, parseMonth } from '../values/dates.ts'
import {
  ASSESSMENT_RESULTS,
  type AssessmentResult,
  CERTIFICATE_KINDS,
  type CertificateKind,
  HONOUR_KINDS,
  HONOUR_LEVELS,
  type HonourKind,
  type HonourLevel,
  SUBJECTS,
  TITLES,
  type Title,
} from './vocabulary.ts'

const codeOf = <T extends string>(terms: Record<T, unknown>) => z.enum(Object.keys(terms) as [T, ...T[]])
const day = z.string().refine((text) => parseDay(text) !== null, 'register.refusal.notADay')
const month = z.string().refine((text) => parseMonth(text) !== null, 'register.refusal.notADay')

/** A dated fact that a school proposes and HR enters: nothing of it is in the register before (matrix: K by hr). */
export const proposalSchema = z.discriminatedUnion('fact', [
  z.strictObject({
    fact: z.literal('title'),
    kind: z.enum(['held', 'appointed']),
    title: codeOf<Title>(TITLES),
    from: day,
  }),
  z.strictObject({
    fact: z.literal('honour'),
    kind: codeOf<HonourKind>(HONOUR_KINDS),
    level: codeOf<HonourLevel>(HONOUR_LEVELS),
    month,
  }),
  z.strictObject({
    fact: z.literal('assessment'),
    year: z.coerce.number().int().min(1980).max(2100),
    result: codeOf<AssessmentResult>(ASSESSMENT_RESULTS),
  }),
  z.strictObject({
    fact: z.literal('certificate'),
    kind: codeOf<CertificateKind>(CERTIFICATE_KINDS),
    subject: codeOf(SUBJECTS).nullable(),
  }),
])
export type Proposal = z.infer<typeof proposalSchema>
export const PROPOSAL_FACTS = ['title', 'honour', 'assessment', 'certificate'] as const

/** Days after which HR may decide without the school's opinion: a sleeping school must not keep a person's data wrong. */
export const OPINION_DAYS = 15
