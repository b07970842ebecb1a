'use server'
import { defineAction } from '@/app/_server/action.ts'
import { createStudio, editStudio } from '@/lib/talent/commands/save-studio.ts'
import { addStudioMember, changeStudioHost, endStudioMember } from '@/lib/talent/commands/studio-members.ts'

export const createStudioAction = defineAction(createStudio, { redirectTo: ({ id }) => `/talent/${id}` })
export const editStudioAction = defineAction(editStudio, {
  refresh: ['/talent'],
  redirectTo: ({ id }) => `/talent/${id}`,
})
export const addStudioMemberAction = defineAction(addStudioMember, { refresh: ['/talent'] })
export const endStudioMemberAction = defineAction(endStudioMember, { refresh: ['/talent'] })
export const changeStudioHostAction = defineAction(changeStudioHost, { refresh: ['/talent'] })
