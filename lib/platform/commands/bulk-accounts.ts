import { and, asc, eq, isNull, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import { credentials, jobs, schools, users } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { idSchema, type SchoolId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { defineCommand, finished } from '../command.ts'
import { issueLink, type OneTimeLink } from '../links.ts'
import { isPrincipal } from '../queries/principals.ts'
import { enqueue } from '../queue.ts'

export const ACCOUNTS_JOB = 'platform.accounts.fromRegister'

/**
 * Asks for accounts of all principals and teachers of the register. The worker reads the register, the administrator who
 * asks sees counts only: no personal file passes through this console.
 */
export const accountsFromRegister = defineCommand({
  name: 'platform.user.fromRegister',
  input: z.strictObject({
    kinds: z.array(z.enum(['principal', 'teacher'])).min(1, 'account.refusal.chooseKind'),
    schoolId: z.union([z.literal(''), idSchema<SchoolId>()]).default(''),
  }),
  run: async ({ tx, actor, input }) => {
    const running = await tx
      .select({ id: jobs.id })
      .from(jobs)
      .where(and(eq(jobs.name, ACCOUNTS_JOB), eq(jobs.state, 'waiting')))
    if (running.length > 0) return refuse('account.refusal.bulkRunning')
    const jobId = await enqueue(tx, actor, ACCOUNTS_JOB, { kinds: input.kinds, schoolId: input.schoolId || null })
    return finished(jobId, {
      message: { key: 'account.said.bulkAsked' },
      audit: { resource: 'user', objectId: jobId, details: { kinds: input.kinds, school: input.schoolId || null } },
    })
  },
})

/** More than any school has; the sheet of links stays printable. */
const MOST_LINKS = 600

/** In place of a school: the principals of all schools, who are sent their links one by one. */
export const ALL_PRINCIPALS = 'principals'

/** Fresh links for accounts that have no password yet: of one school, to be handed out by it, or of all principals. */
export const schoolLinks = defineCommand({
  name: 'platform.user.schoolLinks',
  secretValue: true,
  input: z.strictObject({ schoolId: z.union([z.literal(ALL_PRINCIPALS), idSchema<SchoolId>()]) }),
  run: async ({ tx, actor, input, today }) => {
    const { schoolId } = input
    const waiting = await withoutPassword(tx, schoolId === ALL_PRINCIPALS ? isPrincipal(today) : ofSchool(schoolId))
    const [school] =
      schoolId === ALL_PRINCIPALS ? [] : await tx.select({ name: schools.name }).from(schools).where(isSchool(schoolId))
    if (schoolId !== ALL_PRINCIPALS && !school) return refuse('platform.refusal.notFound')
    if (waiting.length === 0) return refuse('account.refusal.allActivated')
    const links: OneTimeLink[] = []
    for (const user of waiting) links.push(await issueLink(tx, actor, user))
    return finished(
      { links },
      {
        message: school
          ? { key: 'account.said.linksMade', values: { school: school.name, count: links.length } }
          : { key: 'account.said.headLinksMade', values: { count: links.length } },
        audit: { resource: 'user', objectId: schoolId, details: { links: links.length } },
      },
    )
  },
})

const isSchool = (schoolId: SchoolId) => eq(schools.id, schoolId)
const ofSchool = (schoolId: SchoolId) => eq(users.schoolId, schoolId)

const withoutPassword = (tx: Tx, whose: SQL) =>
  tx
    .select({ id: users.id, login: users.login, displayName: users.displayName })
    .from(users)
    .innerJoin(credentials, and(eq(credentials.districtId, users.districtId), eq(credentials.userId, users.id)))
    .where(and(whose, isNull(users.disabledAt), isNull(credentials.passwordHash)))
    .orderBy(asc(users.login))
    .limit(MOST_LINKS)
