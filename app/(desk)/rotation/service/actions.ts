'use server'
import { defineAction } from '@/app/_server/action.ts'
import { askChangeService } from '@/lib/rotation/commands/ask-change-service.ts'
import { completeService } from '@/lib/rotation/commands/complete-service.ts'
import { assessService, checkAssessment } from '@/lib/rotation/commands/service-assessments.ts'

const pages = { refresh: ['/rotation/service', '/inbox'] }

export const assessServiceAction = defineAction(assessService, pages)
export const checkAssessmentAction = defineAction(checkAssessment, pages)
export const completeServiceAction = defineAction(completeService, pages)
export const askChangeServiceAction = defineAction(askChangeService, pages)
