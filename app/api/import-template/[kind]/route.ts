import { z } from 'zod'
import { attachment, defineRoute } from '@/app/_server/route.ts'
import { TEMPLATE_KINDS, writeTemplate } from '@/lib/register/imports/template.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** An empty form with drop-downs for closed lists. */
export const GET = defineRoute('import.template.download', {
  params: z.object({ kind: z.enum(TEMPLATE_KINDS) }),
  query: z.object({}),
  handle: async (_, { params, t }) =>
    attachment(await writeTemplate(params.kind), `${t(`import.template.${params.kind}`)}.xlsx`, XLSX),
})
