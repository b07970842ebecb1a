import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { isAmong } from '@/db/among.ts'
import { teacherSecrets } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { keyring } from '@/lib/platform/crypto.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { fieldView, maskPhone, maskTail, type TeacherField } from '@/lib/rules/access/masks.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'

/** Sensitive values as the role may read them. `registered`: there is one, and that is all. */
export interface SecretView {
  birth?: LocalDate
  phone?: string | null
  idNumber?: string | null
  certificateNo?: string | null
  ethnic?: string | null
  nativePlace?: string | null
  political?: string | null
}

type SecretRow = { teacherId: TeacherId } & Partial<
  Pick<
    typeof teacherSecrets.$inferSelect,
    'birth' | 'ethnic' | 'nativePlace' | 'political' | 'phone' | 'idNumber' | 'certificateNo'
  >
>
const REGISTERED = 'registered'

/** Classes f1, f2, f7 of these people, masked before they leave; only the columns that the role reads are selected. */
export async function maskedSecrets(
  tx: Tx,
  actor: UserActor,
  ids: readonly TeacherId[],
  wanted: ReadonlySet<TeacherField>,
): Promise<Map<TeacherId, SecretView>> {
  const views = {
    birth: fieldView(actor.role, 'birth'),
    phone: fieldView(actor.role, 'phone'),
    idNumber: fieldView(actor.role, 'idNumber'),
    certificateNo: fieldView(actor.role, 'certificateNo'),
  }
  const reads = (field: TeacherField) => wanted.has(field) && fieldView(actor.role, field) !== null
  const opened = (field: 'phone' | 'idNumber' | 'certificateNo') => reads(field) && views[field] !== REGISTERED
  const plain = (field: 'birth' | 'ethnic' | 'nativePlace' | 'political') =>
    reads(field) && fieldView(actor.role, field) === 'full'
  const columns: Record<string, AnyPgColumn> = { teacherId: teacherSecrets.teacherId }
  if (plain('birth')) columns.birth = teacherSecrets.birth
  if (plain('ethnic')) columns.ethnic = teacherSecrets.ethnic
  if (plain('nativePlace')) columns.nativePlace = teacherSecrets.nativePlace
  if (plain('political')) columns.political = teacherSecrets.political
  if (opened('phone')) columns.phone = teacherSecrets.phone
  if (opened('idNumber')) columns.idNumber = teacherSecrets.idNumber
  if (opened('certificateNo')) columns.certificateNo = teacherSecrets.certificateNo
  const rows = (await tx
    .select(columns)
    .from(teacherSecrets)
    .where(isAmong(teacherSecrets.teacherId, ids))) as unknown as SecretRow[]
  const keys = columns.phone || columns.idNumber || columns.certificateNo ? await keyring(tx, actor.districtId) : null
  const open = (column: string, rowId: TeacherId, cell: Buffer | null | undefined) =>
    cell && keys ? keys.open({ table: 'teacher_secrets', column, rowId }, cell) : null
  return new Map(
    rows.map((row) => {
      const view: SecretView = {}
      if (columns.birth) view.birth = row.birth
      if (columns.ethnic) view.ethnic = row.ethnic
      if (columns.nativePlace) view.nativePlace = row.nativePlace
      if (columns.political) view.political = row.political
      if (columns.phone) {
        const phone = open('phone', row.teacherId, row.phone)
        view.phone = phone && (views.phone === 'full' ? phone : maskPhone(phone))
      }
      for (const [field, column] of [
        ['idNumber', 'id_number'],
        ['certificateNo', 'certificate_no'],
      ] as const) {
        if (!reads(field)) continue
        const value = views[field] === REGISTERED ? null : open(column, row.teacherId, row[field])
        view[field] = views[field] === REGISTERED ? REGISTERED : value && maskTail(value)
      }
      return [row.teacherId, view]
    }),
  )
}
