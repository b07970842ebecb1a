'use server'
import { defineAction } from '@/app/_server/action.ts'
import { askLimits, setCalendar, setDemoClock } from '@/lib/platform/commands/settings.ts'

export const askLimitsAction = defineAction(askLimits, { refresh: ['/settings'] })
export const setCalendarAction = defineAction(setCalendar, { refresh: ['/settings'] })
export const setDemoClockAction = defineAction(setDemoClock, { refresh: ['/'] })
