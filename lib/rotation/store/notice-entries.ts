import { eq, inArray } from 'drizzle-orm'
import { noticeEntries, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { formatPeriod } from '@/lib/i18n/format.ts'
import { ROTATION_FORMS, type RotationForm, SUBJECTS } from '@/lib/rules/register/vocabulary.ts'
import { addDays } from '@/lib/rules/values/dates.ts'
import type { NoticeId } from '@/lib/rules/values/ids.ts'
import { schoolsById } from '../queries/case-papers.ts'
import type { CaseRow } from './advance-case.ts'

/** 2027-09-01 至 2029-08-31; a move of the relation has no end. */
export const noticeTerm = (row: Pick<CaseRow, 'startsOn' | 'endsOn'>): string =>
  formatPeriod({ from: row.startsOn, until: row.endsOn ? addDays(row.endsOn, 1) : null }, 'zh-CN')

/** Writes the lines of a draft: exactly the columns of R-PUB-3, as text. */
export async function writeEntries(tx: Tx, noticeId: NoticeId, rows: readonly CaseRow[]): Promise<void> {
  if (rows.length === 0) return
  const places = await schoolsById(tx)
  const names = new Map(
    (
      await tx
        .select({ id: teachers.id, name: teachers.name })
        .from(teachers)
        .where(
          inArray(
            teachers.id,
            rows.map(({ teacherId }) => teacherId),
          ),
        )
    ).map(({ id, name }) => [id, name]),
  )
  await tx.insert(noticeEntries).values(
    rows.map((row, index) => ({
      districtId: row.districtId,
      noticeId,
      seq: index + 1,
      caseId: row.id,
      name: names.get(row.teacherId) ?? '—',
      fromSchool: places.get(row.fromSchoolId)?.name ?? '—',
      subject: row.subject ? SUBJECTS[row.subject] : '—',
      toSchool: (row.toSchoolId && places.get(row.toSchoolId)?.name) || '—',
      form: ROTATION_FORMS[row.form as RotationForm],
      term: noticeTerm(row),
    })),
  )
}

export const entriesOf = (tx: Tx, noticeId: NoticeId) =>
  tx.select().from(noticeEntries).where(eq(noticeEntries.noticeId, noticeId)).orderBy(noticeEntries.seq)
