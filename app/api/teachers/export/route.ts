import { z } from 'zod'
import { attachment, defineRoute } from '@/app/_server/route.ts'
import { refusalText } from '@/lib/i18n/translate.ts'
import { runCommand } from '@/lib/platform/command.ts'
import { exportTeachers } from '@/lib/register/commands/export-teachers.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const POST = defineRoute('register.teacher.export', {
  params: z.object({}),
  query: z.object({}),
  write: true,
  handle: async (_tx, { actor, request, t }) => {
    const form = await request.formData()
    const outcome = await runCommand(exportTeachers, actor, {
      purpose: String(form.get('purpose') ?? ''),
      filter: String(form.get('filter') ?? ''),
      selection: form.get('selection') === 'true',
      locale: t.locale,
    })
    if (!outcome.ok) {
      const text = outcome.refusals.map((refusal) => refusalText(t, refusal)).join('\n')
      return new Response(text, { status: 422, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
    }
    const { file, name } = outcome.value.value
    return attachment(file, name, XLSX)
  },
})
