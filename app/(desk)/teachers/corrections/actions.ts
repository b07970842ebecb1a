'use server'
import { defineAction } from '@/app/_server/action.ts'
import { decideCorrection, supportCorrection } from '@/lib/register/commands/decide-correction.ts'
import { requestCorrection, withdrawCorrection } from '@/lib/register/commands/request-correction.ts'

const seen = { refresh: ['/teachers', '/my'] }
export const supportCorrectionAction = defineAction(supportCorrection, seen)
export const decideCorrectionAction = defineAction(decideCorrection, seen)
export const requestCorrectionAction = defineAction(requestCorrection, seen)
export const withdrawCorrectionAction = defineAction(withdrawCorrection, seen)
