'use server'
import { defineAction } from '@/app/_server/action.ts'
import { closeYear } from '@/lib/rotation/commands/close-year.ts'

export const closeYearAction = defineAction(closeYear, { refresh: ['/rotation/closing'] })
