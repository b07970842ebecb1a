import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { policies } from '@/db/schema/index.ts'
import { one } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { problemsOf } from '@/lib/platform/problems.ts'
import { POLICY_SECTIONS, readPolicySection } from '@/lib/rules/rotation/policy/fields.ts'
import { idSchema, type PolicyId } from '@/lib/rules/values/ids.ts'
import { refuse, refuseAll } from '@/lib/rules/values/outcome.ts'
import { lockPolicy } from '../queries/lock-policy.ts'

/** Names of leaves are those of `policyLeaves`; whatever else was sent is not looked at. */
const typedSchema = z.record(z.string().regex(/^v\.[A-Za-z0-9_.~]{1,120}$/), z.string().max(400))

/** One section of a draft, all of it at once, validated; a draft touches no round. */
export const editPolicy = defineCommand({
  name: 'rotation.policy.edit',
  input: z
    .object({
      policyId: idSchema<PolicyId>(),
      rowVersion: z.coerce.number().int(),
      section: z.enum(POLICY_SECTIONS),
    })
    .catchall(z.string().max(400))
    .transform(({ policyId, rowVersion, section, ...typed }, context) => {
      const read = typedSchema.safeParse(typed)
      if (!read.success) {
        context.addIssue({ code: 'custom', message: 'platform.refusal.unknownField' })
        return z.NEVER
      }
      return { policyId, rowVersion, section, typed: read.data }
    }),
  target: (tx, { policyId }) => lockPolicy(tx, policyId),
  async run({ tx, input, before, actor, at }) {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (before.rowVersion !== input.rowVersion) return refuse('platform.refusal.stale', { by: before.preparedByName })
    if (before.state !== 'draft') return refuse('policy.refusal.notDraft')
    const { section } = input
    const read = readPolicySection(section, before.content, input.typed)
    if (!read.ok)
      return refuseAll(
        read.problems.map(({ path, issue }) => ({
          ...problemsOf(new z.ZodError([issue]))[0]!,
          field: `v.${path}`,
          values: { ...problemsOf(new z.ZodError([issue]))[0]!.values, field: path },
        })),
      )
    const changed = JSON.stringify(before.content[section]) !== JSON.stringify(read.value)
    one(
      await tx
        .update(policies)
        .set({
          content: { ...before.content, [section]: read.value },
          rowVersion: before.rowVersion + 1,
          preparedBy: actor.userId,
          preparedByPerson: actor.personId,
          preparedByName: actor.name,
          preparedAt: at,
        })
        .where(and(eq(policies.id, before.id), eq(policies.rowVersion, before.rowVersion)))
        .returning({ id: policies.id }),
    )
    return finished(
      { policyId: before.id },
      {
        message: { key: changed ? 'policy.edit.done' : 'policy.edit.same' },
        audit: {
          resource: 'policy',
          objectId: before.id,
          details: { section, before: asWhole(before.content[section]), after: asWhole(read.value) },
        },
      },
    )
  },
})

/** The trail holds whole numbers only; periods of a plan may be halves, so settings go in as text. */
const asWhole = (value: unknown): string => JSON.stringify(value)
