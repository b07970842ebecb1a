'use server'
import { defineAction } from '@/app/_server/action.ts'
import { deleteView, saveView } from '@/lib/platform/commands/saved-view.ts'
import { chooseColumns, selectTeachers } from '@/lib/register/commands/teacher-list.ts'

export const chooseColumnsAction = defineAction(chooseColumns, { refresh: ['/teachers'] })
export const selectTeachersAction = defineAction(selectTeachers)
export const saveViewAction = defineAction(saveView, { refresh: ['/teachers'] })
export const deleteViewAction = defineAction(deleteView, { refresh: ['/teachers'] })
