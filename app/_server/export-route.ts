import 'server-only'
import { z } from 'zod'
import type { Tx } from '@/db/scope.ts'
import { refusalText, type Translate } from '@/lib/i18n/translate.ts'
import { type Command, runCommand } from '@/lib/platform/command.ts'
import { type ExportEntry, logExport, nextExportNumber } from '@/lib/platform/export-log.ts'
import { takeTurn } from '@/lib/platform/limits.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
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
        return plain(text)
      }
      const { file, name } = outcome.value.value
      return attachment(new Uint8Array(file), name, XLSX)
    },
  })

/** Counts a list or a set of papers that is about to leave; the refusal when this person has had too many this hour. */
export async function overLimit(tx: Tx, actor: UserActor, t: Translate): Promise<Response | null> {
  const refusal = await takeTurn(tx, actor, 'exports')
  return refusal ? plain(refusalText(t, refusal)) : null
}

const plain = (text: string): Response =>
  new Response(text, { status: 422, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })

/** A paper that goes out by itself: on record with the people on it, like any list (PIPL Art. 57). Null: nothing to give. */
export async function sendPaper(
  tx: Tx,
  actor: UserActor,
  made: { name: string; mediaType: string; content: Buffer } | null,
  entry: Pick<ExportEntry, 'page' | 'purpose' | 'filter'> & Partial<Pick<ExportEntry, 'teacherIds' | 'rowCount'>>,
): Promise<Response> {
  if (!made) return new Response(null, { status: 404 })
  await logExport(tx, actor, {
    number: await nextExportNumber(tx),
    columns: [],
    teacherIds: [],
    rowCount: 1,
    ...entry,
    file: made.content,
  })
  return attachment(made.content, made.name, made.mediaType)
}
