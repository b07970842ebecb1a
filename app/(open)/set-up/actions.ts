'use server'
import { defineAction } from '@/app/_server/action.ts'
import { setUpVisitor } from '@/app/_server/visitor.ts'
import { setUpDistrict } from '@/lib/platform/commands/set-up.ts'

export const setUpAction = defineAction(setUpDistrict, {
  visitor: setUpVisitor,
  deadCode: 'account.refusal.setUpToken',
})
