import { z } from 'zod'
import { defineRoute } from '@/app/_server/route.ts'
import { runCommand } from '@/lib/platform/command.ts'
import { uploadForeignTable } from '@/lib/rotation/commands/foreign-tables.ts'

/** Takes the form by a plain form post and goes back to the page, which says what was understood or why not. */
export const POST = defineRoute('rotation.foreignTable.upload', {
  params: z.object({}),
  query: z.object({}),
  write: true,
  handle: async (_tx, { request, actor }) => {
    const file = (await request.formData()).get('file')
    const back = (query: string) =>
      new Response(null, { status: 303, headers: { Location: `/rotation/tables?${query}` } })
    if (!(file instanceof File)) return back('refused=document.refusal.xlsxOnly')
    const content = Buffer.from(await file.arrayBuffer())
    const outcome = await runCommand(uploadForeignTable, actor, { name: file.name, content })
    if (!outcome.ok) return back(`refused=${encodeURIComponent(outcome.refusals[0]?.code ?? '')}`)
    return back(`table=${outcome.value.value.tableId}`)
  },
})
