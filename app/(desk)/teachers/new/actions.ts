'use server'
import { defineAction } from '@/app/_server/action.ts'
import { createTeacher } from '@/lib/register/commands/create-teacher.ts'

export const createTeacherAction = defineAction(createTeacher, {
  refresh: ['/teachers'],
  redirectTo: ({ id }) => `/teachers/${id}`,
})
