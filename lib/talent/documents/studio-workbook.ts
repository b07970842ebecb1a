import { asc, inArray } from 'drizzle-orm'
import { studioMemberships } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { now } from '@/lib/platform/clock.ts'
import { logExport, nextExportNumber } from '@/lib/platform/export-log.ts'
import { writeSheet } from '@/lib/platform/workbook/write-sheet.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { addDays, contains } from '@/lib/rules/values/dates.ts'
import { listStudios, type StudioQuery, schoolChoices } from '../queries/studios.ts'

const COLUMNS = ['name', 'level', 'kind', 'subject', 'role', 'person', 'school', 'from', 'last'] as const

/** The studios a filter shows with host and members on the day, one person a row: who took it out is on record. */
export async function exportStudios(
  tx: Tx,
  actor: UserActor,
  t: Translate,
  query: StudioQuery,
  district: { name: string; demo: boolean; timeZone: string },
): Promise<{ content: Buffer; name: string }> {
  const on = query.asOf ?? actor.today
  const studios = await listStudios(tx, query, on)
  const schools = new Map((await schoolChoices(tx)).map(({ id, name }) => [id, name]))
  const memberships =
    studios.length === 0
      ? []
      : await tx
          .select()
          .from(studioMemberships)
          .where(
            inArray(
              studioMemberships.studioId,
              studios.map(({ id }) => id),
            ),
          )
          .orderBy(asc(studioMemberships.role), asc(studioMemberships.personName))
  const rows = studios.flatMap((studio) =>
    memberships
      .filter((row) => row.studioId === studio.id && contains(row.during, on))
      .map((row) => ({
        name: studio.name,
        level: t(`talent.level.${studio.level}`),
        kind: t(`talent.kind.${studio.kind}`),
        subject: studio.subject ? t(`vocabulary.subject.${studio.subject}`) : null,
        role: t(`talent.role.${row.role}`),
        person: row.personName,
        school: row.schoolId ? (schools.get(row.schoolId) ?? null) : null,
        from: row.during.from as string,
        last: row.during.until ? (addDays(row.during.until, -1) as string) : null,
      })),
  )
  const at = now()
  const number = await nextExportNumber(tx)
  const content = await writeSheet({
    title: t('talent.export.title', { district: district.name, on }),
    sheetName: t('talent.title'),
    columns: COLUMNS.map((key) => ({ key, title: t(`talent.export.${key}`) })),
    rows,
    footer: t('talent.export.footer', { name: actor.name, at: formatMoment(at, district.timeZone), number }),
    watermark: district.demo ? t('talent.export.demo') : undefined,
    writtenAt: at,
    kind: 'studios',
  })
  await logExport(
    tx,
    actor,
    {
      number,
      page: 'talent',
      purpose: t('talent.export.purpose'),
      filter: query,
      columns: [...COLUMNS],
      rowCount: rows.length,
      teacherIds: memberships.map((row) => row.teacherId),
      file: content,
    },
    at,
  )
  return { content, name: t('talent.export.file', { on }) }
}
