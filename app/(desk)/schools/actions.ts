'use server'
import { defineAction } from '@/app/_server/action.ts'
import { editSchool, editSchoolYear } from '@/lib/register/commands/edit-school.ts'
import { changeBranch, changeGroup, changeHead, changePairing } from '@/lib/register/commands/school-ties.ts'

export const editSchoolAction = defineAction(editSchool, { refresh: ['/schools'] })
export const editSchoolYearAction = defineAction(editSchoolYear, { refresh: ['/schools'] })
export const changeHeadAction = defineAction(changeHead, { refresh: ['/schools'] })
export const changeGroupAction = defineAction(changeGroup, { refresh: ['/schools'] })
export const changeBranchAction = defineAction(changeBranch, { refresh: ['/schools'] })
export const changePairingAction = defineAction(changePairing, { refresh: ['/schools'] })
