import type { Actor } from '../access/actor.ts'
import { mayUse, type Permission } from '../access/permissions.ts'

/** What can be done to a person's record; the order is that of the page. The same table gives page, form and command. */
export const PERSON_TASKS = [
  { key: 'appointment', permission: 'register.appointment.change' },
  { key: 'employment', permission: 'register.employment.change' },
  { key: 'title', permission: 'register.title.change' },
  { key: 'grade', permission: 'register.grade.change' },
  { key: 'honour', permission: 'register.honour.record' },
  { key: 'revoke', permission: 'register.honour.revoke' },
  { key: 'assessment', permission: 'register.assessment.record' },
  { key: 'certificate', permission: 'register.certificate.record' },
  { key: 'leave', permission: 'register.leave.record' },
  { key: 'leaveEnd', permission: 'register.leave.end' },
  { key: 'edit', permission: 'register.teacher.edit' },
  { key: 'secret', permission: 'register.secret.edit' },
  { key: 'proposeTitle', permission: 'register.correction.propose' },
  { key: 'proposeHonour', permission: 'register.correction.propose' },
  { key: 'proposeAssessment', permission: 'register.correction.propose' },
  { key: 'proposeCertificate', permission: 'register.correction.propose' },
] as const satisfies readonly { key: string; permission: Permission }[]
export type PersonTask = (typeof PERSON_TASKS)[number]['key']

export const personTasks = (actor: Actor): PersonTask[] =>
  PERSON_TASKS.filter(({ permission }) => mayUse(actor, permission)).map(({ key }) => key)
