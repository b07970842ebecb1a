'use server'
import { defineAction } from '@/app/_server/action.ts'
import { editSchool, editSchoolYear } from '@/lib/register/commands/edit-school.ts'

export const editSchoolAction = defineAction(editSchool, { refresh: ['/schools'] })
export const editSchoolYearAction = defineAction(editSchoolYear, { refresh: ['/schools'] })
