import { z } from 'zod'
import { attachment, defineRoute } from '@/app/_server/route.ts'
import { refusalText } from '@/lib/i18n/translate.ts'
import { runCommand } from '@/lib/platform/command.ts'
import { readEvidence } from '@/lib/rotation/commands/exemption-evidence.ts'

/** The evidence of a deferral, once a reason is given; the look itself is on record. */
export const POST = defineRoute('rotation.exemption.evidence', {
  params: z.object({}),
  query: z.object({}),
  write: true,
  handle: async (_tx, { request, actor, t }) => {
    const form = await request.formData()
    const outcome = await runCommand(readEvidence, actor, {
      exemptionId: String(form.get('exemptionId') ?? ''),
      reason: String(form.get('reason') ?? ''),
    })
    if (!outcome.ok) {
      const text = outcome.refusals.map((refusal) => refusalText(t, refusal)).join('\n')
      return new Response(text, { status: 422, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
    }
    const { name, mediaType, content } = outcome.value.value
    return attachment(new Uint8Array(content), name, mediaType)
  },
})
