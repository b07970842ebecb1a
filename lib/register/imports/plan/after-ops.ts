import type { StaffRecord } from '../../../rules/register/records.ts'
import type { ImportTable, RowOp, StoredRow } from './row-plan.ts'
import type { StoredPerson } from './stored-person.ts'

const LINES: Partial<Record<ImportTable, keyof StoredPerson>> = {
  employments: 'employments',
  appointments: 'appointments',
  titles: 'titles',
  post_grades: 'postGrades',
  honours: 'honours',
  certificates: 'certificates',
  annual_assessments: 'assessments',
  principalships: 'principalships',
}

/** The person as the writes would leave them: what a row says must then be what the register says. */
export function afterOps(person: StoredPerson, ops: readonly RowOp[], record: StaffRecord): StoredPerson {
  const after = { ...person, phone: record.phone, certificateNo: record.certificateNo }
  for (const op of ops) {
    if (op.do === 'update' && op.table === 'teachers') after.teacher = { ...after.teacher, ...op.set }
    if (op.do === 'update' && op.table === 'teacher_secrets') after.secrets = { ...after.secrets, ...op.set }
    const line = LINES[op.table]
    if (!line) continue
    const rows = after[line] as unknown as StoredRow[]
    const others = op.do === 'insert' ? rows : rows.filter(({ id }) => id !== op.row.id)
    const next = op.do === 'delete' ? others : [...others, op.do === 'update' ? { ...op.row, ...op.set } : op.row]
    Object.assign(after, { [line]: next })
  }
  return after
}
