import { z } from 'zod'
import { reveals } from '@/db/schema/index.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { openFile } from '@/lib/platform/files.ts'
import { takeTurn } from '@/lib/platform/limits.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { idSchema } from '@/lib/rules/values/ids.ts'
import { refuse, refuseAll } from '@/lib/rules/values/outcome.ts'
import { lockExemption } from '../queries/exemptions.ts'

/**
 * Opens the evidence of a deferral (f3): by the teacher, or by a clerk or reviewer with the flag `evidence` and a reason.
 * Row-level security decides who sees the file at all; who looked is kept, and the person can read it.
 */
export const readEvidence = defineCommand({
  name: 'rotation.exemption.evidence',
  input: z.strictObject({
    exemptionId: idSchema<string>(),
    reason: z.string().trim().max(200).default(''),
  }),
  secretValue: true,
  target: (tx, { exemptionId }) => lockExemption(tx, exemptionId),
  run: async ({ tx, actor, input, before, at, keys }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const own = actor.teacherId === before.teacherId && actor.role === 'teacher'
    if (!own && input.reason.length < 2) return refuse('register.refusal.reasonMissing', undefined, { field: 'reason' })
    const found = before.evidenceFileId ? await openFile(tx, await keys(), before.evidenceFileId) : null
    if (!found) return refuse('policy.refusal.noEvidence')
    const tooMany = own ? null : await takeTurn(tx, actor, 'reveals')
    if (tooMany) return refuseAll([tooMany])
    if (!own)
      await tx.insert(reveals).values({
        districtId: actor.districtId,
        id: newId<string>(),
        teacherId: before.teacherId,
        subject: 'evidence',
        byUser: actor.userId,
        byName: actor.name,
        role: actor.role,
        reasonKind: 'verify',
        reason: input.reason,
        at,
      })
    const { name, mediaType } = found.file
    return finished(
      { name, mediaType, content: found.content },
      {
        audit: {
          resource: 'exemption',
          objectId: before.id,
          teacherId: before.teacherId,
          reason: input.reason || null,
          details: { field: 'evidence' },
        },
      },
    )
  },
})
