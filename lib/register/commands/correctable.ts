import { SECRET_FIELDS, type SecretField } from './edit-secret.ts'
import { TEACHER_FIELD_NAMES, type TeacherFieldName } from './edit-teacher.ts'

/** What a teacher may ask to have corrected; `other` is put right by HR by hand. */
export const CORRECTABLE = [
  ...TEACHER_FIELD_NAMES.filter((field) => field !== 'staffNo' && field !== 'note' && field !== 'bondUntil'),
  ...SECRET_FIELDS,
  'other',
] as const
export const isSecretField = (field: string): field is SecretField =>
  (SECRET_FIELDS as readonly string[]).includes(field)
export const isPlainField = (field: string): field is TeacherFieldName =>
  (TEACHER_FIELD_NAMES as readonly string[]).includes(field)
