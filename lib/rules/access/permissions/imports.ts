import { admin, auditor, hr, principal, type RightsTable, reviewer, schoolHr } from '../rights.ts'

/** Workbooks on their way into the register, and collecting from schools (security.md §2.3). */
export const importsPermissions = {
  'import.batch.list': [hr, reviewer, admin, auditor, schoolHr],
  'import.batch.view': [hr, schoolHr],
  'import.batch.upload': [hr, schoolHr],
  'import.batch.remap': [hr, schoolHr],
  'import.batch.choose': [hr],
  'import.batch.submit': [schoolHr],
  'import.batch.confirm': [hr],
  'import.batch.discard': [hr, schoolHr],
  'import.batch.undo': [hr],
  'import.batch.askUndo': [hr],
  'import.batch.download': [hr, schoolHr],
  'import.template.download': [hr, schoolHr],
  'collection.task.list': [hr, principal, schoolHr],
  'collection.task.view': [hr, principal, schoolHr],
  'collection.task.create': [hr],
  'collection.task.close': [hr],
  'collection.cell.save': [schoolHr],
  'collection.part.check': [schoolHr],
  'collection.part.confirm': [principal],
  'collection.part.download': [hr, schoolHr],
} as const satisfies RightsTable
