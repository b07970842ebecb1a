import { z } from 'zod'
import { overLimit } from '@/app/_server/export-route.ts'
import { attachment, defineRoute } from '@/app/_server/route.ts'
import { formatMoment } from '@/lib/i18n/format.ts'
import { now } from '@/lib/platform/clock.ts'
import { logExport, nextExportNumber } from '@/lib/platform/export-log.ts'
import { collectionWorkbook } from '@/lib/register/documents/collection-workbook.ts'
import { findCollection, ownRows } from '@/lib/register/queries/collections.ts'
import { mayActOn } from '@/lib/rules/access/permissions.ts'
import { idSchema, type SchoolId } from '@/lib/rules/values/ids.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A school's rows of a 核对任务 as a workbook that can come back. */
export const GET = defineRoute('collection.part.download', {
  params: z.object({ collectionId: idSchema<string>(), schoolId: idSchema<SchoolId>() }),
  query: z.object({}),
  handle: async (tx, { params, actor, session, t }) => {
    const found = await findCollection(tx, params.collectionId)
    const part = found?.parts.find(({ schoolId }) => schoolId === params.schoolId)
    const may = mayActOn(actor, 'collection.part.download', { schools: [params.schoolId] })
    if (!found || !part || !may) return new Response(null, { status: 404 })
    const refused = await overLimit(tx, actor, t)
    if (refused) return refused
    const writtenAt = now()
    const by = t('collection.footer', { name: actor.name, at: formatMoment(writtenAt, session.district.timeZone) })
    const rows = await ownRows(tx, params.schoolId, actor.today)
    const options = { writtenAt, footer: by, nature: session.district.nature }
    const file = await collectionWorkbook(found.task, part.name, rows, options)
    await logExport(
      tx,
      actor,
      {
        number: await nextExportNumber(tx),
        page: 'collections',
        purpose: found.task.title,
        filter: { collection: found.task.id, school: params.schoolId },
        columns: [...found.task.columns],
        teacherIds: rows.map(({ teacherId }) => teacherId),
        rowCount: rows.length,
        file,
      },
      writtenAt,
    )
    return attachment(file, `${found.task.title}-${part.name}.xlsx`, XLSX)
  },
})
