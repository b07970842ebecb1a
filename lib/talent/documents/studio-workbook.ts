import { and, asc, eq, getTableColumns, inArray } from 'drizzle-orm'
import { studioMemberships, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { type DistrictNature, PAPER_MARKS } from '@/lib/platform/nature.ts'
import { writeSheet } from '@/lib/platform/workbook/write-sheet.ts'
import { addDays, contains, type LocalDate } from '@/lib/rules/values/dates.ts'
import { listStudios, type StudioQuery, schoolChoices } from '../queries/studios.ts'

/** Columns of the list, with the fields an import reads them as. */
const READ_AS = {
  name: 'studio',
  level: 'level',
  kind: 'studioKind',
  subject: 'studioSubject',
  cycleFrom: 'cycleFrom',
  cycleLast: 'cycleLast',
  role: 'role',
  person: 'name',
  staffNo: 'staffNo',
  school: 'school',
  from: 'memberFrom',
  last: 'memberLast',
} as const
export const STUDIO_COLUMNS = Object.keys(READ_AS) as (keyof typeof READ_AS)[]

export interface SheetHead {
  district: { name: string; nature: DistrictNature; timeZone: string }
  by: { name: string; role: string }
  at: string
  number: number
  purpose: string
}

/** Studios with host and members on the day, one person a row; null when the filter shows nobody. */
export async function studioSheet(tx: Tx, t: Translate, query: StudioQuery, on: LocalDate, head: SheetHead) {
  const studios = await listStudios(tx, query, on)
  const schools = new Map((await schoolChoices(tx)).map(({ id, name }) => [id, name]))
  const memberships =
    studios.length === 0
      ? []
      : await tx
          .select({ ...getTableColumns(studioMemberships), staffNo: teachers.staffNo })
          .from(studioMemberships)
          .leftJoin(
            teachers,
            and(eq(teachers.districtId, studioMemberships.districtId), eq(teachers.id, studioMemberships.teacherId)),
          )
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
        mark: { id: row.id, version: studio.version },
        name: studio.name,
        level: t(`talent.level.${studio.level}`),
        kind: t(`talent.kind.${studio.kind}`),
        subject: studio.subject ? t(`vocabulary.subject.${studio.subject}`) : null,
        cycleFrom: studio.during.from as string,
        cycleLast: studio.during.until ? (addDays(studio.during.until, -1) as string) : null,
        role: t(`talent.role.${row.role}`),
        person: row.personName,
        staffNo: row.staffNo,
        school: row.schoolId ? (schools.get(row.schoolId) ?? null) : null,
        from: row.during.from as string,
        last: row.during.until ? (addDays(row.during.until, -1) as string) : null,
      })),
  )
  if (rows.length === 0) return null
  const { district, by, at, number, purpose } = head
  const file = await writeSheet({
    title: t('talent.export.title', { district: district.name, on }),
    sheetName: t('talent.title'),
    columns: STUDIO_COLUMNS.map((key) => ({ key, title: t(`talent.export.${key}`), field: READ_AS[key] })),
    rows: rows.map(({ mark: _mark, ...row }) => row),
    marks: rows.map(({ mark }) => mark),
    footer: t('talent.export.footer', {
      name: by.name,
      role: t(`platform.role.${by.role}`),
      at: formatMoment(at, district.timeZone),
      number: String(number),
      purpose,
    }),
    watermark: PAPER_MARKS[district.nature],
    writtenAt: at,
    kind: 'studios',
  })
  return { file, rowCount: rows.length, teacherIds: [...new Set(memberships.map((row) => row.teacherId))] }
}
