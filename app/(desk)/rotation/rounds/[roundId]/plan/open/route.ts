import { z } from 'zod'
import { defineRoute } from '@/app/_server/route.ts'
import { refusalText } from '@/lib/i18n/translate.ts'
import { runCommand } from '@/lib/platform/command.ts'
import { openInstance } from '@/lib/rotation/commands/open-instance.ts'
import { MAX_INSTANCE_BYTES } from '@/lib/rules/planner/format.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'

const textOf = async (part: FormDataEntryValue | null) =>
  part === null ? '' : typeof part === 'string' ? part : await part.text()

/** Two files at most, each within the format's limit; a bigger body is not read at all. */
export const POST = defineRoute('rotation.scenario.open', {
  params: z.object({ roundId: idSchema<RoundId>() }),
  query: z.object({}),
  write: true,
  handle: async (_tx, { actor, request, t }) => {
    const length = Number(request.headers.get('content-length') ?? 0)
    if (length > 2 * MAX_INSTANCE_BYTES + 65_536)
      return Response.json({
        findings: [
          t('planner.refusal.too_large', {
            found: Math.ceil(length / 1_048_576),
            limit: MAX_INSTANCE_BYTES / 1_048_576,
          }),
        ],
      })
    const form = await request.formData()
    const outcome = await runCommand(openInstance, actor, {
      name: await textOf(form.get('name')),
      instance: await textOf(form.get('instance')),
      result: await textOf(form.get('result')),
    })
    return Response.json(
      outcome.ok
        ? { href: `/rotation/scenarios/${outcome.value.value.scenarioId}` }
        : { findings: outcome.refusals.map((refusal) => refusalText(t, refusal)) },
    )
  },
})
