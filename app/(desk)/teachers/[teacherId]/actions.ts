'use server'
import { defineAction } from '@/app/_server/action.ts'
import { changeAppointment, changeEmployment } from '@/lib/register/commands/change-post.ts'
import { editSecret } from '@/lib/register/commands/edit-secret.ts'
import { editTeacher } from '@/lib/register/commands/edit-teacher.ts'
import { endLeave, recordLeave } from '@/lib/register/commands/record-leave.ts'
import {
  askRevokeHonour,
  changeGrade,
  changeTitle,
  recordAssessment,
  recordCertificate,
  recordHonour,
} from '@/lib/register/commands/record-standing.ts'
import { proposeFact } from '@/lib/register/commands/request-correction.ts'
import { revealSecret } from '@/lib/register/commands/reveal.ts'

const seen = { refresh: ['/teachers', '/schools'] }
export const changeAppointmentAction = defineAction(changeAppointment, seen)
export const changeEmploymentAction = defineAction(changeEmployment, seen)
export const changeTitleAction = defineAction(changeTitle, seen)
export const changeGradeAction = defineAction(changeGrade, seen)
export const recordHonourAction = defineAction(recordHonour, seen)
export const askRevokeHonourAction = defineAction(askRevokeHonour, seen)
export const recordAssessmentAction = defineAction(recordAssessment, seen)
export const recordCertificateAction = defineAction(recordCertificate, seen)
export const recordLeaveAction = defineAction(recordLeave, seen)
export const endLeaveAction = defineAction(endLeave, seen)
export const editTeacherAction = defineAction(editTeacher, seen)
export const editSecretAction = defineAction(editSecret, seen)
export const proposeFactAction = defineAction(proposeFact, { refresh: ['/teachers/corrections'] })
export const revealSecretAction = defineAction(revealSecret)
