import 'server-only'
import { z } from 'zod'
import { refusalText } from '@/lib/i18n/translate.ts'
import { type Command, runCommand } from '@/lib/platform/command.ts'
import { attachment, defineRoute } from './route.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The download of a list: purpose and filter from the form, the file from the command, refusals as plain sentences. */
export const defineExport = <S extends z.ZodType, T>(
  command: Command<S, T, { file: Buffer | Uint8Array; name: string }>,
) =>
  defineRoute(command.name, {
    params: z.object({}),
    query: z.object({}),
    write: true,
    handle: async (_tx, { actor, request, t }) => {
      const form = await request.formData()
      const outcome = await runCommand(command, actor, {
        purpose: String(form.get('purpose') ?? ''),
        filter: String(form.get('filter') ?? ''),
        locale: t.locale,
      })
      if (!outcome.ok) {
        const text = outcome.refusals.map((refusal) => refusalText(t, refusal)).join('\n')
        return new Response(text, { status: 422, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
      }
      const { file, name } = outcome.value.value
      return attachment(new Uint8Array(file), name, XLSX)
    },
  })
